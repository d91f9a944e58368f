"""The calendar of the agency in scope: what ships with the program, and its confirmed notices."""

from flask import g, has_app_context
from sqlalchemy import select

from tenants.calendar import WorkingCalendar, default_calendar
from tenants.database import db
from tenants.holidays import Notice
from tenants.holidays.models import HolidayNotice
from tenants.scope import Scope

READERS = frozenset({"desk", "commissioner", "township", "liaison", "public"})


def calendar_in_scope() -> WorkingCalendar:
    """Read once for each session; the shipped calendar where no scope may read notices, or the
    database is what broke."""
    scope: Scope | None = g.get("scope") if has_app_context() else None
    if scope is None or scope.role not in READERS or g.get("is_broken"):
        return default_calendar()
    kept: WorkingCalendar | None = g.get("calendar")
    if kept is None:
        kept = g.calendar = WorkingCalendar({**default_calendar().notices, **_confirmed()})
    return kept


def read_anew() -> None:
    """A notice was confirmed in this session: days are counted by it from here on."""
    g.pop("calendar", None)


def _confirmed() -> dict[int, Notice]:
    """Year → the notice that holds: the one from above before an own one, the later before the
    earlier, so that all tiers of a tree count alike."""
    rows = db.session.execute(
        select(
            HolidayNotice.year,
            HolidayNotice.number,
            HolidayNotice.holidays,
            HolidayNotice.make_up_days,
        )
        .where(HolidayNotice.confirmed_at.is_not(None), HolidayNotice.is_void.is_(False))
        .order_by(HolidayNotice.from_agency_id != 0, HolidayNotice.confirmed_at, HolidayNotice.id)
    )
    return {
        row.year: Notice(row.year, row.number, frozenset(row.holidays), frozenset(row.make_up_days))
        for row in rows
    }
