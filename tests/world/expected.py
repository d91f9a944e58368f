"""What every report must say, worked out from the planted facts by a way of its own.

Nothing here calls the product's routing, reading or comparing: the rules are written a second
time, short and plain, so that a mistake in one of the two shows.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.world.households import MEASURES, Fact, Household, Subject
from tests.world.plan import AgencyPlan, SharingPlan, agency_named, line_of, month

_NO_REPORT = ("terminated", "ceased")
RULEBOOKS = {22: "jilin", 44: "guangdong"}
_LAW = Path(__file__).parents[2] / "tenants" / "rulebook"

# Which records come to which figure: item → (field with the money, date of the period).
_INCOME = {401: "paid_on", 501: "", 502: "paid_on", 1201: "period_ends_on"}
_AMOUNT = {
    401: "monthly_amount",
    501: "benefit_amount",
    502: "monthly_amount",
    1201: "income_amount",
}
_COUNTS = {
    "houses": (601, "status", ("现势",)),
    "vehicles": (302, "owns_vehicle", (True,)),
    "businesses": (1301, "status", ("存续",)),
}
# The same money seen from another side: left out when one of these is there.
_SAME_MONEY = {502: (401, 501), 1201: (401,)}


@dataclass(frozen=True)
class Line:
    """One person × data item × source, and how it must end (in words of the catalogue).

    ``unit`` is empty where no tier can check the item.
    """

    name: str
    item: int
    tier: str
    agency: str
    unit: str
    outcome: str
    is_counted: bool
    records: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Figure:
    """One measure of the household in yuan or counts; ``found`` is None where nothing was found."""

    declared: Decimal
    found: Decimal | None
    limit: Decimal | None
    is_over: bool


@dataclass(frozen=True)
class Expected:
    """All that the merged report must say about one household."""

    lines: tuple[Line, ...]
    figures: Mapping[str, Figure]
    conflicts: tuple[Mapping[str, Any], ...]
    relations: tuple[str, ...] = ()

    def outcomes(self, tier: str) -> Counter[str]:
        """How the items that one tier checked ended, each counted once per source."""
        return Counter(line.outcome for line in self.lines if line.tier == tier)

    @property
    def reports(self) -> tuple[str, ...]:
        """The tiers that checked something, from below: each issues a report, no other does."""
        tiers = ("township", "county", "city", "province")
        answered = {line.tier for line in self.lines if line.outcome not in _NO_REPORT}
        return tuple(tier for tier in tiers if tier in answered)

    @property
    def out(self) -> tuple[Line, ...]:
        """What was asked and brought no result."""
        return tuple(
            line for line in self.lines if line.outcome in ("unable", "refused", "unanswered")
        )

    @property
    def withdrawn(self) -> tuple[Line, ...]:
        """What nobody was asked, because the person took the consent back."""
        return tuple(line for line in self.lines if line.outcome == "withdrawn")

    @property
    def ceased(self) -> tuple[Line, ...]:
        """What own units were not asked any more, because the person had left by then."""
        return tuple(line for line in self.lines if line.outcome == "ceased" and not line.tier)

    @property
    def uncovered(self) -> tuple[Line, ...]:
        """What no tier can check."""
        return tuple(line for line in self.lines if line.outcome == "uncovered")


def expected(
    household: Household, *, late_replies: bool = False, rechecked: bool = False
) -> Expected:
    """What must come out, before or after the late replies arrived, and what was contested was
    rechecked."""
    if household.story in ("terminate_at_review", "withdraw"):
        return Expected((), {}, ())
    lines = tuple(
        line
        for subject in household.subjects
        for line in _lines(household, subject, late_replies, rechecked)
    )
    figures, conflicts = _figures(household, lines), tuple(_conflicts(lines))
    return Expected(lines, figures, conflicts, tuple(_relations(household, lines)))


def _relations(household: Household, lines: Sequence[Line]) -> Iterator[str]:
    """Whose last marriage registration names somebody who is not on the list."""
    names = {subject.name for subject in household.subjects}
    for line in lines:
        if line.item == 105 and line.records and line.is_counted:
            last = max(line.records, key=lambda record: record["registered_on"])
            if last["status"] == "结婚" and last["spouse_name"] not in names:
                yield line.name


def _lines(
    household: Household, subject: Subject, late_replies: bool, rechecked: bool
) -> list[Line]:
    agency = agency_named(household.agency)
    lines = []
    for item in sorted(_items(agency.id // 10000, household.scheme, subject.role)):
        if subject.name == household.taken_back:
            lines.append(_line(subject, item, "", "", "", "withdrawn"))
            continue
        checking, units = _checked_by(household, agency, item)
        if checking is None:
            lines.append(_line(subject, item, "", "", "", "uncovered"))
            continue
        if subject.name == household.left.get("name"):
            tier = "" if checking is agency else checking.tier
            lines.append(_line(subject, item, tier, checking.region_name, "", "ceased"))
            continue
        for unit in units:
            known = subject.facts_at(unit.name, item, rechecked=rechecked)
            facts = known or _by_default(item)
            outcome = _outcome(household, checking, unit, facts, late_replies)
            records = [r for f in facts for r in f.records] if outcome == "hit" else []
            place = (checking.tier, checking.region_name, unit.name)
            lines.append(_line(subject, item, *place, outcome, records))
    return lines


def _line(
    subject: Subject,
    item: int,
    tier: str,
    agency: str,
    unit: str,
    outcome: str,
    records: Sequence[Mapping[str, Any]] = (),
) -> Line:
    return Line(subject.name, item, tier, agency, unit, outcome, subject.is_counted, tuple(records))


def _by_default(item: int) -> tuple[Fact, ...]:
    record = month().defaults.get(item)
    return (Fact(item, records=(record,)),) if record else ()


def _checked_by(
    household: Household, agency: AgencyPlan, item: int
) -> tuple[AgencyPlan | None, tuple[SharingPlan, ...]]:
    """Who checks an item: of those in line that can, the tier that the province's law puts first."""
    able = [place for place in line_of(agency) if place.units_for(item)]
    if household.hand_back and item in household.hand_back["items"]:
        able = [place for place in able if place.region_name != household.hand_back["by"]]
    if not able:
        return None, ()
    order = _law(agency.id // 10000)["precedence"]["value"]
    first = min(able, key=lambda place: order.index(place.tier))
    return first, first.units_for(item)


def _outcome(
    household: Household,
    checking: AgencyPlan,
    unit: SharingPlan,
    facts: Sequence[Fact],
    late_replies: bool,
) -> str:
    if household.story == "terminate_at_province" and checking.tier == "province":
        return "terminated"
    if unit.answers == "never" or (unit.answers == "late" and not late_replies):
        return "unanswered"
    return facts[0].outcome if facts else "no_record"


def _figures(household: Household, lines: Sequence[Line]) -> Mapping[str, Figure]:
    gone = household.left.get("name")
    counted = [line for line in lines if line.is_counted and line.name != gone]
    limits = _limits(household)
    persons = sum(s.is_counted for s in household.subjects if s.name != gone)
    figures = {}
    for measure in MEASURES:
        found, declared = _found(measure, counted), household.declared(measure)
        limit = limits[measure]
        stands = max((found or Decimal(0)) - _left_out(household, measure), declared)
        if measure in ("monthly_income", "deposits"):
            stands /= persons
        is_over = limit is not None and stands > limit
        figures[measure] = Figure(declared, found, limit, is_over)
    return figures


def _left_out(household: Household, measure: str) -> Decimal:
    """What is signed as not counted: yuan, or one for a thing."""
    out = [each for each in household.excluded if each["measure"] == measure]
    return sum((Decimal(each.get("amount", 1)) for each in out), Decimal(0))


def _found(measure: str, lines: Sequence[Line]) -> Decimal | None:
    if measure == "monthly_income":
        amounts = [n for name in dict.fromkeys(line.name for line in lines)
                   for n in _income([line for line in lines if line.name == name])]  # fmt: skip
    elif measure == "deposits":
        amounts = [
            Decimal(r["balance"]) for line in lines if line.item == 1601 for r in line.records
        ]
    else:
        item, mark, now = _COUNTS[measure]
        records = [r for line in lines if line.item == item for r in line.records]
        amounts = [Decimal(1) for record in records if record[mark] in now]
    return sum(amounts, Decimal(0)) if amounts else None


def _income(lines: Sequence[Line]) -> list[Decimal]:
    """One person's monthly income, each item's latest period, the same money once."""
    by_item = {line.item: amounts for line in lines if (amounts := _monthly(line))}
    return [
        sum(amounts, Decimal(0))
        for item, amounts in by_item.items()
        if not set(_SAME_MONEY.get(item, ())) & by_item.keys()
    ]


def _monthly(line: Line) -> list[Decimal]:
    if line.item not in _INCOME:
        return []
    records = [record for record in line.records if _is_monthly_income(line.item, record)]
    period = _INCOME[line.item]
    if period and records:
        latest = max(record[period] for record in records)
        records = [record for record in records if record[period] == latest]
    return [Decimal(record[_AMOUNT[line.item]]) for record in records]


def _is_monthly_income(item: int, record: Mapping[str, Any]) -> bool:
    if item == 501:
        return bool(record["benefit_status"] == "正在领取")
    return item != 1201 or record["income_kind"] in ("工资薪金所得", "劳务报酬所得")


def _conflicts(lines: Sequence[Line]) -> list[Mapping[str, Any]]:
    """Sources that say different amounts of the same money, or of the same subsidy."""
    found: list[Mapping[str, Any]] = []
    for name in dict.fromkeys(line.name for line in lines):
        own = [line for line in lines if line.name == name]
        income = {line.item: sum(_monthly(line), Decimal(0)) for line in own if _monthly(line)}
        for item, twins in _SAME_MONEY.items():
            for twin in twins:
                if {item, twin} <= income.keys() and income[item] != income[twin]:
                    found.append(_conflict(name, "same_money", (twin, item), income))
        subsidies = [r["amount"] for line in own if line.item == 901 for r in line.records]
        if len(set(subsidies)) > 1:
            values = [str(amount) for amount in subsidies]
            found.append({"name": name, "kind": "same_item", "items": [901], "values": values})
    return found


def _conflict(
    name: str, kind: str, items: tuple[int, int], amounts: Mapping[int, Decimal]
) -> Mapping[str, Any]:
    values = [str(amounts[item]) for item in items]
    return {"name": name, "kind": kind, "items": list(items), "values": values}


def _items(province: int, scheme: str, role: str) -> list[int]:
    law = _law(province)
    return list(law["item_sets"][law["matrix"][scheme][role]])


def _limits(household: Household) -> Mapping[str, Decimal | None]:
    """The scheme's limits that bind in the county: its own, else its city's, else the province's."""
    rows = {
        row["region"]: row
        for row in _law(household.region // 10000)["limits"]
        if row["scheme"] == household.scheme
    }
    places = (household.region, household.region // 100 * 100, household.region // 10000 * 10000)
    row = next(rows[place] for place in places if place in rows)
    yuan = {name: row[f"{name}_fen"] for name in ("monthly_income", "deposits")}
    limits = {name: None if fen == "none" else Decimal(fen) / 100 for name, fen in yuan.items()}
    things = ("houses", "vehicles", "businesses")
    return limits | {n: None if row[n] == "none" else Decimal(row[n]) for n in things}


@cache
def _law(province: int) -> dict[str, Any]:
    path = _LAW / f"{RULEBOOKS[province]}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
