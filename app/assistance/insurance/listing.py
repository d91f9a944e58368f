"""The work list after a round: who is not insured comes on it, who is by now leaves it by itself,
who moved is the new desk's (粤民发〔2020〕143号 二). A statement each, however many there are."""

import datetime as dt

from sqlalchemy import text

from app.assistance.insurance.models import InsuranceRound
from app.assistance.register.loading import law
from tenants.calendar import instant
from tenants.database import db

_OPEN = text("""
INSERT INTO insurance_task (insurance, unit_id, desk_id, person_hash, assisted_id, opened_on,
                            opened_as_of, next_due)
SELECT :insurance, r.unit_id, r.desk_id, r.person_hash, r.assisted_id, :today, r.as_of, :due
FROM insurance_result r
WHERE r.round_id = :round AND r.result = 'not_insured' AND r.why = 'nothing'
  AND NOT EXISTS (SELECT FROM insurance_task t WHERE t.agency_id = r.agency_id
    AND t.insurance = :insurance AND t.person_hash = r.person_hash AND t.closed_on IS NULL)
RETURNING id
""")

# Whose result says that they are not missing any more, and who left the register.
_CLOSE = text("""
WITH over AS (
  UPDATE insurance_task t
  SET closed_on = :today, closed_why = found.why, has_reason = false
  FROM (
    SELECT o.id, CASE WHEN r.result IS NULL THEN 'left' WHEN r.result = 'insured' THEN 'insured'
                 ELSE r.why END AS why, r.as_of
    FROM insurance_task o
    LEFT JOIN insurance_result r ON r.agency_id = o.agency_id AND r.round_id = :round
      AND r.person_hash = o.person_hash
    WHERE o.insurance = :insurance AND o.closed_on IS NULL
      AND (r.result IS NULL OR r.result IN ('insured', 'not_meant'))
  ) found
  WHERE t.id = found.id AND t.closed_on IS NULL
  RETURNING t.id, t.unit_id, t.desk_id, found.why, found.as_of
)
INSERT INTO insurance_entry (task_id, unit_id, desk_id, kind, happened_on, account_id, written_at)
SELECT o.id, o.unit_id, o.desk_id, CASE o.why WHEN 'left' THEN 'left' ELSE 'seen' END,
       coalesce(o.as_of, :today), 0, :now
FROM over o RETURNING id
""")

# Who moved, or came to be known under another row, is the new desk's from now on.
_FOLLOW = text("""
UPDATE insurance_task t SET unit_id = r.unit_id, desk_id = r.desk_id, assisted_id = r.assisted_id
FROM insurance_result r
WHERE r.agency_id = t.agency_id AND r.round_id = :round AND r.person_hash = t.person_hash
  AND t.insurance = :insurance AND t.closed_on IS NULL
  AND (t.unit_id, t.desk_id, t.assisted_id) <> (r.unit_id, r.desk_id, r.assisted_id)
""")
_ENTRIES_FOLLOW = text("""
UPDATE insurance_entry e SET unit_id = t.unit_id, desk_id = t.desk_id
FROM insurance_task t
WHERE t.agency_id = e.agency_id AND t.id = e.task_id AND t.insurance = :insurance
  AND t.closed_on IS NULL AND (e.unit_id, e.desk_id) <> (t.unit_id, t.desk_id)
""")


def follow_up(found: InsuranceRound) -> None:
    """Bring the work list up to date with a round's results."""
    values = {"today": found.asked_on, "round": found.id, "insurance": found.insurance}
    due = found.asked_on + dt.timedelta(days=law().insurance_rule.value.due_days)
    found.closed = len(db.session.execute(_CLOSE, {**values, "now": instant()}).all())
    db.session.execute(_FOLLOW, {"round": found.id, "insurance": found.insurance})
    db.session.execute(_ENTRIES_FOLLOW, {"insurance": found.insurance})
    found.opened = len(db.session.execute(_OPEN, {**values, "due": due}).all())
