"""The records of an answer against the data item's description."""

import datetime as dt
import re
from collections.abc import Iterator

from hedui_connector.wire.faults import Fault, fault
from hedui_connector.wire.messages import VALUE_TITLES
from hedui_connector.wire.models import Answer, FieldType, Item, ItemField, Value

DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")


def answer_faults(answer: Answer, item: Item, row: int = 0) -> Iterator[Fault]:
    """Fields that are missing, unknown or of the wrong kind; ``null`` is allowed everywhere."""
    fields = {field.name: field for field in item.fields}
    for number, record in enumerate(answer.records):
        place = f"records.{number}"
        for name in fields.keys() - record.keys():
            yield fault("field_missing", place, row=row, field=name)
        for name in record.keys() - fields.keys():
            yield fault("field_unknown", place, row=row, field=name)
        for name in fields.keys() & record.keys():
            if not is_of_kind(record[name], fields[name]):
                expected = VALUE_TITLES[fields[name].type]
                yield fault("value_kind", place, row=row, field=name, expected=expected)


def is_of_kind(value: Value, field: ItemField) -> bool:
    """Whether a value is what the field's type says, as it travels."""
    if value is None:
        return True
    match field.type:
        case FieldType.TEXT:
            return isinstance(value, str)
        case FieldType.DATE:
            return isinstance(value, str) and _is_date(value)
        case FieldType.MONEY:
            return isinstance(value, int) and not isinstance(value, bool)
        case FieldType.NUMBER:
            return isinstance(value, str) and DECIMAL.fullmatch(value) is not None
        case FieldType.CODE:
            return isinstance(value, str) and value in field.codes
        case FieldType.YES_NO:
            return isinstance(value, bool)


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
