"""Verbs of 诚信登记: enter on a decision, confirm by another, serve, appeal, decide by a third."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.oversight.integrity.messages import SCAN, Fault
from app.oversight.integrity.models import IntegrityDuty, IntegrityEntry
from app.oversight.integrity.rules import ends_on
from app.oversight.integrity.words import say_about
from tenants import files
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date
from tenants.database import db, take_ids
from tenants.numbers import take_numbers
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope
from tenants.vault import vault


@dataclass(frozen=True)
class Decision:
    """A decision of the competent authority as it is written into the record. ``document``: a
    checked identity number or 统一社会信用代码; ``scan``: the decision as PDF."""

    about: str
    name: str
    document: str
    facts: str
    authority: str
    number: str
    on: dt.date
    scan: bytes


def law_here() -> Rulebook:
    """The rulebook of the agency at work."""
    return rulebook(agency(current_scope().agency_id).province)


def entry_of(entry_id: int, *, lock: bool = False) -> IntegrityEntry:
    """An entry of this scope; ``LookupError`` when there is none."""
    query = select(IntegrityEntry).where(IntegrityEntry.id == entry_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no entry {entry_id}")
    return found


def enter(decision: Decision, actor: Actor) -> Moved:
    """Write a decision into the record; it counts once confirmed by another and served.

    Raises ``Fault``: a decision of a day to come or entered before, or of this agency itself,
    which has no right to decide (第十三条: 由审批机关作出).
    """
    actor.must("integrity.enter")
    today = business_date()
    if decision.on > today:
        raise Fault("integrity.decision_day", today=today)
    if decision.authority.strip() == agency(actor.agency_id).name:
        raise Fault("integrity.own_decision")
    id_hash = vault().look_up(decision.document)
    known = select(IntegrityEntry.number).where(
        IntegrityEntry.id_hash == id_hash,
        IntegrityEntry.decision_number == decision.number.strip(),
        IntegrityEntry.state != "turned_down",
    )
    if number := db.session.scalar(known.limit(1)):
        raise Fault("integrity.twice", number=number)
    (id_,), file_id = take_ids(1), files.store("basis", SCAN, decision.scan)
    said = {"name": decision.name.strip(), "document": decision.document, "facts": decision.facts}
    row = insert(IntegrityEntry).values(
        id=id_,
        number=take_numbers("integrity", 1)[0],
        state="proposed",
        about=decision.about,
        id_hash=id_hash,
        sealed=vault().seal("integrity_entry", id_, said),
        authority=decision.authority.strip(),
        decision_number=decision.number.strip(),
        decision_on=decision.on,
        file_id=file_id,
        entered_by=actor.account_id,
        entered_on=today,
    )
    db.session.execute(row.inline())
    take_part(id_, actor, "enter")
    trail(actor, "enter", id_)
    return Moved((id_,))


def confirm(entry_id: int, revision: int, actor: Actor) -> Moved:
    """Another person held it against the decision; a check and a key hold that it is another."""
    actor.must("integrity.confirm")
    row = entry_of(entry_id, lock=True)
    if not take_part(row.id, actor, "confirm"):
        return Moved((), (Skip(row.id, "integrity_own_part"),))
    moved = move("integrity", "confirm_entry", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        row.confirmed_by = actor.account_id
        db.session.flush()
        trail(actor, "confirm", row.id)
    return moved


def turn_down(entry_id: int, revision: int, reason: str, actor: Actor) -> Moved:
    """It does not fit the decision: not entered."""
    actor.must("integrity.confirm")
    row = entry_of(entry_id, lock=True)
    if not take_part(row.id, actor, "confirm"):
        return Moved((), (Skip(row.id, "integrity_own_part"),))
    chosen = Chosen.seen({row.id: revision})
    moved = move("integrity", "turn_down_entry", chosen, actor, reason=reason)
    if moved.done:
        trail(actor, "turn_down", row.id)
    return moved


def serve(entry_id: int, revision: int, on: dt.date, way: str, words: str, actor: Actor) -> Moved:
    """The notice was served on the person: from now on it counts, until its last day.

    Raises ``Fault`` for a day before the entry or to come.
    """
    row = entry_of(entry_id, lock=True)
    if on < row.entered_on:
        raise Fault("integrity.served_early", entered=row.entered_on)
    if row.state == "confirmed" and on <= business_date():
        row.served_on = on
        row.ends_on = ends_on(on, law_here().integrity_months.value)
        db.session.flush()
    moved = move("integrity", "serve_entry", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        say_about(row, "served", words, on, actor, way)
        trail(actor, "serve", row.id)
    return moved


def appeal(entry_id: int, revision: int, on: dt.date, words: str, actor: Actor) -> Moved:
    """The person contests it: it is not shown until somebody else has decided."""
    row = entry_of(entry_id, lock=True)
    if row.served_on and on < row.served_on:
        raise Fault("integrity.appeal_early", served=row.served_on)
    moved = move("integrity", "appeal_entry", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        say_about(row, "appealed", words, on, actor)
        days = law_here().integrity_appeal_working_days.value
        row.answer_by = add_working_days(on, days)
        db.session.flush()
        trail(actor, "appeal", row.id)
    return moved


def decide(entry_id: int, revision: int, outcome: str, words: str, actor: Actor) -> Moved:
    """维持 or 撤销, by somebody who neither entered nor confirmed it. Withdrawn also without an
    appeal, when the authority took its decision back."""
    actor.must("integrity.decide")
    row = entry_of(entry_id, lock=True)
    if not take_part(row.id, actor, "decide"):
        return Moved((), (Skip(row.id, "integrity_own_part"),))
    chosen = Chosen.seen({row.id: revision})
    if outcome == "withdraw":
        # The words are sealed; what stands on the trail is that there was a reason.
        moved = move("integrity", "withdraw_entry", chosen, actor)
    else:
        moved = move("integrity", "uphold_entry", chosen, actor)
    if moved.done:
        kind = "withdrawn" if outcome == "withdraw" else "upheld"
        say_about(row, kind, words, business_date(), actor)
        trail(actor, kind, row.id)
    return moved


def tell(entry_id: int, on: dt.date, way: str, words: str, actor: Actor) -> Moved:
    """The person was told what came of their appeal, or that the entry was withdrawn."""
    actor.must("integrity.enter")
    row = entry_of(entry_id, lock=True)
    if row.state not in ("in_force", "withdrawn"):
        return Moved((), (Skip(row.id, "another_state"),))
    say_about(row, "told", words, on, actor, way)
    trail(actor, "tell", row.id)
    return Moved((row.id,))


def take_part(entry_id: int, actor: Actor, step: str) -> bool:
    """Record who does what; False when this person did something else, which the key holds."""
    values = {"entry_id": entry_id, "account_id": actor.account_id, "step": step}
    put = pg_insert(IntegrityDuty).values(values).on_conflict_do_nothing()
    db.session.execute(put.inline())
    held = select(IntegrityDuty.step).where(
        IntegrityDuty.entry_id == entry_id, IntegrityDuty.account_id == actor.account_id
    )
    return db.session.scalars(held).one() == step


def trail(actor: Actor, verb: str, entry_id: int, reason: str = "") -> None:
    """Who did what with which entry."""
    kind = "integrity_entry"
    name = f"integrity.{verb}"
    audit.record(actor.account_id, name, kind=kind, subject_id=entry_id, reason=reason)
