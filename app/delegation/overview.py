"""Who can check what: every data item against own units and the tiers above, gaps included."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import or_, select

from app.cases.sources import TO_NOBODY, TO_PARENT
from app.delegation.coverage import coverage_above, own_capabilities
from app.delegation.rules import route
from tenants.agency.messages import TIER_TITLES
from tenants.agency.models import Agency, Coverage, Unit
from tenants.catalogue import DataItem, Kind, catalogue
from tenants.database import db
from tenants.rulebook import Rulebook

Place = Literal["own", "above", "nobody"]
PLACES: tuple[Place, ...] = get_args(Place)


@dataclass(frozen=True)
class ItemCoverage:
    """One data item: own units, agencies above (tier, name), and where it is asked today."""

    item: DataItem
    units: tuple[str, ...]
    above: tuple[tuple[str, str], ...]
    place: Place


@dataclass(frozen=True)
class KindCoverage:
    """The data items of one kind of sharing unit."""

    kind: Kind
    items: tuple[ItemCoverage, ...]


def coverage_by_kind(own_tier: str, law: Rulebook, day: dt.date) -> list[KindCoverage]:
    """Every data item of the catalogue by kind, as it would be routed on ``day``."""
    units = dict(db.session.execute(select(Unit.id, Unit.name)).tuples().all())
    own = own_capabilities(day)
    above = _agencies_above(day)
    tiers = coverage_above(day)
    ranks = [str(tier) for tier in law.precedence.value]

    def covered(item: DataItem) -> ItemCoverage:
        sources = route([item.code], own_tier=own_tier, own=own, above=tiers, precedence=ranks)
        return ItemCoverage(
            item=item,
            units=tuple(units[unit] for unit in own.get(item.code, ())),
            above=tuple(above.get(item.code, ())),
            place=_place(next(iter(sources))),
        )

    known = catalogue()
    return [
        KindCoverage(kind, tuple(covered(item) for item in known.of_kind(kind.number)))
        for kind in known.kinds.values()
    ]


def counts_by_place(kinds: list[KindCoverage]) -> Counter[Place]:
    """How many data items are asked where."""
    return Counter(item.place for kind in kinds for item in kind.items)


def _place(source: int) -> Place:
    if source == TO_NOBODY:
        return "nobody"
    return "above" if source == TO_PARENT else "own"


def _agencies_above(day: dt.date) -> dict[int, list[tuple[str, str]]]:
    rows = db.session.execute(
        select(Coverage.item, Coverage.by_agency_id, Coverage.by_tier, Agency.name)
        .join(Agency, Agency.id == Coverage.by_agency_id)
        .where(Coverage.valid_from <= day)
        .where(or_(Coverage.valid_to.is_(None), Coverage.valid_to >= day))
        .order_by(Coverage.item, Coverage.by_agency_id)
        .distinct()
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for item, _by, tier, name in rows:
        found.setdefault(item, []).append((TIER_TITLES[tier], name))
    return found
