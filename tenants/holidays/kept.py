"""The calendar of the agency in scope: what ships with the program, and its confirmed notices."""

from collections.abc import Sequence
from typing import Any

from flask import g, has_app_context
from sqlalchemy import Row, and_, select

from tenants.agency.models import Agency
from tenants.calendar import WorkingCalendar, default_calendar
from tenants.database import db
from tenants.holidays import Notice
from tenants.holidays.models import HolidayNotice
from tenants.scope import Scope

READERS = frozenset({"desk", "commissioner", "township", "liaison", "public"})


def calendar_in_scope() -> WorkingCalendar:
    """Read once for each session; the shipped calendar where no scope may read notices, or the
    database is what broke."""
    if not _may_read():
        return default_calendar()
    if "calendar" not in g:
        own_agency()
    kept: WorkingCalendar = g.calendar
    return kept


def is_uncounted() -> bool:
    """Whether the notices of the agency in scope may be read, and this session has not yet."""
    return _may_read() and "calendar" not in g


def own_agency() -> Agency | None:
    """The agency in scope, and in the same statement its notices: nearly every page wants both."""
    rows = db.session.execute(_OWN.where(Agency.id == g.scope.agency_id)).all()
    g.calendar = WorkingCalendar({**default_calendar().notices, **_by_year(rows)})
    return rows[0].Agency if rows else None


def read_anew() -> None:
    """A notice was confirmed in this session: days are counted by it from here on."""
    g.pop("calendar", None)


_OWN = (
    select(
        Agency,
        HolidayNotice.year,
        HolidayNotice.number,
        HolidayNotice.holidays,
        HolidayNotice.make_up_days,
    )
    .outerjoin(
        HolidayNotice,
        and_(
            HolidayNotice.agency_id == Agency.id,
            HolidayNotice.confirmed_at.is_not(None),
            HolidayNotice.is_void.is_(False),
        ),
    )
    .order_by(HolidayNotice.from_agency_id != 0, HolidayNotice.confirmed_at, HolidayNotice.id)
)


def _may_read() -> bool:
    scope: Scope | None = g.get("scope") if has_app_context() else None
    return scope is not None and scope.role in READERS and not g.get("is_broken")


def _by_year(rows: Sequence[Row[Any]]) -> dict[int, Notice]:
    """Year → the notice that holds: the one from above before an own one, the later before the
    earlier, so that all tiers of a tree count alike."""
    return {
        row.year: Notice(row.year, row.number, frozenset(row.holidays), frozenset(row.make_up_days))
        for row in rows
        if row.year is not None
    }
