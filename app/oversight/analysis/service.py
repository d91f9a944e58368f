"""分析 put together from counts, as its pages show it."""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.cases.models import SCHEMES
from app.cases.small_counts import protected_table
from app.delegation.tree_map import tree_map
from app.oversight.analysis import queries
from app.oversight.analysis.counting import month_counts
from app.oversight.analysis.measures import MEASURES, AtLeast, Counts, day_of, months_before, rate
from app.oversight.analysis.messages import (
    FOUND_TITLES,
    OUTCOME_GROUPS,
    SOURCE_TITLES,
    TO_DATE_TITLES,
)
from app.oversight.analysis.models import Tally
from app.oversight.analysis.queries import AGES, Month
from tenants.agency.models import Agency
from tenants.agency.tree import agency, descendants_of
from tenants.calendar import business_date
from tenants.catalogue import national
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import current_scope

STEPS = ("submitted", "returned", "accepted", "exchange", "parent", "report")
MONTHS_SHOWN = 12
_GROUPS = {
    Outcome.PENDING: "pending",
    Outcome.HIT: "hit",
    Outcome.NO_RECORD: "no_record",
    Outcome.UNABLE: "unable",
    Outcome.REFUSED: "refused",
    Outcome.UNANSWERED: "unanswered",
}

Table = Mapping[tuple[Any, str], int | None]


@dataclass(frozen=True)
class Standing:
    """One step's households: how many, late, due within the week, and by age."""

    step: str
    households: int
    late: int
    soon: int
    ages: tuple[int, ...]


@dataclass(frozen=True)
class Compared:
    """One figure of the month so far, and of the month before on the same day."""

    measure: str
    now: int
    before: int

    @property
    def change(self) -> int:
        """More than then, or fewer."""
        return self.now - self.before


@dataclass(frozen=True)
class Place:
    """One agency of the tree, how deep it lies, its own counts, and those of it and all below."""

    agency: Agency
    depth: int
    counts: Counts
    sums: Mapping[str, AtLeast]
    counted_on: dt.date | None


def standing() -> list[Standing]:
    """Every step in the order of the process, also those in which nothing is."""
    rows = {row.step: row for row in queries.standing()}
    ages = [f"age_{n}" for n in range(len(AGES) + 1)]
    return [
        Standing(step, row.households, row.late, row.soon, tuple(getattr(row, a) for a in ages))
        if (row := rows.get(step))
        else Standing(step, 0, 0, 0, (0,) * len(ages))
        for step in STEPS
    ]


def same_day_before(today: dt.date) -> dt.date:
    """The same day of the month before, or its last."""
    before = today.replace(day=1) - dt.timedelta(days=1)
    last = calendar.monthrange(before.year, before.month)[1]
    return before.replace(day=min(today.day, last))


def to_date() -> list[Compared]:
    """The month under way against the month before on the same day."""
    today = business_date()
    then = same_day_before(today)
    now, before = today.year * 100 + today.month, then.year * 100 + then.month
    rows = queries.to_date(before, now, then)
    return [
        Compared(name, *(getattr(rows[p], name) if p in rows else 0 for p in (now, before)))
        for name in TO_DATE_TITLES
    ]


def outcomes(month: Month, least: int) -> tuple[list[int], Table]:
    """The kinds of source that were asked, and (kind, how it ended) → items, small ones hidden."""
    counts: dict[tuple[int, str], int] = {}
    for row in queries.asked(month):
        if row.source >= 0:
            key = row.kind, _GROUPS.get(Outcome(row.outcome), "other")
            counts[key] = counts.get(key, 0) + row.items
    kinds = sorted({kind for kind, _ in counts})
    return kinds, protected_table(counts, kinds, tuple(OUTCOME_GROUPS), least)


def sources(month: Month, least: int) -> tuple[list[int], Table]:
    """The kinds of source, and (kind, who checks it) → asked items, small ones hidden."""
    counts: dict[tuple[int, str], int] = {}
    for row in queries.asked(month):
        key = row.kind, _asked_where(row)
        counts[key] = counts.get(key, 0) + row.items
    kinds = sorted({kind for kind, _ in counts})
    return kinds, protected_table(counts, kinds, tuple(SOURCE_TITLES), least)


def _asked_where(row: Any) -> str:
    if row.outcome == Outcome.UNCOVERED:
        return "nobody"
    return {1: "own", 0: "above"}.get(row.source, "unasked")


def held(month: Month, least: int) -> tuple[list[str], Table]:
    """The schemes, and (scheme, what the report held) → households, small counts hidden."""
    counts = {(row.scheme, row.found): row.households for row in queries.held(month)}
    schemes = [scheme for scheme in SCHEMES if any(scheme == row for row, _ in counts)]
    return schemes, protected_table(counts, schemes, tuple(FOUND_TITLES), least)


@dataclass(frozen=True)
class Able:
    """One kind of source: its data items, and how many can be checked where today."""

    kind: int
    title: str
    items: int
    own: int
    above: Mapping[int, int]
    nobody: int


def able() -> tuple[list[Agency], list[Able]]:
    """The agencies above, the nearest first, and what this agency and they can check, by kind."""
    own = agency(current_scope().agency_id)
    shown = tree_map(own, business_date())
    above = [place.agency for place in reversed(shown.above)]
    lines = []
    for number, kind in national().kinds.items():
        rows = [row for row in shown.rows if row.item.code // 100 == number]
        checked = {a.id: sum(a.id in row.ways for row in rows) for a in above}
        nobody = sum(own.id in row.gaps for row in rows)
        here = sum(own.id in row.ways for row in rows)
        lines.append(Able(number, kind.title, len(rows), here, checked, nobody))
    return above, lines


def months(last: int) -> tuple[list[int], list[dict[str, int]]]:
    """The months that there is something of, the oldest first, and the counts of each."""
    periods = months_before(last, MONTHS_SHOWN)
    found = month_counts(periods)
    kept = [period for period in periods if any(found[period].values())]
    return kept, [found[period] for period in kept]


def on_time(counts: Mapping[str, int]) -> float | None:
    """The share of what was reported on that kept its day, in percent."""
    reported = counts.get("reported", 0)
    return rate(reported - counts.get("over", 0), reported)


def places(period: int) -> list[Place]:
    """The tree of that month from this agency down, each agency after its parent, with what it
    told: who was moved since then still stands where it stood. While nobody has told anything
    (0), today's."""
    own, today = agency(current_scope().agency_id), business_date()
    day = day_of(period, today) if period else today
    children: dict[int, list[Agency]] = {}
    for below, parent_id in descendants_of(own.id, day):
        children.setdefault(parent_id, []).append(below)
    counts: dict[int, dict[str, int | None]] = {}
    days: dict[int, dt.date] = {}
    for row in db.session.scalars(select(Tally).where(Tally.period == period)):
        counts.setdefault(row.by_agency_id, {})[row.measure] = row.value
        days[row.by_agency_id] = row.counted_on
    found: list[Place] = []

    def walk(here: Agency, depth: int) -> list[Counts]:
        place, mine = len(found), counts.get(here.id, {})
        found.append(Place(here, depth, mine, {}, days.get(here.id)))
        all_of: list[Counts] = [mine]
        for child in children.get(here.id, ()):
            all_of += walk(child, depth + 1)
        found[place] = Place(here, depth, mine, summed(all_of), days.get(here.id))
        return all_of

    walk(own, 0)
    return found


def summed(all_of: Sequence[Counts]) -> dict[str, AtLeast]:
    """Measure → what these agencies' counts come to."""
    return {m: AtLeast.of(counts.get(m, 0) for counts in all_of) for m in MEASURES}


def periods_told() -> list[int]:
    """The months of which there are counts, the newest first."""
    query = select(Tally.period).distinct().order_by(Tally.period.desc())
    return list(db.session.scalars(query.limit(36)))


def counts_of_year(agency_id: int, year: int) -> list[Counts]:
    """The months of a year as one agency told them, or this one counted its own."""
    query = select(Tally).where(
        Tally.by_agency_id == agency_id, Tally.period.between(year * 100 + 1, year * 100 + 12)
    )
    found: dict[tuple[int, int], dict[str, int | None]] = {}
    for row in db.session.scalars(query):
        found.setdefault((row.child_id, row.period), {})[row.measure] = row.value
    return list(found.values())
