"""A workbook of more rows than are held at once: xlsxwriter makes it with the first rows, the
others are written into its sheet as they come. No row of it ever lies in a folder for temporary
files, and the memory that it takes is that of the packed file."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from app.web.sheets import Cell, Sheet, workbook

_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_END = b"</sheetData>"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Stretches = Callable[[], Iterator[list[Sheet]]]


def long_workbook(stretches: Stretches) -> bytes:
    """The tables of a page that was drawn stretch by stretch, as one xlsx. ``stretches`` gives
    them from the beginning each time; a table that does not go on is the same in each."""
    first = next(stretches())
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(first))) as begun,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        for name in begun.namelist():
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if found is None:
                whole.writestr(name, begun.read(name))
                continue
            head, end, tail = _DIMENSION.sub(b"", begun.read(name)).rpartition(_END)
            sheet = first[int(found[1]) - 1]
            with whole.open(name, "w", force_zip64=True) as out:
                out.write(head)
                for line, row in enumerate(_further(sheet, stretches), start=len(sheet.rows) + 1):
                    out.write(_row(line, row))
                out.write(end + tail)
    return buffer.getvalue()


def _further(sheet: Sheet, stretches: Stretches) -> Iterator[list[Cell]]:
    """The rows of a table after its first stretch, without the head."""
    later = stretches()
    next(later)
    for sheets in later:
        for other in sheets:
            if other.title == sheet.title and other.rows != sheet.rows:
                yield from other.rows[1:]


def _row(line: int, cells: list[Cell]) -> bytes:
    written = "".join(_cell(f"{_letters(at)}{line}", cell) for at, cell in enumerate(cells))
    return f'<row r="{line}">{written}</row>'.encode()


def _cell(place: str, cell: Cell) -> str:
    if not isinstance(cell, str):
        return f'<c r="{place}"><v>{cell}</v></c>'
    if not cell:
        return ""
    said = escape(_UNWRITABLE.sub("", cell))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _letters(at: int) -> str:
    """Column 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
