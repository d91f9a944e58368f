"""The error file: the households held back, as they were sent, each row with what is wrong.

Mended, it can be uploaded as it is: the reader does not look at the first column.
"""

import io
from collections.abc import Mapping, Sequence

import polars as pl
import xlsxwriter

from app.intake.columns import BY_KEY, ERROR_COLUMN, LIST_SHEET, TEXT_FORMAT
from app.intake.layout import own_places
from app.intake.messages import HELD_BACK_WITH, describe_in_row
from app.intake.rules import CheckedList
from app.intake.sheet import Original, Sheet
from tenants.messages import RowFault

_ERROR_WIDTH = 60
_PLAIN_WIDTH = 14
_MIDNIGHT = r" 00:00:00$"
# Strings only: nothing that was sent may turn into a formula or a link here.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_error_file(sheet: Sheet, checked: CheckedList) -> bytes:
    """An xlsx of the rows of ``checked.held_back``: all cells text, faults in the first column."""
    original = sheet.original
    first_row = len(original.above) + 2
    held = checked.held_back.with_row_index("place", offset=first_row)
    new_rows = dict(zip(held["sheet_row"], held["place"], strict=True))
    texts = _texts(held, [_moved(fault, new_rows) for fault in checked.faults])
    kept = own_places(original.headings)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        page = book.add_worksheet(LIST_SHEET)
        text_format = book.add_format({"num_format": TEXT_FORMAT})
        wrapped = book.add_format({"num_format": TEXT_FORMAT, "text_wrap": True, "valign": "top"})
        heading = book.add_format({"num_format": TEXT_FORMAT, "bold": True, "bg_color": "#DCE6F1"})
        _set_columns(page, original, kept, wrapped, text_format)
        page.freeze_panes(first_row - 1, 1)
        for row, above in enumerate(original.above):
            _write_row(page, row, ["", *_picked(above, kept)], text_format)
        titles = [ERROR_COLUMN, *_picked(original.headings, kept)]
        _write_row(page, first_row - 2, titles, heading)
        for row, cells in enumerate(_held_rows(original.rows, held, kept), start=first_row - 1):
            page.write_string(row, 0, texts[row + 1], wrapped)
            _write_row(page, row, cells, text_format, first_column=1)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return buffer.getvalue()


def _moved(fault: RowFault, new_rows: Mapping[int, int]) -> RowFault:
    """The fault with its rows counted as in the error file."""
    values = dict(fault.values)
    if "other_row" in values:
        values["other_row"] = new_rows[values["other_row"]]
    return RowFault(new_rows[fault.row], fault.column, fault.code, values)


def _texts(held: pl.DataFrame, faults: Sequence[RowFault]) -> dict[int, str]:
    """Row of the error file → its first cell."""
    lines: dict[int, list[str]] = {}
    for fault in faults:
        lines.setdefault(fault.row, []).append(describe_in_row(fault))
    rows_of: dict[int, list[int]] = {}
    for place, household in held.select("place", "household").iter_rows():
        rows_of.setdefault(household, []).append(place)
    texts = {}
    for rows in rows_of.values():
        faulty = "\u3001".join(str(row) for row in rows if row in lines)
        for row in rows:
            texts[row] = "\n".join(lines.get(row, [HELD_BACK_WITH.format(rows=faulty)]))
    return texts


def _set_columns(
    page: xlsxwriter.worksheet.Worksheet,
    original: Original,
    kept: Sequence[int],
    wrapped: xlsxwriter.format.Format,
    plain: xlsxwriter.format.Format,
) -> None:
    widths = {place: BY_KEY[key].width for key, place in original.places.items()}
    page.set_column(0, 0, _ERROR_WIDTH, wrapped)
    for column, place in enumerate(kept, start=1):
        page.set_column(column, column, widths.get(place, _PLAIN_WIDTH), plain)


def _held_rows(
    rows: pl.DataFrame, held: pl.DataFrame, kept: Sequence[int]
) -> list[tuple[str | None, ...]]:
    shown = pl.col([f"c{place}" for place in kept]).str.replace(_MIDNIGHT, "")
    return rows.join(held, on="sheet_row", how="inner", maintain_order="left").select(shown).rows()


def _picked(cells: Sequence[str | None], kept: Sequence[int]) -> list[str | None]:
    return [cells[place] if place < len(cells) else None for place in kept]


def _write_row(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    cells: Sequence[str | None],
    cell_format: xlsxwriter.format.Format,
    first_column: int = 0,
) -> None:
    for column, text in enumerate(cells, start=first_column):
        if text:
            page.write_string(row, column, text, cell_format)
