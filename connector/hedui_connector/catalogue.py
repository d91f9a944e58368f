"""The data items that ship with the portal, for trying and checking; a request brings its own."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from hedui_connector.wire.models import Item

FILE = Path(__file__).with_name("catalogue.json")


@cache
def known_items() -> dict[int, Item]:
    """The data items by code."""
    items = TypeAdapter(tuple[Item, ...]).validate_json(FILE.read_bytes())
    return {item.code: item for item in items}
