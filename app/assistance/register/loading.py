"""Verbs of a load: one operator brings the system's export with its source, time and totals,
another confirms; then the register takes it in (粤民发〔2020〕143号 一; 操作规程 五(二))."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.register.keeping import remove_rows
from app.assistance.register.messages import Fault
from app.assistance.register.models import RegisterLoad
from app.assistance.register.rules import Totals, kept_schemes
from app.intake import loads
from app.intake.loads import trace
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import SHANGHAI, business_date, instant
from tenants.database import db, take_ids
from tenants.outbox import post
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope


@dataclass(frozen=True)
class NewLoad:
    """A file as it was handed over: of which department and scheme, from which system, exported
    when, with which totals."""

    unit_id: int
    scheme: str
    source: str
    exported_at: dt.datetime
    told: Totals
    data: bytes
    filename: str


def law() -> Rulebook:
    """The rulebook of the agency in scope."""
    return rulebook(agency(current_scope().agency_id).province)


def take_in(new: NewLoad, actor: Actor) -> int:
    """Keep the file, encrypted; the worker reads it. Returns the id of the load.

    Raises ``Fault`` for what may not be loaded; then nothing is kept.
    """
    actor.must("register.load")
    if new.scheme not in kept_schemes(law()):
        raise Fault("register.once_only")
    _require_department(new.unit_id)
    if new.exported_at.astimezone(SHANGHAI).date() > business_date():
        raise Fault("register.future")
    _check_others(new.unit_id, new.scheme, new.exported_at)
    row = _row(new, actor)
    db.session.add(row)
    db.session.flush()
    post("register.read", {"load_id": row.id}, account_id=actor.account_id, total=new.told.persons)
    trace(row, "register.load", new.unit_id, actor, scheme=new.scheme)
    return row.id


def _row(new: NewLoad, actor: Actor) -> RegisterLoad:
    (load_id,) = take_ids(1)
    return RegisterLoad(
        id=load_id,
        unit_id=new.unit_id,
        scheme=new.scheme,
        source=new.source.strip(),
        exported_at=new.exported_at,
        told_households=new.told.households,
        told_persons=new.told.persons,
        told_amount_fen=new.told.amount_fen,
        loaded_by=actor.account_id,
        loaded_at=instant(),
        **loads.keep_file("register", new.filename, new.data),
    )


def _require_department(unit_id: int) -> None:
    here = select(Unit.id).where(Unit.id == unit_id, Unit.kind == "commissioning")
    if db.session.scalar(here) is None:
        raise Fault("register.no_unit")


def _check_others(unit_id: int, scheme: str, exported_at: dt.datetime) -> None:
    query = select(RegisterLoad).where(
        RegisterLoad.unit_id == unit_id,
        RegisterLoad.scheme == scheme,
        RegisterLoad.ended_why == "",
    )
    for row in db.session.scalars(query.order_by(RegisterLoad.id)):
        if row.applied_at is None:
            raise Fault("register.waiting_one")
        if row.exported_at > exported_at:
            raise Fault("register.older", on=row.exported_at.date())


def confirm(load_id: int, actor: Actor) -> None:
    """A second operator confirms source, time and totals; the worker takes the rows in.

    Raises ``Fault`` for the operator who loaded it, and for a load that does not wait.
    """
    actor.must("register.load")
    found = load_of(load_id, lock=True)
    if found.loaded_by == actor.account_id:
        raise Fault("register.same_operator")
    if found.standing != "waiting":
        raise Fault("register.not_waiting")
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    loads.forget_file(found)
    post("register.apply", {"load_id": load_id}, account_id=actor.account_id, total=found.persons)
    trace(found, "register.confirm", found.unit_id, actor, persons=found.persons)


def give_up(load_id: int, actor: Actor, reason: str) -> None:
    """Take a load out before it counts, with a reason."""
    actor.must("register.load")
    found = load_of(load_id, lock=True)
    if found.standing not in ("reading", "columns", "waiting"):
        raise Fault("register.not_open")
    end(found, "void", actor.account_id, reason)
    trace(found, "register.void", found.unit_id, actor, reason=reason)


def end(found: RegisterLoad, why: str, by: int = 0, reason: str = "") -> None:
    """The load is over; its staged rows and its file go at once."""
    loads.end(found, why, remove_rows, by, reason)


def load_of(load_id: int, *, lock: bool = False) -> RegisterLoad:
    """A load of the register in this scope; ``LookupError`` when there is none."""
    return loads.load_of(RegisterLoad, load_id, lock=lock)
