"""核对能力分布: every data item against every agency above and below, and where nobody can check.

What is above was told by letters down, what is below by letters up (ADR 2 and 15); a day decides.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from app.delegation.models import CoverageBelow
from tenants.agency.models import Agency, Capability, Coverage
from tenants.agency.tree import ancestors_of, descendants_of
from tenants.catalogue import DataItem, national
from tenants.database import db

Ways = frozenset[str]


@dataclass(frozen=True)
class Place:
    """One agency of the tree; ``above``: the agencies over it, up to the top."""

    agency: Agency
    above: tuple[int, ...]


@dataclass(frozen=True)
class ItemRow:
    """One data item: who can check it and how, and the agencies whose people nobody can."""

    item: DataItem
    ways: Mapping[int, Ways]
    gaps: frozenset[int]

    def able(self, places: Iterable[Place]) -> int:
        """How many of these agencies can check it themselves."""
        return sum(place.agency.id in self.ways for place in places)

    def lacking(self, places: Iterable[Place]) -> int:
        """Of how many of these agencies neither they nor anybody above them can check it."""
        return sum(place.agency.id in self.gaps for place in places)


@dataclass(frozen=True)
class TreeMap:
    """The agencies above (highest first), this one, those below by tier, and the items."""

    above: tuple[Place, ...]
    own: Place
    below: Mapping[str, tuple[Place, ...]]
    rows: tuple[ItemRow, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Every agency of the map, from the top down."""
        return (*self.above, self.own, *(place for tier in self.below.values() for place in tier))

    @property
    def judged(self) -> tuple[Place, ...]:
        """This agency and those below: those above answer for themselves."""
        return (self.own, *(place for tier in self.below.values() for place in tier))


def tree_map(own: Agency, day: dt.date, items: Collection[int] = ()) -> TreeMap:
    """The map as it stands on ``day``, of these data items or of all."""
    up = ancestors_of(own.id, day)
    chain = tuple(agency.id for agency in up)
    lineage = {own.id: chain}
    tiers: dict[str, list[Place]] = {}
    for agency, parent_id in descendants_of(own.id, day):
        lineage[agency.id] = (parent_id, *lineage[parent_id])
        tiers.setdefault(agency.tier, []).append(Place(agency, lineage[agency.id]))
    above = tuple(Place(agency, chain[n + 1 :]) for n, agency in enumerate(up))[::-1]
    here, below = Place(own, chain), {tier: tuple(found) for tier, found in tiers.items()}
    whole = TreeMap(above, here, below, ())
    ways = _ways(whole, day)
    chosen = [item for code, item in national().items.items() if not items or code in items]
    rows = tuple(_row(item, ways.get(item.code, {}), whole.judged) for item in chosen)
    return TreeMap(above, here, below, rows)


def _row(item: DataItem, ways: Mapping[int, Ways], judged: Sequence[Place]) -> ItemRow:
    gaps = (
        place.agency.id for place in judged if not {place.agency.id, *place.above} & ways.keys()
    )
    return ItemRow(item, ways, frozenset(gaps))


def _ways(whole: TreeMap, day: dt.date) -> dict[int, dict[int, Ways]]:
    """Item → agency → how it is asked there; those above do not tell how."""
    found: dict[int, dict[int, set[str]]] = {}
    known = {place.agency.id for place in whole.places}
    for item, by, way in (*_above(day), *_own(whole.own.agency.id, day), *_below(day)):
        if by in known:
            found.setdefault(item, {}).setdefault(by, set()).update({way} if way else ())
    return {
        item: {by: frozenset(ways) for by, ways in holders.items()}
        for item, holders in found.items()
    }


def _above(day: dt.date) -> Iterable[tuple[int, int, str]]:
    told = select(Coverage.item, Coverage.by_agency_id).where(*_holds(Coverage, day)).distinct()
    return [(item, by, "") for item, by in db.session.execute(told)]


def _own(agency_id: int, day: dt.date) -> Iterable[tuple[int, int, str]]:
    rows = db.session.execute(
        select(Capability.item, Capability.way).where(*_holds(Capability, day)).distinct()
    )
    return [(item, agency_id, way) for item, way in rows]


def _below(day: dt.date) -> Iterable[tuple[int, int, str]]:
    columns = (CoverageBelow.item, CoverageBelow.by_agency_id, CoverageBelow.way)
    told = select(*columns).where(*_holds(CoverageBelow, day)).distinct()
    return db.session.execute(told).tuples().all()


def _holds(
    table: type[Capability] | type[Coverage] | type[CoverageBelow], day: dt.date
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.valid_from <= day, or_(table.valid_to.is_(None), table.valid_to >= day)
