"""What people decide about a request that does not get on: try again, ask now, or use a disc."""

from app.accounts.actor import Actor
from app.cases.lifecycle import Moved, Skip, note
from app.exchange.filed import require_filed
from app.exchange.outbox.taking import open_anew
from app.exchange.service import request_of
from app.exchange.wire.dispatching import dispatch_of, go_on
from app.exchange.wire.models import Connection, Dispatch
from app.exchange.wire.rules import phase_of
from tenants.calendar import instant
from tenants.database import db
from tenants.outbox import post


def try_again(request_id: int, actor: Actor) -> Moved:
    """Go on with a request that was given up, from what the server has.

    Answers that were refused are fetched anew from the first.
    """
    actor.must("exchange.operate")
    found = _found(request_id, actor)
    if not found.dead_at:
        return Moved((), (Skip(request_id, "another_state"),))
    if found.dead_code == "reply_refused":
        found.kept_at, found.answers_kept = None, 0
        connection = db.session.get(Connection, (found.agency_id, found.connection_id))
        if connection is not None and connection.direction != "asks":
            open_anew(found)
    found.dead_at, found.dead_code, found.failures = None, "", 0
    _heal(found)
    go_on(found)
    note("request", [request_id], "retry_wire", actor)
    return Moved((request_id,))


def ask_now(request_id: int, actor: Actor) -> Moved:
    """Do the next step now, whatever it was waiting for."""
    actor.must("exchange.operate")
    found = _found(request_id, actor)
    if phase_of(found) in ("taken", "dead", "dropped"):
        return Moved((), (Skip(request_id, "another_state"),))
    _heal(found)
    go_on(found)
    return Moved((request_id,))


def drop(request_id: int, actor: Actor) -> Moved:
    """改用介质交换: one operator asks for it, a different one agrees; then a disc is made."""
    actor.must("exchange.operate")
    found, request = _found(request_id, actor), request_of(request_id, lock=True)
    if phase_of(found) in ("kept", "taken", "dropped") and found.dead_code != "reply_refused":
        return Moved((), (Skip(request_id, "another_state"),))
    if found.drop_asked_by is None:
        found.drop_asked_by = actor.account_id
        db.session.flush()
        return Moved((request_id,))
    if found.drop_asked_by == actor.account_id:
        return Moved((), (Skip(request_id, "same_operator"),))
    found.dropped_by, found.dropped_at = actor.account_id, instant()
    found.dead_at, found.next_at = None, None
    request.way = "media"
    db.session.flush()
    note("request", [request_id], "drop_wire", actor)
    payload = {"request_id": request_id}
    post("package.make", payload, account_id=actor.account_id, total=request.subjects)
    return Moved((request_id,))


def _found(request_id: int, actor: Actor) -> Dispatch:
    require_filed(actor, request_of(request_id).unit_id)
    found = dispatch_of(request_id, lock=True)
    if found is None:
        raise LookupError(f"request {request_id} does not go over a wire")
    return found


def _heal(found: Dispatch) -> None:
    """A person says that the server is there again: the breaker closes."""
    connection = db.session.get(Connection, (found.agency_id, found.connection_id))
    if connection is not None:
        connection.failures, connection.open_until = 0, None
        db.session.flush()
