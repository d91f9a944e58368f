"""The list out of a text: comma, tab or semicolon, in the encodings of Excel and WPS."""

import csv
import io
from collections.abc import Sequence
from itertools import islice, zip_longest

import polars as pl

from app.intake.grids import Grid, Opened
from app.intake.header import SEARCHED_ROWS, recognised
from app.intake.raw_cells import RawCells
from tenants.messages import Fault
from tenants.untrusted.kinds import UTF16_MARKS
from tenants.untrusted.text import decode_text, read_csv

_ROWS_BESIDE_THE_LIST = 50_000
_MAX_COLUMNS = 100
_DELIMITERS = (",", "\t", ";")
_LOOKED_AT = 1 << 16
# A quotation mark that is never closed swallows the rows after it into one cell.
_SWALLOWED_ROWS = r"\n[^\n]*{0}[^\n]*{0}[^\n]*{0}"


def open_text(data: bytes, filename: str, max_rows: int) -> Opened:
    """Raises ``text_encoding``, ``text_broken`` and ``workbook_too_many_*``."""
    delimiter = _delimiter(decode_text(data)[:_LOOKED_AT])
    rows = read_csv(data, max_rows + _ROWS_BESIDE_THE_LIST, filename, delimiter=delimiter)
    width = max(map(len, rows), default=0)
    if width > _MAX_COLUMNS:
        raise Fault("workbook_too_many_columns", sheet=filename, columns=width, limit=_MAX_COLUMNS)
    columns = zip_longest(*rows)
    frame = pl.DataFrame({f"c{place}": column for place, column in enumerate(columns)})
    frame = frame.cast(pl.String).with_columns(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("sheet_row")
    )
    _refuse_swallowed_rows(frame, delimiter)
    return Opened((Grid(frame),), _nothing_raw, ".csv", encoding_of(data))


def encoding_of(data: bytes) -> str:
    """The narrowest name of the encoding of a text that decodes: for the record of what came."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith(UTF16_MARKS):
        return "utf-16"
    for encoding in ("utf-8", "gbk"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "gb18030"


def _nothing_raw(_grid: Grid, _id_column: int | None) -> RawCells:
    return RawCells((), ())


def _delimiter(text: str) -> str:
    """What divides the cells: most of our headings, else most cells in the first rows."""

    def fit(delimiter: str) -> tuple[int, int]:
        lines = islice(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), SEARCHED_ROWS
        )
        rows = _readable(lines)
        return max(map(recognised, rows), default=0), sum(map(len, rows))

    return max(_DELIMITERS, key=fit)


def _readable(lines: "islice[list[str]]") -> Sequence[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(lines)
    except csv.Error:
        return rows
    return rows


def _refuse_swallowed_rows(frame: pl.DataFrame, delimiter: str) -> None:
    if frame.width < 2:
        return
    swallowed = _SWALLOWED_ROWS.format(delimiter)
    broken = pl.any_horizontal(pl.exclude("sheet_row").str.contains(swallowed))
    rows = frame.filter(broken)["sheet_row"]
    if not rows.is_empty():
        raise Fault("text_broken", row=rows[0])
