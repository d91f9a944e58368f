"""The tree of agencies on a day."""

import datetime as dt

from sqlalchemy import ColumnElement, or_, select

from tenants.agency.models import Agency, AgencyEdge
from tenants.database import db


def _valid_on(day: dt.date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        AgencyEdge.valid_from <= day,
        or_(AgencyEdge.valid_to.is_(None), AgencyEdge.valid_to >= day),
    )


def parent_of(agency_id: int, day: dt.date) -> Agency | None:
    """The agency that this one entrusts on ``day``; None for a province."""
    edge = select(AgencyEdge.parent_id).where(AgencyEdge.child_id == agency_id, *_valid_on(day))
    return db.session.scalar(select(Agency).where(Agency.id.in_(edge)))


def children_of(agency_id: int, day: dt.date) -> list[Agency]:
    """The agencies directly below on ``day``, by code."""
    edges = select(AgencyEdge.child_id).where(AgencyEdge.parent_id == agency_id, *_valid_on(day))
    return list(db.session.scalars(select(Agency).where(Agency.id.in_(edges)).order_by(Agency.id)))


def agency(agency_id: int) -> Agency:
    """One agency of the directory; ``LookupError`` when there is none."""
    found = db.session.get(Agency, agency_id)
    if found is None:
        raise LookupError(f"no agency {agency_id}")
    return found
