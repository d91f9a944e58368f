"""What stands around every page: whose agency, who works, where they may go, what day it is."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

NARROWEST = 430
"""Pixels that the ribbon has at least where it is shown."""
GAP = 4
"""Pixels between the words of two windows."""
MOST_SQUEEZED = 0.7
"""Words set closer than this are hard to read."""
_WIDE, _NARROW, _CHINESE = 12.0, 7.0, 0x2E80
"""Pixels of a Chinese and of any other letter at the ribbon's size; the first Chinese letter."""


@dataclass(frozen=True)
class NavItem:
    """One page a person may open; ``count`` is how many things wait there for somebody."""

    title: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class NavGroup:
    """A desk with its pages; the first group usually has no title."""

    title: str | None
    items: tuple[NavItem, ...]


@dataclass(frozen=True)
class RibbonSegment:
    """A window within the month, in percent of the ribbon's width.

    ``label`` is the part of ``title`` that has room in it; ``squeezed``: set to the width there is.
    """

    title: str
    start: float
    width: float
    current: bool
    label: str = ""
    squeezed: bool = False


@dataclass(frozen=True)
class Ribbon:
    """The month at a glance; without segments only the date is shown."""

    today: date
    today_at: float
    segments: tuple[RibbonSegment, ...]


@dataclass(frozen=True)
class Shell:
    """The context object ``shell`` of ``base.html``.

    ``unit_name`` is set for people of a commissioning or sharing unit. ``search_url`` takes the
    POST of the search box (field ``q``): names and identity numbers must not get into a URL, so
    the answer to a number is a redirect. ``links`` stand in the person's menu above signing out;
    ``standing`` says in whose stead the person works today; ``bell`` leads
    to the notices, with the number unread.
    """

    agency_name: str
    tier_title: str
    person_name: str
    role_titles: tuple[str, ...]
    navigation: tuple[NavGroup, ...]
    ribbon: Ribbon | None = None
    unit_name: str | None = None
    search_url: str | None = None
    sign_out_url: str | None = None
    links: tuple[NavItem, ...] = ()
    running: tuple[Any, ...] = ()
    bell: NavItem | None = None
    standing: tuple[str, ...] = ()


def build_ribbon(windows: Sequence[tuple[str, date, date]], today: date) -> Ribbon:
    """Lay the windows (title, first day, last day) over the month of ``today``.

    What lies outside the month is cut off. Days between windows become segments without a title.
    """
    days = monthrange(today.year, today.month)[1]
    first, last = today.replace(day=1), today.replace(day=days)
    segments: list[RibbonSegment] = []
    free = 1
    for title, begin, end in sorted(windows, key=lambda window: window[1]):
        if end < first or begin > last:
            continue
        start, stop = max(begin, first).day, min(end, last).day
        segments += _gap(free, start - 1, days)
        segments.append(_segment(title, start, stop, days, begin <= today <= end))
        free = stop + 1
    if segments:
        segments += _gap(free, days, days)
    return Ribbon(today, _percent(today.day - 0.5, days), tuple(segments))


def _gap(start: int, stop: int, days: int) -> list[RibbonSegment]:
    return [_segment("", start, stop, days, False)] if start <= stop else []


def _segment(title: str, start: int, stop: int, days: int, current: bool) -> RibbonSegment:
    width = _percent(stop - start + 1, days)
    label, squeezed = _label(title, width * NARROWEST / 100 - GAP)
    return RibbonSegment(title, _percent(start - 1, days), width, current, label, squeezed)


def _label(title: str, room: float) -> tuple[str, bool]:
    """What of a title is written into ``room`` pixels, and whether it has to be squeezed: the
    whole, else without its days, which the ribbon shows by its place."""
    words = title.rpartition(" ")[2]
    for label in (title, words):
        needed = sum(_WIDE if ord(letter) > _CHINESE else _NARROW for letter in label)
        if needed * MOST_SQUEEZED <= room:
            return label, needed > room
    return "", False


def _percent(part: float, whole: int) -> float:
    return round(part * 100 / whole, 2)
