"""A connection as something to talk over."""

from sqlalchemy import select

from app.exchange.wire.client import Limits, Wire
from app.exchange.wire.keys import our_key, their_key
from app.exchange.wire.models import AllowedAddress, Connection
from tenants.database import db


def wire_of(connection: Connection, limits: Limits | None = None) -> Wire:
    """The server of a connection, with both keys and the addresses that may be called."""
    return Wire(
        url=connection.url,
        ours=our_key(connection),
        theirs=their_key(connection),
        allowed=allowed_entries(),
        limits=limits or Limits(),
        their_box=connection.their_box,
    )


def allowed_entries() -> tuple[str, ...]:
    """What the operator of the deployment lets this agency call."""
    return tuple(db.session.scalars(select(AllowedAddress.entry).order_by(AllowedAddress.entry)))
