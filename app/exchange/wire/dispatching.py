"""One step of a request on its way to a unit's server and back: each a job of its own.

A step says one thing to the server, keeps what came of it and posts the next step, all in one
transaction, so a worker that dies in the middle leaves everything as it was before the step. What
the server has is asked of the server; the turn lets only the newest job act.
"""

import datetime as dt
import hashlib
import time
from collections.abc import Callable

from sqlalchemy import select

from app.accounts.actor import system_actor
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.outbox.offering import lay_out
from app.exchange.outbox.putting import put_request, put_taken
from app.exchange.service import deliver, request_of
from app.exchange.wire import telling
from app.exchange.wire.client import Wire
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.kept import keep_page, take_answers
from app.exchange.wire.messages import say
from app.exchange.wire.models import Attempt, Connection, Dispatch
from app.exchange.wire.opening import wire_of
from app.exchange.wire.rules import (
    MOST_FAILURES,
    is_within,
    next_opening,
    open_for,
    phase_of,
    poll_after,
    wait_after,
)
from app.exchange.wire.sending import head_of, lines_after
from app.exchange.wire.ways import open_connection
from hedui_connector.wire import pages
from hedui_connector.wire.limits import LINES_PER_PAGE
from hedui_connector.wire.models import End, Head, State, Status, Taken
from hedui_connector.wire.pages import to_json, write_page
from tenants.calendar import business_date, instant, is_working_day
from tenants.database import db
from tenants.outbox import post, post_later

JSON = "application/json"
ON_ITS_WAY = ("confirmed", "delivered", "closed")
PAUSED_FOR = dt.timedelta(minutes=15)
CHECKED_SOON = dt.timedelta(seconds=2)


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
    if found is None or found.turn != turn or phase_of(found) not in PHASES:
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
        found.dead_at, found.dead_code, found.next_at = instant(), failure.code, None
        db.session.flush()
        telling.tell_dead(found)
        return
    connection.failures += 1
    pause = open_for(connection.failures)
    if pause is not None:
        connection.open_until = instant() + pause
    go_on(found, max(wait_after(found.failures), pause or dt.timedelta()))


def note_attempt(
    found: Dispatch,
    step: str,
    code: str,
    *,
    status: int = 200,
    first: int = 0,
    count: int = 0,
    milliseconds: int = 0,
) -> None:
    """Write one conversation down: what for and how it ended."""
    db.session.add(
        Attempt(
            request_id=found.request_id,
            unit_id=found.unit_id,
            at=instant(),
            step=step,
            code=code,
            status=status,
            first=first,
            count=count,
            milliseconds=milliseconds,
        )
    )
    db.session.flush()


class Talk:
    """Conversations about one dispatch, each written down when it went well."""

    def __init__(self, found: Dispatch, wire: Wire) -> None:
        self.found, self.wire = found, wire
        self.path = f"/requests/{found.agency_id}-{found.request_id}"

    def status(self) -> Status:
        """How far the request is there."""
        return self._checked("status", lambda: self.wire.get(self.path, Status))

    def head(self) -> Status:
        """Send the head, the same each time."""
        body = self.found.head.encode()
        return self._checked("head", lambda: self.wire.put(self.path, body, Status))

    def lines(self, body: bytes, first: int, count: int) -> Status:
        """Send a page of lines; the same page has the same idempotency key."""
        key = hashlib.sha256(body).hexdigest()[:40]
        where = f"{self.path}/lines"

        def send() -> Status:
            return self.wire.post(where, body, pages.MEDIA_TYPE, key, Status)

        return self._checked("lines", send, first=first, count=count)

    def taken(self, answers: int) -> Status:
        """Say that all answers are kept."""
        body = Taken(answers=answers).model_dump_json().encode()
        key = hashlib.sha256(f"{self.path}:{answers}:taken".encode()).hexdigest()[:40]
        where = f"{self.path}/taken"
        return self._checked("taken", lambda: self.wire.post(where, body, JSON, key, Status))

    def answers(self, after: int) -> bytes:
        """A page of answers, as it came."""
        began = time.monotonic()
        body = self.wire.page(f"{self.path}/answers?after={after}&limit={LINES_PER_PAGE}")
        took = int((time.monotonic() - began) * 1000)
        note_attempt(self.found, "answers", "", first=after + 1, milliseconds=took)
        return body

    def _checked(
        self, step: str, talk: Callable[[], Status], *, first: int = 0, count: int = 0
    ) -> Status:
        began = time.monotonic()
        status = talk()
        head = Head.model_validate_json(self.found.head)
        if status.id != head.id or status.lines != head.lines:
            raise WireFailure("other_request", 200)
        if not 0 <= status.lines_answered <= status.lines_received <= head.lines:
            raise WireFailure("bad_message", 200)
        took = int((time.monotonic() - began) * 1000)
        note_attempt(self.found, step, "", first=first, count=count, milliseconds=took)
        return status


Wait = dt.timedelta | None


def _send(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    """The head if need be, then the next page of lines after what the server has."""
    if not found.lines_sent or found.failures:
        found.lines_sent = talk.head().lines_received
    if found.lines_sent < found.lines:
        lines = lines_after(request, found.lines_sent, LINES_PER_PAGE)
        last = lines[-1].line
        end = End(count=len(lines), next=str(last), is_last=last == found.lines)
        body = write_page(map(to_json, lines), end)
        status = talk.lines(body, lines[0].line, len(lines))
        found.lines_sent = status.lines_received
    if found.lines_sent == found.lines:
        _receipt(found, request)
        return poll_after(dt.timedelta())
    return dt.timedelta()


def _receipt(found: Dispatch, request: ExchangeRequest) -> None:
    """The server has every line: that is the receipt from which the reply clock starts."""
    found.received_at = instant()
    db.session.flush()
    if request.state == "confirmed":
        deliver(
            request.id,
            request.rev,
            system_actor(request.agency_id),
            on=business_date(),
            how=say("wire.delivered_how", lines=found.lines),
            action="deliver_by_wire",
        )


def _poll(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    status = talk.status()
    found.lines_answered = status.lines_answered
    if status.state is State.ANSWERED:
        found.lines_answered = found.lines
        return dt.timedelta()
    if status.state is State.TAKEN:
        raise WireFailure("gone")
    found.lines_answered = min(found.lines_answered, found.lines - 1)
    return poll_after(instant() - (found.received_at or instant()))


def _fetch(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    page = keep_page(request, talk.answers(found.answers_kept), found.answers_kept)
    found.answers_kept += page.count
    if page.is_last:
        found.kept_at = instant()
        take_answers(request)
        return CHECKED_SOON
    return dt.timedelta()


def _finish(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    """Say that the answers are kept, once they passed the check: till then the server has them."""
    state = state_of_reply(request.id)
    if state == "received":
        return CHECKED_SOON
    if state == "refused":
        raise WireFailure("reply_refused")
    talk.taken(found.answers_kept)
    found.taken_at, found.next_at = instant(), None
    db.session.flush()
    return None


def state_of_reply(request_id: int) -> str:
    """The state of the newest reply that came over the wire."""
    query = select(Reply.state).where(Reply.request_id == request_id, Reply.received_by == 0)
    return db.session.scalars(query.order_by(Reply.part.desc()).limit(1)).one()


PHASES: dict[str, Callable[[Dispatch, ExchangeRequest, Talk], Wait]] = {
    "sending": _send,
    "waiting": _poll,
    "fetching": _fetch,
    "kept": _finish,
}


def _lay_out(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    return lay_out(found, request)


def _wait_for_the_unit(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    return None


def _end(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    """The unit posted all its answers. Where they are refused, by the check or by an operator, a
    person decides whether it is to answer anew."""
    state = state_of_reply(request.id)
    if state == "refused":
        raise WireFailure("reply_refused")
    found.next_at = None
    db.session.flush()
    return CHECKED_SOON if state == "received" else None


OFFERED: dict[str, Callable[[Dispatch, ExchangeRequest, Talk], Wait]] = {
    "sending": _lay_out,
    "waiting": _wait_for_the_unit,
    "fetching": _wait_for_the_unit,
    "kept": _end,
}
"""The same phases where the unit's system comes for it: what the worker has to do in each."""


def _put_out(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    wait = put_request(found, request, talk.wire)
    if wait is None:
        note_attempt(found, "lines", "", first=1, count=found.lines)
        found.next_at = None
        db.session.flush()
    return wait


def _end_in_folder(found: Dispatch, request: ExchangeRequest, talk: Talk) -> Wait:
    """The unit may erase its copy when two operators have accepted the answers: until then they may
    be refused and asked for anew."""
    state = state_of_reply(request.id)
    if state == "refused":
        raise WireFailure("reply_refused")
    if state != "accepted":
        return CHECKED_SOON if state == "received" else PAUSED_FOR
    put_taken(found, talk.wire)
    found.taken_at, found.next_at = instant(), None
    db.session.flush()
    return None


IN_FOLDER = {**OFFERED, "sending": _put_out, "kept": _end_in_folder}
"""The same phases where files cross a gate: the worker puts out, and looks into the folder."""
STEPS = {"asks": PHASES, "pulls": OFFERED, "folder": IN_FOLDER}
STEP_OF = {"sending": "lines", "waiting": "status", "fetching": "answers", "kept": "taken"}
