"""The rest of the demonstration's province: 长春市 and 吉林市 whole, 延边州 with its
counties, and of 四平市 two.

The agencies stand in ``data/wider.toml``; people and sharing units follow from the tier, so that
every agency can do the whole month. What the stories are about stays in the plans written by hand.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.world.names import WIDER, Name, names
from tests.world.plan import AgencyPlan, DeskPlan, PersonPlan, SharingPlan, agencies, read

ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")
# Counties of three, four and five people (the roles of each).
_COUNTY_STAFF = (
    (("intake_officer",), ("reviewer",), ("report_issuer", "exchange_operator"),
     ("exchange_operator",)),
    (("intake_officer",), ("reviewer", "exchange_operator"),
     ("report_issuer", "exchange_operator")),
    (("intake_officer",), ("reviewer",), ("report_issuer",), ("exchange_operator",),
     ("exchange_operator", "intake_officer")),
)  # fmt: skip
_CITY_STAFF = (("intake_officer",), ("reviewer",), ("report_issuer",), ("exchange_operator",),
               ("exchange_operator", "reviewer"))  # fmt: skip
_LIAISONS = {"银行", "农业农村局", "不动产登记中心"}
_COUNTY_UNITS = (
    ("{name}公安局", 3, (301,)),
    ("吉林{short}农村商业银行", 16, (1601, 1602)),
    ("中国邮政储蓄银行{name}支行", 16, (1601,)),
    ("{name}残疾人联合会", 15, (1501,)),
    ("{name}民政局婚姻登记处", 1, (105, 107)),
    ("{name}农业农村局", 9, (901,)),
)
_CITY_UNITS = (
    ("{name}不动产登记中心", 6, (601,)),
    ("{name}住房公积金管理中心", 7, (703,)),
    ("{name}财政局", 4, (401,)),
)


def wider_agencies() -> Mapping[int, AgencyPlan]:
    """The further agencies by code, every city before the counties."""
    calls = names(frozenset(_known_names()))
    tables = read(WIDER)["agencies"]
    found = [_agency(table, place, calls) for place, table in enumerate(tables)]
    return {plan.id: plan for plan in sorted(found, key=lambda plan: plan.tier != "city")}


def _known_names() -> Iterator[str]:
    for plan in agencies().values():
        desks = (plan.department, *plan.desks)
        liaisons = (unit.liaison for unit in plan.units if unit.liaison)
        yield from (person.name for person in plan.staff)
        yield from (desk.clerk.name for desk in desks)
        yield from (liaison.name for liaison in liaisons)


def _agency(table: dict[str, Any], place: int, calls: Iterator[Name]) -> AgencyPlan:
    code, name = table["id"], table["region_name"]
    is_city = code % 100 == 0
    rounded = 10_000 if is_city else 100
    short = table.get("short_name", name.rstrip("市区县"))
    business = _CITY_STAFF if is_city else _COUNTY_STAFF[place % len(_COUNTY_STAFF)]
    staff = [*business, ("director",), *((role,) for role in ADMINISTRATORS)]
    office = "社会救助处" if is_city else "社会救助科"
    return AgencyPlan(
        id=code,
        region_name=name,
        name=f"{name}核对中心",
        short_name=short,
        tier="city" if is_city else "county",
        parent=table.get("parent", code // rounded * rounded),
        staff=tuple(_person(calls, roles) for roles in staff),
        department=DeskPlan(f"{name}民政局{office}", _person(calls, ("department_clerk",))),
        desks=tuple(
            DeskPlan(desk, _person(calls, ("desk_clerk",))) for desk in table.get("desks", ())
        ),
        units=tuple(
            _unit(words.format(name=name, short=short), category, items, calls)
            for words, category, items in (_CITY_UNITS if is_city else _COUNTY_UNITS)
        ),
    )


def _person(calls: Iterator[Name], roles: tuple[str, ...]) -> PersonPlan:
    name = next(calls)
    return PersonPlan(name.whole, name.login, roles)


def _unit(name: str, category: int, items: tuple[int, ...], calls: Iterator[Name]) -> SharingPlan:
    has_login = any(name.endswith(word) for word in _LIAISONS)
    liaison = _person(calls, ("liaison",)) if has_login else None
    return SharingPlan(name, category, items, liaison, "in_time")
