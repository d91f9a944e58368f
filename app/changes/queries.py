"""What the page of a household's changes shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.cases import queries as cases
from app.cases.models import Case, Event
from app.cases.queries import Household, Member
from app.changes.models import Addition, HouseholdChange
from app.changes.recording import case_of
from app.papers.queries import evidence_counts
from tenants.database import any_of, db
from tenants.vault import vault

SHOWN = 100


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
    scans: int = 0


@dataclass(frozen=True)
class AdditionRow:
    """One addition or correction; ``returned_for`` is why it was given back, ``row`` what was
    typed, in the words of the list."""

    id: int
    rev: int
    kind: str
    state: str
    whom: str
    happened_on: dt.date
    recorded_at: dt.datetime
    recorder: str
    recorded_by: int
    reason: str
    remark: str
    returned_for: str
    case_id: int
    subject_id: int
    row: Mapping[str, str]


@dataclass(frozen=True)
class Changes:
    """A household with its people and everything that changed."""

    household: Household
    members: tuple[Member, ...]
    changes: tuple[Change, ...]
    additions: tuple[AdditionRow, ...] = ()


def changes_of(case_id: int, actor: Actor) -> Changes:
    """One household of a commissioning unit; ``LookupError`` when this scope has none such."""
    case = case_of(case_id, actor)
    people = cases.members([case.id]).get(case.id, ())
    return Changes(
        household=cases.household(case.id, Case.origin == "unit"),
        members=people,
        changes=_changes(case.id, {member.id: member.name for member in people}),
        additions=tuple(_additions(Addition.case_id == case.id)),
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
    keys, scans = vault(), evidence_counts(case_id, "change")
    return tuple(
        Change(
            kind=row.kind,
            whom=names.get(row.subject_id, ""),
            happened_on=row.happened_on,
            recorded_at=row.recorded_at,
            recorder=recorders.get(row.recorded_by, ""),
            reason=opened["reason"],
            remark=opened.get("remark", ""),
            scans=scans.get(row.id, 0),
        )
        for row in rows
        for opened in [keys.open("household_change", row.id, row.sealed)]
    )


def waiting_additions(before: int = 0) -> list[tuple[AdditionRow, Household]]:
    """The oldest that wait for the check, each with its household; at most ``SHOWN``."""
    rows = _additions((Addition.state == "proposed") & (Addition.id > before), SHOWN)
    page = cases.households_by_id(row.case_id for row in rows)
    return [(row, page[row.case_id]) for row in rows]


def addition(addition_id: int) -> tuple[AdditionRow, Household]:
    """One addition with its household; ``LookupError`` when this scope has none such."""
    rows = _additions(Addition.id == addition_id)
    if not rows:
        raise LookupError(f"no addition {addition_id}")
    return rows[0], cases.household(rows[0].case_id)


def _additions(condition: ColumnElement[bool], most: int = SHOWN) -> list[AdditionRow]:
    rows = db.session.scalars(
        select(Addition).where(condition).order_by(Addition.id).limit(most)
    ).all()
    recorders = names_of(row.recorded_by for row in rows)
    returned = select(Event.object_id, Event.reason).where(
        Event.machine == "addition",
        Event.object_id == any_of([row.id for row in rows]),
        Event.action == "return_addition",
    )
    why = dict(db.session.execute(returned).tuples().all())
    keys = vault()
    return [
        AdditionRow(
            id=row.id,
            rev=row.rev,
            kind=row.kind,
            state=row.state,
            whom=opened["row"]["name"],
            happened_on=row.happened_on,
            recorded_at=row.recorded_at,
            recorder=recorders.get(row.recorded_by, ""),
            recorded_by=row.recorded_by,
            reason=opened["reason"],
            remark=opened["remark"],
            returned_for=why.get(row.id, ""),
            case_id=row.case_id,
            subject_id=row.subject_id,
            row=opened["row"],
        )
        for row in rows
        for opened in [keys.open("addition", row.id, row.sealed)]
    ]
