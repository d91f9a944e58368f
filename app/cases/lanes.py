"""The lanes: one drawing that says where a case or an entrustment is, tier by tier.

``draw`` is pure. The template ``cases/_lanes.svg`` writes the result down as inline SVG.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from app.cases.lane_axis import Axis, Need, gaps_between, least_width, place
from app.cases.lane_labels import LABEL_LIMITS, Label, LaneLabels, label_lanes
from app.cases.lane_model import (
    Arrow,
    Drawing,
    Lane,
    Lanes,
    Mark,
    PlacedArrow,
    PlacedLane,
    PlacedMark,
    PlacedWindow,
    Segment,
    TextLine,
    Window,
)
from app.cases.lane_order import Item, goes_up, mark_place, order_items
from app.cases.lane_paths import falling_path, rising_path
from app.cases.lane_text import SUB_SIZE, text_width

__all__ = ["Arrow", "Drawing", "Lane", "Lanes", "Mark", "draw"]

WIDTH = 1100.0
MOST_STRETCH = 1.1
"""How much wider the drawing may get before labels are broken: a little smaller reads better."""
GUTTER = 96.0
MARGIN = 12.0
TOP = 24.0
LANE_GAP = 10.0
FOOT = 34.0
RISE_ROOM = 12.0
LINE_ROOM = 3.0
LANDING_STEP = 10.0


def draw(
    lanes: Lanes,
    windows: Sequence[Window],
    today: date,
    first_day: date,
    last_day: date,
    *,
    width: float = WIDTH,
) -> Drawing:
    """Lay out ``lanes`` between ``first_day`` and ``last_day``, stretched to hold every mark.

    Today is drawn while something still waits. The drawing is ``width`` units wide, up to a
    tenth more when labels ask for it, and wider still only when labels broken into two lines do
    not fit that. Raises ``ValueError`` for a tier given twice, an arrow to a mark that is not
    there, or one within a lane.
    """
    _check(lanes)
    days = [mark.on for lane in lanes.lanes for mark in lane.marks if mark.on]
    waiting = any(m.state in ("open", "late") for lane in lanes.lanes for m in lane.marks)
    first_day = min([first_day, *days])
    last_day = max([last_day, *days, *([today] if waiting else [])])
    shown = waiting and first_day <= today <= last_day
    canvas = _Canvas(lanes, windows, today, Axis(0, 0, first_day, last_day), shown, width)
    return canvas.drawing()


def _check(lanes: Lanes) -> None:
    tiers = [lane.tier for lane in lanes.lanes]
    if len(set(tiers)) < len(tiers):
        raise ValueError("a tier is given twice")
    for arrow in lanes.arrows:
        mark_place(lanes, arrow.from_lane, arrow.from_mark)
        mark_place(lanes, arrow.to_lane, arrow.to_mark)
        if arrow.from_lane == arrow.to_lane:
            raise ValueError(f"an arrow stays within lane {arrow.from_lane!r}")


class _Canvas:
    """One layout on its way from data to lengths."""

    def __init__(
        self,
        lanes: Lanes,
        windows: Sequence[Window],
        today: date,
        span: Axis,
        today_shown: bool,
        least: float,
    ) -> None:
        self.lanes, self.today = lanes, today
        self.windows = [w for w in windows if w[1] <= span.last_day and w[2] >= span.first_day]
        self.landings = self._landings()
        self.edges = self._edges(span)
        self.items = [
            item
            for item in order_items(lanes, self.edges, today, span.first_day)
            if today_shown or item.kind != "today"
        ]
        for limit in LABEL_LIMITS:
            self.labels = label_lanes(lanes, set(self.landings), limit)
            needs = [self._need(item) for item in self.items]
            gaps = gaps_between(needs) | self._window_gaps()
            width = least_width(needs, gaps)
            if width + GUTTER + MARGIN <= least * MOST_STRETCH:
                break
        self.width = max(least, width + GUTTER + MARGIN)
        self.axis = Axis(GUTTER, self.width - MARGIN, span.first_day, span.last_day)
        self.places = dict(zip(self.items, place(needs, gaps, self.axis), strict=True))
        self.tops = self._tops()

    def _landings(self) -> dict[tuple[int, int], list[int]]:
        """Marks onto which arrows come down, with the lanes they come from, lowest first."""
        landings: dict[tuple[int, int], list[int]] = {}
        for arrow in self.lanes.arrows:
            if not goes_up(self.lanes, arrow):
                stop = mark_place(self.lanes, arrow.to_lane, arrow.to_mark)
                start = mark_place(self.lanes, arrow.from_lane, arrow.from_mark)[0]
                landings[stop] = sorted([*landings.get(stop, []), start], reverse=True)
        return landings

    def _edges(self, span: Axis) -> list[date]:
        ends = {w[1] for w in self.windows} | {w[2] + timedelta(days=1) for w in self.windows}
        return sorted(day for day in ends if span.first_day < day <= span.last_day)

    def _need(self, item: Item) -> Need:
        if item.kind == "mark":
            return Need(item.on, self._mark_room(item.lane, item.index))
        if item.kind == "rise":
            arrow = self.lanes.arrows[item.index]
            top = mark_place(self.lanes, arrow.to_lane, arrow.to_mark)[0]
            room = (RISE_ROOM, RISE_ROOM)
            return Need(item.on, dict.fromkeys(range(top, item.lane + 1), room))
        every = range(-1 if item.kind == "edge" else 0, len(self.lanes.lanes))
        return Need(item.on, dict.fromkeys(every, (LINE_ROOM, LINE_ROOM)))

    def _mark_room(self, lane: int, index: int) -> dict[int, tuple[float, float]]:
        reach = self._reach(lane, index) + 4
        half = max(self.labels[lane].marks[index].half, reach)
        room = {lane: (half, half)}
        for start in self.landings.get((lane, index), []):
            for crossed in range(start, lane):
                room[crossed] = (reach + 16, reach)
        return room

    def _reach(self, lane: int, index: int) -> float:
        arriving = len(self.landings.get((lane, index), []))
        return 6.0 + LANDING_STEP / 2 * max(arriving - 1, 0)

    def _window_gaps(self) -> dict[tuple[int, int], float]:
        """Keep the two edges of a window far enough apart for its title."""
        at = {item.on: i for i, item in enumerate(self.items) if item.kind == "edge"}
        pairs = [(w[1], w[2] + timedelta(days=1), _window_width(w)) for w in self.windows]
        return {(at[a], at[b]): width for a, b, width in pairs if a in at and b in at}

    def _tops(self) -> list[float]:
        tops, y = [], TOP
        for labels in self.labels:
            tops.append(y)
            y += labels.height + LANE_GAP
        return tops

    def _line_y(self, lane: int) -> float:
        return self.tops[lane] + self.labels[lane].above

    def drawing(self) -> Drawing:
        lanes = tuple(self._lane(at, lane) for at, lane in enumerate(self.lanes.lanes))
        bottom = lanes[-1].top + lanes[-1].height if lanes else TOP
        today = [x for item, x in self.places.items() if item.kind == "today"]
        return Drawing(
            width=self.width,
            height=bottom + FOOT,
            left=GUTTER,
            right=self.axis.right,
            lanes_top=TOP,
            lanes_bottom=bottom,
            lanes=lanes,
            arrows=tuple(self._arrow(at, arrow) for at, arrow in enumerate(self.lanes.arrows)),
            windows=tuple(self._window(window) for window in self.windows),
            separators=tuple(x for item, x in self.places.items() if item.kind == "edge"),
            today=self.today,
            today_at=today[0] if today else None,
        )

    def _lane(self, at: int, lane: Lane) -> PlacedLane:
        labels, y = self.labels[at], self._line_y(at)
        ready = [m.state in ("done", "skipped") for m in lane.marks]
        following = ready.index(False) if False in ready else None
        marks = tuple(
            self._mark(at, index, label, index == following)
            for index, label in enumerate(labels.marks)
        )
        segments = tuple(
            Segment(a.x, b.x, y, all(ready[i : i + 2]))
            for i, (a, b) in enumerate(zip(marks, marks[1:], strict=False))
        )
        title, agency = _lane_titles(lane, labels, self.tops[at] + labels.height / 2)
        return PlacedLane(lane, self.tops[at], labels.height, title, agency, segments, marks)

    def _mark(self, at: int, index: int, label: Label, following: bool) -> PlacedMark:
        mark = self.lanes.lanes[at].marks[index]
        x, y = self._mark_x(at, index), self._line_y(at)
        title = tuple(TextLine(x, y + dy, text) for dy, text in label.title)
        sub = tuple(TextLine(x, y + dy, text) for dy, text in label.sub)
        following = following and mark.state == "open"
        return PlacedMark(mark, x, y, self._reach(at, index), following, title, sub)

    def _mark_x(self, lane: int, index: int) -> float:
        return next(
            x
            for item, x in self.places.items()
            if item.kind == "mark" and (item.lane, item.index) == (lane, index)
        )

    def _arrow(self, at: int, arrow: Arrow) -> PlacedArrow:
        start = mark_place(self.lanes, arrow.from_lane, arrow.from_mark)
        stop = mark_place(self.lanes, arrow.to_lane, arrow.to_mark)
        begin = (self._mark_x(*start) + self._reach(*start), self._line_y(start[0]))
        end_x, end_y = self._mark_x(*stop), self._line_y(stop[0])
        if goes_up(self.lanes, arrow):
            turn = next(x for i, x in self.places.items() if i.kind == "rise" and i.index == at)
            path, head = rising_path(begin, turn, (end_x - self._reach(*stop), end_y))
        else:
            landings = self.landings[stop]
            shift = landings.index(start[0]) - (len(landings) - 1) / 2
            path, head = falling_path(begin, (end_x + shift * LANDING_STEP, end_y))
        return PlacedArrow(arrow, path, head)

    def _window(self, window: Window) -> PlacedWindow:
        title, first, last = window
        edges = {item.on: x for item, x in self.places.items() if item.kind == "edge"}
        start = edges.get(first, self.axis.left)
        stop = edges.get(last + timedelta(days=1), self.axis.right)
        return PlacedWindow(title, start, stop, first <= self.today <= last)


def _window_width(window: Window) -> float:
    return text_width(window[0], SUB_SIZE) + 12


def _lane_titles(
    lane: Lane, labels: LaneLabels, middle: float
) -> tuple[TextLine, tuple[TextLine, ...]]:
    top = middle - (len(labels.agency) * 14 - 4) / 2 + 2
    agency = [TextLine(14, top + 16 + 14 * i, text) for i, text in enumerate(labels.agency)]
    return TextLine(14, top, lane.tier_title), tuple(agency)
