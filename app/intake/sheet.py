"""A subject list as it was sent, read as text: xlsx or csv, judged by content."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from app.intake.columns import BY_KEY, KEYS
from app.intake.delimited import encoding_of, read_delimited
from app.intake.header import Header, check_header
from app.intake.messages import WANTED_FILES
from app.intake.workbook import Table, first_rows, read_workbook
from tenants.messages import Fault
from tenants.untrusted.gate import require_kind
from tenants.untrusted.kinds import FileKind

MAX_ROWS = 200_000


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
    """

    frame: pl.DataFrame
    original: Original
    filename: str
    encoding: str | None = None
    sheet_name: str | None = None
    formulas: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    overlong: tuple[int, ...] = ()


def read_sheet(data: bytes, filename: str, *, max_rows: int = MAX_ROWS) -> Sheet:
    """Read a list; formulas are never evaluated and nothing is written anywhere.

    ``filename`` is for the record and for faults only. Any fault of the file is a ``Fault``:
    ``file_*``, ``archive_*``, ``workbook_*``, ``text_*`` or ``list_*``.
    """
    kind = require_kind(data, (FileKind.XLSX, FileKind.TEXT), WANTED_FILES)
    is_text = kind is FileKind.TEXT
    table = read_delimited(data, filename, max_rows) if is_text else read_workbook(data, max_rows)
    check_header(table.header)
    rows = _filled_rows(table)
    if rows.is_empty():
        raise Fault("list_no_rows")
    if rows.height > max_rows:
        raise Fault("list_too_many_rows", limit=max_rows)
    return Sheet(
        frame=_keyed(rows, table.header),
        original=_original(table, rows),
        filename=filename,
        encoding=encoding_of(data) if is_text else None,
        sheet_name=table.name,
        formulas=_formulas(table),
        numbers=table.numbers,
        overlong=_overlong(rows, table.header) if is_text else (),
    )


def _filled_rows(table: Table) -> pl.DataFrame:
    """Rows below the headings in which anything but the row number is filled."""
    places = table.header.places
    judged = [f"c{place}" for key, place in places.items() if BY_KEY[key].kind != "number"]
    filled = pl.any_horizontal(pl.col(judged).str.strip_chars().str.len_bytes() > 0)
    return table.frame.slice(table.header.row + 1).filter(filled)


def _keyed(rows: pl.DataFrame, header: Header) -> pl.DataFrame:
    def column(key: str) -> pl.Expr:
        place = header.places.get(key)
        return pl.lit(None, pl.String) if place is None else pl.col(f"c{place}")

    return rows.select("sheet_row", *(column(key).alias(key) for key in KEYS))


def _original(table: Table, rows: pl.DataFrame) -> Original:
    above = tuple(first_rows(table.frame)[: table.header.row])
    return Original(above, table.header.texts, table.header.places, rows)


def _formulas(table: Table) -> dict[str, tuple[int, ...]]:
    first = table.header.row + 1
    key_of = {place: key for key, place in table.header.places.items()}
    found: dict[str, list[int]] = {}
    for row, place in table.formulas:
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
