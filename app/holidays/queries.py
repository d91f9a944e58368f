"""What the pages about holidays show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from tenants.calendar import calendar_here
from tenants.database import db
from tenants.holidays import Notice
from tenants.holidays.models import HolidayNotice


@dataclass(frozen=True)
class Span:
    """Days off in a row, or one make-up day."""

    first: dt.date
    last: dt.date
    is_off: bool

    @property
    def days(self) -> int:
        """How many days it is."""
        return (self.last - self.first).days + 1


def notices() -> list[HolidayNotice]:
    """Every notice recorded here or sent down, the newest first."""
    query = select(HolidayNotice).order_by(HolidayNotice.year.desc(), HolidayNotice.id.desc())
    return list(db.session.scalars(query))


def spans(notice: Notice) -> list[Span]:
    """The days of a notice in their order, days off in a row as one."""
    found = [*_runs(notice.holidays), *(Span(day, day, False) for day in notice.make_up_days)]
    return sorted(found, key=lambda span: span.first)


def _runs(days: Iterable[dt.date]) -> list[Span]:
    found: list[Span] = []
    for day in sorted(days):
        if found and (day - found[-1].last).days == 1:
            found[-1] = Span(found[-1].first, day, True)
        else:
            found.append(Span(day, day, True))
    return found


def years_known(first: int, count: int) -> list[tuple[int, bool]]:
    """Each of the years from ``first`` on, and whether its holidays are known."""
    calendar = calendar_here()
    return [
        (year, not calendar.is_provisional(dt.date(year, 7, 1)))
        for year in range(first, first + count)
    ]
