"""Notices between the exchange desk and the sharing units."""

from collections.abc import Sequence

from sqlalchemy import literal, select

from app.exchange.models import ExchangeRequest, Reply
from app.notices.service import To, tell, tell_from
from tenants.database import any_of

OPERATORS = ("exchange_operator",)
LIAISON = ("liaison",)


def tell_ready(request: ExchangeRequest) -> None:
    """The unit's liaison can fetch a confirmed request."""
    to = To(LIAISON, request.unit_id)
    count = request.subjects
    tell("request.ready", to, object_id=request.id, number=request.number, count=count)


def tell_stopped(request_ids: Sequence[int]) -> None:
    """Operators, and the liaison who may have fetched it, learn that a package may not be used."""
    about = ExchangeRequest.id, ExchangeRequest.number, literal(0)
    chosen = ExchangeRequest.id == any_of(request_ids)
    ours = select(literal(0), literal(0), *about).where(chosen)
    theirs = select(ExchangeRequest.unit_id, literal(0), *about).where(chosen)
    tell_from("request.stopped", OPERATORS, ours)
    tell_from("request.stopped", LIAISON, theirs)


def tell_arrived(reply: Reply, number: str) -> None:
    """A reply passed the check and waits for two operators."""
    tell("reply.arrived", To(OPERATORS), object_id=reply.id, number=number)


def tell_columns(reply: Reply, number: str) -> None:
    """A reply in a layout of the unit's own waits for an operator to say what its columns are."""
    tell("reply.columns", To(OPERATORS), object_id=reply.id, number=number)


def tell_refused(reply: Reply, number: str) -> None:
    """The liaison learns that a file was not taken, by the check or by an operator."""
    tell("reply.refused", To(LIAISON, reply.unit_id), object_id=reply.id, number=number)
