"""What the pages about sharing units show: agreements, capabilities, liaisons, requests."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from app.accounts.models import Account
from app.cases.models import Case
from app.sharing.models import Agreement
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.database import any_of, db

_UNITS = text("""
SELECT u.id, u.name, u.category,
  (SELECT count(DISTINCT k.item) FROM capability k WHERE k.agency_id = u.agency_id
     AND k.unit_id = u.id AND k.valid_from <= :day AND (k.valid_to IS NULL OR k.valid_to >= :day)
  ) AS items,
  coalesce((SELECT k.way FROM capability k WHERE k.agency_id = u.agency_id
     AND k.unit_id = u.id AND k.valid_from <= :day AND (k.valid_to IS NULL OR k.valid_to >= :day)
     LIMIT 1), '') AS way,
  (SELECT count(*) FROM account p WHERE p.agency_id = u.agency_id AND p.unit_id = u.id
     AND p.kind = 'liaison' AND p.is_active) AS liaisons,
  (SELECT count(*) FROM exchange_request q WHERE q.agency_id = u.agency_id AND q.unit_id = u.id
     AND q.state IN ('draft', 'made', 'confirmed', 'delivered')) AS requests,
  a.id IS NOT NULL AS is_agreed, a.valid_to,
  EXISTS (SELECT FROM agreement w WHERE w.agency_id = u.agency_id AND w.unit_id = u.id
     AND w.confirmed_by IS NULL AND NOT w.is_void) AS waits
FROM unit u
LEFT JOIN LATERAL (
  SELECT a.id, a.valid_to FROM agreement a WHERE a.agency_id = u.agency_id AND a.unit_id = u.id
    AND a.confirmed_by IS NOT NULL AND NOT a.is_void AND a.valid_from <= :day
    AND (a.valid_to IS NULL OR a.valid_to >= :day)
  ORDER BY a.valid_to DESC NULLS FIRST LIMIT 1) a ON true
WHERE u.kind = 'sharing' ORDER BY u.category, u.id
""")

_REQUESTS = text("""
SELECT id, number, period, state, subjects, due_on FROM exchange_request
WHERE unit_id = :unit ORDER BY id DESC LIMIT 10
""")


@dataclass(frozen=True)
class UnitLine:
    """A sharing unit in the list; ``agreed_until`` None for an agreement without an end."""

    id: int
    name: str
    category: int
    items: int
    way: str
    liaisons: int
    requests: int
    is_agreed: bool
    agreed_until: dt.date | None
    waits: bool


def units(day: dt.date | None = None) -> list[UnitLine]:
    """Every sharing unit of this agency as it stands on a day (today)."""
    rows = db.session.execute(_UNITS, {"day": day or business_date()})
    return [UnitLine(*row) for row in rows]


def agreements(unit_id: int) -> list[Agreement]:
    """All agreements with a unit, the newest first."""
    query = select(Agreement).where(Agreement.unit_id == unit_id)
    return list(
        db.session.scalars(query.order_by(Agreement.valid_from.desc(), Agreement.id.desc()))
    )


def capabilities(unit_id: int) -> list[Capability]:
    """What a unit can, could or will be able to check, by item and date."""
    query = select(Capability).where(Capability.unit_id == unit_id)
    return list(db.session.scalars(query.order_by(Capability.item, Capability.valid_from)))


def liaisons(unit_id: int) -> list[Account]:
    """The people of a unit who have a login."""
    query = select(Account).where(Account.unit_id == unit_id, Account.kind == "liaison")
    return list(db.session.scalars(query.order_by(Account.id)))


def newest_requests(unit_id: int) -> Sequence[Any]:
    """The last ten requests to a unit: rows (id, number, period, state, subjects, due_on)."""
    return db.session.execute(_REQUESTS, {"unit": unit_id}).all()


def case_numbers(case_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Each of these households with its number."""
    rows = db.session.execute(
        select(Case.id, Case.number).where(Case.id == any_of(case_ids)).order_by(Case.id)
    )
    return [(id_, number or str(id_)) for id_, number in rows]
