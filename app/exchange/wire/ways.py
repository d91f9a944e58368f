"""How a request goes to its unit: by disc, from system to system, or out of the store."""

import datetime as dt

from sqlalchemy import or_, select, text

from app.delegation.coverage import way_of
from app.exchange.wire.models import Connection
from tenants.calendar import business_date
from tenants.database import db


def open_connection(unit_id: int, day: dt.date | None = None) -> Connection | None:
    """The unit's connection that is valid on ``day`` (by default today), paused ones included."""
    day = day or business_date()
    return db.session.scalars(
        select(Connection).where(
            Connection.unit_id == unit_id,
            Connection.direction != "asked",
            Connection.closed_on.is_(None),
            Connection.their_keyid != "",
            Connection.valid_from <= day,
            or_(Connection.valid_to.is_(None), Connection.valid_to >= day),
        )
    ).one_or_none()


_NO_SCAN = text("""
SELECT count(DISTINCT a.subject_id) FROM ask a
WHERE a.request_id = :request AND NOT EXISTS (
  SELECT FROM paper p WHERE p.agency_id = a.agency_id AND p.case_id = a.case_id
    AND p.subject_id = a.subject_id AND p.kind = 'authorisation')
""")


def without_scan(request_id: int) -> int:
    """How many people of a request have no scanned authorisation to prove the consent with."""
    return int(db.session.scalar(_NO_SCAN, {"request": request_id}) or 0)


def way_of_request(request_id: int, unit_id: int) -> str:
    """The way of a request that is about to be closed: a disc where a proof is on paper only."""
    way = way_to(unit_id)
    return "media" if way == "system" and without_scan(request_id) else way


def way_to(unit_id: int) -> str:
    """``store`` where the capability says so; ``system`` where it does and the wire is there; else
    ``media``."""
    agreed = way_of(unit_id, business_date())
    if agreed == "system":
        return "system" if open_connection(unit_id) else "media"
    return agreed
