"""A subject list as it was sent, read as text: workbook or csv, judged by content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from app.intake.columns import BY_KEY, KEYS
from app.intake.delimited import open_text
from app.intake.grids import Grid, Opened
from app.intake.header import (
    NO_LAYOUT,
    SEARCHED_ROWS,
    Header,
    check_header,
    find_header,
    remembered_header,
)
from app.intake.layout import Remembered, nothing_remembered
from app.intake.messages import WANTED_FILES
from app.intake.raw_cells import RawCells
from app.intake.units import in_yuan
from app.intake.workbook import open_workbook
from tenants.messages import Fault
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

MAX_ROWS = 200_000
_TAKEN = (FileKind.XLSX, FileKind.TEXT, FileKind.OLE, FileKind.ODS)


@dataclass(frozen=True)
class Original:
    """The sheet as sent: the rows above the headings, the headings, and every row of the list.

    ``rows`` has the columns ``c0`` … as text and ``sheet_row``.
    """

    above: tuple[tuple[str | None, ...], ...]
    headings: tuple[str, ...]
    places: Mapping[str, int]
    rows: pl.DataFrame


@dataclass(frozen=True)
class Sheet:
    """A list ready to be checked.

    ``frame``: one text column per key of ``columns.KEYS`` and ``sheet_row`` (Int32, as the
    spreadsheet shows it), blank rows left out. ``formulas``: key → sheet rows whose cell is a
    formula. ``numbers``: rows whose identity number is held as a number. ``overlong``: rows with
    more cells than headings (csv). ``encoding`` and ``sheet_name``: of a csv, of a workbook.
    ``layout_id``: the remembered layout that it was read by, 0 for none.
    """

    frame: pl.DataFrame
    original: Original
    filename: str
    suffix: str = ".xlsx"
    encoding: str | None = None
    sheet_name: str | None = None
    formulas: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    overlong: tuple[int, ...] = ()
    layout_id: int = 0


def read_sheet(
    data: bytes,
    filename: str,
    *,
    max_rows: int = MAX_ROWS,
    remembered: Remembered = nothing_remembered,
) -> Sheet:
    """Read a list; formulas are never evaluated and nothing is written anywhere.

    ``filename`` is for the record and for faults only. Any fault of the file is a ``Fault``:
    ``file_*``, ``archive_*``, ``workbook_*``, ``text_*`` or ``list_*``.
    """
    opened = open_file(data, filename, max_rows=max_rows)
    grid, header = _the_list(opened.grids, remembered)
    return sheet_of(opened, grid, header, filename, max_rows=max_rows)


def open_file(data: bytes, filename: str, *, max_rows: int = MAX_ROWS) -> Opened:
    """The sheets of a file, before anything is known of its columns; raises faults of the file."""
    kind = require_kind(data, _TAKEN, WANTED_FILES)
    if kind is FileKind.TEXT:
        return open_text(data, filename, max_rows)
    return open_workbook(data, kind, max_rows)


def sheet_of(
    opened: Opened, grid: Grid, header: Header, filename: str, *, max_rows: int = MAX_ROWS
) -> Sheet:
    """The list in one sheet of an opened file, under these headings; raises ``list_*``."""
    check_header(header)
    rows = _filled_rows(grid, header)
    if rows.is_empty():
        raise Fault("list_no_rows")
    if rows.height > max_rows:
        raise Fault("list_too_many_rows", limit=max_rows)
    raw = opened.look(grid, header.places.get("id_number"))
    return Sheet(
        frame=_keyed(rows, header),
        original=_original(grid, header, rows),
        filename=filename,
        suffix=opened.suffix,
        encoding=opened.encoding,
        sheet_name=grid.name,
        formulas=_formulas(raw, header),
        numbers=raw.numbers,
        overlong=_overlong(rows, header) if opened.encoding else (),
        layout_id=(header.layout or NO_LAYOUT).id,
    )


def _the_list(grids: Sequence[Grid], remembered: Remembered) -> tuple[Grid, Header]:
    """The one visible sheet that has our headings, or headings that the sender explained."""
    found = [
        (grid, header)
        for grid in grids
        if (
            header := remembered_header(grid.first_rows, remembered) or find_header(grid.first_rows)
        )
    ]
    visible = [(grid, header) for grid, header in found if grid.visible]
    filled = [(g, header) for g, header in visible if g.frame.height > header.row + 1]
    if len(filled) > 1:
        names = "\u3001".join(grid.name or "" for grid, _ in filled)
        raise Fault("list_several_sheets", count=len(filled), sheets=names)
    if found and not visible:
        raise Fault("list_sheets_hidden", sheet=found[0][0].name)
    if not visible:
        raise Fault("list_no_header", rows=SEARCHED_ROWS)
    return (filled or visible)[0]


def _filled_rows(grid: Grid, header: Header) -> pl.DataFrame:
    """Rows below the headings in which anything but the row number is filled."""
    judged = [f"c{p}" for key, p in header.places.items() if BY_KEY[key].kind != "number"]
    filled = pl.any_horizontal(pl.col(judged).str.strip_chars().str.len_bytes() > 0)
    return grid.frame.slice(header.row + 1).filter(filled)


def _keyed(rows: pl.DataFrame, header: Header) -> pl.DataFrame:
    layout = header.layout or NO_LAYOUT

    def column(key: str) -> pl.Expr:
        place = header.places.get(key)
        if place is None:
            return pl.lit(layout.fixed.get(key), pl.String)
        return (
            in_yuan(pl.col(f"c{place}")) if key in layout.in_ten_thousand else pl.col(f"c{place}")
        )

    return rows.select("sheet_row", *(column(key).alias(key) for key in KEYS))


def _original(grid: Grid, header: Header, rows: pl.DataFrame) -> Original:
    return Original(tuple(grid.first_rows[: header.row]), header.texts, header.places, rows)


def _formulas(raw: RawCells, header: Header) -> dict[str, tuple[int, ...]]:
    first = header.row + 1
    key_of = {place: key for key, place in header.places.items()}
    found: dict[str, list[int]] = {}
    for row, place in raw.formulas:
        if row > first and place in key_of:
            found.setdefault(key_of[place], []).append(row)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _overlong(rows: pl.DataFrame, header: Header) -> tuple[int, ...]:
    width = max(place for place, text in enumerate(header.texts) if text.strip()) + 1
    beyond = [name for name in rows.columns if name != "sheet_row" and int(name[1:]) >= width]
    if not beyond:
        return ()
    filled = pl.any_horizontal(pl.col(beyond).str.strip_chars().str.len_bytes() > 0)
    return tuple(rows.filter(filled)["sheet_row"])


def typed_sheet(rows: Sequence[Mapping[str, str]]) -> Sheet:
    """Rows that were typed, by the keys of the columns, as a sheet that the list's rules judge;
    the first is row 1."""
    frame = pl.DataFrame(
        {key: [row.get(key) for row in rows] for key in KEYS}, schema=dict.fromkeys(KEYS, pl.String)
    )
    numbered = frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("sheet_row"))
    return Sheet(numbered, Original((), (), {}, pl.DataFrame()), "")
