"""From what a database or a file holds to the value that travels."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from hedui_connector.wire.models import FieldType, ItemField, Value

EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 80_000)
SEPARATED = re.compile(r"(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?(?:[ T].*)?")
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
YES = frozenset({"1", "y", "yes", "t", "true", "\u662f", "\u6709"})
NO = frozenset({"0", "n", "no", "f", "false", "\u5426", "\u65e0"})
BLANKS = frozenset({"", "null", "none", "-", "\\n"})


class NotOfKind(ValueError):
    """A value cannot be read as its field's type; the value itself is not told."""


def converted(raw: Any, field: ItemField) -> Value:
    """The value as it travels; a blank is ``None``. ``NotOfKind`` when it cannot be read."""
    if raw is None or isinstance(raw, str) and raw.strip().lower() in BLANKS:
        return None
    try:
        return _CONVERTERS[field.type](raw, field)
    except (ValueError, ArithmeticError, TypeError) as error:
        raise NotOfKind(field.name) from error


def as_day(raw: Any) -> dt.date:
    """A day, however it is written; ``ValueError`` when it is none."""
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    text = _plain(raw)
    found = SEPARATED.fullmatch(text) or TOGETHER.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups())
        return dt.date(year, month, day)
    serial = int(Decimal(text))
    if serial not in EXCEL_DAYS:
        raise ValueError("not a day")
    return EXCEL_DAY_ZERO + dt.timedelta(days=serial)


def as_fen(raw: Any) -> int:
    """An amount in yuan as whole fen; ``ValueError`` when it is none or finer than a fen."""
    fen = _decimal(raw) * 100
    if fen != fen.to_integral_value():
        rounded = round(fen)
        # A double that stands for a whole number of fen.
        if not isinstance(raw, float) or abs(fen - rounded) > Decimal("0.0001"):
            raise ValueError("finer than a fen")
        return rounded
    return int(fen)


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool):
        raise ValueError("not a number")
    if isinstance(raw, float):
        raw = repr(raw)
    text = str(raw).strip().replace(",", "").replace("\uff0c", "").lstrip("\u00a5\uffe5")
    try:
        found = Decimal(text.removesuffix("\u5143"))
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if not found.is_finite():
        raise ValueError("not a number")
    return found


def _plain(raw: Any) -> str:
    """Text as it is; a whole number that came as a double without its ``.0``."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, bytes):
        return raw.decode("utf-8").strip()
    if isinstance(raw, (dt.datetime, dt.date)):
        return raw.isoformat()
    return str(raw).strip()


def _text(raw: Any, field: ItemField) -> Value:
    return _plain(raw)


def _date(raw: Any, field: ItemField) -> Value:
    return as_day(raw).isoformat()


def _money(raw: Any, field: ItemField) -> Value:
    return as_fen(raw)


def _number(raw: Any, field: ItemField) -> Value:
    return format(_decimal(raw).normalize(), "f")


def _code(raw: Any, field: ItemField) -> Value:
    """The code's value, or its title as the unit writes it."""
    text = _plain(raw)
    if text in field.codes:
        return text
    by_title = {title: value for value, title in field.codes.items()}
    if text not in by_title:
        raise ValueError("not a code")
    return by_title[text]


def _yes_no(raw: Any, field: ItemField) -> Value:
    text = _plain(raw).lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueError("neither yes nor no")


_CONVERTERS = {
    FieldType.TEXT: _text,
    FieldType.DATE: _date,
    FieldType.MONEY: _money,
    FieldType.NUMBER: _number,
    FieldType.CODE: _code,
    FieldType.YES_NO: _yes_no,
}
