"""The shape of an ``.ods`` from outside, measured on its raw XML before it is read.

One tag can stand for a million rows of sixteen thousand cells, so repetitions are multiplied out
on paper first.
"""

import re
from html import unescape

from tenants.messages import Fault
from tenants.untrusted.archive import Archive
from tenants.untrusted.workbook import (
    MeasuredSheet,
    SheetShape,
    WorkbookLimits,
    check_shape,
    check_together,
)

_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)((?:\s[^<>]*?)?)(/?)>"
)
_ATTRIBUTE = re.compile(rb'([\w:-]+)="([^"]*)"')
_ROWS, _COLUMNS = b"table:number-rows-repeated", b"table:number-columns-repeated"
_CONTENT = "content.xml"


def inspect_open_document(data: bytes, limits: WorkbookLimits) -> dict[str, MeasuredSheet]:
    """Sheet title → what was measured. Raises ``archive_*``, ``workbook_broken`` and
    ``workbook_too_many_*``."""
    archive = Archive(data, limits.archive)
    if _CONTENT not in archive.names:
        raise Fault("workbook_broken")
    xml = archive.read(_CONTENT)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml[:1024]:
        raise Fault("workbook_broken")
    sheets = _measured(xml, limits)
    check_together([sheet.shape for sheet in sheets.values()], limits)
    return sheets


def _measured(xml: bytes, limits: WorkbookLimits) -> dict[str, MeasuredSheet]:
    sheets: dict[str, MeasuredSheet] = {}
    sheet: MeasuredSheet | None = None
    row, column, rows_here = 0, 0, 1
    for closing, name, text, is_empty in _TAG.findall(xml):
        attributes = dict(_ATTRIBUTE.findall(text)) if text else {}
        if name == b"table" and not closing:
            title = unescape(attributes.get(b"table:name", b"").decode("utf-8", "replace"))
            sheet = sheets[title] = MeasuredSheet(SheetShape(title))
            row = 0
        elif name == b"table-row" and not closing:
            row, column, rows_here = row + 1, 0, _times(attributes, _ROWS)
            if is_empty:
                row += rows_here - 1
        elif name == b"table-row":
            row += rows_here - 1
        elif sheet and not closing:
            times = _times(attributes, _COLUMNS)
            if not is_empty or b"office:value-type" in attributes:
                _note(sheet, attributes, (row, row + rows_here - 1), (column, column + times))
                check_shape(sheet.shape, limits)
            column += times
    return sheets


def _note(
    sheet: MeasuredSheet,
    attributes: dict[bytes, bytes],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> None:
    shape = sheet.shape
    shape.rows, shape.columns = max(shape.rows, rows[1]), max(shape.columns, columns[1])
    if b"table:formula" in attributes:
        sheet.formulas.append((rows[0], columns[0]))
    elif attributes.get(b"office:value-type") in (b"float", b"currency", b"percentage"):
        sheet.numbers.append((rows[0], columns[0]))


def _times(attributes: dict[bytes, bytes], name: bytes) -> int:
    given = attributes.get(name, b"1")
    if not given.isdigit() or len(given) > 9:
        raise Fault("workbook_broken")
    return max(1, int(given))
