"""The month's windows: pure decisions about days and periods (Jilin 2017/58, procedure 4).

A *period* is the month that a case belongs to, as yyyymm. The windows bind commissioning units; a
delegation keeps the period of the case that it comes from. Where a window's last day is a rest day,
the rulebook says whether it moves; the window behind it begins the day after.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from tenants.calendar import WorkingCalendar, calendar_here


class Stage(StrEnum):
    """What the month is at; ``OPEN`` where the rulebook knows no windows."""

    INTAKE = "intake"
    EXCHANGE = "exchange"
    REPORT = "report"
    AFTER = "after"
    OPEN = "open"


class OnRestDay(StrEnum):
    """Where a last day goes that offices do not work on."""

    BEFORE = "before"
    AFTER = "after"
    STAY = "stay"


@dataclass(frozen=True)
class Window:
    """Days of the month, both included, and what the ribbon calls them."""

    title: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= 28:
            raise ValueError(f"{self.first}-{self.last} are no days that every month has")


@dataclass(frozen=True)
class Windows:
    """Intake, exchange and report of every month; each may be ``None``: the law sets no window."""

    intake: Window | None = None
    exchange: Window | None = None
    report: Window | None = None

    def __post_init__(self) -> None:
        for (before, earlier), (name, later) in pairwise(self.known()):
            if later.first <= earlier.last:
                raise ValueError(f"{name} begins before {before} ends")

    def known(self) -> list[tuple[Stage, Window]]:
        """The windows that there are, in the order of the month."""
        windows = (
            (Stage.INTAKE, self.intake),
            (Stage.EXCHANGE, self.exchange),
            (Stage.REPORT, self.report),
        )
        return [(stage, window) for stage, window in windows if window is not None]


@dataclass(frozen=True)
class Moves:
    """Where the last day of each window goes when it is a rest day."""

    intake: OnRestDay = OnRestDay.STAY
    exchange: OnRestDay = OnRestDay.STAY
    report: OnRestDay = OnRestDay.STAY

    def of(self, stage: Stage) -> OnRestDay:
        """The move of one window."""
        return {
            Stage.INTAKE: self.intake,
            Stage.EXCHANGE: self.exchange,
            Stage.REPORT: self.report,
        }[stage]


@dataclass(frozen=True)
class Dated:
    """One window of one month as it falls; ``written``: its last day as the law writes it."""

    stage: Stage
    title: str
    first: date
    last: date
    written: date


@dataclass(frozen=True)
class Month:
    """The windows of one month, moved as the rulebook says."""

    period: int
    windows: tuple[Dated, ...]

    def last_of(self, stage: Stage) -> date | None:
        """The last day of a window; None where the law sets none."""
        return next((w.last for w in self.windows if w.stage is stage), None)

    def stage_of(self, day: date) -> Stage:
        """The window of ``day``; a gap counts as the next window, the month's rest as after."""
        if not self.windows:
            return Stage.OPEN
        return next((w.stage for w in self.windows if day <= w.last), Stage.AFTER)


def month_of(
    windows: Windows, moves: Moves, period: int, calendar: WorkingCalendar | None = None
) -> Month:
    """The windows of ``period`` (yyyymm) by the calendar given, else the one of the scope."""
    counting = calendar or calendar_here()
    found: list[Dated] = []
    for stage, window in windows.known():
        written = date(period // 100, period % 100, window.last)
        first = written.replace(day=window.first)
        if found:
            first = max(first, found[-1].last + timedelta(days=1))
        last = max(first, moved(written, moves.of(stage), counting))
        found.append(Dated(stage, window.title, first, last, written))
    return Month(period, tuple(found))


def moved(day: date, move: OnRestDay, calendar: WorkingCalendar) -> date:
    """``day``, or where it goes when offices rest on it."""
    if move is OnRestDay.STAY or calendar.is_working_day(day):
        return day
    return calendar.add_working_days(day, 1 if move is OnRestDay.AFTER else -1)


def next_period(period: int) -> int:
    """The month after ``period`` (yyyymm)."""
    return period + 1 if period % 100 < 12 else period + 89


def previous_period(period: int) -> int:
    """The month before ``period`` (yyyymm)."""
    return period - 1 if period % 100 > 1 else period - 89
