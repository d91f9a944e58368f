"""Two clocks and the working days between dates.

The *business date* (Asia/Shanghai) drives windows and due dates and can be set for demonstration
and tests. *Instants* are true UTC times for signatures, sessions and audit, never to be set.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

from tenants.holidays import Notice, load_notices, load_statutory

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ONE_DAY = timedelta(days=1)
_set_here: ContextVar[date | None] = ContextVar("business_date", default=None)
_set_for_process: date | None = None


def instant() -> datetime:
    """The true time now, aware and in UTC; nothing in the program can set it."""
    return datetime.now(UTC)


def business_date() -> date:
    """Today for windows and due dates: what was set here, else for the process, else Shanghai's."""
    return _set_here.get() or _set_for_process or datetime.now(SHANGHAI).date()


@contextmanager
def business_date_set_to(day: date, *, allow: bool) -> Iterator[None]:
    """Work under another business date within this context (one thread or task).

    ``allow`` is the caller's own finding that this is no production run (tests, or the settings'
    demonstration mode); ``PermissionError`` without it, so production cannot be dated back.
    """
    _refuse_unless(allow)
    token = _set_here.set(day)
    try:
        yield
    finally:
        _set_here.reset(token)


def set_process_business_date(day: date | None, *, allow: bool) -> None:
    """Set (or with ``None`` release) the business date of the whole process, for the demonstration.

    ``allow`` as in :func:`business_date_set_to`. Each web and worker process sets it at its start.
    """
    global _set_for_process
    _refuse_unless(allow)
    _set_for_process = day


def _refuse_unless(allow: bool) -> None:
    if not allow:
        raise PermissionError("the business date can be set only in demonstration and tests")


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days: own notices first, then the library, then weekdays less the fixed holidays."""

    notices: Mapping[int, Notice]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``, make-up weekends included."""
        for notice in self.notices.values():
            if day in notice.make_up_days:
                return True
            if day in notice.holidays:
                return False
        if day.year not in self.notices and day.year in _published_years():
            return _is_published_workday(day)
        if self.is_provisional(day) and (day.month, day.day) in load_statutory().days:
            return False
        return day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Whether no notice for the year of ``day`` is known yet: the date may still move."""
        return day.year not in self.notices and day.year not in _published_years()

    def add_working_days(self, start: date, n: int) -> date:
        """The ``n``-th working day after ``start`` (before it when negative); ``start`` for 0.

        The day of receipt does not count (Jilin 2017/58, art. 12).
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        day, left = start, abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """Working days from ``a``, itself not counted, to ``b``; negative when ``b`` is earlier.

        The inverse of :meth:`add_working_days` in both directions.
        """
        step = 1 if b > a else -1
        days = (a + timedelta(days=i) for i in range(step, (b - a).days + step, step))
        return step * sum(map(self.is_working_day, days))


@lru_cache(maxsize=4096)
def _is_published_workday(day: date) -> bool:
    """What the library says; it looks through its whole table anew each time."""
    return bool(chinese_calendar.is_workday(day))


@cache
def default_calendar() -> WorkingCalendar:
    """The calendar of the installed library and the notices that ship with the program."""
    return WorkingCalendar(load_notices())


_find_calendar: Callable[[], WorkingCalendar] = default_calendar


def calendar_here() -> WorkingCalendar:
    """The calendar that days are counted by here: with the notices of the agency in scope."""
    return _find_calendar()


def count_by(find: Callable[[], WorkingCalendar]) -> None:
    """From now on ``find`` says by which calendar days are counted; the database is not known on
    this floor."""
    global _find_calendar
    _find_calendar = find


def is_working_day(day: date) -> bool:
    """See :meth:`WorkingCalendar.is_working_day`."""
    return calendar_here().is_working_day(day)


def is_provisional(day: date) -> bool:
    """See :meth:`WorkingCalendar.is_provisional`."""
    return calendar_here().is_provisional(day)


def add_working_days(start: date, n: int) -> date:
    """See :meth:`WorkingCalendar.add_working_days`."""
    return calendar_here().add_working_days(start, n)


def working_days_between(a: date, b: date) -> int:
    """See :meth:`WorkingCalendar.working_days_between`."""
    return calendar_here().working_days_between(a, b)


class Due(StrEnum):
    """How near a due date is; the template finds the words."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class DueWords:
    """``days``: calendar days when late, working days left when soon or later, 0 for today."""

    kind: Due
    days: int


def due_in_words(due: date, today: date, soon: int = 2) -> DueWords:
    """How urgent ``due`` is; up to ``soon`` working days left count as soon.

    When only rest days remain before ``due``, today is the last day to work on it.
    """
    if due < today:
        return DueWords(Due.LATE, (today - due).days)
    left = working_days_between(today, due)
    if left == 0:
        return DueWords(Due.TODAY, 0)
    return DueWords(Due.SOON if left <= soon else Due.LATER, left)


@cache
def _published_years() -> frozenset[int]:
    return frozenset(day.year for day in chinese_calendar.constants.holidays)
