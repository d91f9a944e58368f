"""The steps of a request where nobody is called: the unit's system comes for it, or files cross a
gate."""

from app.exchange.models import ExchangeRequest
from app.exchange.outbox.offering import lay_out
from app.exchange.outbox.putting import put_request, put_taken
from app.exchange.wire.asking import Step, Wait
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.kept import state_of_reply
from app.exchange.wire.models import Dispatch
from app.exchange.wire.rules import CHECKED_SOON, PAUSED_FOR
from app.exchange.wire.talking import Talk, note_attempt
from tenants.calendar import instant
from tenants.database import db


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


OFFERED: dict[str, Step] = {
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
