"""Who gets a flow's lists from this agency, and whether they are of its own register."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.sharing.agreements import in_force_with
from app.sharing.models import Agreement
from tenants.agency.models import Agency, Unit
from tenants.agency.tree import agency, children_of, descendants_of, parent_of
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.remembering import remembered
from tenants.rulebook.model import HUMAN_RESOURCES
from tenants.rulebook.outward import OutwardFlow
from tenants.scope import current_scope


@dataclass(frozen=True)
class Recipient:
    """Who gets a list: a unit here (0: none), and what it is called."""

    unit_id: int
    name: str


def recipient_of(flow: OutwardFlow) -> Recipient | None:
    """Who gets a flow's lists from this agency; None where it has no such recipient."""
    own, day = current_scope().agency_id, business_date()
    if flow.way == "unit":
        return human_resources(day, asks=flow.full == "round")
    if flow.way == "answer":
        return None
    parent = _parent(day)
    if flow.way == "platform":
        return Recipient(0, flow.recipient) if parent is None else None
    return Recipient(0, parent.name if parent else agency(own).name)


def human_resources(day: dt.date, *, asks: bool = False) -> Recipient | None:
    """The sharing unit of human resources; where there are several, one with an agreement, and of a
    list that is asked for (``asks``) one whose agreement says how often."""
    found = remembered(("human resources", day), lambda: _units_of_human_resources(day))
    if not found:
        return None
    unit, _ = min(found, key=lambda one: (asks and not (one[1] and one[1].list_every), not one[1]))
    return Recipient(unit.id, unit.name)


def _units_of_human_resources(day: dt.date) -> list[tuple[Unit, Agreement | None]]:
    query = select(Unit).where(Unit.kind == "sharing", Unit.category == HUMAN_RESOURCES)
    units = list(db.session.scalars(query.order_by(Unit.id)))
    agreed = in_force_with([unit.id for unit in units], day) if units else {}
    return [(unit, agreed.get(unit.id)) for unit in units]


def region_names(agency_ids: Collection[int]) -> dict[int, str]:
    """What the regions of these agencies are called, in one statement."""
    query = select(Agency.id, Agency.region_name).where(Agency.id == any_of(sorted(agency_ids)))
    return dict(db.session.execute(query).tuples().all())


def counted() -> set[int]:
    """The agencies whose figures are this one's to look at today: its own, and those below it. One
    that moved elsewhere is told of there."""
    own = current_scope().agency_id
    return {own, *(below.id for below, _ in descendants_of(own, business_date()))}


def tells_held(flow: OutwardFlow) -> bool:
    """Whether a flow's lists are of whom this agency was told: those below, and its own."""
    day = business_date()
    if flow.way == "unit":
        return _parent(day) is None or _has_below(day)
    return flow.way == "platform"


def keeps_told(day: dt.date) -> bool:
    """Whether this agency keeps who is told: it passes them on to others, as the first agency of
    its tree, or to human resources of its own tier. Any other one hands lists on unopened."""
    if _parent(day) is None:
        return True
    return _has_below(day) and human_resources(day) is not None


def _parent(day: dt.date) -> Agency | None:
    own = current_scope().agency_id
    return remembered(("parent", day), lambda: parent_of(own, day))


def _has_below(day: dt.date) -> bool:
    own = current_scope().agency_id
    return remembered(("has below", day), lambda: bool(children_of(own, day)))
