"""Which of several units holds longest: coverage names agencies, not their units."""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

What = TypeVar("What", bound=Hashable)


def longest(
    spans: Iterable[tuple[What, dt.date, dt.date | None]],
) -> Mapping[tuple[What, dt.date], dt.date | None]:
    """(what, first day) → the last day on which one of the units still can; None without one."""
    held: dict[tuple[What, dt.date], dt.date | None] = {}
    for what, first, last in spans:
        key = what, first
        held[key] = _later(held[key], last) if key in held else last
    return held


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)
