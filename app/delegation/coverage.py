"""Who can check what: pushed down the tree, each agency keeping its own copy."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select

from app.delegation.coverage_up import tell_above
from app.delegation.letters import OpenLetter, send_down
from app.delegation.models import LetterDown
from app.delegation.overtaken import was_overtaken
from app.delegation.ranges import longest
from tenants.agency.models import Capability, Coverage
from tenants.agency.tree import agency, children_of, parent_of
from tenants.calendar import business_date
from tenants.catalogue import is_own
from tenants.database import db
from tenants.outbox import post
from tenants.remembering import remembered
from tenants.scope import current_scope

_PUSH = "coverage.push"


def own_capabilities(day: dt.date) -> dict[int, list[int]]:
    """Data item → this agency's units that can check it on ``day``."""
    rows = db.session.execute(
        select(Capability.item, Capability.unit_id)
        .where(*_holds(Capability, day))
        .order_by(Capability.item, Capability.unit_id)
    )
    units: dict[int, list[int]] = {}
    for item, unit_id in rows:
        units.setdefault(item, []).append(unit_id)
    return units


def way_of(unit_id: int, day: dt.date) -> str:
    """How this unit is asked on ``day``: media, system or store; by medium where it can check
    nothing on that day. All that a unit can check on one day is asked in the same way."""
    ways = select(Capability.way).where(Capability.unit_id == unit_id, *_holds(Capability, day))
    return db.session.scalar(ways.limit(1)) or "media"


def _holds(
    table: type[Capability] | type[Coverage], day: dt.date
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.valid_from <= day, or_(table.valid_to.is_(None), table.valid_to >= day)


def coverage_above(day: dt.date) -> dict[int, frozenset[str]]:
    """Data item → the tiers above this agency that can check it on ``day``."""
    return remembered(("coverage", day), lambda: _coverage_above(day))


def _coverage_above(day: dt.date) -> dict[int, frozenset[str]]:
    rows = db.session.execute(select(Coverage.item, Coverage.by_tier).where(*_holds(Coverage, day)))
    tiers: dict[int, set[str]] = {}
    for item, tier in rows:
        tiers.setdefault(item, set()).add(tier)
    return {item: frozenset(found) for item, found in tiers.items()}


def announce() -> None:
    """Record that this agency's capability changed: the worker tells the tree below and above."""
    post(_PUSH, {})
    tell_above()


def reroute(items: Collection[int]) -> None:
    """Record that these items are checked elsewhere from now on: the worker routes anew what has
    not been sent."""
    if items:
        post("coverage.reroute", {"items": sorted(items), "after": 0})


def push() -> None:
    """Tell every child what this agency and those above it can check."""
    own_agency = agency(current_scope().agency_id)
    own = db.session.execute(
        select(Capability.item, Capability.valid_from, Capability.valid_to)
    ).tuples()
    spans = longest(row for row in own if not is_own(row[0]))
    lines = [
        _line(item, own_agency.id, own_agency.tier, first, last)
        for (item, first), last in spans.items()
    ]
    lines += [
        _line(row.item, row.by_agency_id, row.by_tier, row.valid_from, row.valid_to)
        for row in db.session.scalars(select(Coverage))
    ]
    day = business_date()
    for child in children_of(own_agency.id, day):
        period = day.year * 100 + day.month
        send_down(child, "coverage", uuid.uuid4(), {"lines": lines}, period=period)


def take_in(letter: OpenLetter) -> None:
    """Replace this agency's copy by what its parent wrote, and pass it on.

    A letter that a newer one of the same parent overtook, or of a former parent, changes nothing.
    What has not been sent yet of the items that are checked elsewhere from now on is routed anew.
    """
    day = business_date()
    parent = parent_of(current_scope().agency_id, day)
    if parent is None or parent.id != letter.from_agency_id or was_overtaken(LetterDown, letter):
        return
    before = _coverage_above(day)
    db.session.execute(delete(Coverage))
    rows = [
        {
            "item": line["item"],
            "by_agency_id": line["by"],
            "by_tier": line["tier"],
            "valid_from": dt.date.fromisoformat(line["from"]),
            "valid_to": dt.date.fromisoformat(line["to"]) if line["to"] else None,
        }
        for line in letter.content["lines"]
    ]
    if rows:
        db.session.execute(insert(Coverage).inline(), rows)
    post(_PUSH, {})
    after = _coverage_above(day)
    reroute({item for item in before.keys() | after.keys() if before.get(item) != after.get(item)})


def _line(
    item: int, by: int, tier: str, valid_from: dt.date, valid_to: dt.date | None
) -> dict[str, Any]:
    return {
        "item": item,
        "by": by,
        "tier": tier,
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat() if valid_to else None,
    }
