"""Notices about the wire."""

from app.exchange.service import request_of
from app.exchange.telling import OPERATORS
from app.exchange.wire.models import Dispatch
from app.notices.service import To, tell


def tell_dead(found: Dispatch) -> None:
    """Operators learn that a request does not get on by itself."""
    number = request_of(found.request_id).number
    tell("wire.dead", To(OPERATORS), object_id=found.request_id, number=number)
