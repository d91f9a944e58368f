"""The data catalogue as a document: what the portal exports, and what of it the connector carries.

One object per data item: code (kind · 100 + n), name, title, article, and its fields in order, each
with name, title, type (text, date, money, number, code, yes_no), unit, codes (value → title, only
for type code) and whether it is sensitive. What the portal exports has also the kind's number, the
service (records, yes_no), who is asked (units, own_employer) and the measures: how records become a
figure that is compared. Further keys may be added to that, none is taken away; the exchange
interface knows no further keys.
"""

import json
from collections.abc import Iterable, Mapping

from tenants.catalogue.model import DataItem, Measure


def as_json(items: Iterable[DataItem]) -> str:
    """A JSON array as the connector carries it, one data item a line."""
    return _lines(described(item) for item in items)


def as_whole_json(items: Iterable[DataItem]) -> str:
    """A JSON array of all that the catalogue says, one data item a line."""
    return _lines(
        described(item)
        | {
            "kind": item.kind,
            "service": str(item.service),
            "asked_of": str(item.asked_of),
            "measures": [_measured(measure) for measure in item.measures],
        }
        for item in items
    )


def _lines(objects: Iterable[Mapping[str, object]]) -> str:
    lines = [json.dumps(each, ensure_ascii=False) for each in objects]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _measured(measure: Measure) -> dict[str, object]:
    return {
        "measure": str(measure.measure),
        "field": measure.field,
        "per": str(measure.per),
        "period_field": measure.period_field,
        "only_field": measure.only_field,
        "only_values": list(measure.only_values),
        "unless_found": list(measure.unless_found),
        "is_summed": measure.is_summed,
    }


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
