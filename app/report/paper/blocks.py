"""The parts that a document is composed of before it has pages. Lengths in millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT_WIDTH_MM = 156.0

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Face:
    """A size of type and the height of its line."""

    name: str
    size_mm: float
    line_mm: float


# The engine draws type at whole pixels of 0.2034 mm: other sizes come out wider than asked.
_PIXEL_MM = 0.2034
TITLE = Face("title", 38 * _PIXEL_MM, 11.5)
NUMBER = Face("number", 21 * _PIXEL_MM, 8.0)
HEADING = Face("heading", 24 * _PIXEL_MM, 9.5)
BODY = Face("body", 21 * _PIXEL_MM, 7.4)
TABLE = Face("cell", 17 * _PIXEL_MM, 5.2)
NOTE = Face("note", 16 * _PIXEL_MM, 5.0)


@dataclass(frozen=True)
class Text:
    """One paragraph; ``indented`` begins it two characters in, as Chinese paragraphs do."""

    text: str
    face: Face = BODY
    indented: bool = True


@dataclass(frozen=True)
class Heading:
    """A heading that never stands last on a page."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table; a ``label`` column is printed like a heading."""

    title: str
    width_mm: float
    align: str = "left"
    label: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, a cell being paragraphs; without titles the table has no head.

    ``least_mm`` is the least height of a row: room to write, to sign, to press a thumb.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    headed: bool = True
    least_mm: float = 0.0


@dataclass(frozen=True)
class Drawing:
    """An SVG drawing across the text width; only ``checked_drawing`` makes one."""

    svg: str
    height_mm: float


@dataclass(frozen=True)
class Closing:
    """Last notes, issuer, agency and date: kept on one page, with room for the seal.

    ``issuer`` may have several lines.
    """

    notes: tuple[str, ...]
    issuer: str
    agency: str
    date: str


Block = Text | Heading | Table | Drawing


@dataclass(frozen=True)
class Draft:
    """A composed document: its head, its blocks in order, its closing.

    ``foot`` stands at the foot of every page, the number if it is None. What has no
    ``verify_url`` has no QR code. ``sealed_pages``: the closing stands at the foot of
    every page, since each one is to be sealed. ``particulars`` is what a machine reads back from
    the file (no personal data in it).
    """

    title: str
    number: str
    confidential: str
    blocks: tuple[Block, ...]
    closing: Closing | None = None
    foot: str | None = None
    verify_url: str = ""
    verify_caption: str = ""
    sealed_pages: bool = False
    particulars: Mapping[str, Any] = field(default_factory=dict)
