"""The list out of a csv, in the encodings of Excel and WPS on Chinese Windows."""

from itertools import zip_longest

import polars as pl

from app.intake.header import SEARCHED_ROWS, find_header
from app.intake.workbook import Table
from tenants.messages import Fault
from tenants.untrusted.text import read_csv

_ROWS_BESIDE_THE_LIST = 50_000
_MAX_COLUMNS = 100
# A quotation mark that is never closed swallows the rows after it into one cell.
_SWALLOWED_ROWS = r"\n[^\n]*,[^\n]*,[^\n]*,"


def read_delimited(data: bytes, filename: str, max_rows: int) -> Table:
    """Raises ``text_encoding``, ``text_broken``, ``workbook_too_many_*`` and ``list_no_header``."""
    rows = read_csv(data, max_rows + _ROWS_BESIDE_THE_LIST, filename)
    width = max(map(len, rows), default=0)
    if width > _MAX_COLUMNS:
        raise Fault("workbook_too_many_columns", sheet=filename, columns=width, limit=_MAX_COLUMNS)
    header = find_header(rows[:SEARCHED_ROWS])
    if header is None:
        raise Fault("list_no_header", rows=SEARCHED_ROWS)
    columns = zip_longest(*rows)
    frame = pl.DataFrame({f"c{place}": column for place, column in enumerate(columns)})
    frame = frame.cast(pl.String).with_columns(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("sheet_row")
    )
    _refuse_swallowed_rows(frame)
    return Table(frame, header)


def encoding_of(data: bytes) -> str:
    """The narrowest name of the encoding of a text that decodes: for the record of what came."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    for encoding in ("utf-8", "gbk"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "gb18030"


def _refuse_swallowed_rows(frame: pl.DataFrame) -> None:
    broken = pl.any_horizontal(pl.exclude("sheet_row").str.contains(_SWALLOWED_ROWS))
    rows = frame.filter(broken)["sheet_row"]
    if not rows.is_empty():
        raise Fault("text_broken", row=rows[0])
