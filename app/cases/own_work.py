"""回避: who came to the agency from a desk or a department does not check, review or issue what
they prepared or submitted there (操作规程 五(一): each step by another person)."""

from collections.abc import Sequence

from sqlalchemy import text

from app.accounts.actor import Actor
from tenants.database import db

# One person has an account of their own at each place they worked at.
_OWN_WORK = text("""
WITH before AS (
  SELECT b.agency_id, b.id FROM account a
  JOIN account b ON b.agency_id = a.agency_id AND b.person_id = a.person_id AND b.id <> a.id
  WHERE a.id = :me AND b.kind <> 'staff'
)
SELECT c.id FROM household_case c
WHERE c.id = ANY(:cases) AND EXISTS (SELECT FROM before) AND (
  EXISTS (SELECT FROM subject_list l JOIN before w ON w.agency_id = l.agency_id
            AND w.id = l.uploaded_by
          WHERE l.agency_id = c.agency_id AND l.id = c.list_id)
  OR EXISTS (SELECT FROM event e JOIN before w ON w.agency_id = e.agency_id
               AND w.id = e.account_id
             WHERE e.agency_id = c.agency_id AND e.machine = 'case' AND e.object_id = c.id
               AND e.action = ANY(:acts)))
""")
_HANDED_IN = ["submit", "submit_own", "resubmit"]


def own_work(case_ids: Sequence[int], actor: Actor) -> set[int]:
    """Those of these cases that the person prepared or submitted before, at another place."""
    values = {"me": actor.account_id, "cases": list(case_ids), "acts": _HANDED_IN}
    return set(db.session.execute(_OWN_WORK, values).scalars())
