"""What a list of cases is narrowed to, and what there is to narrow it by."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.cases.models import Case, Entrustment
from app.cases.transitions import NOT_HANDED_IN
from tenants.agency.models import Agency
from tenants.calendar import business_date
from tenants.database import db

UNFINISHED = ("submitted", "returned", "accepted", "checking")
"""States in which a case can be late."""


@dataclass(frozen=True)
class Filter:
    """What a list of cases is narrowed to, as its address says it."""

    state: str = ""
    scheme: str = ""
    period: int = 0
    unit: int = 0
    sender: int = 0
    entrustment: int = 0
    late: bool = False
    lane: str = ""

    @property
    def is_active(self) -> bool:
        """Whether anything is narrowed."""
        return self != Filter()

    def condition(self) -> ColumnElement[bool]:
        """The rows that fit; what is still being prepared belongs to its unit alone."""
        wanted: list[ColumnElement[bool]] = [Case.state.not_in(NOT_HANDED_IN)]
        if self.state:
            wanted.append(Case.state == self.state)
        if self.scheme:
            wanted.append(Case.scheme == self.scheme)
        if self.period:
            wanted.append(Case.period == self.period)
        if self.unit:
            wanted.append(or_(Case.unit_id == self.unit, Case.desk_id == self.unit))
        if self.sender:
            wanted.append(Case.from_agency_id == self.sender)
        if self.entrustment:
            wanted.append(Case.entrustment_id == self.entrustment)
        if self.lane:
            wanted.append(Case.lane == self.lane)
        if self.late:
            wanted += [Case.due_on < business_date(), Case.state.in_(UNFINISHED)]
        return _all(wanted)


def periods_known() -> list[int]:
    """The periods of the entrustments of this agency, newest first."""
    rows = select(Entrustment.period).distinct().order_by(Entrustment.period.desc()).limit(36)
    return list(db.session.scalars(rows))


def senders_below() -> list[tuple[int, str]]:
    """(id, name) of the lower agencies that have entrusted this one, for a filter."""
    rows = db.session.execute(
        select(Entrustment.from_agency_id, Agency.name)
        .join(Agency, Agency.id == Entrustment.from_agency_id)
        .distinct()
        .order_by(Entrustment.from_agency_id)
    )
    return list(rows.tuples())


def highest_case(condition: ColumnElement[bool]) -> tuple[int, int]:
    """How many cases fit, and the highest id among them: the edge of "all that fit"."""
    row = db.session.execute(
        select(func.count(), func.coalesce(func.max(Case.id), 0)).where(condition)
    ).one()
    return row[0], row[1]


def _all(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *rest = conditions
    for condition in rest:
        first = first & condition
    return first
