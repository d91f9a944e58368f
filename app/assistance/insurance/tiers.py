"""The rate of the agencies below, from the counts that they tell every day: no names go up, and no
small count (第二十二条)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.assistance.insurance.rules import rate
from app.oversight.analysis.measures import AtLeast
from app.oversight.analysis.service import Place, places


@dataclass(frozen=True)
class PlaceRate:
    """One agency of the tree, with all below it."""

    name: str
    depth: int
    insured: AtLeast
    uninsured: AtLeast
    unknown: AtLeast
    counted_on: dt.date | None

    @property
    def rate(self) -> float | None:
        """Percent insured; None of nobody, or where a small count is held back."""
        if not self.insured.is_exact or not self.uninsured.is_exact:
            return None
        return rate(self.insured.count, self.uninsured.count)


def place_rates(period: int) -> Sequence[PlaceRate]:
    """This agency and those below it, each after its parent; nothing where there is none below."""
    found = places(period)
    return [_rate(place) for place in found] if len(found) > 1 else []


def _rate(place: Place) -> PlaceRate:
    insured, uninsured, unknown = (
        place.sums[name] for name in ("insured", "uninsured", "insured_unknown")
    )
    name, depth, day = place.agency.name, place.depth, place.counted_on
    return PlaceRate(name, depth, insured, uninsured, unknown, day)
