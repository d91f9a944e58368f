"""Cells as spreadsheet programs hand them over, and the plain text in them."""

import unicodedata
from datetime import date, datetime, time, timedelta
from functools import cache

from app.exchange.medium.layout import layout

Cell = int | float | str | bool | time | date | datetime | timedelta


def text_of(cell: Cell) -> str:
    """The trimmed text of a cell; a whole number without ``.0``, a date as yyyy-mm-dd."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nobody wrote anything here; zero is something."""
    return isinstance(cell, str) and (not cell or cell.isspace())


def plain(text: str) -> str:
    """``text`` as a person reads it: narrow characters, no spaces and no invisible marks."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    return narrow if narrow.isprintable() else "".join(filter(str.isprintable, narrow))


def plain_name(text: str) -> str:
    """A name to compare: as :func:`plain`, with one kind of middle dot."""
    return plain(text).translate(_dots())


@cache
def _dots() -> dict[int, str]:
    dots = layout().marks["name_dots"]
    return {ord(dot): dots[0] for dot in dots[1:]}
