"""Reads of the intake desk: lists, entrustments, what waits for the intake check."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, text

from app.accounts.actor import Actor
from app.accounts.models import Account
from app.cases.history import latest_reasons
from app.cases.models import Case, Entrustment, Event, SubjectList
from app.cases.paging import Page, Place, read_page
from app.cases.queries import (
    Household,
    Member,
    households,
    members,
    state_counts,
    unit_names,
)
from app.papers.queries import missing_counts
from tenants.agency.models import Unit
from tenants.calendar import business_date
from tenants.database import any_of, db


@dataclass(frozen=True)
class ListRow:
    """An uploaded list, or a household typed in, with the states of its households.

    ``desk`` is empty for the department's own.
    """

    id: int
    uploaded_at: dt.datetime
    uploader: str
    desk: str
    households: int
    subjects: int
    held_back: int
    corrects: int
    error_file_id: int | None
    layout_id: int
    file_id: int
    states: dict[str, int]
    is_typed: bool


_LISTS = (
    select(SubjectList.id, SubjectList, Account.name, Unit.name)
    .outerjoin(
        Account,
        (Account.agency_id == SubjectList.agency_id) & (Account.id == SubjectList.uploaded_by),
    )
    .outerjoin(Unit, (Unit.agency_id == SubjectList.agency_id) & (Unit.id == SubjectList.desk_id))
)


def _own_lists(actor: Actor) -> ColumnElement[bool]:
    own_desk = or_(literal(actor.desk_id) == 0, SubjectList.desk_id == actor.desk_id)
    return (SubjectList.unit_id == actor.unit_id) & own_desk


def lists(actor: Actor, place: Place) -> Page[ListRow]:
    """The lists of this desk, or of all desks of this department, newest first."""
    page = read_page(_LISTS.where(_own_lists(actor)), SubjectList.id, place)
    return page.holding(tuple(_list_rows(page.rows)))


def list_of(list_id: int, actor: Actor) -> tuple[SubjectList, ListRow]:
    """One list; ``LookupError`` when this scope has none such."""
    row = db.session.execute(_LISTS.where(_own_lists(actor), SubjectList.id == list_id)).first()
    if row is None:
        raise LookupError(f"no list {list_id}")
    return row[1], _list_rows([row])[0]


def prepared_lists(actor: Actor) -> list[ListRow]:
    """The lists that hold households waiting to be submitted, oldest first."""
    waiting = select(Case.list_id).where(Case.unit_id == actor.unit_id, Case.state == "prepared")
    rows = db.session.execute(
        _LISTS.where(_own_lists(actor), SubjectList.id.in_(waiting)).order_by(SubjectList.id)
    )
    return _list_rows(rows.all())


def _list_rows(rows: Sequence[Any]) -> list[ListRow]:
    states = state_counts(Case.list_id, [row[0] for row in rows])
    return [
        ListRow(
            id=list_id,
            uploaded_at=kept.uploaded_at,
            uploader=uploader or "",
            desk=desk or "",
            households=kept.households,
            subjects=kept.subjects,
            held_back=kept.held_back,
            corrects=kept.corrects,
            error_file_id=kept.error_file_id,
            layout_id=kept.layout_id,
            file_id=kept.file_id,
            states=states.get(list_id, {}),
            is_typed=kept.file_id is None,
        )
        for list_id, kept, uploader, desk in rows
    ]


@dataclass(frozen=True)
class EntrustmentRow:
    """An entrustment with the states of its households, from which its own state follows."""

    id: int
    number: str
    unit: str
    period: int
    letter_number: str
    letter_on: dt.date | None
    letter_file_id: int | None
    submitted_on: dt.date | None
    due_on: dt.date | None
    states: dict[str, int]

    @property
    def households(self) -> int:
        """All its households."""
        return sum(self.states.values())


def entrustments(place: Place, *conditions: ColumnElement[bool]) -> Page[EntrustmentRow]:
    """Entrustments of commissioning units that fit, newest first."""
    fitting = select(Entrustment).where(Entrustment.origin == "unit", *conditions)
    page = read_page(fitting, Entrustment.id, place)
    return page.holding(tuple(_entrustment_rows([row[0] for row in page.rows])))


def entrustment_row(entrustment_id: int) -> EntrustmentRow:
    """One entrustment of a commissioning unit; ``LookupError`` when there is none in scope."""
    found = db.session.scalar(
        select(Entrustment).where(Entrustment.id == entrustment_id, Entrustment.origin == "unit")
    )
    if found is None:
        raise LookupError(f"no entrustment {entrustment_id}")
    return _entrustment_rows([found])[0]


def waiting_entrustments() -> list[EntrustmentRow]:
    """The entrustments with households that wait for the intake check, oldest first."""
    waiting = select(Case.entrustment_id).where(Case.state == "submitted")
    found = db.session.scalars(
        select(Entrustment).where(Entrustment.id.in_(waiting)).order_by(Entrustment.id)
    )
    return _entrustment_rows(found.all())


def _entrustment_rows(found: Sequence[Entrustment]) -> list[EntrustmentRow]:
    ids = [row.id for row in found]
    states = state_counts(Case.entrustment_id, ids)
    due = _due_dates(ids)
    units = unit_names()
    return [
        EntrustmentRow(
            id=row.id,
            number=row.number,
            unit=units.get(row.unit_id, ""),
            period=row.period,
            letter_number=row.letter_number,
            letter_on=row.letter_on,
            letter_file_id=row.letter_file_id,
            submitted_on=row.submitted_on,
            due_on=due.get(row.id),
            states=states.get(row.id, {}),
        )
        for row in found
    ]


def _due_dates(ids: Sequence[int]) -> dict[int, dt.date]:
    rows = db.session.execute(
        select(Case.entrustment_id, func.min(Case.due_on))
        .where(Case.entrustment_id == any_of(ids))
        .group_by(Case.entrustment_id)
    )
    return {id_: due for id_, due in rows if id_ and due}


@dataclass(frozen=True)
class Emergency:
    """Who let a household be checked at once, on which day, and when the aid was given."""

    name: str
    on: dt.date
    aid_on: dt.date


_EMERGENCIES = text("""
SELECT case_id, allowed_name, allowed_on, aid_on FROM expedition WHERE case_id = ANY(:ids)
""")


def _emergencies(rows: Sequence[Household]) -> dict[int, Emergency]:
    """The households of the expedited lane among these, as their own unit may know it."""
    ids = [row.id for row in rows if row.lane == "expedited"]
    if not ids:
        return {}
    found = db.session.execute(_EMERGENCIES, {"ids": ids})
    return {r.case_id: Emergency(r.allowed_name, r.allowed_on, r.aid_on) for r in found}


@dataclass(frozen=True)
class ListedHousehold:
    """A household with its members, and the latest reason it was returned for, if it was."""

    household: Household
    members: tuple[Member, ...]
    returned: Event | None = None
    authorised: int = 0
    missing_papers: int = 0
    emergency: Emergency | None = None

    @property
    def all_authorised(self) -> bool:
        """Whether everybody's consent holds today, but for obligors who refused it."""
        return self.authorised + self.refused == len(self.members)

    @property
    def refused(self) -> int:
        """How many support obligors refused."""
        return sum(member.refused_on is not None for member in self.members)


def with_members(
    page: Page[Household], *, opened_cases: frozenset[int] = frozenset()
) -> Page[ListedHousehold]:
    """A page of households with everything the intake desk looks at."""
    ids = [row.id for row in page.rows]
    people, today = members(ids, opened_cases=opened_cases), business_date()
    returned, emergencies = latest_reasons(ids, "return"), _emergencies(page.rows)
    missing = missing_counts(
        {id_: [m.id for m in people.get(id_, ()) if m.brings_papers] for id_ in ids}
    )
    return page.holding(
        tuple(
            ListedHousehold(
                household=row,
                members=people.get(row.id, ()),
                returned=returned.get(row.id),
                authorised=sum(m.is_authorised_on(today) for m in people.get(row.id, ())),
                missing_papers=missing[row.id],
                emergency=emergencies.get(row.id),
            )
            for row in page.rows
        )
    )


def returned_households(actor: Actor, place: Place) -> Page[ListedHousehold]:
    """What the intake check returned to this department, oldest first."""
    condition = (Case.unit_id == actor.unit_id) & (Case.state == "returned")
    return with_members(households(condition, place, ascending=True))
