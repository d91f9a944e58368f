"""Verbs about notices of holidays: one operator records, another confirms, those below get it.

The law does not say who keeps the calendar. Ours: every agency may record the State Council's
notice; what an agency confirms goes down the tree and comes before what those below recorded
themselves, so that all tiers count alike.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.delegation.letters import OpenLetter, send_down
from app.holidays.recounting import Shift, shifts
from app.notices.service import To, tell
from tenants.agency.tree import agency, children_of
from tenants.calendar import WorkingCalendar, business_date, calendar_here, instant
from tenants.database import db, take_ids
from tenants.holidays import Notice
from tenants.holidays.kept import read_anew
from tenants.holidays.models import HolidayNotice
from tenants.messages import Fault
from tenants.outbox import post
from tenants.scope import current_scope

OPERATORS = ("exchange_operator",)
_KEYS = uuid.UUID("6f1d2c7e-6a3e-4a43-9d0c-3f6f5d1f5b10")


@dataclass(frozen=True)
class Effect:
    """What a notice would move, and a seal over it."""

    shifts: tuple[Shift, ...]
    seen: str

    @property
    def count(self) -> int:
        """How many open things are due on another day."""
        return sum(shift.count for shift in self.shifts)


def effect_of(notice: Notice) -> Effect:
    """Which open dates would move if this notice were in force; writes nothing."""
    old = calendar_here()
    found = shifts(old, WorkingCalendar({**old.notices, notice.year: notice}))
    told = [(s.kind, s.before, s.after, s.count) for s in found]
    return Effect(tuple(found), hashlib.sha256(repr(told).encode()).hexdigest()[:16])


def record(notice: Notice, words: str, actor: Actor) -> int:
    """Record a notice as it was read; it counts once somebody else has confirmed it.

    Raises ``Fault`` for a year that is over, that came from above, or that already waits.
    """
    actor.must("calendar.manage")
    require_recordable(notice.year)
    (id_,) = take_ids(1)
    db.session.execute(
        insert(HolidayNotice)
        .values(
            id=id_,
            year=notice.year,
            number=notice.source,
            words=words,
            holidays=sorted(notice.holidays),
            make_up_days=sorted(notice.make_up_days),
            recorded_by=actor.account_id,
            recorded_at=instant(),
        )
        .inline()
    )
    return id_


def require_recordable(year: int) -> None:
    """``Fault`` for a year of which no notice can be recorded here now."""
    if year < business_date().year:
        raise Fault("holiday.past", year=year)
    for row in _of_year(year):
        if row.from_agency_id:
            raise Fault("holiday.from_above", year=year, name=agency(row.from_agency_id).name)
        if row.state == "waiting":
            raise Fault("holiday.waits", year=year)


def _of_year(year: int) -> Sequence[HolidayNotice]:
    query = select(HolidayNotice).where(HolidayNotice.year == year)
    return db.session.scalars(query.where(HolidayNotice.is_void.is_(False))).all()


def confirm(notice_id: int, seen: str, actor: Actor) -> None:
    """A second operator confirms: from now on days are counted by it, open dates move.

    Raises ``Fault("holiday.seen_before")`` where other dates would move than were shown.
    """
    actor.must("calendar.manage")
    found = notice_of(notice_id, lock=True)
    if found.recorded_by == actor.account_id:
        raise Fault("holiday.same_person")
    if found.state != "waiting":
        raise Fault("holiday.not_waiting")
    effect = effect_of(read(found))
    if seen != effect.seen:
        raise Fault("holiday.seen_before")
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    db.session.flush()
    _in_force(found, effect)


def void(notice_id: int, actor: Actor) -> None:
    """Take back a record that nobody has confirmed; it stays in the list."""
    actor.must("calendar.manage")
    found = notice_of(notice_id, lock=True)
    if found.state != "waiting":
        raise Fault("holiday.not_waiting")
    found.is_void = True
    db.session.flush()


def _in_force(row: HolidayNotice, effect: Effect) -> None:
    read_anew()
    for shift in effect.shifts:
        db.session.execute(shift.write)
    tell("holiday.changed", To(OPERATORS), object_id=row.id, number=row.number, count=effect.count)
    audit.record(
        row.confirmed_by or 0,
        "holiday.in_force",
        kind="holiday_notice",
        subject_id=row.id,
        year=row.year,
        moved=effect.count,
        from_agency=row.from_agency_id,
    )
    post("holiday.push", {"notice_id": row.id})


def push(notice_id: int) -> None:
    """Send a notice that is in force to every agency directly below; again changes nothing."""
    found, day, own = notice_of(notice_id), business_date(), current_scope().agency_id
    content = {
        "year": found.year,
        "number": found.number,
        "words": found.words,
        "holidays": [on.isoformat() for on in found.holidays],
        "make_up_days": [on.isoformat() for on in found.make_up_days],
        "by": found.from_agency_id or own,
    }
    for child in children_of(own, day):
        key = uuid.uuid5(_KEYS, f"{own}:{notice_id}:{child.id}")
        send_down(child, "holidays", key, content, period=day.year * 100 + day.month)


def hand_down_all() -> None:
    """Send the notices that hold here down once more: an agency below has been opened. Those that
    were there before have them already."""
    rows = db.session.scalars(
        select(HolidayNotice)
        .where(HolidayNotice.confirmed_at.is_not(None), HolidayNotice.is_void.is_(False))
        .order_by(HolidayNotice.from_agency_id != 0, HolidayNotice.confirmed_at, HolidayNotice.id)
    )
    # As the calendar reads them: the last of a year holds.
    for notice_id in {row.year: row.id for row in rows}.values():
        post("holiday.push", {"notice_id": notice_id})


def take_in(letter: OpenLetter) -> None:
    """A notice from above is in force here at once: open dates move, and it goes on down."""
    told = letter.content
    (id_,) = take_ids(1)
    row = HolidayNotice(
        id=id_,
        year=told["year"],
        number=told["number"],
        words=told["words"],
        holidays=[dt.date.fromisoformat(day) for day in told["holidays"]],
        make_up_days=[dt.date.fromisoformat(day) for day in told["make_up_days"]],
        from_agency_id=told["by"],
        recorded_at=instant(),
        confirmed_at=instant(),
    )
    effect = effect_of(read(row))
    db.session.add(row)
    db.session.flush()
    _in_force(row, effect)


def read(row: HolidayNotice) -> Notice:
    """A row as the calendar reads it."""
    return Notice(row.year, row.number, frozenset(row.holidays), frozenset(row.make_up_days))


def notice_of(notice_id: int, *, lock: bool = False) -> HolidayNotice:
    """A notice of this scope; ``LookupError`` when there is none."""
    query = select(HolidayNotice).where(HolidayNotice.id == notice_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no notice of holidays {notice_id}")
    return found
