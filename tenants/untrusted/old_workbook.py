"""The shape of an ``.xls`` from outside (BIFF8), measured record by record before it is read.

A reader allocates the rectangle from the first to the last used cell, and hands on a formula's
last value as if it had been typed.
"""

import struct
from collections.abc import Iterator

from tenants.messages import Fault
from tenants.untrusted.archive import check_size
from tenants.untrusted.compound import Compound
from tenants.untrusted.workbook import (
    MeasuredSheet,
    SheetShape,
    WorkbookLimits,
    check_shape,
    check_together,
)

_BOF, _EOF, _BOUND_SHEET, _FILE_PASS = 0x0809, 0x000A, 0x0085, 0x002F
_DIMENSIONS = 0x0200
_FORMULA, _NUMBER, _RK, _MANY_RK = 0x0006, 0x0203, 0x027E, 0x00BD
_CELLS = frozenset({0x00FD, 0x0204, 0x0205, 0x00D6, _FORMULA, _NUMBER, _RK})
_BIFF8 = 0x0600
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_LOCKED, _MACROS = "EncryptedPackage", "_VBA_PROJECT_CUR"


def inspect_old_workbook(
    data: bytes, limits: WorkbookLimits, wanted: str
) -> dict[str, MeasuredSheet]:
    """Sheet title → what was measured, in the order of the tabs.

    Raises ``workbook_locked``, ``workbook_macros``, ``workbook_broken``, ``workbook_too_many_*``
    and ``workbook_too_old``; ``wanted`` says what would be right.
    """
    check_size(data, limits.archive)
    compound = Compound(data)
    if _LOCKED in compound.names:
        raise Fault("workbook_locked")
    if "Workbook" not in compound.names:
        raise Fault("workbook_too_old", wanted=wanted)
    if _MACROS in compound.names:
        raise Fault("workbook_macros", wanted=wanted)
    stream = compound.read("Workbook")
    try:
        sheets = _measured(stream)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Fault("workbook_broken") from error
    for sheet in sheets.values():
        check_shape(sheet.shape, limits)
    check_together([sheet.shape for sheet in sheets.values()], limits)
    return sheets


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record's content from ``at`` to the end of its part."""
    depth = 0
    if struct.unpack_from("<H", stream, at)[0] != _BOF:
        raise Fault("workbook_broken")
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        at += 4 + size
    raise Fault("workbook_broken")


def _measured(stream: bytes) -> dict[str, MeasuredSheet]:
    kind, _, version = struct.unpack_from("<HHH", stream, 0)
    if kind != _BOF or version != _BIFF8:
        raise Fault("workbook_broken")
    starts: dict[str, int] = {}
    for kind, at, _size in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Fault("workbook_locked")
        if kind == _BOUND_SHEET:
            starts[_title(stream, at)] = struct.unpack_from("<I", stream, at)[0]
    return {title: _sheet(stream, title, start) for title, start in starts.items()}


def _title(stream: bytes, at: int) -> str:
    length, is_wide = stream[at + 6], stream[at + 7] & 1
    text = stream[at + 8 : at + 8 + length * (1 + is_wide)]
    return text.decode("utf-16-le" if is_wide else "latin-1")


def _sheet(stream: bytes, title: str, start: int) -> MeasuredSheet:
    sheet = MeasuredSheet(SheetShape(title))
    shape = sheet.shape
    for kind, at, size in _records(stream, start):
        if kind == _DIMENSIONS:
            _check_dimensions(stream, at)
        if kind not in _CELLS and kind != _MANY_RK:
            continue
        row, first = struct.unpack_from("<HH", stream, at)
        last = struct.unpack_from("<H", stream, at + size - 2)[0] if kind == _MANY_RK else first
        shape.rows, shape.columns = max(shape.rows, row + 1), max(shape.columns, last + 1)
        if kind == _FORMULA:
            sheet.formulas.append((row + 1, first))
        elif kind in (_NUMBER, _RK, _MANY_RK):
            sheet.numbers += [(row + 1, column) for column in range(first, last + 1)]
    return sheet


def _check_dimensions(stream: bytes, at: int) -> None:
    """A reader sets memory aside for what this record says, true or not."""
    _, rows, _, columns = struct.unpack_from("<IIHH", stream, at)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        raise Fault("workbook_broken")
