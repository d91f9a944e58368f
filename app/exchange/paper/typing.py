"""What is typed of one person from paper: taken from the form, judged, and compared. Pure.

Entries of a line are ``{item code: [cells of a record, …]}``: texts in the order of our template's
columns after the identity. The template's own reader judges them, so that paper and file are held
to one rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.exchange.medium.asked import AskedLine, AskedRequest
from app.exchange.medium.cells import Cell, plain
from app.exchange.medium.item_columns import item_headers
from app.exchange.medium.layout import layout as words
from app.exchange.medium.replies import Gathered
from app.exchange.medium.reply_parts import Table
from app.exchange.medium.reply_rows import read_table
from app.exchange.paper.messages import TITLE
from tenants.catalogue import DataItem

Entries = Mapping[str, Sequence[Sequence[str]]]
"""By the item's code as text, as JSON keeps it."""

IDENTITY = 3
"""Columns before the outcome: line, name, number."""
MOST_RECORDS = 20
_LONGEST = 500


@dataclass(frozen=True)
class Place:
    """One control of the form: item, record from 0, column from 0 behind the identity."""

    item: int
    record: int
    column: int

    @property
    def name(self) -> str:
        return f"v-{self.item}-{self.record}-{self.column}"


def width_of(item: DataItem) -> int:
    """How many cells a record has."""
    return len(item_headers(item)) - IDENTITY


def entries_in(form: Mapping[str, str], items: Sequence[DataItem]) -> dict[str, list[list[str]]]:
    """What was typed; outcome, day and remark stand with the first record of an item only."""
    found: dict[str, list[list[str]]] = {}
    for item in items:
        width = width_of(item)
        records = [
            [form.get(Place(item.code, n, c).name, "").strip()[:_LONGEST] for c in range(width)]
            for n in range(MOST_RECORDS)
            if Place(item.code, n, 0 if n == 0 else 1).name in form
        ]
        kept = [r for n, r in enumerate(records) if n == 0 or any(r)]
        if kept and (any(kept[0]) or len(kept) > 1):
            found[str(item.code)] = kept
    return found


def tables(line_no: int, line: AskedLine, entries: Entries, asked: AskedRequest) -> list[Table]:
    """The line's entries as rows of our template; row 2 is the first record."""
    return [
        Table(
            TITLE, int(code), [item_headers(asked.items[int(code)]), *_rows(line_no, line, records)]
        )
        for code, records in entries.items()
        if int(code) in asked.items
    ]


def _rows(line_no: int, line: AskedLine, records: Sequence[Sequence[str]]) -> Iterator[list[Cell]]:
    first = records[0]
    # A day alone answers nothing: it stands there before anybody types.
    if not any(first[:-2]) and not first[-1] and len(records) == 1:
        return
    for record in records:
        fields = list(record[1:-2])
        yield [line_no, line.name, line.id_number, first[0], *fields, *first[-2:]]


def faults(
    line_no: int, line: AskedLine, entries: Entries, asked: AskedRequest, today: date
) -> list[tuple[str, str]]:
    """What is wrong with a line's entries: the control's id and the sentence."""
    told: list[tuple[str, str]] = []
    for table in tables(line_no, line, entries, asked):
        gathered = Gathered(max_faults=50)
        read_table(table, asked, today, gathered)
        headers = item_headers(asked.items[table.item])
        for fault in gathered.faults:
            header = fault.column.partition(words().marks["colon"])[2]
            column = headers.index(header) - IDENTITY if header in headers else 0
            is_shared = column in (0, len(headers) - IDENTITY - 2, len(headers) - IDENTITY - 1)
            record = 0 if is_shared else fault.row - 2
            told.append((Place(table.item, record, max(column, 0)).name, str(fault)))
    return told


def meaning(
    line_no: int, line: AskedLine, entries: Entries, asked: AskedRequest, today: date
) -> dict[int, Any]:
    """What the entries say, however they were written: item → outcome, day, remark, records."""
    said: dict[int, Any] = {}
    for table in tables(line_no, line, entries, asked):
        gathered = Gathered(max_faults=50)
        read_table(table, asked, today, gathered)
        pair = (line_no, table.item)
        if pair not in gathered.outcomes:
            continue
        records = sorted(
            tuple(sorted((n, str(v)) for n, v in record.fields.items()))
            for record in gathered.records
        )
        remarks = tuple(plain(remark) for remark in gathered.remarks.get(pair, ()))
        said[table.item] = (gathered.outcomes[pair], gathered.as_of.get(pair), remarks, records)
    return said


def shown(entries: Entries, item: DataItem) -> list[tuple[str, str]]:
    """The entries about one item, header by header, for two people to look at."""
    records = entries.get(str(item.code), [])
    headers = item_headers(item)[IDENTITY:]
    lines: list[tuple[str, str]] = []
    for n, record in enumerate(records):
        for header, text in zip(headers, record, strict=True):
            if text:
                lines.append((header if len(records) == 1 else f"{header} {n + 1}", text))
    return lines
