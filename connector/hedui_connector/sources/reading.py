"""csv and xlsx as they come out of Excel and WPS: rows of plain texts, one at a time."""

import codecs
import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

SUFFIXES = (".csv", ".xlsx", ".xls")
SNIFFED = 65_536
# A double holds 15 digits: a longer number has lost its last ones.
MOST_EXACT = 10**15


class FileFault(ValueError):
    """A file cannot be read: ``code`` is a key of the messages, with its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a file, the header first; ``FileFault``."""
    if path.suffix.lower() == ".csv":
        yield from _read_csv(path)
    else:
        yield from _read_workbook(path)


def _read_csv(path: Path) -> Iterator[list[str]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(SNIFFED)
        file.seek(0)
        for row in csv.reader(_without_nulls(file), delimiter=_delimiter(head)):
            if any(cell.strip() for cell in row):
                yield [cell.strip().strip("\t") for cell in row]


def _without_nulls(file: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in file)


def _encoding(path: Path) -> str:
    """By the mark at the start, else UTF-8 if all of it is, else GB 18030 (which holds GBK)."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        for encoding in ("utf-8", "gb18030"):
            if _decodes(file, encoding):
                return encoding
            file.seek(0)
    raise FileFault("encoding", file=path.name)


def _decodes(file: io.BufferedReader, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(SNIFFED):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(head: str) -> str:
    first = head.split("\n", 1)[0]
    return max(",;\t\uff0c", key=first.count)


def _read_workbook(path: Path) -> Iterator[list[str]]:
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = [_cell(path, number, cell) for cell in row]
                if any(cells):
                    yield cells
    except CalamineError as error:
        raise FileFault("workbook", file=path.name) from error


def _cell(path: Path, row: int, cell: Any) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= MOST_EXACT:
        raise FileFault("digits", file=path.name, row=row)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell).strip()
