"""A typed household, judged by the very rules of the list; each fault at its field of the form."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.models import Case
from app.intake.columns import BY_KEY
from app.intake.receiving import judge, law_of
from app.intake.rules import CheckedList
from app.preparation.content import Content, field_of, sheet_of
from tenants.database import db
from tenants.messages import RowFault


@dataclass(frozen=True)
class FieldFault:
    """What is wrong at one field of the form, under which label; ``is_blank``: not typed yet."""

    field: str
    label: str
    text: str
    is_blank: bool


@dataclass(frozen=True)
class Checked:
    """The sheet's verdict, and its faults by field, in the order of the form's rows."""

    verdict: CheckedList
    faults: dict[str, FieldFault]


def check(content: Content, case_id: int, actor: Actor) -> Checked:
    """Check a household as of the business date. ``case_id``: the case it changes, or 0."""
    verdict = judge(sheet_of(content), law_of(actor))
    found = list(verdict.faults)
    if _number_is_used(content, case_id, actor):
        found.append(RowFault(1, "household_no", "household_no_used"))
    faults: dict[str, FieldFault] = {}
    for fault in found:
        field = field_of(content, fault.row - 1, fault.column)
        label = BY_KEY[fault.column].header
        faults.setdefault(field, FieldFault(field, label, str(fault), fault.code == "cell_missing"))
    return Checked(verdict, faults)


def _number_is_used(content: Content, case_id: int, actor: Actor) -> bool:
    """Whether another household that this desk has not submitted yet goes by the same number."""
    number = content.household.get("household_no", "").strip()
    other = select(Case.id).where(
        Case.unit_id == actor.unit_id,
        Case.desk_id == actor.desk_id,
        Case.state == "prepared",
        Case.household_no == number,
        Case.id != case_id,
    )
    return bool(number) and bool(db.session.scalar(select(other.exists())))
