"""What is written at each mark, broken into lines, and how high a lane gets by it."""

from dataclasses import dataclass

from app.cases.lane_model import Lane, Lanes, Mark
from app.cases.lane_text import SUB_SIZE, TITLE_SIZE, break_name, break_text, text_width

TITLE_STEP = 15.0
SUB_STEP = 14.0
LABEL_LIMITS = (10_000.0, 76.0, 52.0)
"""Widths beyond which a label takes two lines: tried in this order until everything fits."""
NAME_LIMIT = 78.0
NAME_LINES = 3
LEAST_ABOVE = 33.0
LEAST_BELOW = 31.0

Lines = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Label:
    """Title and sub of one mark: baselines relative to the lane's line, and half the width."""

    title: Lines
    sub: Lines
    half: float


@dataclass(frozen=True)
class LaneLabels:
    """The labels of one lane and the room that it needs above and below its line."""

    marks: tuple[Label, ...]
    agency: tuple[str, ...]
    above: float
    below: float

    @property
    def height(self) -> float:
        """Height of the lane's band."""
        return self.above + self.below


def label_lanes(lanes: Lanes, landings: set[tuple[int, int]], limit: float) -> list[LaneLabels]:
    """Labels of every lane; those wider than ``limit`` take two lines.

    Where an arrow comes down onto a mark (``landings``: lane, position) its title moves below.
    """
    return [_label_lane(at, lane, landings, limit) for at, lane in enumerate(lanes.lanes)]


def _label_lane(at: int, lane: Lane, landings: set[tuple[int, int]], limit: float) -> LaneLabels:
    marks = tuple(
        _label(mark, limit, (at, index) in landings) for index, mark in enumerate(lane.marks)
    )
    offsets = [dy for label in marks for dy, _ in (*label.title, *label.sub)]
    agency = break_name(lane.agency_name, NAME_LIMIT, SUB_SIZE, NAME_LINES)
    above = max([LEAST_ABOVE, *(19 - dy for dy in offsets)])
    below = max([LEAST_BELOW, *(dy + 9 for dy in offsets)])
    lacking = max(0.0, 34 + 14 * len(agency) - above - below)
    return LaneLabels(marks, agency, above + lacking / 2, below + lacking / 2)


def _label(mark: Mark, limit: float, lands: bool) -> Label:
    titles = break_text(mark.title, limit, TITLE_SIZE)
    subs = break_text(mark.sub, limit, SUB_SIZE)
    widths = [text_width(text, TITLE_SIZE) for text in titles]
    widths += [text_width(text, SUB_SIZE) for text in subs]
    top = 23.0 if lands else -14.0 - TITLE_STEP * (len(titles) - 1)
    first_sub = 22.0 + TITLE_STEP * len(titles) if lands else 22.0
    return Label(
        title=tuple((top + TITLE_STEP * i, text) for i, text in enumerate(titles)),
        sub=tuple((first_sub + SUB_STEP * i, text) for i, text in enumerate(subs)),
        half=max(widths, default=0.0) / 2,
    )
