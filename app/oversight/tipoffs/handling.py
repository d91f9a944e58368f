"""Verbs of 举报 at the agency: assign, read, ask, handle, send back, close (第二十一条)."""

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.oversight.tipoffs.entering import trail, write
from app.oversight.tipoffs.keeping_away import (
    is_away,
    keep_case_workers_away,
    staff,
    take_part,
    tip_off_of,
)
from app.oversight.tipoffs.messages import Fault
from app.oversight.tipoffs.models import TipOff
from tenants.calendar import business_date
from tenants.database import db


def assign(
    tip_off_id: int, revision: int, handler_id: int, actor: Actor, *, reason: str = ""
) -> Moved:
    """Give it to somebody who has no part in it (回避).

    Raises ``Fault("tipoff.handler")`` for nobody of here, ``Fault("tipoff.handler_involved")`` for
    who is accused or took part in a case that it is about.
    """
    actor.must("tipoff.manage")
    row = tip_off_of(tip_off_id, actor, lock=True)
    names = dict(staff())
    if handler_id not in names:
        raise Fault("tipoff.handler")
    keep_case_workers_away(row)
    if not take_part(row, handler_id, "handle") or is_away(row, handler_id):
        raise Fault("tipoff.handler_involved", name=names[handler_id])
    action = "reassign_tip" if row.state == "assigned" else "assign_tip"
    moved = move("tip_off", action, Chosen.seen({row.id: revision}), actor, reason=reason)
    if moved.done:
        row.handler_id = handler_id
        db.session.flush()
        trail(actor, "assign", row)
    return moved


def read(tip_off_id: int, actor: Actor) -> TipOff:
    """Open what was said; the look is on the trail before it is shown."""
    row = tip_off_of(tip_off_id, actor)
    trail(actor, "read", row)
    return row


def ask(tip_off_id: int, words: str, actor: Actor) -> Moved:
    """Ask the informant something; they find it with their code."""
    row = own_of(tip_off_id, actor)
    write(row, "asks", words, actor, is_shown=True)
    trail(actor, "ask", row)
    return Moved((row.id,))


def handle(
    tip_off_id: int, revision: int, outcome: str, found: str, answer: str, actor: Actor
) -> Moved:
    """What came of it, for the agency, and the answer to the informant.

    A 转办 says in ``found`` to whom, when and by what letter. Whoever meanwhile took part in a case
    that it is about is skipped.
    """
    row = own_of(tip_off_id, actor)
    if outcome == "referred" and len(found.strip()) < 10:
        raise Fault("tipoff.refer")
    if is_away(row, actor.account_id):
        return Moved((), (Skip(row.id, "tip_handler_involved"),))
    moved = move("tip_off", "handle_tip", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        row.outcome, row.handled_on = outcome, business_date()
        db.session.flush()
        write(row, "finds", found, actor)
        write(row, "answers", answer, actor, is_shown=True)
        trail(actor, "handle", row)
    return moved


def send_back(tip_off_id: int, revision: int, reason: str, actor: Actor) -> Moved:
    """Not enough yet: it goes back to who handles it, with the reason."""
    row = tip_off_of(tip_off_id, actor, lock=True)
    moved = move("tip_off", "send_back_tip", Chosen.seen({row.id: revision}), actor, reason=reason)
    if moved.done:
        trail(actor, "send_back", row)
    return moved


def close(tip_off_id: int, revision: int, actor: Actor) -> Moved:
    """Closed by another person than who handled it; a key holds that."""
    actor.must("tipoff.manage")
    row = tip_off_of(tip_off_id, actor, lock=True)
    if row.state == "handled" and not take_part(row, actor.account_id, "close"):
        return Moved((), (Skip(row.id, "tip_closed_by_handler"),))
    moved = move("tip_off", "close_tip", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        trail(actor, "close", row)
    return moved


def own_of(tip_off_id: int, actor: Actor) -> TipOff:
    """The tip-off of its handler; ``LookupError`` for everybody else."""
    row = tip_off_of(tip_off_id, actor, lock=True)
    if row.handler_id != actor.account_id:
        raise LookupError(f"tip-off {tip_off_id} is somebody else's")
    return row
