"""Verbs of the store: one operator loads a unit's file, another confirms it (操作规程 五(二)).

A confirmed load replaces the one in force of the same unit, item and part; the rows of the old one
are removed at once, it itself stays in the register.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.exchange.filed import require_filed
from app.exchange.store.held import law
from app.exchange.store.keeping import remove_records
from app.exchange.store.models import ReturnedLoad
from app.exchange.store.rules import is_too_old
from app.intake import loads
from app.intake.loads import trace
from app.sharing.agreements import in_force
from app.sharing.service import sharing_unit
from tenants.calendar import business_date, instant
from tenants.catalogue import catalogue
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.outbox import post
from tenants.vault import digest

KIND = ReturnedLoad.__tablename__


@dataclass(frozen=True)
class NewLoad:
    """A file as it was handed over: whose, about what, of which day."""

    unit_id: int
    item: int
    part: str
    as_of: dt.date
    data: bytes
    filename: str


def take_in(new: NewLoad, actor: Actor) -> int:
    """Keep the file, encrypted; the worker reads it. Returns the id of the load.

    Raises ``LookupError`` for a unit that is none of this agency's sharing units, ``Fault`` for
    what may not be loaded; then nothing is kept.
    """
    actor.must("exchange.operate")
    unit = sharing_unit(new.unit_id)
    if new.item not in {item.code for item in catalogue().of_kind(unit.category or 17)}:
        raise Fault("store.item_other")
    require_filed(actor, unit.id)
    _require_agreement(unit.id)
    _check_day(new.as_of)
    seal = digest(new.data)
    _check_others(new, seal)
    kept = loads.keep_file("returned", new.filename, new.data, "zip")
    found = record(new, seal, actor.account_id, kept["file_id"])
    post("store.read", {"load_id": found.id}, account_id=actor.account_id)
    trace(found, "returned.load", unit.id, actor, item=new.item)
    return found.id


def record(new: NewLoad, seal: bytes, loaded_by: int, file_id: int | None) -> ReturnedLoad:
    """Write the row of a load that waits to be read."""
    (load_id,) = take_ids(1)
    row = ReturnedLoad(
        id=load_id,
        unit_id=new.unit_id,
        item=new.item,
        part=new.part.strip(),
        as_of=new.as_of,
        digest=seal,
        file_id=file_id,
        loaded_by=loaded_by,
        loaded_at=instant(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _require_agreement(unit_id: int) -> None:
    """An agreement in force (第十六条)."""
    if in_force(unit_id, business_date()) is None:
        raise Fault("store.no_agreement")


def _check_day(as_of: dt.date) -> None:
    today, days = business_date(), law().store_fresh_days.value
    if as_of > today:
        raise Fault("store.future", today=today)
    if is_too_old(as_of, today, days):
        raise Fault("store.too_old_load", days=days)


def _check_others(new: NewLoad, seal: bytes) -> None:
    """What stands or waits already of the same unit, item and part; and the same file again."""
    query = select(ReturnedLoad).where(
        ReturnedLoad.unit_id == new.unit_id, ReturnedLoad.item == new.item
    )
    for row in db.session.scalars(query.order_by(ReturnedLoad.id)):
        same_part = row.part == new.part.strip()
        if same_part and not row.ended_why and row.confirmed_at is None:
            raise Fault("store.waiting_one")
        if same_part and not row.ended_why and row.as_of > new.as_of:
            raise Fault("store.older", as_of=row.as_of)
        if bytes(row.digest) == seal and row.confirmed_at is not None:
            raise Fault("store.same_file", on=row.loaded_at.date())


def confirm(load_id: int, actor: Actor) -> None:
    """A second operator confirms what was read: from now on it answers, and the load before it
    does not. Raises ``Fault`` for the operator who loaded it."""
    actor.must("exchange.operate")
    found = load_of(load_id, lock=True)
    require_filed(actor, found.unit_id)
    if found.loaded_by == actor.account_id:
        raise Fault("store.same_operator")
    if found.read_at is None or found.confirmed_at is not None or found.ended_why:
        raise Fault("store.not_waiting")
    _require_agreement(found.unit_id)
    before = _in_force(found)
    if before is not None:
        if before.as_of > found.as_of:
            raise Fault("store.older", as_of=before.as_of)
        _end(before, "replaced", actor.account_id)
        db.session.flush()
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    loads.forget_file(found)
    post("store.confirmed", {"item": found.item}, account_id=actor.account_id)
    replaced = before.id if before is not None else 0
    trace(
        found,
        "returned.confirm",
        *(found.unit_id, actor),
        item=found.item,
        records=found.records,
        replaced=replaced,
    )


def _in_force(found: ReturnedLoad) -> ReturnedLoad | None:
    query = select(ReturnedLoad).where(
        ReturnedLoad.unit_id == found.unit_id,
        ReturnedLoad.item == found.item,
        ReturnedLoad.part == found.part,
        ReturnedLoad.confirmed_at.is_not(None),
        ReturnedLoad.ended_why == "",
    )
    return db.session.scalars(query.with_for_update()).one_or_none()


def give_up(load_id: int, actor: Actor, reason: str) -> None:
    """Take a load out: before it is confirmed it is void, afterwards its rows answer no more."""
    actor.must("exchange.operate")
    found = load_of(load_id, lock=True)
    require_filed(actor, found.unit_id)
    if found.ended_why:
        raise Fault("store.not_open")
    why = "void" if found.confirmed_at is None else "removed"
    _end(found, why, actor.account_id, reason)
    verb = {"void": "returned.void", "removed": "returned.remove"}[why]
    trace(found, verb, found.unit_id, actor, reason=reason, item=found.item)


def refuse(found: ReturnedLoad, sealed: bytes) -> None:
    """The file is faulty: nothing of it is kept but what is wrong with it."""
    found.faults_sealed = sealed
    _end(found, "refused", 0)
    db.session.flush()


def end_old() -> None:
    """Remove the rows of loads that were kept as long as the rulebook lets them be kept."""
    last = business_date() - dt.timedelta(days=law().store_kept_days.value)
    query = select(ReturnedLoad).where(ReturnedLoad.ended_why == "", ReturnedLoad.as_of < last)
    for found in db.session.scalars(query.with_for_update()).all():
        _end(found, "term", 0)
        audit.record(
            *(0, "returned.term"),
            kind=KIND,
            subject_id=found.id,
            unit_id=found.unit_id,
            item=found.item,
            records=found.records,
        )


def _end(found: ReturnedLoad, why: str, by: int, reason: str = "") -> None:
    loads.end(found, why, remove_records, by, reason)


def load_of(load_id: int, *, lock: bool = False) -> ReturnedLoad:
    """A load of the store in this scope; ``LookupError`` when there is none."""
    return loads.load_of(ReturnedLoad, load_id, lock=lock)
