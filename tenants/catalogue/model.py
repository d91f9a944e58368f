"""The typed data items of the catalogue: what can be asked, and how a reply is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FieldType(StrEnum):
    """How a value is read: str, date, int fen, Decimal or int, a code's value (str), bool."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    CODE = "code"
    YES_NO = "yes_no"


class Service(StrEnum):
    """What a sharing unit answers with: whole records, or yes and no only (a checking service)."""

    RECORDS = "records"
    YES_NO = "yes_no"


class MeasureName(StrEnum):
    """The figures that a household declares and that findings are compared with."""

    MONTHLY_INCOME = "monthly_income"
    DEPOSITS = "deposits"
    HOUSES = "houses"
    VEHICLES = "vehicles"
    BUSINESSES = "businesses"


class Per(StrEnum):
    """What one amount speaks of: a month, a year, or a day (a balance, a thing that is there)."""

    MONTH = "month"
    YEAR = "year"
    DAY = "day"


OWN_FROM = 51
"""Within a kind the first n of what an agency adds for itself (第十条); below it the nation's."""

MONEY_MEASURES = frozenset({MeasureName.MONTHLY_INCOME, MeasureName.DEPOSITS})


@dataclass(frozen=True)
class Field:
    """One column of a reply. ``codes``: value → Chinese title; ``sensitive``: masked on screens."""

    name: str
    title: str
    type: FieldType
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    sensitive: bool = False


@dataclass(frozen=True)
class Measure:
    """How records of one item become a figure.

    Money (fen): the sum of ``field``; with ``period_field``, over the latest period's records only,
    never averaged. Otherwise one per record. ``only_field`` and ``only_values`` leave out records
    that do not count now (a deregistered company); what is left blank counts, so that nothing is
    silently missing. ``unless_found``: items that report the same money; when one of them gives a
    figure for the person, this one is not added to it.

    ``per`` says what an amount speaks of. What is paid by the year is never added to what is
    paid by the month: it is shown beside it. The day that an amount speaks of is in
    ``period_field``, else in ``day_field``; else it is the day as of which the source answered.
    """

    measure: MeasureName
    field: str | None = None
    count: bool = False
    period_field: str | None = None
    only_field: str | None = None
    only_values: tuple[str | bool, ...] = ()
    unless_found: tuple[int, ...] = ()
    per: Per = Per.DAY
    day_field: str | None = None

    @property
    def is_summed(self) -> bool:
        """Whether its amounts enter the measure's sum; yearly ones stand beside a monthly sum."""
        return self.per is not Per.YEAR


class AskedOf(StrEnum):
    """Who answers: every unit that can, or the employer of each person, named by hand."""

    UNITS = "units"
    OWN_EMPLOYER = "own_employer"


@dataclass(frozen=True)
class DataItem:
    """One thing that can be asked about a person; ``code`` is kind × 100 + n (smallint).

    ``agree_on``: the money field that all sources which hold the item should say alike; empty
    where each source has facts of its own (every bank its own deposits).
    """

    code: int
    name: str
    title: str
    article: str
    service: Service
    fields: tuple[Field, ...]
    measures: tuple[Measure, ...] = ()
    agree_on: str = ""
    asked_of: AskedOf = AskedOf.UNITS

    @property
    def kind(self) -> int:
        return self.code // 100

    def field(self, name: str) -> Field:
        """The field ``name``; ``KeyError`` when the item has none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(f"{self.code} has no field {name}")


@dataclass(frozen=True)
class Kind:
    """One of the 17 kinds of sharing unit (Jilin 2017/58, art. 7)."""

    number: int
    title: str
    article: str


@dataclass(frozen=True)
class Catalogue:
    """All data items by code, ascending, and the kinds that hold them."""

    items: Mapping[int, DataItem]
    kinds: Mapping[int, Kind]

    def item(self, code: int) -> DataItem:
        """The data item ``code``; ``KeyError`` when the catalogue has none."""
        return self.items[code]

    def of_kind(self, number: int) -> tuple[DataItem, ...]:
        """The data items that one kind of sharing unit holds, by code."""
        return tuple(item for item in self.items.values() if item.kind == number)


Record = Mapping[str, Any]
