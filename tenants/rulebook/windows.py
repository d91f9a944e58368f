"""The month's windows: pure decisions about days and periods (Jilin 2017/58, procedure 4).

A *period* is the month that a case belongs to, as yyyymm. The windows bind commissioning units; a
delegation keeps the period of the case that it comes from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise


class Stage(StrEnum):
    """What the month is at; ``OPEN`` where the rulebook knows no windows."""

    INTAKE = "intake"
    EXCHANGE = "exchange"
    REPORT = "report"
    AFTER = "after"
    OPEN = "open"


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
    """Intake, exchange and report of one month; each may be ``None``: the law sets no window."""

    intake: Window | None = None
    exchange: Window | None = None
    report: Window | None = None

    def __post_init__(self) -> None:
        known = self._known()
        for earlier, later in pairwise(known):
            if later[1].first <= earlier[1].last:
                raise ValueError(f"{later[0]} begins before {earlier[0]} ends")

    def stage_of(self, day: date) -> Stage:
        """The window of ``day``; a gap counts as the next window, the month's rest as after."""
        known = self._known()
        if not known:
            return Stage.OPEN
        return next((stage for stage, w in known if day.day <= w.last), Stage.AFTER)

    def period_of(self, day: date) -> int:
        """The period (yyyymm) that an entrustment arriving on ``day`` joins.

        What arrives after the intake window joins the next month.
        """
        if self.intake is None or day.day <= self.intake.last:
            return day.year * 100 + day.month
        return next_period(day.year * 100 + day.month)

    def cut_off(self, period: int) -> date | None:
        """The last day of the exchange window: drafts of requests are sent by then."""
        return _day_of(period, self.exchange)

    def report_by(self, period: int) -> date | None:
        """The day by which the asked agency reports to its commissioning unit."""
        return _day_of(period, self.report)

    def in_month(self, day: date) -> tuple[tuple[str, date, date], ...]:
        """Title, first and last day of each window in the month of ``day``."""
        return tuple(
            (w.title, day.replace(day=w.first), day.replace(day=w.last)) for _, w in self._known()
        )

    def _known(self) -> list[tuple[Stage, Window]]:
        windows = (
            (Stage.INTAKE, self.intake),
            (Stage.EXCHANGE, self.exchange),
            (Stage.REPORT, self.report),
        )
        return [(stage, window) for stage, window in windows if window is not None]


def next_period(period: int) -> int:
    """The month after ``period`` (yyyymm)."""
    return period + 1 if period % 100 < 12 else period + 89


def _day_of(period: int, window: Window | None) -> date | None:
    return date(period // 100, period % 100, window.last) if window else None
