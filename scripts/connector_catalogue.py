"""``python -m scripts.connector_catalogue``: the data catalogue as the connector carries it."""

import json

from scripts.places import ROOT
from tenants.catalogue.loading import catalogue
from tenants.catalogue.model import DataItem

FILE = ROOT / "connector" / "hedui_connector" / "catalogue.json"


def main() -> None:
    """Write the file."""
    FILE.write_text(written(), encoding="utf-8")


def written() -> str:
    """Every data item as it travels in the head of a request, one a line."""
    lines = [json.dumps(described(item), ensure_ascii=False) for item in catalogue().items.values()]
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


if __name__ == "__main__":
    main()
