"""The sheets of a workbook, .xlsx, .xls or .ods, all cells as text."""

from collections.abc import Callable

import fastexcel
import polars as pl

from app.intake.grids import Grid, Opened
from app.intake.messages import WANTED_FILES
from app.intake.raw_cells import RawCells, look_at_cells
from tenants.messages import Fault
from tenants.untrusted.archive import ArchiveLimits
from tenants.untrusted.kinds import FileKind
from tenants.untrusted.old_workbook import inspect_old_workbook
from tenants.untrusted.open_document import inspect_open_document
from tenants.untrusted.workbook import MeasuredSheet, WorkbookLimits, inspect_workbook

_ROWS_BESIDE_THE_LIST = 50_000
_MAX_UNPACKED = 1024 * 1024 * 1024


def open_workbook(data: bytes, kind: FileKind, max_rows: int) -> Opened:
    """Measure a workbook, then read it. Raises ``archive_*`` and ``workbook_*``."""
    limits = WorkbookLimits(
        archive=ArchiveLimits(max_unpacked=_MAX_UNPACKED),
        max_rows=max_rows + _ROWS_BESIDE_THE_LIST,
    )
    if kind is FileKind.XLSX:
        inspect_workbook(data, limits)

        def look(grid: Grid, id_column: int | None) -> RawCells:
            return look_at_cells(data, limits.archive, grid.name or "", id_column)

        return Opened(_grids(data), look, ".xlsx")
    if kind is FileKind.OLE:
        measured = inspect_old_workbook(data, limits, WANTED_FILES)
        return Opened(_grids(data), _looker(measured), ".xls")
    return Opened(_grids(data), _looker(inspect_open_document(data, limits)), ".ods")


def _looker(measured: dict[str, MeasuredSheet]) -> Callable[[Grid, int | None], RawCells]:
    def look(grid: Grid, id_column: int | None) -> RawCells:
        sheet = measured[grid.name or ""]
        numbers = tuple(row for row, column in sheet.numbers if column == id_column)
        return RawCells(tuple(sheet.formulas), numbers)

    return look


def _grids(data: bytes) -> tuple[Grid, ...]:
    try:
        reader = fastexcel.read_excel(data)
        return tuple(_load(reader, name) for name in reader.sheet_names)
    except fastexcel.FastExcelError as error:
        raise Fault("workbook_broken") from error


def _load(reader: fastexcel.ExcelReader, name: str) -> Grid:
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.width:
        return Grid(pl.DataFrame(), name, visible=False)
    places = [column.absolute_index for column in sheet.available_columns()]
    cells = sheet.to_polars()
    cells.columns = [f"c{place}" for place in places]
    # The reader leaves out empty columns on the left; they are put back so that places agree.
    blank = [pl.lit(None, pl.String).alias(f"c{place}") for place in range(places[0])]
    rows = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("sheet_row")
    frame = cells.select(*blank, pl.all(), rows)
    return Grid(frame, name, sheet.visible == "visible")
