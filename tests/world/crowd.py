"""The other households: one after the other in the shape of ``data/crowd.toml``, with invented names.

They fill the wider world's month, and the month after it that is under way when the portal opens.
What their reports must say follows from the same facts as for the households written by hand.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.world.households import Expect, Household, make_subject
from tests.world.names import called
from tests.world.plan import DATA, AgencyPlan, line_of, month, read

_BANK, _FARM = 1601, 901
# Numbers below belong to the people of the households written by hand.
_FIRST_NUMBER = 100
_PER_HOUSEHOLD = 6
_PER_MONTH = 20 * _PER_HOUSEHOLD


def crowd(agency: AgencyPlan, period: int, count: int) -> tuple[Household, ...]:
    """``count`` households (20 at most) of an agency for a month, spread over its desks."""
    return tuple(_household(agency, period, place) for place in range(count))


def _household(agency: AgencyPlan, period: int, place: int) -> Household:
    desks = [desk.name for desk in agency.desks] or [agency.department.name]
    desk = desks[place % len(desks)]
    is_later = period != month().period
    serial = agency.id % 10_000 * 40 + place + 20 * is_later
    kinds = _kinds()
    kind = kinds[serial % len(kinds)]
    first = _FIRST_NUMBER + is_later * _PER_MONTH + place * _PER_HOUSEHOLD
    words = _words(agency, desk, serial)
    people = [_described(raw, agency, serial + n, words) for n, raw in enumerate(kind["subjects"])]
    for child in people[1:]:
        if child["relation"] not in ("配偶",):
            child["name"] = people[0]["name"][0] + child["name"][1:]
    return Household(
        no=f"{agency.id}-{period}-{place + 1:02d}",
        agency=agency.region_name,
        desk=desk,
        scheme=kind["scheme"],
        application=kind["application"],
        about=kind["about"],
        subjects=tuple(make_subject(raw, agency, first + n) for n, raw in enumerate(people)),
        expect=Expect(reports=tuple(plan.tier for plan in line_of(agency))),
    )


def _described(
    raw: Mapping[str, Any], agency: AgencyPlan, serial: int, words: Mapping[str, str]
) -> dict[str, Any]:
    """One person with name, birthday and the facts that somebody in line can find out."""
    able = {
        item: unit.name for plan in line_of(agency) for unit in plan.units for item in unit.items
    }
    born = dt.date(2026 - raw["age"], 1 + serial % 9, 1 + serial % 27)
    facts = [_filled(fact, words) for fact in raw.get("facts", ()) if fact["item"] in able]
    return {
        **{key: value for key, value in raw.items() if key != "age"},
        "name": "".join(called(serial, male=raw["sex"] == "男")),
        "born": born,
        "facts": [fact for fact in facts if fact.get("unit") != ""],
    }


def _words(agency: AgencyPlan, desk: str, serial: int) -> Mapping[str, str]:
    units = {item: unit.name for unit in reversed(agency.units) for item in unit.items}
    return {
        "bank": units.get(_BANK, ""),
        "farm": units.get(_FARM, ""),
        "county": agency.region_name,
        "desk": desk.removesuffix("受理窗口"),
        "region": str(agency.id),
        "serial": f"{serial:08d}",
    }


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format_map(words)
    if isinstance(value, list):
        return [_filled(part, words) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, words) for key, part in value.items()}
    return value


@cache
def _kinds() -> tuple[dict[str, Any], ...]:
    return tuple(read(DATA / "crowd.toml")["kinds"])
