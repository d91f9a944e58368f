"""Where the ordered items stand, so that no two labels of one lane touch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PAD = 6.0
TIME_SHARE = 0.5
"""How far places follow the calendar rather than the bare order: half, so that a quiet week
still looks long, and five steps on one day do not make the rest of the month a desert."""


@dataclass(frozen=True)
class Need:
    """What one item needs: the room left and right of it in each lane that it touches."""

    on: date
    room: Mapping[int, tuple[float, float]]

    @property
    def left(self) -> float:
        """The widest room to the left."""
        return max((left for left, _ in self.room.values()), default=0.0)

    @property
    def right(self) -> float:
        """The widest room to the right."""
        return max((right for _, right in self.room.values()), default=0.0)


@dataclass(frozen=True)
class Axis:
    """The strip of time: its ends in drawing units and in days, both days included."""

    left: float
    right: float
    first_day: date
    last_day: date

    def at(self, on: date) -> float:
        """Where the day begins on an even scale."""
        days = (self.last_day - self.first_day) / timedelta(days=1) + 1
        share = ((on - self.first_day) / timedelta(days=1)) / days
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


Gaps = Mapping[tuple[int, int], float]


def gaps_between(needs: Sequence[Need]) -> dict[tuple[int, int], float]:
    """The least distance of every two neighbours in a lane, by their positions in the order."""
    gaps: dict[tuple[int, int], float] = {}
    for lane in {lane for need in needs for lane in need.room}:
        members = [at for at, need in enumerate(needs) if lane in need.room]
        for a, b in zip(members, members[1:], strict=False):
            gap = needs[a].room[lane][1] + needs[b].room[lane][0] + PAD
            gaps[a, b] = max(gap, gaps.get((a, b), 0.0))
    for a in range(len(needs) - 1):
        gaps.setdefault((a, a + 1), 0.0)
    return gaps


def least_width(needs: Sequence[Need], gaps: Gaps) -> float:
    """How wide the strip must be for everything to fit."""
    places = _tightest(needs, gaps, 0.0)
    return max((x + need.right for x, need in zip(places, needs, strict=True)), default=0.0)


def place(needs: Sequence[Need], gaps: Gaps, axis: Axis) -> list[float]:
    """Places between the calendar and an even order; the strip must be wide enough.

    Pushed right from where each would like to stand, then back from the right end: what was
    kept apart stays apart.
    """
    tight = _tightest(needs, gaps, axis.left)
    reach = max((x - axis.left for x in tight), default=0.0) or 1.0
    stretch = (axis.right - axis.left - max((n.right for n in needs), default=0.0)) / reach
    places: list[float] = []
    for at, need in enumerate(needs):
        even = axis.left + (tight[at] - axis.left) * max(stretch, 1.0)
        wish = TIME_SHARE * axis.at(need.on) + (1 - TIME_SHARE) * even
        pushed = [places[a] + gap for (a, b), gap in gaps.items() if b == at]
        places.append(max([wish, axis.left + need.left, *pushed]))
    for at in reversed(range(len(needs))):
        pulled = [places[b] - gap for (a, b), gap in gaps.items() if a == at]
        places[at] = min([places[at], axis.right - needs[at].right, *pulled])
    return places


def _tightest(needs: Sequence[Need], gaps: Gaps, left: float) -> list[float]:
    places: list[float] = []
    for at, need in enumerate(needs):
        pushed = [places[a] + gap for (a, b), gap in gaps.items() if b == at]
        places.append(max([left + need.left, *pushed]))
    return places
