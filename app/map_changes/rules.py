"""What the tree lets be changed. Pure; the law has the tree (第二条), the approval changes it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.map_changes.messages import Fault

RANKS = {"province": 0, "city": 1, "county": 2, "township": 3}


@dataclass(frozen=True)
class Place:
    """An agency as the rules look at it."""

    id: int
    name: str
    tier: str

    @property
    def province(self) -> int:
        """The two digits that choose the rulebook."""
        return self.id // 10_000


@dataclass(frozen=True)
class Edge:
    """A parent, from one day to another (None: until further notice)."""

    parent_id: int
    first: dt.date
    last: dt.date | None

    @property
    def is_void(self) -> bool:
        """Whether it was taken back before its day came."""
        return self.last is not None and self.last < self.first


@dataclass(frozen=True)
class Approval:
    """批文: its number and date, and the day from which on it holds."""

    number: str
    dated: dt.date
    since: dt.date


def check_approval(approval: Approval, today: dt.date) -> None:
    """A change begins tomorrow at the earliest: what was sent until then was sent rightly.

    Raises ``Fault`` for a day that is not to come, and for an approval without a number or from
    the future.
    """
    if not approval.number.strip():
        raise Fault("map.no_document")
    if approval.dated > today:
        raise Fault("map.document_to_come", day=approval.dated)
    if approval.since <= today:
        raise Fault("map.past", day=approval.since, first=today + dt.timedelta(days=1))


@dataclass(frozen=True)
class Called:
    """What an agency is called: its names, and its national code (0: as before)."""

    name: str
    short_name: str
    region_name: str
    code: int = 0


def check_rename(agency: Place, old: Called, new: Called, taken: Collection[int | str]) -> None:
    """Another name or code; ``taken``: codes and short names that others have.

    Raises ``Fault`` where nothing changes, for an empty name, a code of no or another province, and
    what another agency has.
    """
    if not (new.name.strip() and new.short_name.strip() and new.region_name.strip()):
        raise Fault("map.no_name", name=agency.name)
    if new == old:
        raise Fault("map.same_name", name=agency.name)
    if new.code and not 100_000 <= new.code <= 999_999:
        raise Fault("map.code", digits=new.code)
    if new.code and new.code // 10_000 != agency.province:
        raise Fault("map.province", name=agency.name, parent=new.code)
    for word in (new.code, new.short_name):
        if word and word in taken:
            raise Fault("map.taken", word=word)


def check_merge(agency: Place, successor: Place, below: Collection[int], is_over: bool) -> None:
    """An agency goes on in another of its tier and province, once nobody is under it any more;
    ``is_over``: the successor itself goes on in another one. Raises ``Fault``."""
    if successor.id == agency.id:
        raise Fault("map.cycle", name=agency.name, parent=successor.name)
    if successor.tier != agency.tier:
        raise Fault("map.other_tier", name=agency.name, after=successor.name)
    if successor.province != agency.province:
        raise Fault("map.province", name=agency.name, parent=successor.name)
    if below:
        raise Fault("map.has_children", name=agency.name, count=len(below))
    if is_over:
        raise Fault("map.successor_over", after=successor.name)


def check_move(
    agency: Place,
    parent: Place,
    edges: Sequence[Edge],
    below: Collection[int],
    since: dt.date,
) -> Edge:
    """The edge that ends when ``agency`` comes under ``parent``; ``below``: who is under it now.

    Raises ``Fault`` for a parent of no higher tier, of another province, from below, that it has or
    had before, and where its parent changes on that day or later anyway.
    """
    if parent.id == agency.id or parent.id in below:
        raise Fault("map.cycle", name=agency.name, parent=parent.name)
    if RANKS[parent.tier] >= RANKS[agency.tier]:
        raise Fault("map.tier", name=agency.name, parent=parent.name)
    if parent.province != agency.province:
        raise Fault("map.province", name=agency.name, parent=parent.name)
    known = [edge for edge in edges if not edge.is_void]
    if any(edge.first >= since or (edge.last and edge.last >= since) for edge in known):
        raise Fault("map.overlap", name=agency.name, day=since)
    current = next((edge for edge in known if edge.last is None), None)
    if current is None:
        raise Fault("map.no_parent", name=agency.name)
    if current.parent_id == parent.id:
        raise Fault("map.same_parent", name=agency.name, parent=parent.name)
    if any(edge.parent_id == parent.id for edge in known):
        raise Fault("map.former_parent", name=agency.name, parent=parent.name)
    return current
