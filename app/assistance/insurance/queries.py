"""Reads of the full coverage: rates by month and desk, the work list, and one person's entries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app.assistance.insurance.following import SEALED
from app.assistance.insurance.models import (
    InsuranceCount,
    InsuranceEntry,
    InsuranceResult,
    InsuranceRound,
    InsuranceTask,
)
from app.assistance.insurance.rules import rate
from app.assistance.register.keeping import TABLE
from app.assistance.register.models import AssistedPerson
from app.cases.paging import Page, Place, read_page
from tenants.calendar import business_date
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.vault import vault

MONTHS_SHOWN = 12
Owner = tuple[int, int]
"""Department and intake desk (0: no desk is known)."""


@dataclass(frozen=True)
class Counts:
    """How many people stand how."""

    insured: int = 0
    not_insured: int = 0
    unknown: int = 0
    not_meant: int = 0

    @property
    def meant(self) -> int:
        """Who is meant to be insured."""
        return self.insured + self.not_insured + self.unknown

    @property
    def rate(self) -> float | None:
        """Percent insured, of those of whom it is known."""
        return rate(self.insured, self.not_insured)


@dataclass(frozen=True)
class Tasks:
    """Rows of the work list of one owner: not over, past their day, with a reason to confirm."""

    open: int = 0
    due: int = 0
    reasons: int = 0


@dataclass(frozen=True)
class Filter:
    """Which rows of the work list are shown; 0 means all desks."""

    insurance: str
    show: str = "open"
    desk_id: int = 0

    def condition(self) -> ColumnElement[bool]:
        """The filter as a condition on the work list."""
        t = InsuranceTask
        is_open = t.closed_on.is_(None)
        shown = {
            "open": is_open,
            "due": is_open & (t.next_due <= business_date()) & ~t.has_reason,
            "reasons": is_open & t.has_reason,
            "closed": t.closed_on.is_not(None),
        }
        parts = [t.insurance == self.insurance, shown[self.show]]
        return and_(*parts, *([t.desk_id == self.desk_id] if self.desk_id else ()))


@dataclass(frozen=True)
class Named:
    """A row of a list and whom it is about; the number is masked."""

    row: Any
    name: str
    id_number: str
    township: str


@dataclass(frozen=True)
class Entry:
    """One entry, opened."""

    row: InsuranceEntry
    note: str
    proof: str


def months(insurance: str) -> dict[int, Counts]:
    """Month (yyyymm) → how many stood how in this scope; the newest twelve, oldest first."""
    c = InsuranceCount
    query = select(c.period, c.result, func.sum(c.persons)).where(c.insurance == insurance)
    found = _counts(db.session.execute(query.group_by(c.period, c.result)).tuples())
    return {period: found[period] for period in sorted(found)[-MONTHS_SHOWN:]}


def owners(insurance: str, period: int) -> dict[Owner, Counts]:
    """(department, desk) → how many stood how in a month."""
    c = InsuranceCount
    query = select(c.unit_id, c.desk_id, c.result, c.persons).where(
        c.insurance == insurance, c.period == period
    )
    rows = db.session.execute(query.order_by(c.unit_id, c.desk_id)).tuples()
    return _counts(((unit, desk), result, count) for unit, desk, result, count in rows)


def _counts(rows: Any) -> dict[Any, Counts]:
    found: dict[Any, dict[str, int]] = {}
    for key, result, count in rows:
        found.setdefault(key, {})[result] = int(count)
    return {key: Counts(**by_result) for key, by_result in found.items()}


def tasks_of_owners(insurance: str) -> Mapping[Owner, Tasks]:
    """(department, desk) → what of the work list waits there."""
    t = InsuranceTask
    query = select(
        *(t.unit_id, t.desk_id, func.count()),
        func.count().filter((t.next_due <= business_date()) & ~t.has_reason),
        func.count().filter(t.has_reason),
    ).where(t.insurance == insurance, t.closed_on.is_(None))
    rows = db.session.execute(query.group_by(t.unit_id, t.desk_id)).tuples()
    return {(unit, desk): Tasks(*counts) for unit, desk, *counts in rows}


def rounds(insurance: str, most: int = 12) -> list[InsuranceRound]:
    """The newest rounds of one insurance (the agency's own people)."""
    r = InsuranceRound
    query = select(r).where(r.insurance == insurance).order_by(r.id.desc()).limit(most)
    return list(db.session.scalars(query))


def round_of(round_id: int) -> InsuranceRound:
    """One round; ``LookupError`` when this scope has none such."""
    found = db.session.scalar(select(InsuranceRound).where(InsuranceRound.id == round_id))
    if found is None:
        raise LookupError(f"no insurance round {round_id}")
    return found


def results(round_id: int, result: str, place: Place) -> Page[Named]:
    """A page of people of a round who stand so."""
    r, p = InsuranceResult, AssistedPerson
    query = (
        select(r.id, r, p.id, p.sealed)
        .outerjoin(p, (p.agency_id == r.agency_id) & (p.id == r.assisted_id))
        .where(r.round_id == round_id, r.result == result)
    )
    page = read_page(query, r.id, place, ascending=True)
    return page.holding(tuple(_named(row) for row in page.rows))


def result_counts(round_id: int) -> dict[tuple[str, str], int]:
    """(result, why) → how many people of a round."""
    r = InsuranceResult
    query = select(r.result, r.why, func.count()).where(r.round_id == round_id)
    rows = db.session.execute(query.group_by(r.result, r.why).order_by(r.result, r.why)).tuples()
    return {(result, why): count for result, why, count in rows}


def work(chosen: Filter, place: Place) -> Page[Named]:
    """A page of the work list."""
    t, p = InsuranceTask, AssistedPerson
    query = (
        select(t.id, t, p.id, p.sealed)
        .outerjoin(p, (p.agency_id == t.agency_id) & (p.id == t.assisted_id))
        .where(chosen.condition())
    )
    page = read_page(query, t.id, place, ascending=chosen.show != "closed")
    return page.holding(tuple(_named(row) for row in page.rows))


def named(task: InsuranceTask, *, is_open: bool) -> Named:
    """Whom a row of the work list is about; with ``is_open`` the whole number."""
    query = select(AssistedPerson.id, AssistedPerson.sealed)
    found = db.session.execute(query.where(AssistedPerson.id == task.assisted_id)).one_or_none()
    row = (task.id, task, *(found or (None, None)))
    return _named(row, is_open=is_open)


def _named(row: Any, *, is_open: bool = False) -> Named:
    _, mine, assisted_id, sealed = row
    if sealed is None:
        return Named(mine, "", "", "")
    told = vault().open(TABLE, assisted_id, sealed)
    number = told["id_number"] if is_open else mask_id_number(told["id_number"])
    return Named(mine, told["name"], number, told["township"])


def entries(task_id: int) -> list[Entry]:
    """Everything that was entered about a person, the oldest first."""
    e = InsuranceEntry
    rows = db.session.scalars(select(e).where(e.task_id == task_id).order_by(e.id))
    return [_entry(row) for row in rows]


def _entry(row: InsuranceEntry) -> Entry:
    if row.sealed is None:
        return Entry(row, "", "")
    told = vault().open(SEALED, row.id, row.sealed)
    return Entry(row, told["note"], told["proof"])


def next_round_due(newest: InsuranceRound | None, every_months: int) -> dt.date | None:
    """The first day of the month in which the next comparison is due."""
    if newest is None:
        return None
    place = newest.period // 100 * 12 + newest.period % 100 - 1 + every_months
    return dt.date(place // 12, place % 12 + 1, 1)
