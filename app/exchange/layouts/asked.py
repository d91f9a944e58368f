"""What a page of 栏目说明 is asked for and offers, whatever file is explained on it."""

from collections.abc import Mapping, Sequence

from flask import request

from app.cases.acts import whole_number
from app.exchange.layouts.explaining import Place, place_of, usual_place
from app.exchange.layouts.layout import IGNORED
from app.exchange.layouts.messages import DAY_TITLES, ITEM_IGNORED
from app.exchange.layouts.own_file import Known, OwnFile
from tenants.catalogue import DataItem

MOST_FAULTS = 20
"""So many faults of a file are told at once."""

DAYS: Mapping[str, str] = {code: title for code, title in DAY_TITLES.items() if code != "column"}


def asked_place(own: OwnFile, known: Known, items: Mapping[int, DataItem]) -> Place:
    """The sheet, heading row and item asked for in the address or form, else as they seem."""
    given = [request.values.get(name, "") for name in ("sheet", "row", "item")]
    if not given[0]:
        return usual_place(own, known, items)
    sheet, row, item = (whole_number(text) if text else None for text in given)
    at = None if row is None else row - 1
    return place_of(own, sheet or 0, at, item, known, items)


def item_choices(items: Mapping[int, DataItem]) -> Sequence[tuple[int, str]]:
    """(code, words) of every item that a sheet may be about, and of none."""
    known = [(item.code, f"{item.code} {item.title}") for item in items.values()]
    return [*known, (IGNORED, ITEM_IGNORED)]
