"""The tree of agencies on a day."""

import datetime as dt

from sqlalchemy import ColumnElement, Integer, column, or_, select, text

from tenants.agency.models import Agency, AgencyEdge
from tenants.database import db
from tenants.holidays.kept import is_uncounted, own_agency
from tenants.remembering import remembered
from tenants.scope import current_scope


def _valid_on(day: dt.date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        AgencyEdge.valid_from <= day,
        or_(AgencyEdge.valid_to.is_(None), AgencyEdge.valid_to >= day),
    )


def parent_of(agency_id: int, day: dt.date) -> Agency | None:
    """The agency that this one entrusts on ``day``; None for a province."""
    edge = select(AgencyEdge.parent_id).where(AgencyEdge.child_id == agency_id, *_valid_on(day))
    return db.session.scalar(select(Agency).where(Agency.id.in_(edge)))


_ANCESTORS = text("""
WITH RECURSIVE up (id, height) AS (
  SELECT parent_id, 1 FROM agency_edge
  WHERE child_id = :agency AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
  UNION ALL
  SELECT e.parent_id, up.height + 1 FROM agency_edge e JOIN up ON e.child_id = up.id
  WHERE e.valid_from <= :day AND (e.valid_to IS NULL OR e.valid_to >= :day)
)
SELECT id, height FROM up
""").columns(column("id", Integer), column("height", Integer))


def ancestors_of(agency_id: int, day: dt.date) -> list[Agency]:
    """The agencies above on ``day``, nearest first; one statement whatever the tree's depth."""
    up = _ANCESTORS.bindparams(agency=agency_id, day=day).subquery("up")
    found = select(Agency).join(up, Agency.id == up.c.id).order_by(up.c.height)
    return remembered(("ancestors", agency_id, day), lambda: list(db.session.scalars(found)))


def children_of(agency_id: int, day: dt.date) -> list[Agency]:
    """The agencies directly below on ``day``, by code."""
    edges = select(AgencyEdge.child_id).where(AgencyEdge.parent_id == agency_id, *_valid_on(day))
    return list(db.session.scalars(select(Agency).where(Agency.id.in_(edges)).order_by(Agency.id)))


_DESCENDANTS = text("""
WITH RECURSIVE down (id, parent_id, depth) AS (
  SELECT child_id, parent_id, 1 FROM agency_edge
  WHERE parent_id = :agency AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
  UNION ALL
  SELECT e.child_id, e.parent_id, down.depth + 1
  FROM agency_edge e JOIN down ON e.parent_id = down.id
  WHERE e.valid_from <= :day AND (e.valid_to IS NULL OR e.valid_to >= :day)
)
SELECT id, parent_id, depth FROM down
""").columns(column("id", Integer), column("parent_id", Integer), column("depth", Integer))


def descendants_of(agency_id: int, day: dt.date) -> list[tuple[Agency, int]]:
    """The agencies below on ``day`` with their parents' codes, nearest first, then by code; one
    statement whatever the tree's depth."""
    down = _DESCENDANTS.bindparams(agency=agency_id, day=day).subquery("down")
    found = select(Agency, down.c.parent_id).join(down, Agency.id == down.c.id)
    return list(db.session.execute(found.order_by(down.c.depth, Agency.id)).tuples())


def agency(agency_id: int) -> Agency:
    """One agency of the directory; ``LookupError`` when there is none."""
    found = remembered(("agency", agency_id), lambda: _read(agency_id))
    if found is None:
        raise LookupError(f"no agency {agency_id}")
    return found


def _read(agency_id: int) -> Agency | None:
    if agency_id == current_scope().agency_id and is_uncounted():
        return own_agency()
    return db.session.get(Agency, agency_id)
