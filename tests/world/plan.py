"""What the demonstration world is made of: agencies, people, units and the month, from data/."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).parent / "data"
PROVINCES = ("jilin.toml", "guangdong.toml")

Answers = Literal["in_time", "late", "never"]


@dataclass(frozen=True)
class PersonPlan:
    """Somebody with an account; ``also`` is what colleagues call them."""

    name: str
    login: str
    roles: tuple[str, ...]
    also: str = ""


@dataclass(frozen=True)
class DeskPlan:
    """An intake desk, or a department, with its clerk."""

    name: str
    clerk: PersonPlan


@dataclass(frozen=True)
class SharingPlan:
    """A sharing unit: what it can check, who its liaison is (if any), and how it answers."""

    name: str
    category: int
    items: tuple[int, ...]
    liaison: PersonPlan | None
    answers: Answers


@dataclass(frozen=True)
class AgencyPlan:
    """One agency with everybody in and around it."""

    id: int
    region_name: str
    name: str
    short_name: str
    tier: str
    parent: int | None
    staff: tuple[PersonPlan, ...]
    department: DeskPlan
    desks: tuple[DeskPlan, ...]
    units: tuple[SharingPlan, ...]

    def units_for(self, item: int) -> tuple[SharingPlan, ...]:
        """The agency's own units that can check a data item."""
        return tuple(unit for unit in self.units if item in unit.items)


@dataclass(frozen=True)
class StepPlan:
    """One step of the month and the day on which it happens."""

    code: str
    title: str
    day: dt.date


@dataclass(frozen=True)
class MonthPlan:
    """The month that the demonstration plays, and what holds where nothing else is said."""

    period: int
    opened_on: dt.date
    as_of: dt.date
    password: str
    authorised_on: dt.date
    authorisation_expires_on: dt.date
    defaults: Mapping[int, Mapping[str, Any]]
    steps: tuple[StepPlan, ...]

    def day_of(self, step: str) -> dt.date:
        """The day of a step; ``KeyError`` when the month has none of that code."""
        return {plan.code: plan.day for plan in self.steps}[step]


@cache
def agencies() -> Mapping[int, AgencyPlan]:
    """Every agency by its code, parents before their children."""
    tables = [table for name in PROVINCES for table in read(DATA / name)["agencies"]]
    return {table["id"]: _agency(table) for table in tables} | _FURTHER


_FURTHER: dict[int, AgencyPlan] = {}


def widen(further: Mapping[int, AgencyPlan]) -> None:
    """Let the world have these agencies too, before it is opened: the demonstration's is wide."""
    _FURTHER.update(further)
    agencies.cache_clear()


def equipped(units: Sequence[Mapping[str, Any]]) -> Mapping[int, AgencyPlan]:
    """The agencies that these further sharing units belong to, with them."""
    found: dict[int, AgencyPlan] = {}
    for table in units:
        unit = {key: value for key, value in table.items() if key != "agency"}
        plan = found.get(table["agency"]) or agencies()[table["agency"]]
        found[plan.id] = replace(plan, units=(*plan.units, _sharing(unit)))
    return found


@cache
def month() -> MonthPlan:
    """The demonstration's month."""
    table = read(DATA / "month.toml")
    defaults = {int(item): record for item, record in table.pop("defaults").items()}
    steps = tuple(StepPlan(**step) for step in table.pop("steps"))
    return MonthPlan(defaults=defaults, steps=steps, **table)


def after_the_month() -> tuple[StepPlan, ...]:
    """What follows from the month's reports, once they are handed over."""
    return tuple(StepPlan(**step) for step in read(DATA / "objected.toml")["steps"])


def agency_named(region_name: str) -> AgencyPlan:
    """The agency of a region; ``KeyError`` when there is none."""
    return {plan.region_name: plan for plan in agencies().values()}[region_name]


def line_of(agency: AgencyPlan) -> tuple[AgencyPlan, ...]:
    """The agency and those above it, the province last."""
    if agency.parent is None:
        return (agency,)
    return (agency, *line_of(agencies()[agency.parent]))


def read(path: Path) -> dict[str, Any]:
    """A data file; amounts with decimals stay exact."""
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def _agency(table: dict[str, Any]) -> AgencyPlan:
    staff = (*table["people"], *table["administrators"])
    return AgencyPlan(
        id=table["id"],
        region_name=table["region_name"],
        name=table["name"],
        short_name=table["short_name"],
        tier=table["tier"],
        parent=table.get("parent"),
        staff=tuple(_person(**person) for person in staff),
        department=_desk(table["department"], "department_clerk"),
        desks=tuple(_desk(desk, "desk_clerk") for desk in table.get("desks", ())),
        units=tuple(_sharing(unit) for unit in table["units"]),
    )


def _person(name: str, login: str, roles: list[str], also: str = "") -> PersonPlan:
    return PersonPlan(name, login, tuple(roles), also)


def _desk(table: dict[str, Any], role: str) -> DeskPlan:
    return DeskPlan(table["name"], _person(roles=[role], **table["clerk"]))


def _sharing(table: dict[str, Any]) -> SharingPlan:
    liaison = table.get("liaison")
    return SharingPlan(
        name=table["name"],
        category=table["category"],
        items=tuple(table["items"]),
        liaison=_person(**{"roles": ["liaison"], **liaison}) if liaison else None,
        answers=table.get("answers", "in_time"),
    )
