"""Whom a list for human resources names: those of a comparison who are meant to be insured, are in
the register still, and whose authorisation holds that day (民发〔2020〕95号 二(四))."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Integer,
    LargeBinary,
    Subquery,
    Text,
    column,
    func,
    select,
    text,
)

from app.assistance.insurance.models import InsuranceRound
from app.assistance.register.keeping import TABLE
from app.assistance.register.loading import law
from app.cases.queries import unit_names
from tenants.database import db
from tenants.remembering import remembered
from tenants.rulebook.model import HUMAN_RESOURCES
from tenants.vault import vault

# Of several consents the one that holds longest says which kinds of unit may be asked; whoever took
# one back since it was signed is not named by an older paper.
_MEANT = text("""
SELECT p.id, p.scheme, p.household_key, p.sealed, r.desk_id,
       coalesce(z.scope = '{}' OR :kind = ANY(z.scope), false) AS is_authorised
FROM insurance_result r
JOIN LATERAL (
  SELECT a.* FROM assisted_person a
  WHERE a.agency_id = r.agency_id AND a.scheme = ANY(:schemes)
    AND a.person_hash = r.person_hash AND a.valid_to IS NULL
  ORDER BY a.desk_id = 0, a.id DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
  SELECT y.scope, y.signed_on FROM subject s
  JOIN household_case c ON c.agency_id = s.agency_id AND c.id = s.case_id
  JOIN authorisation y ON y.agency_id = s.agency_id AND y.subject_id = s.id
  WHERE s.agency_id = r.agency_id AND s.id_hash = r.person_hash
    AND s.left_on IS NULL AND s.refused_on IS NULL
    AND c.state IN ('accepted', 'checking', 'reported', 'closed')
    AND y.withdrawn_on IS NULL AND CAST(:day AS date) BETWEEN y.signed_on AND y.expires_on
    AND NOT EXISTS (
      SELECT FROM subject o JOIN authorisation w
        ON w.agency_id = o.agency_id AND w.subject_id = o.id
      WHERE o.agency_id = s.agency_id AND o.id_hash = s.id_hash
        AND w.withdrawn_on >= y.signed_on)
  ORDER BY y.expires_on DESC, y.id DESC LIMIT 1
) z ON true
WHERE r.round_id = :round AND r.result <> 'not_meant'
""")
_COLUMNS = (
    column("id", BigInteger),
    column("scheme", Text),
    column("household_key", LargeBinary),
    column("sealed", LargeBinary),
    column("desk_id", Integer),
    column("is_authorised", Boolean),
)


@dataclass(frozen=True)
class Asked:
    """One person who is to be looked up; ``township``: the desk that sees to them, or as the
    register has it."""

    scheme: str
    household_key: bytes
    name: str
    id_number: str
    township: str


@dataclass(frozen=True)
class Rounds:
    """Of one insurance: its newest comparison that is done, and the day of its first one."""

    newest: InsuranceRound
    first_on: dt.date


def named_in(round_id: int, day: dt.date) -> tuple[list[Asked], int]:
    """Whom a list of a comparison names on a day, by desk; and how many it leaves out who have not
    authorised it. Neither of a comparison that a newer one replaced."""
    meant, keys, desks = _meant(round_id, day), vault(), unit_names()
    rows = db.session.execute(select(meant).order_by(meant.c.desk_id, meant.c.id)).all()
    found = []
    for row in rows:
        if row.is_authorised:
            told = keys.open(TABLE, row.id, row.sealed)
            place = desks.get(row.desk_id) or told["township"]
            who = (told["name"], told["id_number"], place)
            found.append(Asked(row.scheme, bytes(row.household_key), *who))
    return found, len(rows) - len(found)


def names_anybody(round_id: int, day: dt.date) -> bool:
    """Whether a list of a comparison would name anybody on a day."""
    meant = _meant(round_id, day)
    return db.session.scalar(select(meant.c.id).where(meant.c.is_authorised).limit(1)) is not None


def _meant(round_id: int, day: dt.date) -> Subquery:
    schemes = list(law().insurance_rule.value.schemes)
    values = {"round": round_id, "day": day, "kind": HUMAN_RESOURCES, "schemes": schemes}
    return _MEANT.bindparams(**values).columns(*_COLUMNS).subquery()


def rounds_done() -> dict[str, Rounds]:
    """Insurance → its newest comparison; without those that were never compared."""
    return remembered("insurance rounds", _rounds_done)


def _rounds_done() -> dict[str, Rounds]:
    r = InsuranceRound
    first = func.min(r.asked_on).over(partition_by=r.insurance)
    query = select(r, first).where(r.done_at.is_not(None)).distinct(r.insurance)
    rows = db.session.execute(query.order_by(r.insurance, r.id.desc())).tuples()
    return {row.insurance: Rounds(row, first_on) for row, first_on in rows}
