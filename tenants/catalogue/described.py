"""The data catalogue as a document: what the portal exports and the connector carries.

One object per data item: code (kind · 100 + n), name, title, article, and its fields in order, each
with name, title, type (text, date, money, number, code, yes_no), unit, codes (value → title, only
for type code) and whether it is sensitive. Further keys may be added, none is taken away.
"""

import json
from collections.abc import Iterable

from tenants.catalogue.model import DataItem


def as_json(items: Iterable[DataItem]) -> str:
    """A JSON array, one data item a line."""
    lines = [json.dumps(described(item), ensure_ascii=False) for item in items]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def described(item: DataItem) -> dict[str, object]:
    """A data item as the exchange interface describes it."""
    return {
        "code": item.code,
        "name": item.name,
        "title": item.title,
        "article": item.article,
        "fields": [
            {
                "name": field.name,
                "title": field.title,
                "type": str(field.type),
                "unit": field.unit,
                "codes": dict(field.codes),
                "sensitive": field.sensitive,
            }
            for field in item.fields
        ],
    }
