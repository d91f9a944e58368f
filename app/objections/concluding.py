"""The end of a recheck, its way to the person, and 异议处理 of what is still disputed."""

import datetime as dt

from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, Skip, move, note
from app.cases.telling import tell_senders, tell_staff
from app.objections.crossing import tell_outcomes
from app.objections.messages import Fault
from app.objections.models import Objection
from app.objections.reading import objection_of, recheck_of
from app.objections.rules import WAYS
from app.objections.words import By, Said, say_about, take_part
from app.report.models import Report
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import db

_NEEDS_NEW_REPORT = ("upheld", "corrected")


def conclude(objection_id: int, revision: int, outcome: str, words: str, actor: Actor) -> Moved:
    """What the recheck came to; the tier below, and the person's unit, get it.

    Raises ``Fault("objection.outcome")`` for an outcome that the source's answer does not allow.
    """
    actor.must("objection.recheck")
    row = objection_of(objection_id, lock=True)
    if row.id in take_part("handle", [row.id], actor):
        return Moved((), (Skip(row.id, "objection_handled_by_self"),))
    known = recheck_of(row)
    if row.state == "rechecking" and known is not None:
        if known.is_open:
            return Moved((), (Skip(row.id, "objection_still_asked"),))
        if outcome not in known.outcomes:
            raise Fault("objection.outcome")
    moved = move("objection", "conclude", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        row = objection_of(objection_id)
        row.outcome = outcome
        db.session.flush()
        today, name = business_date(), f"{agency(actor.agency_id).name} {actor.name}"
        id_ = say_about(row, "concluded", words, By(today, actor.account_id, name))
        tell_outcomes([row], {row.id: Said(id_, "concluded", today, name, words.strip(), "")})
        _trail(actor, "conclude", row)
    return moved


def tell_person(
    objection_id: int, revision: int, told_on: dt.date, how: str, words: str, actor: Actor
) -> Moved:
    """The body that used the data told the person (143号 五): when, how, by whom.

    Raises ``Fault("objection.report_not_yet")`` while the contested report is still in force
    although the source answered, and ``Fault`` for a way or a day that cannot be.
    """
    row = objection_of(objection_id, lock=True)
    if how not in WAYS:
        raise Fault("objection.way")
    settled = row.state == "settled"
    if not settled and row.outcome in _NEEDS_NEW_REPORT and _is_in_force(row.report_number):
        raise Fault("objection.report_not_yet", number=row.report_number)
    action = "tell_settled" if settled else "tell_person"
    moved = move("objection", action, Chosen.seen({row.id: revision}), actor)
    if moved.done:
        kind = "told_settled" if settled else "told"
        say_about(row, kind, words, By(told_on, actor.account_id, actor.name), how)
        place = {"unit_id": row.unit_id, "desk_id": row.desk_id}
        note("case", [row.case_id], "objection_told", actor, reason=row.number, **place)
        _trail(actor, "tell", row)
    return moved


def _is_in_force(number: str) -> bool:
    query = select(Report.id).where(
        Report.number == number, Report.state.in_(("issued", "received"))
    )
    return db.session.scalar(query.limit(1)) is not None


def dispute(objection_id: int, revision: int, said_on: dt.date, words: str, actor: Actor) -> Moved:
    """The person still objects to the outcome: no recheck any more, but formal 异议处理."""
    row = objection_of(objection_id, lock=True)
    moved = move("objection", "dispute", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        say_about(row, "disputed", words, By(said_on, actor.account_id, actor.name))
        take_part("handle", [row.id], actor)
        _note(row, "objection_disputed", actor)
        tell_staff("objection.disputed", ["reviewer", "director"], [row.case_id])
        _trail(actor, "dispute", row)
    return moved


def settle(objection_id: int, revision: int, words: str, actor: Actor) -> Moved:
    """异议处理 by somebody who had no part in the objection so far; a constraint holds that."""
    actor.must("objection.settle")
    row = objection_of(objection_id, lock=True)
    if row.state == "disputed" and row.id in take_part("settle", [row.id], actor):
        return Moved((), (Skip(row.id, "objection_handled_by_self"),))
    moved = move("objection", "settle_dispute", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        say_about(row, "settled", words, By(business_date(), actor.account_id, actor.name))
        _note(row, "objection_settled", actor)
        tell_senders("objection.concluded", [row.case_id])
        _trail(actor, "settle", row)
    return moved


def tell_source(objection_id: int, told_on: dt.date, words: str, actor: Actor) -> Moved:
    """What was wrong was sent to the source, so that it is put right there."""
    actor.must("objection.recheck")
    row = objection_of(objection_id, lock=True)
    if not row.source_unit_id:
        return Moved((), (Skip(row.id, "objection_not_ours"),))
    say_about(row, "source_told", words, By(told_on, actor.account_id, actor.name))
    _trail(actor, "tell_source", row)
    return Moved((row.id,))


def _note(row: Objection, action: str, actor: Actor) -> None:
    place = {"unit_id": row.unit_id, "desk_id": row.desk_id}
    note("case", [row.case_id], action, actor, reason=row.number, **place)


def _trail(actor: Actor, verb: str, row: Objection) -> None:
    audit.record(
        actor.account_id,
        f"objection.{verb}",
        kind="objection",
        subject_id=row.id,
        unit_id=actor.unit_id,
    )
