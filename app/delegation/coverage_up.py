"""Who can check what in the tree below: told upwards by letters, each agency keeping its own copy.

A letter replaces all that its sender told before: what the sender can check with its own units, and
what it was told from below. So the copy is as deep as the tree, and no row is read across the wall.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select

from app.delegation.letters import OpenLetter, send_up
from app.delegation.models import CoverageBelow, LetterUp
from app.delegation.overtaken import was_overtaken
from app.delegation.ranges import longest
from tenants.agency.models import Capability
from tenants.agency.tree import agency, children_of, parent_of
from tenants.calendar import business_date
from tenants.catalogue import is_own
from tenants.database import db
from tenants.outbox import post_unless_waiting
from tenants.scope import current_scope

PUSH = "coverage.push_up"


def tell_above() -> None:
    """Record that the agency above is to be told; many changes at once are one letter."""
    if parent_of(current_scope().agency_id, business_date()) is not None:
        post_unless_waiting(PUSH)


def push() -> None:
    """Tell the parent what this agency and those below it can check, and how."""
    own, day = agency(current_scope().agency_id), business_date()
    parent = parent_of(own.id, day)
    if parent is None:
        return
    lines = [*_own_lines(own.id, own.tier), *_lines_from_below(day)]
    period = day.year * 100 + day.month
    send_up(parent, "coverage", uuid.uuid4(), {"lines": lines}, period=period)


def take_in(letter: OpenLetter) -> None:
    """Replace what this child told before, and tell the parent.

    A letter that a newer one of the same child overtook, or of a former child, changes nothing.
    """
    child = letter.from_agency_id
    parent = parent_of(child, business_date())
    if parent is None or parent.id != current_scope().agency_id or was_overtaken(LetterUp, letter):
        return
    db.session.execute(delete(CoverageBelow).where(CoverageBelow.child_id == child))
    rows = [
        {
            "child_id": child,
            "item": line["item"],
            "by_agency_id": line["by"],
            "by_tier": line["tier"],
            "way": line["way"],
            "valid_from": dt.date.fromisoformat(line["from"]),
            "valid_to": dt.date.fromisoformat(line["to"]) if line["to"] else None,
        }
        for line in letter.content["lines"]
    ]
    if rows:
        db.session.execute(insert(CoverageBelow).inline(), rows)
    tell_above()


def _own_lines(id_: int, tier: str) -> Iterable[dict[str, Any]]:
    query = select(Capability.item, Capability.way, Capability.valid_from, Capability.valid_to)
    rows = db.session.execute(query).all()
    told = (row for row in rows if not is_own(row.item))
    spans = longest(((row.item, row.way), row.valid_from, row.valid_to) for row in told)
    for ((item, way), first), last in spans.items():
        yield _line(item, id_, tier, way, first, last)


def _lines_from_below(day: dt.date) -> Iterable[dict[str, Any]]:
    children = [child.id for child in children_of(current_scope().agency_id, day)]
    told = select(CoverageBelow).where(CoverageBelow.child_id.in_(children))
    for row in db.session.scalars(told):
        yield _line(row.item, row.by_agency_id, row.by_tier, row.way, row.valid_from, row.valid_to)


def _line(
    item: int, by: int, tier: str, way: str, first: dt.date, last: dt.date | None
) -> dict[str, Any]:
    return {
        "item": item,
        "by": by,
        "tier": tier,
        "way": way,
        "from": first.isoformat(),
        "to": last.isoformat() if last else None,
    }
