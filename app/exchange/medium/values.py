"""Typed values out of cells; each fault says what would be right and never repeats the cell."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from app.exchange.medium.cells import Cell, plain, text_of
from app.exchange.medium.item_columns import field_header
from app.exchange.medium.layout import layout
from tenants.catalogue import Field, FieldType
from tenants.messages import Fault

Value = str | date | int | Decimal | bool

_LONGEST_TEXT = 500
# From here on a spreadsheet's numbers lose digits; account numbers are longer.
_EXACT_UP_TO = 10**15
_MOST_FEN = 10**15
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"\s+0?0:00(:00)?(\.0+)?$")
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+", re.ASCII)
_SERIAL_DAY_0 = date(1899, 12, 30)
_SERIALS = range(7306, 73051)
_NOISE = Decimal("0.000001")


def read_value(cell: Cell, field: Field) -> Value:
    """The value of a cell that is not blank, of the type its field names.

    Date; money in fen (int); number as Decimal; code as the code; yes/no as bool; text. Raises
    ``reply_value_*`` with the field's header.
    """
    return _READERS[field.type](cell, field)


def read_date(cell: Cell, header: str) -> date:
    """A date as cell, serial number (1920–2099) or text; raises ``reply_value_date``."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    day = _serial_date(cell) or _text_date(text_of(cell))
    if day is None:
        raise Fault("reply_value_date", field=header)
    return day


def read_remark(cell: Cell, header: str) -> str:
    """The remark, perhaps empty; raises ``reply_value_text_*``."""
    return _text(cell, header)


def is_scientific(cell: Cell) -> bool:
    """Whether a long number lost its last digits in a spreadsheet program."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return abs(cell) >= _EXACT_UP_TO
    return isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.strip()) is not None


def _serial_date(cell: Cell) -> date | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    text = text_of(cell)
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) in _SERIALS):
        return None
    return _SERIAL_DAY_0 + timedelta(days=int(text))


def _text_date(text: str) -> date | None:
    marks = layout().marks
    narrow = plain(_MIDNIGHT.sub("", text)).removesuffix(marks["day"])
    found = _DATE.fullmatch(narrow.replace(marks["year"], "-").replace(marks["month"], "-"))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _date_value(cell: Cell, field: Field) -> date:
    return read_date(cell, field_header(field))


def _decimal(cell: Cell) -> Decimal | None:
    """The number of a cell, exact to what a person typed; ``None`` when it is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return Decimal(repr(cell)) if abs(cell) < _EXACT_UP_TO else None
    text = plain(text_of(cell)).lstrip(layout().marks["money"])
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _money_value(cell: Cell, field: Field) -> int:
    fault = Fault("reply_value_money", field=field_header(field), unit=field.unit)
    amount = _decimal(cell)
    if amount is None:
        raise fault
    fen = amount * 100
    whole = fen.to_integral_value()
    # 0.1 + 0.2 pasted as a value is 0.30000000000000004: that is noise, not a third decimal.
    if abs(fen - whole) > _NOISE or abs(whole) > _MOST_FEN:
        raise fault
    return int(whole)


def _number_value(cell: Cell, field: Field) -> Decimal:
    number = _decimal(cell)
    if number is None:
        raise Fault("reply_value_number", field=field_header(field))
    return number


def _code_value(cell: Cell, field: Field) -> str:
    word = plain(text_of(cell))
    if word in field.codes:
        return word
    for code, title in field.codes.items():
        if plain(title) == word:
            return code
    choices = layout().marks["and"].join(field.codes.values())
    raise Fault("reply_value_code", field=field_header(field), choices=choices)


def _yes_no_value(cell: Cell, field: Field) -> bool:
    words = {layout().yes: True, layout().no: False}
    word = plain(text_of(cell))
    if isinstance(cell, bool) or word not in words:
        raise Fault("reply_value_yes_no", field=field_header(field))
    return words[word]


def _text_value(cell: Cell, field: Field) -> str:
    return _text(cell, field_header(field))


def _text(cell: Cell, header: str) -> str:
    if is_scientific(cell):
        raise Fault("reply_value_text_scientific", field=header)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Fault("reply_value_text_date", field=header)
    text = text_of(cell).lstrip("'")
    if len(text) > _LONGEST_TEXT:
        raise Fault("reply_value_text_long", field=header, limit=_LONGEST_TEXT)
    return text


_READERS: Mapping[FieldType, Callable[[Cell, Field], Value]] = {
    FieldType.DATE: _date_value,
    FieldType.MONEY: _money_value,
    FieldType.NUMBER: _number_value,
    FieldType.CODE: _code_value,
    FieldType.YES_NO: _yes_no_value,
    FieldType.TEXT: _text_value,
}
