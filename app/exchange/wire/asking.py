"""The steps of a request where the worker speaks to the unit's server: send, ask, fetch, end.

A step takes the dispatch, its request and the talk, and gives back how long to wait before the next
one; None: nothing more is to be done. ``WireFailure`` when it came to nothing.
"""

import datetime as dt
from collections.abc import Callable

from app.accounts.actor import system_actor
from app.exchange.models import ExchangeRequest
from app.exchange.service import deliver
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.kept import keep_page, state_of_reply, take_answers
from app.exchange.wire.messages import say
from app.exchange.wire.models import Dispatch
from app.exchange.wire.rules import CHECKED_SOON, poll_after
from app.exchange.wire.sending import lines_after
from app.exchange.wire.talking import Talk
from hedui_connector.wire.limits import LINES_PER_PAGE
from hedui_connector.wire.models import End, State
from hedui_connector.wire.pages import to_json, write_page
from tenants.calendar import business_date, instant
from tenants.database import db

Wait = dt.timedelta | None
Step = Callable[[Dispatch, ExchangeRequest, Talk], Wait]


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
    page = keep_page(request, talk.answers(found.answers_kept, LINES_PER_PAGE), found.answers_kept)
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


ASKING: dict[str, Step] = {
    "sending": _send,
    "waiting": _poll,
    "fetching": _fetch,
    "kept": _finish,
}
