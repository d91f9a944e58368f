"""Which open dates a notice of holidays moves, and moving them: set by set, never row by row.

A date that was counted is counted again from the day that it was counted from; one that somebody
set otherwise stays.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Update, and_, func, select, update

from app.cases.filtering import UNFINISHED
from app.cases.models import Case
from app.exchange.asked.models import Inquiry
from app.exchange.models import ExchangeRequest
from app.matters.models import Matter
from app.objections.models import Objection
from tenants.agency.tree import agency
from tenants.calendar import WorkingCalendar
from tenants.database import db
from tenants.rulebook import Rulebook, last_days, rulebook
from tenants.scope import current_scope


@dataclass(frozen=True)
class Shift:
    """So many open things of one kind are due on another day; ``write`` moves them."""

    kind: str
    before: dt.date
    after: dt.date
    count: int
    write: Update


def shifts(old: WorkingCalendar, new: WorkingCalendar) -> list[Shift]:
    """What would move if days were counted by ``new`` instead of ``old``, soonest first."""
    law = rulebook(agency(current_scope().agency_id).province)
    exchanged = [*_requests(old, new), *_inquiries(old, new)]
    found = [*exchanged, *_cases(law, old, new), *_matters(law, old, new)]
    found += _objections(law, old, new)
    moved = (shift for shift in found if shift.before != shift.after)
    return sorted(moved, key=lambda shift: (shift.kind != "request", shift.before, shift.after))


def _requests(old: WorkingCalendar, new: WorkingCalendar) -> Iterator[Shift]:
    start, due = ExchangeRequest.delivered_on, ExchangeRequest.due_on
    rows = db.session.execute(
        select(start, due, func.count())
        .where(ExchangeRequest.state == "delivered", start.is_not(None), due.is_not(None))
        .group_by(start, due)
    )
    for begun, before, count in rows:
        after = new.add_working_days(begun, old.working_days_between(begun, before))
        same = and_(ExchangeRequest.state == "delivered", start == begun, due == before)
        write = update(ExchangeRequest).where(same).values(due_on=after)
        yield Shift("request", before, after, count, write)


def _inquiries(old: WorkingCalendar, new: WorkingCalendar) -> Iterator[Shift]:
    start, due, waits = Inquiry.received_on, Inquiry.due_on, Inquiry.answered_at.is_(None)
    rows = db.session.execute(
        select(start, due, func.count()).where(waits, due.is_not(None)).group_by(start, due)
    )
    for begun, before, count in rows:
        after = new.add_working_days(begun, old.working_days_between(begun, before))
        same = and_(waits, start == begun, due == before)
        write = update(Inquiry).where(same).values(due_on=after)
        yield Shift("inquiry", before, after, count, write)


def _cases(law: Rulebook, old: WorkingCalendar, new: WorkingCalendar) -> Iterator[Shift]:
    key = (Case.period, Case.origin, Case.height, Case.due_on)
    open_ = and_(Case.state.in_(UNFINISHED), Case.due_on.is_not(None))
    for period, origin, height, before, count in db.session.execute(
        select(*key, func.count()).where(open_).group_by(*key)
    ):
        if before != _due(law, period, origin, height, old):
            continue
        after = _due(law, period, origin, height, new)
        if after is not None:
            same = and_(
                open_,
                Case.period == period,
                Case.origin == origin,
                Case.height == height,
                Case.due_on == before,
            )
            yield Shift("case", before, after, count, update(Case).where(same).values(due_on=after))


def _due(
    law: Rulebook, period: int, origin: str, height: int, calendar: WorkingCalendar
) -> dt.date | None:
    if origin == "unit":
        return law.report_by(period, calendar)
    return last_days(law, period, height + 1, calendar)[-1].report_by


def _matters(law: Rulebook, old: WorkingCalendar, new: WorkingCalendar) -> Iterator[Shift]:
    days, open_ = law.explanation_working_days.value, Matter.state == "open"
    key = (Matter.opened_on, Matter.due_on)
    for opened, before, count in db.session.execute(
        select(*key, func.count()).where(open_).group_by(*key)
    ):
        # What was explained again is counted from the later day, which the row does not hold.
        start = max(opened, old.add_working_days(before, -days))
        after = new.add_working_days(start, days)
        same = and_(open_, Matter.opened_on == opened, Matter.due_on == before)
        yield Shift("matter", before, after, count, update(Matter).where(same).values(due_on=after))


def _objections(law: Rulebook, old: WorkingCalendar, new: WorkingCalendar) -> Iterator[Shift]:
    days, open_ = (
        law.objection_answer_working_days.value,
        Objection.state.not_in(("told", "closed")),
    )
    rows = select(Objection.due_on, func.count()).where(open_).group_by(Objection.due_on)
    for before, count in db.session.execute(rows):
        after = new.add_working_days(old.add_working_days(before, -days), days)
        write = update(Objection).where(open_, Objection.due_on == before)
        yield Shift("objection", before, after, count, write.values(due_on=after))
