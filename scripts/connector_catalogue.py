"""``python -m scripts.connector_catalogue``: the data catalogue as the connector carries it."""

from scripts.places import ROOT
from tenants.catalogue.described import as_json, described
from tenants.catalogue.loading import catalogue

__all__ = ["described"]

FILE = ROOT / "connector" / "hedui_connector" / "catalogue.json"


def main() -> None:
    """Write the file."""
    FILE.write_text(written(), encoding="utf-8")


def written() -> str:
    """Every data item as it travels in the head of a request, one a line."""
    return as_json(catalogue().items.values())


if __name__ == "__main__":
    main()
