"""The list out of an xlsx: the one visible sheet that has our headings, all cells as text."""

from dataclasses import dataclass

import fastexcel
import polars as pl

from app.intake.header import SEARCHED_ROWS, Header, find_header
from app.intake.raw_cells import look_at_cells
from tenants.messages import Fault
from tenants.untrusted.archive import ArchiveLimits
from tenants.untrusted.workbook import WorkbookLimits, inspect_workbook

_ROWS_BESIDE_THE_LIST = 50_000
_MAX_UNPACKED = 1024 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """Cells as text: ``frame`` has the columns ``c0`` … and ``sheet_row``, heading row included.

    ``formulas`` are (sheet row, column place); ``numbers`` the sheet rows whose identity number
    is held as a number.
    """

    frame: pl.DataFrame
    header: Header
    name: str | None = None
    formulas: tuple[tuple[int, int], ...] = ()
    numbers: tuple[int, ...] = ()


def read_workbook(data: bytes, max_rows: int) -> Table:
    """Raises ``archive_*``, ``workbook_*``, ``list_no_header`` and ``list_several_sheets``."""
    limits = WorkbookLimits(
        archive=ArchiveLimits(max_unpacked=_MAX_UNPACKED),
        max_rows=max_rows + _ROWS_BESIDE_THE_LIST,
    )
    inspect_workbook(data, limits)
    try:
        reader = fastexcel.read_excel(data)
        sheets = [_load(reader, name) for name in reader.sheet_names]
    except fastexcel.FastExcelError as error:
        raise Fault("workbook_broken") from error
    sheet, header = _the_list(sheets)
    raw = look_at_cells(data, limits.archive, sheet.name, header.places.get("id_number"))
    return Table(sheet.frame, header, sheet.name, raw.formulas, raw.numbers)


@dataclass(frozen=True)
class _Sheet:
    name: str
    visible: bool
    frame: pl.DataFrame


def _load(reader: fastexcel.ExcelReader, name: str) -> _Sheet:
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.width:
        return _Sheet(name, visible=False, frame=pl.DataFrame())
    places = [column.absolute_index for column in sheet.available_columns()]
    cells = sheet.to_polars()
    cells.columns = [f"c{place}" for place in places]
    # The reader leaves out empty columns on the left; they are put back so that places agree.
    blank = [pl.lit(None, pl.String).alias(f"c{place}") for place in range(places[0])]
    rows = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("sheet_row")
    frame = cells.select(*blank, pl.all(), rows)
    return _Sheet(name, sheet.visible == "visible", frame)


def _the_list(sheets: list[_Sheet]) -> tuple[_Sheet, Header]:
    found = [
        (sheet, header) for sheet in sheets if (header := find_header(first_rows(sheet.frame)))
    ]
    visible = [(sheet, header) for sheet, header in found if sheet.visible]
    filled = [(s, header) for s, header in visible if s.frame.height > header.row + 1]
    if len(filled) > 1:
        names = "\u3001".join(sheet.name for sheet, _ in filled)
        raise Fault("list_several_sheets", count=len(filled), sheets=names)
    if found and not visible:
        raise Fault("list_sheets_hidden", sheet=found[0][0].name)
    if not visible:
        raise Fault("list_no_header", rows=SEARCHED_ROWS)
    return (filled or visible)[0]


def first_rows(frame: pl.DataFrame) -> list[tuple[str | None, ...]]:
    """The rows in which a heading is looked for, without ``sheet_row``."""
    return frame.drop("sheet_row", strict=False).head(SEARCHED_ROWS).rows()
