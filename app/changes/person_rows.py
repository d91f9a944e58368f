"""One person as a row of the list: what is stored, in the list's words, and what was typed,
judged by the very rules of the list."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from sqlalchemy import select

from app.cases.identity import Guardian, Identity
from app.cases.models import Authorisation, Case, Subject
from app.cases.queries import declared
from app.intake.receiving import judge
from app.intake.sheet import typed_sheet
from app.intake.wording import scope_words, title
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import Fault, RowFault
from tenants.rulebook import rulebook
from tenants.vault import vault

Row = Mapping[str, str]
"""By the keys of the list's columns, as a person types them."""

_AMOUNTS = {"monthly_income": "monthly_income_fen", "deposits": "deposits_fen"}
_COUNTS = ("houses", "vehicles", "businesses")


@dataclass(frozen=True)
class Judged:
    """``typed``: the values of ``GOOD_COLUMNS``, empty where anything is wrong; ``faults``: what
    is wrong, a column each."""

    typed: Mapping[str, Any]
    faults: tuple[RowFault, ...] = ()


def stored_row(case: Case, subject: Subject) -> dict[str, str]:
    """A person of a household in the words of the list, with the consent that is in force."""
    keys = vault()
    identity = Identity.of(keys.open("subject", subject.id, subject.sealed))
    said = declared([subject.id]).get(subject.id, {})
    consent = _consent_of(subject.id)
    guardian = consent.guardian_sealed if consent else None
    named = keys.open("authorisation", subject.id, guardian) if guardian else None
    return {
        "household_no": case.household_no or case.number,
        "scheme": title("scheme", case.scheme),
        "application": title("application", case.application),
        "relation": title("relation", subject.relation),
        "subject_role": title("subject_role", "obligor" if subject.role == "obligor" else "member"),
        **identity.as_json(),
        "id_type": title("id_type", identity.id_type),
        "consent": title("consent", "refused" if subject.refused_on else "authorised"),
        "authorised_on": consent.signed_on.isoformat() if consent else "",
        "authorisation_expires_on": consent.expires_on.isoformat() if consent else "",
        "authorisation_scope": scope_words(consent.scope) if consent else "",
        **{key: _yuan(said.get(fen)) for key, fen in _AMOUNTS.items()},
        **{key: _figure(said.get(key)) for key in _COUNTS},
        **(Guardian.of(named).as_cells() if named else {}),
    }


def head_row(case: Case) -> dict[str, str]:
    """The applicant's row, as one whose consent is not what is judged now."""
    head = db.session.scalars(
        select(Subject).where(
            Subject.case_id == case.id,
            Subject.role == "applicant",
            Subject.left_reason != "corrected",
        )
    ).first()
    if head is None:
        raise Fault("addition_head")
    today = business_date()
    return stored_row(case, head) | {
        "authorised_on": today.isoformat(),
        "authorisation_expires_on": (today + dt.timedelta(days=1)).isoformat(),
    }


def judge_person(case: Case, row: Row, *, instead_of: Subject | None = None) -> Judged:
    """Judge one row beside the household's applicant, or as the applicant's own.

    ``instead_of``: the person whose row it takes the place of.
    """
    is_head = instead_of is not None and instead_of.role == "applicant"
    rows = [row] if is_head else [head_row(case), row]
    verdict = judge(typed_sheet(rows), rulebook(agency(case.agency_id).province))
    faults = [fault for fault in verdict.faults if fault.row == len(rows)]
    faults += _repeated(case, row, len(rows), instead_of)
    if faults:
        return Judged({}, tuple(faults))
    good = verdict.good.filter(pl.col("sheet_row") == len(rows))
    if good.is_empty():
        raise Fault("addition_head")
    return Judged(good.row(0, named=True))


def _repeated(case: Case, row: Row, place: int, instead_of: Subject | None) -> list[RowFault]:
    number = "".join(row.get("id_number", "").split()).upper()
    if not number:
        return []
    other = db.session.scalars(
        select(Subject.row_no).where(
            Subject.case_id == case.id,
            Subject.id_hash == vault().look_up(number),
            Subject.left_reason != "corrected",
            Subject.id != (instead_of.id if instead_of else 0),
        )
    ).first()
    if other is None:
        return []
    return [RowFault(place, "id_number", "person_twice_in_household", {"other_row": other})]


def _consent_of(subject_id: int) -> Authorisation | None:
    return db.session.scalars(
        select(Authorisation)
        .where(Authorisation.subject_id == subject_id)
        .order_by(Authorisation.withdrawn_on.is_not(None), Authorisation.expires_on.desc())
    ).first()


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02d}"


def _figure(count: int | None) -> str:
    return "" if count is None else str(count)
