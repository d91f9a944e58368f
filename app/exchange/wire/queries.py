"""What the pages of the wire show."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.exchange.models import ExchangeRequest
from app.exchange.wire.models import Attempt, Connection, Dispatch
from tenants.database import db

ATTEMPTS_SHOWN = 50
DEAD_SHOWN = 200


def connections() -> list[Connection]:
    """The agency's connections: those in use first, then closed ones, newest first."""
    query = select(Connection).order_by(Connection.closed_on.desc().nulls_first(), Connection.id)
    return list(db.session.scalars(query.limit(DEAD_SHOWN)))


def attempts_of(request_id: int) -> list[Attempt]:
    """The newest conversations about a request, newest first."""
    query = select(Attempt).where(Attempt.request_id == request_id)
    return list(db.session.scalars(query.order_by(Attempt.id.desc()).limit(ATTEMPTS_SHOWN)))


def undelivered() -> Sequence[Any]:
    """Rows (Dispatch, ExchangeRequest) that were given up and wait for somebody, oldest first."""
    return (
        db.session.execute(
            select(Dispatch, ExchangeRequest)
            .join(
                ExchangeRequest,
                (ExchangeRequest.agency_id == Dispatch.agency_id)
                & (ExchangeRequest.id == Dispatch.request_id),
            )
            .where(Dispatch.dead_at.is_not(None), Dispatch.dropped_at.is_(None))
            .order_by(Dispatch.dead_at)
            .limit(DEAD_SHOWN)
        )
        .tuples()
        .all()
    )
