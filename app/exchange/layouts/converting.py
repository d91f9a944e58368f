"""A unit's own rows as the rows of our reply template, so that one reader judges both.

A row keeps its number, so that what is wrong is told by the row of the unit's own file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.exchange.layouts.layout import (
    AS_OF,
    AS_TOLD,
    FROM_TITLE,
    ID_NUMBER,
    LINE_NO,
    NAME,
    NO_RECORD,
    OUTCOME,
    REMARK,
    UnitLayout,
    field_key,
)
from app.exchange.layouts.own_sheet import Converted, OwnSheet, Texts
from app.exchange.layouts.row_maker import RowMaker
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.cells import Cell
from app.exchange.medium.item_columns import field_header, item_headers
from app.exchange.medium.layout import layout as words
from app.exchange.medium.reply_parts import Table
from tenants.catalogue import DataItem
from tenants.messages import Fault

_DAY = re.compile(
    r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})|(20\d{2})(\d{2})(\d{2})(?!\d)"
)


def convert(
    sheet: OwnSheet, layout: UnitLayout, asked: AskedRequest, told: date | None
) -> Converted:
    """The sheet's rows under our headings; ``told``: the as-of date that came with the file.

    Raises ``reply_item_not_asked`` and ``own_day_missing``. Rows about people who were not asked
    about are faults, and never answers.
    """
    item = asked.items.get(layout.item)
    if item is None:
        raise Fault("reply_item_not_asked", sheet=sheet.title, item=layout.item)
    made = Converted(item, headings=_headings(sheet, layout, item))
    rows = RowMaker(sheet, layout, asked, item, _day(sheet, layout, told), made)
    placed: list[dict[int, list[Cell]]] = [{}]
    for number, texts in sheet.rows:
        for turn, row in enumerate(rows.of(number, texts)):
            while len(placed) <= turn:
                placed.append({})
            placed[turn][number] = row
    if layout.absent == NO_RECORD:
        last = max((number for number, _ in sheet.rows), default=sheet.header + 1)
        placed[0].update(enumerate(rows.absent(), start=last + 1))
    made.tables += [_table(sheet, item, rows) for rows in placed]
    return made


def _table(sheet: OwnSheet, item: DataItem, placed: Mapping[int, list[Cell]]) -> Table:
    rows: list[Sequence[Cell]] = [[]] * max([sheet.header + 1, *placed])
    rows[sheet.header] = item_headers(item)
    for number, row in placed.items():
        rows[number - 1] = row
    return Table(sheet.title, item.code, rows)


def _headings(sheet: OwnSheet, layout: UnitLayout, item: DataItem) -> dict[str, str]:
    """Our header → the unit's own, for what is told of a row."""
    columns = words().columns
    ours = {key: str(getattr(columns, key)) for key in (LINE_NO, NAME, ID_NUMBER, OUTCOME, AS_OF)}
    ours |= {REMARK: columns.remark}
    ours |= {field_key(f.name): field_header(f) for f in item.fields}
    return {
        ours[key]: sheet.headings[place]
        for key, place in layout.places.items()
        if place < len(sheet.headings) and sheet.headings[place]
    }


def _day(sheet: OwnSheet, layout: UnitLayout, told: date | None) -> date | None:
    """The day as of which the whole sheet speaks, where no column says it."""
    if AS_OF in layout.places and told is None:
        return None
    found = told
    if layout.day_from == FROM_TITLE:
        found = _day_in(sheet.above) or told
    if found is None and (AS_OF not in layout.places or layout.day_from == AS_TOLD):
        raise Fault("own_day_missing", sheet=sheet.title)
    return found


def _day_in(above: Sequence[Texts]) -> date | None:
    """The last date that stands over the headings."""
    days = [day for row in above for text in row for day in _days(text)]
    return days[-1] if days else None


def _days(text: str) -> Iterator[date]:
    for found in _DAY.finditer(text):
        year, month, day = (int(part) for part in found.groups() if part)
        if 1 <= month <= 12 and 1 <= day <= 31:
            try:
                yield date(year, month, day)
            except ValueError:
                return
