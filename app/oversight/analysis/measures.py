"""What is counted of an agency's work in one month, and what of it goes up. Pure.

What goes up has no total in it: what is hidden there cannot be worked out from the rest.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HOUSEHOLDS = ("open", "late", "reported", "over", "ended", "returned")
"""Of the month's households: under way, of those past their day; reported on, of those after
their day; ended without a report (终止、撤回); ever returned for correction."""

OBJECTIONS = ("objections", "corrected")
"""Raised in the month; of those, where the source answered otherwise than before."""

REQUESTS = ("requests", "answered", "answered_late", "extended", "unanswered")
"""Requests to own sharing units: delivered; answered, of those after their day; prolonged; closed
without an answer."""

INSURANCE = ("insured", "uninsured", "insured_unknown")
"""Of who is meant to have a basic pension insurance, as the month's last comparison found them."""

MEASURES = (*HOUSEHOLDS, *OBJECTIONS, *REQUESTS, *INSURANCE)
ABOUT_PEOPLE = frozenset((*HOUSEHOLDS, *OBJECTIONS, *INSURANCE))
"""Counts of households and people: below the rulebook's ``small_count`` they are not told."""

Counts = Mapping[str, int | None]


def told(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """The counts as they go up: small counts of households are None."""
    return {
        measure: None
        if measure in ABOUT_PEOPLE and 0 < counts.get(measure, 0) < least
        else counts.get(measure, 0)
        for measure in MEASURES
    }


@dataclass(frozen=True)
class AtLeast:
    """A sum of counts of which some may be hidden: ``count`` is what is known of it."""

    count: int
    is_exact: bool

    @classmethod
    def of(cls, counts: Iterable[int | None]) -> "AtLeast":
        """What counts come to, hidden ones (None) among them."""
        found = list(counts)
        return cls(sum(count or 0 for count in found), None not in found)


def rate(part: int, whole: int) -> float | None:
    """Percent, to one digit; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def day_of(period: int, today: dt.date) -> dt.date:
    """The day whose tree a month (yyyymm) is counted by: its last, or today while it runs."""
    year, month = divmod(period, 100)
    return min(dt.date(year, month, monthrange(year, month)[1]), today)


def months_before(period: int, count: int) -> list[int]:
    """``count`` months (yyyymm) up to and with ``period``, the oldest first."""
    place = period // 100 * 12 + period % 100 - 1
    return [n // 12 * 100 + n % 12 + 1 for n in range(place - count + 1, place + 1)]
