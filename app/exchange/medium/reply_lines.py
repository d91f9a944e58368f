"""Is a row about somebody who was asked about: the line, the person on it, the item."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.exchange.medium.asked import AskedLine, AskedRequest
from app.exchange.medium.cells import Cell, plain, plain_name, text_of
from app.exchange.medium.item_columns import ColumnMap
from app.exchange.medium.layout import layout
from tenants.identity import normalise_id_number
from tenants.masking import mask_id_number, mask_name
from tenants.messages import Fault

Place = tuple[str, Fault]
"""A column's header and what is wrong there."""


class RowRefused(Exception):
    """A row with faults; ``faults`` are all that could be told at once."""

    def __init__(self, faults: tuple[Place, ...]) -> None:
        super().__init__(*(fault.code for _, fault in faults))
        self.faults = faults


def row_refused(column: str, code: str, **values: Any) -> RowRefused:
    """A row with one fault."""
    return RowRefused(((column, Fault(code, **values)),))


def asked_line(row: Sequence[Cell], columns: ColumnMap, asked: AskedRequest, item: int) -> int:
    """The line number, once the row is known to be about the person asked there, about ``item``.

    Raises :class:`RowRefused`; names and numbers of the list are masked in it, those of the file
    left out.
    """
    header = layout().columns.line_no
    text = plain(text_of(row[columns.line_no]))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise row_refused(header, "reply_line_no")
    line_no = int(text)
    line = asked.lines.get(line_no)
    if line is None:
        raise row_refused(header, "reply_line_not_asked", line_no=line_no)
    faults = tuple(_identity_faults(row, columns, line_no, line))
    if faults:
        raise RowRefused(faults)
    if item not in line.items:
        raise row_refused(header, "reply_item_not_asked_of_line", line_no=line_no)
    return line_no


def _identity_faults(
    row: Sequence[Cell], columns: ColumnMap, line_no: int, line: AskedLine
) -> Iterator[Place]:
    words = layout().columns
    name, number = row[columns.name], row[columns.id_number]
    if name != line.name and plain_name(text_of(name)) != plain_name(line.name):
        expected = mask_name(line.name)
        yield words.name, Fault("reply_name_differs", line_no=line_no, expected=expected)
    if number != line.id_number and not _same_number(text_of(number), line.id_number):
        expected = mask_id_number(line.id_number)
        yield words.id_number, Fault("reply_id_differs", line_no=line_no, expected=expected)


def _same_number(found: str, expected: str) -> bool:
    return normalise_id_number(found) == normalise_id_number(expected)
