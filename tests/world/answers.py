"""A sharing unit's clerk: opens the disc, fills in the reply template, hands it back."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyzipper
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.exchange.medium.item_columns import field_header, item_headers
from app.exchange.medium.layout import layout
from tenants.catalogue import DataItem, Field, FieldType, catalogue
from tenants.catalogue.outcomes import Outcome
from tests.world.households import Fact, Subject, subjects_by_id_number
from tests.world.plan import month

Sheet = list[list[Any]]


@dataclass(frozen=True)
class Habits:
    """How a clerk goes wrong, for tests; by default everything is right.

    ``withhold``: line numbers left blank. ``only``: the items answered in this part. ``wrong_id``:
    a line whose identity number is mistyped. ``stranger``: a person is added whom nobody asked
    about. ``blank_as_of``: a line without the date. ``stamp``: another stamp than the package's.
    ``rechecked``: the unit looks again, as somebody contests what it said. ``on``: things are as on
    that day, usually as in the month.
    """

    withhold: frozenset[int] = frozenset()
    only: frozenset[int] | None = None
    wrong_id: int | None = None
    stranger: bool = False
    blank_as_of: int | None = None
    stamp: str | None = None
    rechecked: bool = False
    on: dt.date | None = None


def open_disc(package: bytes, password: str) -> dict[str, bytes]:
    """The files of an encrypted package by name; ``RuntimeError`` for a wrong password."""
    with pyzipper.AESZipFile(io.BytesIO(package)) as archive:
        archive.setpassword(password.encode("ascii"))
        return {name: archive.read(name) for name in archive.namelist()}


def fill_reply(files: Mapping[str, bytes], habits: Habits | None = None) -> bytes:
    """The template of a package, filled in from the planted facts, as xlsx."""
    habits = habits or Habits()
    book = CalamineWorkbook.from_filelike(io.BytesIO(files[layout().files.reply]))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
              for name in book.sheet_names}  # fmt: skip
    head = sheets[layout().sheets.head]
    unit = head_value(head, "unit_name")
    if habits.stamp is not None:
        _set_head(head, "stamp", habits.stamp)
    for name, rows in sheets.items():
        if name in (layout().sheets.head, layout().sheets.codes):
            continue
        item = catalogue().item(int(name.split()[0]))
        if habits.only is None or item.code in habits.only:
            sheets[name] = _filled(rows, item, unit, habits)
    return _workbook(sheets)


def head_value(head: Sequence[Sequence[Any]], key: str) -> str:
    """A value of the reply's first sheet by its code name, e.g. ``unit_name``."""
    label = layout().head[key]
    return next(str(row[1]) for row in head if row and row[0] == label)


def _set_head(head: Sheet, key: str, value: str) -> None:
    next(row for row in head if row and row[0] == layout().head[key])[1] = value


def _filled(rows: Sheet, item: DataItem, unit: str, habits: Habits) -> Sheet:
    header, width = [str(cell) for cell in rows[0]], len(item_headers(item))
    filled: Sheet = [list(header)]
    for row in rows[1:]:
        asked = [row[0], row[1], row[2]]
        line_no = int(row[0])
        if line_no in habits.withhold:
            filled.append(asked + [""] * (width - 3))
            continue
        person = subjects_by_id_number()[str(row[2])]
        answers = answers_of(person, item, unit, rechecked=habits.rechecked, on=habits.on)
        if line_no == habits.wrong_id:
            asked[2] = f"{str(row[2])[:-4]}0000"
        if line_no == habits.blank_as_of:
            answers = [[*cells[:-2], "", cells[-1]] for cells in answers]
        filled += [asked + cells for cells in answers]
    if habits.stranger:
        filled.append([9999, "查无此人", "110101190001010000", *filled[1][3:]])
    return filled


def answers_of(
    person: Subject,
    item: DataItem,
    unit: str,
    *,
    rechecked: bool = False,
    on: dt.date | None = None,
) -> list[list[Any]]:
    """The cells behind the asked ones, a row per record: outcome, fields, as-of date, remark."""
    facts = person.facts_at(unit, item.code, rechecked=rechecked, on=on)
    if not facts and item.code in month().defaults:
        facts = (Fact(item.code, records=(month().defaults[item.code],)),)
    if not facts:
        return [_cells(item, Outcome.NO_RECORD, {}, month().as_of, "")]
    return [
        _cells(
            item, Outcome[fact.outcome.upper()], record, fact.as_of or month().as_of, fact.remark
        )
        for fact in facts
        for record in fact.records or ({},)
    ]


def _cells(
    item: DataItem, outcome: Outcome, record: Mapping[str, Any], as_of: dt.date, remark: str
) -> list[Any]:
    unknown = record.keys() - {field.name for field in item.fields}
    if unknown:
        raise KeyError(f"{item.code} has no {sorted(unknown)}")
    values = [_cell(record.get(field.name, ""), field) for field in item.fields]
    day: Any = as_of if outcome in (Outcome.HIT, Outcome.NO_RECORD) else ""
    return [layout().outcome_words[outcome], *values, day, remark]


def _cell(value: Any, field: Field) -> Any:
    if field.type is FieldType.YES_NO and value != "":
        return layout().yes if value else layout().no
    if field.type is FieldType.CODE and value not in ("", *field.codes.values()):
        raise ValueError(f"{field_header(field)}: {value}")
    return value


def _workbook(sheets: Mapping[str, Sheet]) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        page.write_datetime(line, place, cell, day)
                    elif isinstance(cell, int | float | Decimal):
                        page.write_number(line, place, float(cell))
                    elif cell != "":
                        page.write_string(line, place, str(cell))
    return buffer.getvalue()
