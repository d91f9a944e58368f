"""Finding the heading row of a list, under a title and with the columns in any order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.intake.columns import (
    BY_KEY,
    COLUMNS,
    KEY_OF_HEADING,
    TEN_THOUSAND,
    narrow_heading,
    plain_heading,
)
from app.intake.layout import Layout, Remembered, fingerprinted, own_places
from tenants.messages import Fault

SEARCHED_ROWS = 20
_ENOUGH = 3
_SHOWN = 30
_LONGEST_SHOWN = 12

Cells = Sequence[str | None]
NO_LAYOUT = Layout({})


@dataclass(frozen=True)
class Header:
    """The heading row: ``row`` counted from 0, its texts, and column key → place in the row.

    ``layout``: what a person said of it, when the headings alone do not say it.
    """

    row: int
    texts: tuple[str, ...]
    places: Mapping[str, int]
    layout: Layout | None = None


def find_header(rows: Sequence[Cells]) -> Header | None:
    """The row among the first ones that has most of our headings; ``None`` when none has three."""
    best = max(heading_rows(rows), key=lambda found: recognised(found[1]), default=None)
    if best is None or recognised(best[1]) < _ENOUGH:
        return None
    row, texts = best
    keys = [key_of(text) for text in texts]
    return Header(row, texts, {key: keys.index(key) for key in BY_KEY if key in keys})


def remembered_header(rows: Sequence[Cells], remembered: Remembered) -> Header | None:
    """The row among the first ones whose layout this sender confirmed before."""
    for row, texts in heading_rows(rows):
        headings = fingerprinted(texts)
        if len(headings) > 1 and (layout := remembered(headings)):
            return header_as(row, texts, layout)
    return None


def header_as(row: int, texts: tuple[str, ...], layout: Layout) -> Header:
    """The heading row read as ``layout`` says."""
    own = own_places(texts)
    places = {key: own[place] for key, place in layout.places.items() if place < len(own)}
    return Header(row, texts, places, layout)


def heading_rows(rows: Sequence[Cells]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row that may hold the headings; with the row above it where headings are merged over
    two rows (a group above, its parts below)."""
    for row, cells in enumerate(rows):
        texts = tuple(cell or "" for cell in cells)
        yield row, texts
        if row + 1 < len(rows):
            below = tuple(cell or "" for cell in rows[row + 1])
            both = tuple(lower or upper for upper, lower in zip(texts, below, strict=False))
            if recognised(both) > max(recognised(texts), recognised(below)):
                yield row + 1, both


def check_header(header: Header) -> None:
    """Raises ``list_columns_twice``, ``list_columns_missing`` or ``list_column_unit``."""
    if header.layout is None:
        _check_headings(header)
    known = {*header.places, *(header.layout or NO_LAYOUT).fixed}
    missing = [
        c.header for c in COLUMNS if c.key not in known and not (c.may_lack or c.kind == "number")
    ]
    if missing:
        raise Fault("list_columns_missing", missing=_listed(missing), found=_found(header))


def _check_headings(header: Header) -> None:
    keys = [key for text in header.texts if (key := key_of(text))]
    twice = [column.header for column in COLUMNS if keys.count(column.key) > 1]
    if twice:
        raise Fault("list_columns_twice", columns=_listed(twice))
    for key, place in header.places.items():
        if BY_KEY[key].kind == "money" and in_ten_thousand(header.texts[place]):
            heading = narrow_heading(header.texts[place])
            raise Fault("list_column_unit", column=heading, right=BY_KEY[key].header)


def in_ten_thousand(heading: str) -> bool:
    """Whether a heading says that its amounts stand in ten thousands of yuan."""
    return TEN_THOUSAND in narrow_heading(heading)


def recognised(cells: Cells) -> int:
    """How many of our columns a row names."""
    return len({key for cell in cells if cell and (key := key_of(cell))})


def key_of(text: str) -> str | None:
    """The column that a heading names."""
    return KEY_OF_HEADING.get(plain_heading(text))


def _found(header: Header) -> str:
    """Headings as read, cut short: a heading may be anything that somebody typed."""
    texts = [narrow_heading(text)[:_LONGEST_SHOWN] for text in header.texts]
    shown = [text for text in texts if text and not any(c.isdigit() for c in text)]
    return _listed(shown[:_SHOWN])


def _listed(texts: Sequence[str]) -> str:
    return "\u3001".join(texts)
