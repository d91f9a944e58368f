"""How a sender's sheet is laid out: which of its columns is which of ours, and in which unit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.intake.columns import ERROR_COLUMN, narrow_heading

Headings = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """``places``: column key → place in the heading row, the error file's own column not counted,
    so that the error file, mended, is laid out as its list was. ``in_ten_thousand``: amounts that
    stand in ten thousands of yuan. ``fixed``: column key → what holds for every row."""

    places: Mapping[str, int]
    in_ten_thousand: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = field(default_factory=dict)
    id: int = 0


Remembered = Callable[[Headings], Layout | None]
"""The layout that this sender confirmed for a heading row, if there is one."""


def nothing_remembered(_headings: Headings) -> Layout | None:
    """For readers without a sender."""
    return None


def is_error_column(heading: str) -> bool:
    """Whether it heads the column that the error file puts before the others."""
    return narrow_heading(heading) == ERROR_COLUMN


def own_places(texts: Sequence[str]) -> list[int]:
    """The places of a heading row that count in a layout."""
    return [place for place, text in enumerate(texts) if not is_error_column(text)]


def fingerprinted(texts: Sequence[str]) -> Headings:
    """A heading row as layouts are remembered by: narrow, without blanks at its end."""
    headings = [narrow_heading(texts[place]) for place in own_places(texts)]
    while headings and not headings[-1]:
        headings.pop()
    return tuple(headings)
