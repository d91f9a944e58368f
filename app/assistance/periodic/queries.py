"""Reads of the periodic check: recipients with their last check, and what a batch has become."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Integer, LargeBinary, column, func, select, text

from app.assistance.periodic.models import PeriodicBatch, PeriodicCase
from app.assistance.periodic.rules import holds_until
from app.assistance.register.keeping import TABLE
from app.cases.models import Case
from app.cases.paging import Page, Place, read_page
from app.intake.ticking import draws_sample
from tenants.database import any_of, db
from tenants.masking import mask_id_number
from tenants.vault import vault

# The household's last check is the last case of its head that was reported on; its authorisations
# last as long as the one that ends first.
_RECIPIENTS = text("""
SELECT row_number() OVER (ORDER BY k.ends_on NULLS FIRST, p.id) AS rank, p.id, p.sealed,
       p.household_key, p.desk_id, p.unit_id, p.amount_fen, f.case_id, k.checked_on, k.ends_on,
       EXISTS (
         SELECT FROM subject w JOIN household_case c ON c.agency_id = w.agency_id
           AND c.id = w.case_id
         WHERE w.agency_id = p.agency_id AND w.id_hash = p.person_hash
           AND c.state IN ('prepared', 'submitted', 'returned', 'accepted', 'checking')
       ) AS under_way
FROM assisted_person p
LEFT JOIN LATERAL (
  SELECT c.id AS case_id FROM subject s
  JOIN household_case c ON c.agency_id = s.agency_id AND c.id = s.case_id
  WHERE s.agency_id = p.agency_id AND s.id_hash = p.person_hash AND s.left_on IS NULL
    AND c.origin = 'unit' AND c.unit_id = p.unit_id AND c.scheme = p.scheme
    AND c.state IN ('reported', 'closed')
  ORDER BY c.id DESC LIMIT 1
) f ON true
LEFT JOIN LATERAL (
  SELECT (SELECT max(r.issued_on) FROM report r
          WHERE r.agency_id = p.agency_id AND r.case_id = f.case_id AND r.kind = 'merged'
            AND r.state IN ('issued', 'received')) AS checked_on,
         (SELECT min(coalesce((SELECT max(z.expires_on) FROM authorisation z
                               WHERE z.agency_id = s.agency_id AND z.subject_id = s.id
                                 AND z.withdrawn_on IS NULL), DATE '0001-01-01'))
          FROM subject s WHERE s.agency_id = p.agency_id AND s.case_id = f.case_id
            AND s.left_on IS NULL AND s.refused_on IS NULL) AS ends_on
) k ON true
WHERE p.valid_to IS NULL AND p.is_head AND p.scheme = :scheme
  AND (:desk = 0 OR p.desk_id = :desk)
  AND (CAST(:before AS date) IS NULL OR k.checked_on IS NULL
    OR k.checked_on < CAST(:before AS date))
""")
_COLUMNS = (
    column("rank", BigInteger),
    column("id", BigInteger),
    column("sealed", LargeBinary),
    column("household_key", LargeBinary),
    column("desk_id", Integer),
    column("unit_id", Integer),
    column("amount_fen", BigInteger),
    column("case_id", BigInteger),
    column("checked_on", Date),
    column("ends_on", Date),
    column("under_way", Boolean),
)


@dataclass(frozen=True)
class Filter:
    """Whose households: of a scheme, of one intake desk (0: all), last checked before a day."""

    scheme: str
    desk_id: int = 0
    checked_before: dt.date | None = None

    def values(self) -> dict[str, Any]:
        """As the statement wants them."""
        return {"scheme": self.scheme, "desk": self.desk_id, "before": self.checked_before}


@dataclass(frozen=True)
class Recipient:
    """A household that receives aid, its last check and how long its authorisations last;
    ``left_out``: why it cannot become part of a batch, empty where it can."""

    case_id: int
    head: str
    id_number: str
    household_no: str
    desk_id: int
    amount_fen: int | None
    checked_on: dt.date | None
    ends_on: dt.date | None
    left_out: str


def recipients(chosen: Filter, needed: dt.date, place: Place) -> Page[Recipient]:
    """A page of households, those whose authorisations end first before all others. ``needed``:
    the day until which an authorisation must last for this check."""
    found = _RECIPIENTS.bindparams(**chosen.values()).columns(*_COLUMNS).subquery()
    page = read_page(select(found), found.c.rank, place, ascending=True)
    keys = vault()
    return page.holding(tuple(_recipient(row, keys, needed) for row in page.rows))


def _recipient(row: Any, keys: Any, needed: dt.date) -> Recipient:
    told = keys.open(TABLE, row.id, row.sealed)
    return Recipient(
        case_id=row.case_id or 0,
        head=told["name"],
        id_number=mask_id_number(told["id_number"]),
        household_no=told["household_no"],
        desk_id=row.desk_id,
        amount_fen=row.amount_fen,
        checked_on=row.checked_on,
        ends_on=row.ends_on if row.ends_on and row.ends_on.year > 1 else None,
        left_out=why_left_out(row, needed),
    )


def why_left_out(row: Any, needed: dt.date) -> str:
    """Why a household cannot be checked again as it stands; empty when it can."""
    if row.under_way:
        return "under_way"
    if not row.case_id:
        return "no_case"
    return "" if holds_until(row.ends_on, needed) else "consent"


def candidates(chosen: Filter) -> list[Any]:
    """Every household of a filter, as the statement finds it."""
    return list(db.session.execute(_RECIPIENTS, chosen.values()))


@dataclass(frozen=True)
class BatchRow:
    """A batch, and how many of its households stand in which state."""

    row: PeriodicBatch
    states: dict[str, int]


def batches(place: Place) -> Page[BatchRow]:
    """A page of batches, the newest first."""
    page = read_page(select(PeriodicBatch), PeriodicBatch.id, place)
    rows = [found[0] for found in page.rows]
    states = states_of_batches([row.id for row in rows])
    return page.holding(tuple(BatchRow(row, states.get(row.id, {})) for row in rows))


def states_of_batches(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Batch → state → how many of its households."""
    query = (
        select(PeriodicCase.batch_id, Case.state, func.count())
        .join(Case, (Case.agency_id == PeriodicCase.agency_id) & (Case.id == PeriodicCase.case_id))
        .where(PeriodicCase.batch_id.in_(ids))
        .group_by(PeriodicCase.batch_id, Case.state)
    )
    found: dict[int, dict[str, int]] = {}
    for batch_id, state, count in db.session.execute(query):
        found.setdefault(batch_id, {})[state] = count
    return found


def batch(batch_id: int) -> PeriodicBatch:
    """One batch; ``LookupError`` when this scope has none such."""
    found = db.session.scalar(select(PeriodicBatch).where(PeriodicBatch.id == batch_id))
    if found is None:
        raise LookupError(f"no periodic batch {batch_id}")
    return found


@draws_sample
def sampled(case_ids: Sequence[int]) -> set[int]:
    """Those of these households whose papers were drawn to be looked at (第九条)."""
    here = PeriodicCase.case_id == any_of(case_ids)
    return set(
        db.session.scalars(select(PeriodicCase.case_id).where(here, PeriodicCase.is_sampled))
    )


def cases_of(batch_id: int, place: Place, *, sampled: bool = False) -> Page[Any]:
    """A page of (case id, PeriodicCase) of a batch, or of its sample, by case."""
    query = select(PeriodicCase.case_id, PeriodicCase).where(PeriodicCase.batch_id == batch_id)
    if sampled:
        query = query.where(PeriodicCase.is_sampled)
    return read_page(query, PeriodicCase.case_id, place, ascending=True)
