"""The score of one item of 目标责任制考评, from counts of which some may be withheld. Pure.

Points are kept in tenths, so that a sum is exact. What is withheld counts as a range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.oversight.analysis.measures import MEASURES, Counts
from tenants.rulebook import EvaluationItem

LONGEST = 1_000
Range = tuple[int, int]


@dataclass(frozen=True)
class Rate:
    """Percent, between two bounds: the same unless something is withheld."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Whether nothing that it rests on is withheld."""
        return self.low == self.high


def ranges(months: Sequence[Counts], least: int) -> dict[str, Range]:
    """Measure → the least and the most that these months' counts come to."""
    found = {}
    for measure in MEASURES:
        counts = [month.get(measure, 0) for month in months]
        known, hidden = sum(count or 0 for count in counts), counts.count(None)
        found[measure] = known + hidden, known + hidden * (least - 1)
    return found


_WHOLE = {
    "on_time": ("reported",),
    "first_pass": ("open", "reported", "ended"),
    "exchange": ("answered", "unanswered"),
    "objections": ("objections",),
}
_AMISS = {
    "on_time": ("over",),
    "first_pass": ("returned",),
    "exchange": ("answered_late", "unanswered"),
    "objections": ("corrected",),
}


def rate_of(measure: str, counts: Mapping[str, Range]) -> Rate | None:
    """The share (percent, one digit) that was not amiss; None of nothing, or for what is judged."""
    if measure not in _WHOLE:
        return None
    whole_low, whole_high = _added(_WHOLE[measure], counts)
    amiss_low, amiss_high = _added(_AMISS[measure], counts)
    if not whole_high:
        return None
    worst = 1 - min(1.0, amiss_high / max(whole_low, 1))
    best = 1 - min(1.0, amiss_low / whole_high)
    return Rate(round(100 * min(worst, best), 1), round(100 * best, 1))


def _added(measures: Sequence[str], counts: Mapping[str, Range]) -> Range:
    return sum(counts[m][0] for m in measures), sum(counts[m][1] for m in measures)


def tenths_for(rate: float, weight: int, target: int) -> int:
    """Points in tenths: the whole weight from the target on, below it in proportion."""
    return int(10 * weight * min(1.0, rate / target) + 0.5)


def suggested(item: EvaluationItem, rate: Rate | None) -> Range | None:
    """The points (tenths) that the counts come to, the least and the most; all of them where there
    was nothing to be counted; None for what a person judges."""
    if not item.measure:
        return None
    if rate is None:
        return item.weight * 10, item.weight * 10
    return (
        tenths_for(rate.low, item.weight, item.target),
        tenths_for(rate.high, item.weight, item.target),
    )


def ranks(totals: Mapping[int, int]) -> dict[int, int]:
    """Agency → its place by points; those with as many share one."""
    return {key: 1 + sum(other > own for other in totals.values()) for key, own in totals.items()}
