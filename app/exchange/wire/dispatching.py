"""A request on its way to a unit's system and back, step by step: each a job of its own.

A step does one thing (``asking``, ``awaiting``), keeps what came of it and posts the next step, all
in one transaction, so a worker that dies in the middle leaves everything as it was before the step.
What the server has is asked of the server; the turn lets only the newest job act.
"""

import datetime as dt

from sqlalchemy import select

from app.exchange.models import ExchangeRequest
from app.exchange.service import request_of
from app.exchange.wire import telling
from app.exchange.wire.asking import ASKING
from app.exchange.wire.awaiting import IN_FOLDER, OFFERED
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import Connection, Dispatch
from app.exchange.wire.opening import wire_of
from app.exchange.wire.rules import (
    MOST_FAILURES,
    PAUSED_FOR,
    is_within,
    next_opening,
    open_for,
    phase_of,
    wait_after,
)
from app.exchange.wire.sending import head_of
from app.exchange.wire.talking import Talk, note_attempt
from app.exchange.wire.ways import open_connection
from tenants.calendar import business_date, instant, is_working_day
from tenants.database import db
from tenants.outbox import post, post_later

ON_ITS_WAY = ("confirmed", "delivered", "closed")
STEPS = {"asks": ASKING, "pulls": OFFERED, "folder": IN_FOLDER}
STEP_OF = {"sending": "lines", "waiting": "status", "fetching": "answers", "kept": "taken"}


def begin(request_id: int) -> None:
    """Start sending a request that two operators released; once.

    Without a connection that is valid today it becomes a disc, like any other.
    """
    request = request_of(request_id, lock=True)
    if request.way != "system" or request.state != "confirmed" or dispatch_of(request_id):
        return
    connection = open_connection(request.unit_id)
    if connection is None:
        request.way = "media"
        db.session.flush()
        post("package.make", {"request_id": request_id}, total=request.subjects)
        return
    head = head_of(request, connection.unit_code)
    found = Dispatch(
        request_id=request_id,
        unit_id=request.unit_id,
        connection_id=connection.id,
        head=head.model_dump_json(),
        turn=0,
        begun_at=instant(),
        lines=head.lines,
    )
    db.session.add(found)
    db.session.flush()
    go_on(found)


def dispatch_of(request_id: int, *, lock: bool = False) -> Dispatch | None:
    """How a request travels, or None for one that goes by disc."""
    query = select(Dispatch).where(Dispatch.request_id == request_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def go_on(found: Dispatch, after: dt.timedelta = dt.timedelta()) -> None:
    """Post the next step; an earlier one that still waits does nothing from now on."""
    found.turn = (found.turn or 0) + 1
    found.next_at = instant() + after
    db.session.flush()
    payload = {"request_id": found.request_id, "turn": found.turn}
    post_later("wire.step", payload, found.next_at)


def step(request_id: int, turn: int) -> None:
    """The next thing that is to be said to the server, if this is the newest job about it."""
    found = dispatch_of(request_id, lock=True)
    if found is None or found.turn != turn or phase_of(found) not in ASKING:
        return
    request = request_of(request_id)
    if request.state not in ON_ITS_WAY and not found.kept_at:
        found.dropped_at, found.dead_code, found.next_at = instant(), "stopped", None
        db.session.flush()
        return
    connection = db.session.scalars(
        select(Connection).where(Connection.id == found.connection_id)
    ).one()
    later = _not_now(connection)
    if later is not None:
        go_on(found, later)
        return
    _talk(found, request, connection)


def stop_untaken(request_id: int) -> None:
    """A unit behind a gate did not take the request's files: it stops, and a person decides."""
    found = dispatch_of(request_id, lock=True)
    if found is not None and phase_of(found) == "sending":
        _give_up(found, "not_taken")


def _not_now(connection: Connection) -> dt.timedelta | None:
    """How long to wait, because the wire is paused, ended, broken or closed at this hour."""
    now, today = instant(), business_date()
    ended = connection.valid_to is not None and connection.valid_to < today
    if connection.is_paused or connection.closed_on or ended:
        return PAUSED_FOR
    if connection.open_until is not None and connection.open_until > now:
        return connection.open_until - now
    if not connection.hours:
        return None
    if not is_working_day(today) or not is_within(connection.hours, now):
        return next_opening(connection.hours, now) - now
    return None


def _talk(found: Dispatch, request: ExchangeRequest, connection: Connection) -> None:
    phase = phase_of(found)
    try:
        wait = STEPS[connection.direction][phase](found, request, Talk(found, wire_of(connection)))
    except WireFailure as failure:
        note_attempt(found, STEP_OF[phase], failure.code, status=failure.status)
        _failed(found, connection, failure)
        return
    found.failures = connection.failures = 0
    connection.open_until = None
    db.session.flush()
    if wait is not None:
        go_on(found, wait)


def _failed(found: Dispatch, connection: Connection, failure: WireFailure) -> None:
    if failure.code == "lost" and found.received_at is None:
        found.lines_sent = 0
    found.failures += 1
    if failure.is_lasting or found.failures >= MOST_FAILURES:
        _give_up(found, failure.code)
        return
    connection.failures += 1
    pause = open_for(connection.failures)
    if pause is not None:
        connection.open_until = instant() + pause
    go_on(found, max(wait_after(found.failures), pause or dt.timedelta()))


def _give_up(found: Dispatch, code: str) -> None:
    found.dead_at, found.dead_code, found.next_at = instant(), code, None
    db.session.flush()
    telling.tell_dead(found)
