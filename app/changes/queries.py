"""What the page of a household's changes shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.cases import queries as cases
from app.cases.models import Case
from app.cases.queries import Household, Member
from app.changes.models import HouseholdChange
from app.changes.recording import case_of
from tenants.database import db
from tenants.vault import vault


@dataclass(frozen=True)
class Change:
    """One recorded change; ``whom`` is empty where it is the whole household's."""

    kind: str
    whom: str
    happened_on: dt.date
    recorded_at: dt.datetime
    recorder: str
    reason: str
    remark: str


@dataclass(frozen=True)
class Changes:
    """A household with its people and everything that changed."""

    household: Household
    members: tuple[Member, ...]
    changes: tuple[Change, ...]


def changes_of(case_id: int, actor: Actor) -> Changes:
    """One household of a commissioning unit; ``LookupError`` when this scope has none such."""
    case = case_of(case_id, actor)
    people = cases.members([case.id]).get(case.id, ())
    return Changes(
        household=cases.household(case.id, Case.origin == "unit"),
        members=people,
        changes=_changes(case.id, {member.id: member.name for member in people}),
    )


def member_of(case_id: int, subject_id: int, actor: Actor) -> tuple[Household, Member]:
    """One person of such a household, masked."""
    found = changes_of(case_id, actor)
    for member in found.members:
        if member.id == subject_id:
            return found.household, member
    raise LookupError(f"no subject {subject_id}")


def _changes(case_id: int, names: Mapping[int, str]) -> tuple[Change, ...]:
    rows = db.session.scalars(
        select(HouseholdChange)
        .where(HouseholdChange.case_id == case_id)
        .order_by(HouseholdChange.id)
    ).all()
    recorders = names_of(row.recorded_by for row in rows)
    keys = vault()
    return tuple(
        Change(
            kind=row.kind,
            whom=names.get(row.subject_id, ""),
            happened_on=row.happened_on,
            recorded_at=row.recorded_at,
            recorder=recorders.get(row.recorded_by, ""),
            reason=opened["reason"],
            remark=opened.get("remark", ""),
        )
        for row in rows
        for opened in [keys.open("household_change", row.id, row.sealed)]
    )
