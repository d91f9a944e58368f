"""How a request goes to its unit: by disc, or from system to system."""

import datetime as dt

from sqlalchemy import or_, select

from app.exchange.wire.models import Connection
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.database import db


def open_connection(unit_id: int, day: dt.date | None = None) -> Connection | None:
    """The unit's connection that is valid on ``day`` (by default today), paused ones included."""
    day = day or business_date()
    return db.session.scalars(
        select(Connection).where(
            Connection.unit_id == unit_id,
            Connection.closed_on.is_(None),
            Connection.their_keyid != "",
            Connection.valid_from <= day,
            or_(Connection.valid_to.is_(None), Connection.valid_to >= day),
        )
    ).one_or_none()


def way_to(unit_id: int) -> str:
    """``system`` where the capability says so and the wire is there; else ``media``."""
    day = business_date()
    agreed = db.session.scalar(
        select(Capability.item)
        .where(Capability.unit_id == unit_id, Capability.way == "system")
        .where(Capability.valid_from <= day)
        .where(or_(Capability.valid_to.is_(None), Capability.valid_to >= day))
        .limit(1)
    )
    return "system" if agreed is not None and open_connection(unit_id) else "media"
