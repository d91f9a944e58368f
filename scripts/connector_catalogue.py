"""``python -m scripts.connector_catalogue``: the data catalogue as the connector carries it."""

from scripts.places import ROOT
from tenants.catalogue import national
from tenants.catalogue.described import as_json, described

__all__ = ["described"]

FILE = ROOT / "connector" / "hedui_connector" / "catalogue.json"


def main() -> None:
    """Write the file."""
    FILE.write_text(written(), encoding="utf-8")


def written() -> str:
    """Every data item as it travels in the head of a request, one a line."""
    return as_json(national().items.values())


if __name__ == "__main__":
    main()
