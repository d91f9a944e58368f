"""Which list is due, who is of working age, and where two tiers differ: pure decisions."""

import datetime as dt
from dataclasses import dataclass

from tenants.rulebook.outward import OutwardFlow, Retirement, WorkingAge

YEAR = 12


@dataclass(frozen=True)
class Count:
    """Households and persons under one scheme at the end of a day; no day: nothing there yet."""

    households: int
    persons: int
    as_of: dt.date | None


@dataclass(frozen=True)
class Bounds:
    """Months of birth (yyyymm, both included) between which somebody is of working age."""

    youngest: int
    oldest_man: int
    oldest_woman: int


def day_told(today: dt.date) -> dt.date:
    """The day whose end a list of ``today`` tells: yesterday, which changes no more."""
    return today - dt.timedelta(days=1)


def is_full_due(flow: OutwardFlow, last_full: dt.date | None, today: dt.date) -> bool:
    """Whether today's list names everybody: where none did yet, and where each month's first does.

    ``last_full``: the day on which the last list was made that did and is not over.
    """
    if last_full is None:
        return True
    return flow.full == "monthly" and (last_full.year, last_full.month) != (today.year, today.month)


def gap(told: Count, held: Count) -> str:
    """How what is held above differs from what an agency counts itself: empty where it does not,
    ``nothing`` held yet, ``behind`` by days, or ``differs`` on the same day."""
    if held.as_of is None or told.as_of is None:
        return "nothing"
    if held.as_of < told.as_of:
        return "behind"
    same = (told.households, told.persons) == (held.households, held.persons)
    return "" if same else "differs"


def bounds(law: WorkingAge, as_of: dt.date) -> Bounds:
    """Who is of working age on a day, by the month of birth: from the month in which somebody
    reaches the lowest age until the one in which working age ends."""
    here = _months(as_of.year * 100 + as_of.month)
    return Bounds(
        youngest=_written(here - law.from_age * YEAR),
        oldest_man=_oldest(law.male, here),
        oldest_woman=_oldest(law.female, here),
    )


def premium_bound(law: WorkingAge, as_of: dt.date) -> int:
    """The month of birth (yyyymm) from which on a premium can still be paid for somebody."""
    here = _months(as_of.year * 100 + as_of.month)
    return _written(here - law.premium_until * YEAR + 1)


def services(law: WorkingAge, born_month: int, as_of: dt.date) -> tuple[str, ...]:
    """What somebody of working age is named for: services for work, and the premium."""
    return ("job", "premium") if born_month >= premium_bound(law, as_of) else ("job",)


def ends_in(rule: Retirement, born_month: int) -> int:
    """The month (yyyymm) in which working age ends for who was born in a month."""
    return _written(_end(rule, _months(born_month)))


def _end(rule: Retirement, born: int) -> int:
    since = born - _months(rule.deferred_from)
    steps = since // rule.months_per_step + 1 if since >= 0 else 0
    return born + rule.age * YEAR + min(steps, rule.most_months)


def _oldest(rule: Retirement, here: int) -> int:
    """The end comes later for who was born later, so the first month that has not ended counts."""
    first = here - rule.age * YEAR - rule.most_months
    return _written(next(born for born in range(first, here) if here < _end(rule, born)))


def _months(yyyymm: int) -> int:
    return yyyymm // 100 * YEAR + yyyymm % 100 - 1


def _written(months: int) -> int:
    return months // YEAR * 100 + months % YEAR + 1
