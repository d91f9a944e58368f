"""Adding, ending and changing what a sharing unit can check, and the effect beforehand.

One unit is asked in one way at a time: all that it can check on one day has the same way.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.audit import service as audit
from app.delegation.coverage import announce, reroute
from app.delegation.rerouting import Shift, abilities, foresee
from app.sharing.service import sharing_unit
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.messages import Fault

OPEN_WAYS = ("media", "system", "store")
_ENDLESS = dt.date.max


@dataclass(frozen=True)
class Held:
    """One row of what a unit can check; the last day included, None without one."""

    item: int
    valid_from: dt.date
    valid_to: dt.date | None
    way: str

    def holds(self, day: dt.date) -> bool:
        """Whether it can be checked on ``day``."""
        return self.valid_from <= day <= (self.valid_to or _ENDLESS)

    def meets(self, other: "Held") -> bool:
        """Whether there is a day on which both hold."""
        first = max(self.valid_from, other.valid_from)
        return first <= min(self.valid_to or _ENDLESS, other.valid_to or _ENDLESS)


@dataclass(frozen=True)
class Change:
    """What is to be written: ``kind`` is add, end or way, and it holds from ``on``."""

    kind: str
    unit_id: int
    on: dt.date
    items: tuple[int, ...] = ()
    way: str = "media"
    until: dt.date | None = None


@dataclass(frozen=True)
class Effect:
    """What a change would do: rows as they would stand, what would be asked elsewhere, and a seal
    over what it was worked out from."""

    rows: tuple[Held, ...]
    shifts: tuple[Shift, ...]
    seen: str


def effect_of(change: Change) -> Effect:
    """Work a change out without writing it.

    Raises ``LookupError`` for a unit that is none of this agency's sharing units, ``Fault`` for
    what cannot be.
    """
    sharing_unit(change.unit_id)
    held = _held(change.unit_id)
    rows = changed(held, change, business_date())
    touched = sorted({row.item for row in set(held) ^ set(rows)})
    shifts = foresee(touched, replace(abilities(), own=_own_with(change.unit_id, rows, change.on)))
    return Effect(rows, tuple(shifts) if change.kind != "way" else (), _sealed(held))


def save(change: Change, seen: str, actor: Actor) -> None:
    """Write a change whose effect was seen; the worker routes anew what has not been sent.

    Raises ``Fault("capability.seen_before")`` when something was changed since.
    """
    actor.must("source.manage")
    lock = select(Capability).where(Capability.unit_id == change.unit_id).with_for_update()
    db.session.execute(lock.order_by(Capability.item, Capability.valid_from)).all()
    held = _held(change.unit_id)
    if seen != _sealed(held):
        raise Fault("capability.seen_before")
    rows = changed(held, change, business_date())
    written = sorted(set(rows) - set(held), key=lambda row: (row.item, row.valid_from))
    values = [{"unit_id": change.unit_id, **vars(row)} for row in written]
    put = insert(Capability).values(values)
    key = ["agency_id", "item", "unit_id", "valid_from"]
    told = {"valid_to": put.excluded.valid_to, "way": put.excluded.way}
    db.session.execute(put.on_conflict_do_update(index_elements=key, set_=told).inline())
    audit.record(
        actor.account_id,
        f"capability.{change.kind}",
        kind="unit",
        subject_id=change.unit_id,
        items=[row.item for row in written],
        on=change.on.isoformat(),
        way=change.way,
    )
    announce()
    if change.kind != "way":
        reroute({row.item for row in written})


def changed(held: Sequence[Held], change: Change, today: dt.date) -> tuple[Held, ...]:
    """What a unit can check after a change; ``Fault`` for what cannot be."""
    if change.on < today:
        raise Fault("capability.past", today=today)
    if change.until is not None and change.until < change.on:
        raise Fault("capability.dates", first=change.on)
    if change.kind == "add":
        return _added(held, change)
    if change.kind == "end":
        return _ended(held, change)
    return _asked_otherwise(held, change)


def _added(held: Sequence[Held], change: Change) -> tuple[Held, ...]:
    new = [Held(item, change.on, change.until, change.way) for item in change.items]
    if not new:
        raise Fault("capability.no_items")
    over = {(row.item, row.valid_from) for row in new}
    # A row that was ended on the very day it began never held, and gives way.
    kept = [row for row in held if (row.item, row.valid_from) not in over or row.holds(change.on)]
    for row in new:
        if any(row.item == other.item and row.meets(other) for other in kept):
            raise Fault("capability.held", item=catalogue().item(row.item).title)
        if any(row.way != other.way and row.meets(other) for other in kept):
            raise Fault("capability.two_ways")
    return tuple(kept) + tuple(new)


def _ended(held: Sequence[Held], change: Change) -> tuple[Held, ...]:
    last = change.on - dt.timedelta(days=1)
    chosen = [row for row in held if row.item in change.items and row.holds(change.on)]
    if not chosen:
        raise Fault("capability.none_held")
    return tuple(replace(row, valid_to=last) if row in chosen else row for row in held)


def _asked_otherwise(held: Sequence[Held], change: Change) -> tuple[Held, ...]:
    if change.way not in OPEN_WAYS:
        raise Fault("capability.way_closed")
    last = change.on - dt.timedelta(days=1)
    rows: list[Held] = []
    for row in held:
        if row.way == change.way or (row.valid_to or _ENDLESS) < change.on:
            rows.append(row)
        elif row.valid_from >= change.on:
            rows.append(replace(row, way=change.way))
        else:
            rows.append(replace(row, valid_to=last))
            rows.append(replace(row, valid_from=change.on, way=change.way))
    if set(rows) == set(held):
        raise Fault("capability.same_way")
    return tuple(rows)


def _held(unit_id: int) -> list[Held]:
    query = select(Capability).where(Capability.unit_id == unit_id)
    rows = db.session.scalars(query.order_by(Capability.item, Capability.valid_from))
    return [Held(row.item, row.valid_from, row.valid_to, row.way) for row in rows]


def _own_with(unit_id: int, rows: Sequence[Held], day: dt.date) -> Mapping[int, Sequence[int]]:
    """Item → own units that can check it on ``day``, with this unit as it would be."""
    others = select(Capability).where(Capability.unit_id != unit_id)
    own: dict[int, set[int]] = {}
    for row in db.session.scalars(others):
        if row.valid_from <= day <= (row.valid_to or _ENDLESS):
            own.setdefault(row.item, set()).add(row.unit_id)
    for held in rows:
        if held.holds(day):
            own.setdefault(held.item, set()).add(unit_id)
    return {item: sorted(units) for item, units in own.items()}


def _sealed(held: Sequence[Held]) -> str:
    return hashlib.sha256(repr(sorted(map(repr, held))).encode()).hexdigest()[:16]
