"""Finding the heading row of a list, under a title and with the columns in any order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.intake.columns import (
    BY_KEY,
    COLUMNS,
    KEY_OF_HEADING,
    TEN_THOUSAND,
    narrow_heading,
    plain_heading,
)
from tenants.messages import Fault

SEARCHED_ROWS = 20
_ENOUGH = 3
_SHOWN = 30
_LONGEST_SHOWN = 12

Cells = Sequence[str | None]


@dataclass(frozen=True)
class Header:
    """The heading row: ``row`` counted from 0, its texts, and column key → place in the row."""

    row: int
    texts: tuple[str, ...]
    places: Mapping[str, int]


def find_header(rows: Sequence[Cells]) -> Header | None:
    """The row among the first ones that has most of our headings; ``None`` when none has three."""
    best = max(range(len(rows)), key=lambda row: _recognised(rows[row]), default=None)
    if best is None or _recognised(rows[best]) < _ENOUGH:
        return None
    texts = tuple(cell or "" for cell in rows[best])
    keys = [_key_of(text) for text in texts]
    return Header(best, texts, {key: keys.index(key) for key in BY_KEY if key in keys})


def check_header(header: Header) -> None:
    """Raises ``list_columns_twice``, ``list_columns_missing`` or ``list_column_unit``."""
    keys = [key for text in header.texts if (key := _key_of(text))]
    twice = [column.header for column in COLUMNS if keys.count(column.key) > 1]
    if twice:
        raise Fault("list_columns_twice", columns=_listed(twice))
    missing = [c.header for c in COLUMNS if c.key not in keys and c.kind != "number"]
    if missing:
        raise Fault("list_columns_missing", missing=_listed(missing), found=_found(header))
    for key, place in header.places.items():
        heading = narrow_heading(header.texts[place])
        if BY_KEY[key].kind == "money" and TEN_THOUSAND in heading:
            raise Fault("list_column_unit", column=heading, right=BY_KEY[key].header)


def _recognised(cells: Cells) -> int:
    return len({key for cell in cells if cell and (key := _key_of(cell))})


def _key_of(text: str) -> str | None:
    return KEY_OF_HEADING.get(plain_heading(text))


def _found(header: Header) -> str:
    """Headings as read, cut short: a heading may be anything that somebody typed."""
    texts = [narrow_heading(text)[:_LONGEST_SHOWN] for text in header.texts]
    shown = [text for text in texts if text and not any(c.isdigit() for c in text)]
    return _listed(shown[:_SHOWN])


def _listed(texts: Sequence[str]) -> str:
    return "\u3001".join(texts)
