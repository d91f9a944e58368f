"""How a unit's own export is laid out: which of its columns is which of ours, what its words mean.

Pure data. A layout belongs to one heading row of one unit; a file may hold several such sheets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.exchange.medium.layout import layout as words
from tenants.catalogue import DataItem, FieldType

IGNORED = 0
"""The item of a sheet that answers nothing."""

LINE_NO, NAME, ID_NUMBER = "line_no", "name", "id_number"
OUTCOME, AS_OF, REMARK = "outcome", "as_of", "remark"
COMMON = (ID_NUMBER, NAME, LINE_NO, OUTCOME, AS_OF, REMARK)
_FIELD = "field-"

YUAN, TEN_THOUSAND, FEN = "yuan", "wan", "fen"
AMOUNT_UNITS = (YUAN, TEN_THOUSAND, FEN)

FROM_COLUMN, FROM_TITLE, AS_TOLD = "column", "title", "told"
DAYS_FROM = (FROM_COLUMN, FROM_TITLE, AS_TOLD)

NO_RECORD, MISSING = "no_record", "missing"
BLANK = ABSENT = (MISSING, NO_RECORD)


@dataclass(frozen=True)
class UnitLayout:
    """``places``: our key → column from 0. ``units``: money field → the unit of its amounts.
    ``meanings``: key → the unit's word → ours. ``day_from``: where the as-of date stands.

    ``blank``: what a row without any record means; ``absent``: what it means that somebody who was
    asked about is not in the file, and ``basis`` on what statement of the unit that rests.
    """

    item: int
    places: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    day_from: str = FROM_COLUMN
    blank: str = MISSING
    absent: str = MISSING
    basis: str = ""
    id: int = 0

    def as_json(self) -> dict[str, Any]:
        """What is kept of it; nothing private is in it."""
        return {
            "item": self.item,
            "places": dict(self.places),
            "units": dict(self.units),
            "meanings": {key: dict(said) for key, said in self.meanings.items()},
            "day_from": self.day_from,
            "blank": self.blank,
            "absent": self.absent,
            "basis": self.basis,
        }


def field_key(name: str) -> str:
    """The key of a data item's field."""
    return f"{_FIELD}{name}"


def keys_of(item: DataItem) -> list[tuple[str, str]]:
    """Every key that a sheet about this item may have, with its title, in the order of the page."""
    columns = words().columns
    titles = {key: str(getattr(columns, key)) for key in COMMON}
    fields = [(field_key(one.name), one.title) for one in item.fields]
    return [
        *((key, titles[key]) for key in (ID_NUMBER, NAME, LINE_NO, OUTCOME)),
        *fields,
        *((key, titles[key]) for key in (AS_OF, REMARK)),
    ]


def choices_of(item: DataItem, key: str) -> list[str]:
    """Our words for the columns whose content is one of a few words; empty for the others."""
    if key == OUTCOME:
        return list(words().outcome_words.values())
    found = [one for one in item.fields if field_key(one.name) == key]
    if found and found[0].type is FieldType.YES_NO:
        return [words().yes, words().no]
    return list(found[0].codes.values()) if found else []


def money_keys(item: DataItem) -> list[str]:
    """The keys whose amounts may stand in another unit."""
    return [field_key(f.name) for f in item.fields if f.type is FieldType.MONEY]
