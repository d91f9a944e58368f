"""The shape of an xlsx from outside, measured on the raw XML before a reader builds its tables.

A reader allocates the rectangle from the first to the last used cell, so one cell at XFD1048576
would take all memory; and readers hand on a formula's last value as if it had been typed.
"""

import re
from dataclasses import dataclass, field
from posixpath import join, normpath

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from tenants.messages import Fault
from tenants.untrusted.archive import Archive, ArchiveLimits, check_size

_LOOK_BACK = 1024
_LONGEST_TEXT = 1 << 20
# Only the plain form that Excel, WPS and LibreOffice write counts as a cell: anything cleverer
# could be measured here as one thing and be read by the reader as another.
_ATTRIBUTE = rb"""\s+(?!r=)[\w:]+="[^"<>]*\""""
_CELL = re.compile(
    rb"""<(?:\w+:)?c(?:%b)*\s+r="([A-Z]{1,3})([0-9]{1,7})"(?:%b)*\s*(/?)>"""
    % (_ATTRIBUTE, _ATTRIBUTE)
)
_LOOKS_LIKE_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ODD_CELL = re.compile(rb"<c[\t\r\n\f\v]")
_FORMULA = re.compile(rb"""<(?:\w+:)?c\s[^>]*r="([A-Z]+[0-9]+)"[^>]*>\s*<(?:\w+:)?f[\s/>]""")
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class WorkbookLimits:
    """How much one workbook may hold.

    Rows and columns are those of one sheet; cells are those of all sheets' rectangles together,
    which is what a reader allocates.
    """

    archive: ArchiveLimits = ArchiveLimits()
    max_rows: int = 250_000
    max_columns: int = 100
    max_cells: int = 20_000_000


@dataclass
class SheetShape:
    """One sheet: the last used row and column, counted from 1, and its first formula cell."""

    name: str
    rows: int = 0
    columns: int = 0
    first_formula: str | None = None


@dataclass
class MeasuredSheet:
    """One sheet: its shape, and the places of its formulas and of its numbers, each as (row as
    the spreadsheet shows it, column from 0)."""

    shape: SheetShape
    formulas: list[tuple[int, int]] = field(default_factory=list)
    numbers: list[tuple[int, int]] = field(default_factory=list)


def inspect_workbook(data: bytes, limits: WorkbookLimits) -> list[SheetShape]:
    """Measure every sheet, unpacking each part once with its size counted.

    Raises ``archive_*`` for the container, ``workbook_broken`` for XML that cannot be what Excel
    writes, ``workbook_too_many_`` rows, columns or cells. Formulas are only noted.
    """
    check_size(data, limits.archive)
    _refuse_two_faced(data)
    archive = Archive(data, limits.archive)
    by_lower = {name.lower(): name for name in archive.names}
    parts = _sheet_parts(archive, by_lower)
    shapes = []
    for title, part in parts.items():
        shape = _measure(archive, part, title)
        check_shape(shape, limits)
        shapes.append(shape)
    check_together(shapes, limits)
    for name in set(archive.names) - set(parts.values()):
        for _ in archive.chunks(name):
            continue
    return shapes


def refuse_formulas(shapes: list[SheetShape]) -> None:
    """Raises ``workbook_formula`` with the sheet and cell of the first formula."""
    for shape in shapes:
        if shape.first_formula:
            raise Fault("workbook_formula", sheet=shape.name, cell=shape.first_formula)


def _refuse_two_faced(data: bytes) -> None:
    """The directory ends the file, without comment: else two unpackers may find two workbooks."""
    if not (data.startswith(b"PK\x03\x04") and data[-22:].startswith(b"PK\x05\x06")):
        raise Fault("archive_broken")
    if data[-2:] != b"\x00\x00":
        raise Fault("archive_broken")


def check_together(shapes: list[SheetShape], limits: WorkbookLimits) -> None:
    """Raises ``workbook_too_many_cells`` when the sheets' rectangles together are too large."""
    cells = sum(shape.rows * shape.columns for shape in shapes)
    if cells > limits.max_cells:
        raise Fault("workbook_too_many_cells", cells=cells, limit=limits.max_cells)


def check_shape(shape: SheetShape, limits: WorkbookLimits) -> None:
    """Raises ``workbook_too_many_rows`` or ``workbook_too_many_columns``."""
    if shape.rows > limits.max_rows:
        raise Fault(
            "workbook_too_many_rows",
            sheet=shape.name,
            rows=shape.rows,
            limit=limits.max_rows,
        )
    if shape.columns > limits.max_columns:
        raise Fault(
            "workbook_too_many_columns",
            sheet=shape.name,
            columns=shape.columns,
            limit=limits.max_columns,
        )


def _sheet_parts(archive: Archive, by_lower: dict[str, str]) -> dict[str, str]:
    """Sheet title → name of its part, in the order of the tabs."""
    try:
        book = fromstring(archive.read(by_lower["xl/workbook.xml"]), forbid_dtd=True)
        links = fromstring(archive.read(by_lower["xl/_rels/workbook.xml.rels"]), forbid_dtd=True)
        targets = {link.attrib["Id"]: _part_path(link.attrib["Target"]) for link in links}
        sheets = [sheet.attrib for sheet in book.iter() if sheet.tag.endswith("}sheet")]
        parts = {sheet["name"]: by_lower[targets[sheet[_RELATION]]] for sheet in sheets}
    except (KeyError, ParseError, DefusedXmlException, ValueError) as error:
        raise Fault("workbook_broken") from error
    if len(parts) != len(sheets):
        raise Fault("workbook_broken")
    return parts


def _part_path(target: str) -> str:
    return normpath(join("/xl", target.lower().replace("\\", "/"))).lstrip("/")


def _measure(archive: Archive, part: str, title: str) -> SheetShape:
    shape = SheetShape(title)
    tail = before = b""
    for piece in archive.chunks(part):
        window = tail + piece
        cut = window.rfind(b">") + 1
        block, tail = window[:cut], window[cut:]
        if not before:
            _check_xml(block)
        if len(tail) > _LONGEST_TEXT:
            raise Fault("workbook_broken")
        _take_cells(shape, block)
        window = before + block
        if shape.first_formula is None and (found := _first_formula(window)):
            shape.first_formula = found[1].decode()
        before = block[-_LOOK_BACK:]
    return shape


def _first_formula(window: bytes) -> re.Match[bytes] | None:
    # Most sheets have none, and looking for the bare tag is ten times faster.
    return _FORMULA.search(window) if _ANY_FORMULA.search(window) else None


def _take_cells(shape: SheetShape, block: bytes) -> None:
    """Widen ``shape`` by the cells that hold something; styled blanks cost a reader nothing."""
    cells = _CELL.findall(block)
    if len(cells) != _count_cells(block):
        raise Fault("workbook_broken")
    filled = [(column, row) for column, row, empty in cells if not empty]
    columns = map(_column_number, {column for column, _ in filled})
    shape.columns = max(shape.columns, max(columns, default=0))
    shape.rows = max(shape.rows, max((int(row) for _, row in filled), default=0))


def _count_cells(block: bytes) -> int:
    # Counting plain tags is ten times faster; a prefix or odd spacing needs a closer look.
    if b":c" in block or _ODD_CELL.search(block):
        return len(_LOOKS_LIKE_CELL.findall(block))
    return block.count(b"<c ") + block.count(b"<c>") + block.count(b"<c/")


def _check_xml(start: bytes) -> None:
    """Refuse what would read differently here and in the reader: other encodings, entities."""
    declared = _ENCODING.search(start.removeprefix(b"\xef\xbb\xbf"))
    is_utf8 = declared is None or declared[1].lower() in {
        b"utf-8",
        b"utf8",
        b"us-ascii",
    }
    if b"\x00" in start or not is_utf8 or b"<!DOCTYPE" in start:
        raise Fault("workbook_broken")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
