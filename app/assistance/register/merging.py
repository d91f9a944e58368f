"""A confirmed load becomes the register: ended, changed and added in a few statements (desk).

The system's export is the truth of its day: who is in it no more has left. What was decided on
that day or later stands against it, and whoever belongs to a household held back stays.
"""

from sqlalchemy import text

from app.assistance.register.keeping import remove_rows
from app.assistance.register.loading import load_of
from app.assistance.register.models import RegisterLoad
from app.audit import service as audit
from tenants.calendar import SHANGHAI, business_date, instant
from tenants.database import db

LOCK = text("SELECT pg_advisory_xact_lock(7002, current_setting('app.agency_id')::int)")
"""One writer of the register per agency at a time."""

_LEFT = text("""
WITH gone AS (
UPDATE assisted_person p SET valid_to = :today, ended_as_of = :as_of, ended_why = 'left'
WHERE p.scheme = :scheme AND p.unit_id = :unit AND p.valid_to IS NULL
  AND (p.as_of < :as_of OR p.source = 'load')
  AND NOT EXISTS (SELECT FROM register_row r WHERE r.agency_id = p.agency_id
                  AND r.load_id = :load AND r.person_hash = p.person_hash)
  AND NOT EXISTS (SELECT FROM register_row r WHERE r.agency_id = p.agency_id
                  AND r.load_id = :load AND r.is_held AND r.household_key = p.household_key)
RETURNING 1
)
SELECT count(*) FROM gone
""")

_CHANGED = text("""
WITH old AS (
  UPDATE assisted_person p SET valid_to = :today, ended_as_of = :as_of, ended_why = 'changed'
  FROM register_row r
  WHERE r.load_id = :load AND NOT r.is_held AND r.agency_id = p.agency_id
    AND p.scheme = :scheme AND p.person_hash = r.person_hash AND p.valid_to IS NULL
    AND (p.as_of < :as_of OR p.source = 'load')
    AND (p.content_hash, p.household_key, p.desk_id, p.unit_id, p.is_head)
      IS DISTINCT FROM (r.content_hash, r.household_key, r.desk_id, CAST(:unit AS int), r.is_head)
  RETURNING p.content_hash <> r.content_hash AS told
)
SELECT count(*) AS replaced, count(*) FILTER (WHERE told) AS changed FROM old
""")

# Nothing is joined while the register grows: a plan made for an empty one would go through what is
# being written again for each row.
_KNOWN = text("""
DELETE FROM register_row r WHERE r.load_id = :load AND (r.is_held
  OR EXISTS (SELECT FROM assisted_person p WHERE p.agency_id = r.agency_id
             AND p.scheme = :scheme AND p.person_hash = r.person_hash AND p.valid_to IS NULL)
  OR EXISTS (SELECT FROM assisted_person q WHERE q.agency_id = r.agency_id
             AND q.scheme = :scheme AND q.person_hash = r.person_hash
             AND q.ended_why IN ('stopped', 'revoked') AND q.ended_as_of >= :as_of))
""")

_ENTERED = text("""
WITH made AS (
  INSERT INTO assisted_person (id, unit_id, desk_id, scheme, person_hash, household_key,
                               content_hash, is_head, amount_fen, born_month, is_male, source,
                               load_id, as_of, valid_from, sealed)
  SELECT r.id, :unit, r.desk_id, :scheme, r.person_hash, r.household_key, r.content_hash,
         r.is_head, r.amount_fen, r.born_month, r.is_male, 'load', :load, :as_of, :today, r.sealed
  FROM register_row r WHERE r.load_id = :load
  RETURNING 1
)
SELECT count(*) FROM made
""")


def apply_load(load_id: int) -> None:
    """Take a confirmed load into the register, once (the job's call)."""
    db.session.execute(LOCK)
    found = load_of(load_id, lock=True)
    if found.standing != "applying":
        return
    values = {
        "load": load_id,
        "unit": found.unit_id,
        "scheme": found.scheme,
        "today": business_date(),
        "as_of": found.exported_at.astimezone(SHANGHAI).date(),
    }
    found.left_count = db.session.execute(_LEFT, values).scalar_one()
    old = db.session.execute(_CHANGED, values).one()
    db.session.execute(_KNOWN, values)
    entered = db.session.execute(_ENTERED, values).scalar_one()
    found.changed, found.added = old.changed, entered - old.replaced
    remove_rows(load_id)
    found.applied_at = instant()
    db.session.flush()
    audit.record(
        *(0, "register.apply"),
        kind=RegisterLoad.__tablename__,
        subject_id=load_id,
        unit_id=found.unit_id,
        added=found.added,
        left=found.left_count,
        changed=found.changed,
    )
