"""In what order marks, arrows, window edges and today stand from left to right.

The drawing keeps time as an order: an item never stands left of an earlier one, whatever its
lane. Within a day the process decides. What is done stands left of today, what is open right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.cases.lane_model import Arrow, Lanes, Mark

Kind = Literal["mark", "rise", "edge", "today"]
Place = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """Something that needs its own place on the axis.

    ``lane`` and ``index`` are the mark's; a ``rise`` (where an arrow goes up) has the arrow's
    index; an ``edge`` (the first day of a window, or the day after one) has its number.
    """

    kind: Kind
    lane: int
    index: int
    on: date


def mark_place(lanes: Lanes, tier: str, key: str) -> Place:
    """Lane and position of a mark; ``ValueError`` when there is none of that name."""
    for at, lane in enumerate(lanes.lanes):
        for position, mark in enumerate(lane.marks):
            if (lane.tier, mark.key) == (tier, key):
                return at, position
    raise ValueError(f"no mark {key!r} in lane {tier!r}")


def goes_up(lanes: Lanes, arrow: Arrow) -> bool:
    """Whether the arrow leads to a higher lane, that is, to an earlier one in the list."""
    start = mark_place(lanes, arrow.from_lane, arrow.from_mark)[0]
    return mark_place(lanes, arrow.to_lane, arrow.to_mark)[0] < start


def order_items(lanes: Lanes, edges: Sequence[date], today: date, first_day: date) -> list[Item]:
    """All items from left to right, with the day at which each one counts."""
    steps = _Steps(lanes, today, first_day)
    ranked: list[tuple[tuple[bool, date, float, int], Item]] = []
    for place, on in steps.days.items():
        key = (steps.ahead[place], on, float(steps.depth[place]), place[0])
        ranked.append((key, Item("mark", *place, on)))
    for index, arrow in enumerate(lanes.arrows):
        if goes_up(lanes, arrow):
            start = mark_place(lanes, arrow.from_lane, arrow.from_mark)
            on = steps.days[start]
            key = (steps.ahead[start], on, steps.depth[start] + 0.5, start[0])
            ranked.append((key, Item("rise", start[0], index, on)))
    for index, on in enumerate(edges):
        ranked.append(((on > today, on, -1.0, 0), Item("edge", 0, index, on)))
    ranked.append(((True, date.min, -1.0, 0), Item("today", 0, 0, today)))
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])]


class _Steps:
    """Day, depth in the process and side of today of every mark."""

    def __init__(self, lanes: Lanes, today: date, first_day: date) -> None:
        self.marks: dict[Place, Mark] = {
            (at, position): mark
            for at, lane in enumerate(lanes.lanes)
            for position, mark in enumerate(lane.marks)
        }
        self.links = self._links(lanes)
        self.depth = dict.fromkeys(self.marks, 0)
        self.behind = {place: mark.state == "done" for place, mark in self.marks.items()}
        self._spread()
        self.days = self._days(today, first_day)
        self.ahead = {place: self._is_ahead(place, today) for place in self.marks}
        self._push_ahead(today)

    def _links(self, lanes: Lanes) -> list[tuple[Place, Place]]:
        along = [((at, i), (at, i + 1)) for at, i in self.marks if (at, i + 1) in self.marks]
        across = [
            (
                mark_place(lanes, arrow.from_lane, arrow.from_mark),
                mark_place(lanes, arrow.to_lane, arrow.to_mark),
            )
            for arrow in lanes.arrows
        ]
        return along + across

    def _spread(self) -> None:
        """Depth grows along the links; what leads to a done step lies behind as well.

        The number of rounds is bounded, so that links in a circle cannot hang a page.
        """
        for _ in self.marks:
            for start, stop in self.links:
                self.depth[stop] = max(self.depth[stop], self.depth[start] + 1)
                self.behind[start] = self.behind[start] or self.behind[stop]

    def _days(self, today: date, first_day: date) -> dict[Place, date]:
        """Each mark's own day, moved so that no day precedes that of the step before."""
        days: dict[Place, date] = {}
        for place in sorted(self.marks, key=lambda place: self.depth[place]):
            before = [days[a] for a, b in self.links if b == place and a in days]
            own = self.marks[place].on or first_day
            if self.behind[place]:
                own = min([own, *self._done_after(place), today])
            days[place] = max([own, *before])
        return days

    def _done_after(self, place: Place) -> list[date]:
        """Days of the done steps that follow a step which was not: it cannot stand after them."""
        if self.marks[place].state == "done":
            return []
        after = [self.marks[b].on for a, b in self.links if a == place and self.behind[b]]
        return [on for on in after if on]

    def _is_ahead(self, place: Place, today: date) -> bool:
        mark = self.marks[place]
        if self.behind[place] or mark.state == "late":
            return False
        return mark.on is None or mark.on >= today

    def _push_ahead(self, today: date) -> None:
        for _ in self.marks:
            for start, stop in self.links:
                if self.ahead[start] and not self.behind[stop]:
                    self.ahead[stop] = True
        for place in self.marks:
            if self.ahead[place]:
                self.days[place] = max(self.days[place], today)
