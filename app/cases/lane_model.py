"""What goes into the lanes drawing and what comes out: plain data, lengths in drawing units."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

MarkState = Literal["done", "open", "late", "skipped"]
ArrowState = Literal["done", "open"]
ArrowKind = Literal["letter", "report"]
Window = tuple[str, date, date]
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One step of a tier: ``title`` stands above the line, ``sub`` (when, who) below it.

    ``on`` is the day it happened, or the last day for it; None when neither is known. ``late``
    means not done and over time; ``skipped`` that the step does not take place.
    """

    key: str
    title: str
    sub: str
    on: date | None
    state: MarkState


@dataclass(frozen=True)
class Lane:
    """One tier's steps in the order in which they take place."""

    tier: str
    tier_title: str
    agency_name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Arrow:
    """A letter or report between two marks, named by the lane's tier and the mark's key."""

    from_lane: str
    from_mark: str
    to_lane: str
    to_mark: str
    state: ArrowState
    kind: ArrowKind


@dataclass(frozen=True)
class Lanes:
    """One case or entrustment over all tiers: highest tier first, each tier once."""

    lanes: tuple[Lane, ...]
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True)
class TextLine:
    """One line of text: its middle (or start, for lane titles) and its baseline."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class PlacedMark:
    """A mark in its place; ``next`` is the first step of a lane that is still to be done.

    ``reach`` is half the width of the mark: a mark where reports come in is a wide one.
    """

    mark: Mark
    x: float
    y: float
    reach: float
    next: bool
    title: tuple[TextLine, ...]
    sub: tuple[TextLine, ...]


@dataclass(frozen=True)
class Segment:
    """A piece of a lane's line; solid where the way is behind us."""

    start: float
    stop: float
    y: float
    done: bool


@dataclass(frozen=True)
class PlacedLane:
    """A lane's band, its titles and what lies on it."""

    lane: Lane
    top: float
    height: float
    title: TextLine
    agency: tuple[TextLine, ...]
    segments: tuple[Segment, ...]
    marks: tuple[PlacedMark, ...]


@dataclass(frozen=True)
class PlacedArrow:
    """The arrow's path (SVG path data) and the three points of its head."""

    arrow: Arrow
    path: str
    head: tuple[Point, Point, Point]


@dataclass(frozen=True)
class PlacedWindow:
    """A window of the month along the bottom."""

    title: str
    start: float
    stop: float
    current: bool


@dataclass(frozen=True)
class Drawing:
    """Everything the template needs; the template only writes it down."""

    width: float
    height: float
    left: float
    right: float
    lanes_top: float
    lanes_bottom: float
    lanes: tuple[PlacedLane, ...]
    arrows: tuple[PlacedArrow, ...]
    windows: tuple[PlacedWindow, ...]
    separators: tuple[float, ...]
    today: date
    today_at: float | None
