"""Which cases can be reported on, and what the others wait for: derived, never stored."""

from collections.abc import Sequence

from sqlalchemy import text

from tenants.calendar import business_date
from tenants.database import db

_STANDING = text("""
SELECT c.id, c.state, c.origin, c.due_on,
       coalesce(a.own, 0) AS own, coalesce(a.own_open, 0) AS own_open,
       coalesce(a.upper_open, 0) AS upper_open, coalesce(a.asks, 0) AS asks,
       EXISTS (SELECT FROM report r
               WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'own'
                 AND r.state IN ('drafted', 'issued') AND r.own_answers >= c.own_answers)
         AS own_drafted,
       EXISTS (SELECT FROM report r
               WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'own'
                 AND r.state = 'issued' AND r.own_answers >= c.own_answers) AS own_issued,
       EXISTS (SELECT FROM report r
               WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'merged'
                 AND r.state IN ('drafted', 'issued', 'received')
                 AND r.own_answers >= c.own_answers AND r.upper_answers >= c.upper_answers)
         AS merged
FROM household_case c
LEFT JOIN LATERAL (
  SELECT count(*) AS asks,
         count(*) FILTER (WHERE a.source > 0) AS own,
         count(*) FILTER (WHERE a.source > 0 AND a.is_open) AS own_open,
         count(*) FILTER (WHERE a.source = 0 AND a.is_open) AS upper_open
  FROM ask a WHERE a.agency_id = c.agency_id AND a.case_id = c.id
) a ON true
WHERE c.id = ANY(:ids)
""")


def blocked_from_issue(case_ids: Sequence[int], *, incomplete: bool = False) -> dict[int, str]:
    """Cases for which no own report can be issued now, each with the code of the reason."""
    found = {row.id: row for row in db.session.execute(_STANDING, {"ids": list(case_ids)})}
    blocked = {id_: "not_found" for id_ in case_ids if id_ not in found}
    for id_, row in found.items():
        if row.state not in {"checking", "reported"}:
            blocked[id_] = "another_state"
        elif not row.own:
            blocked[id_] = "nothing_of_own"
        elif row.own_open:
            blocked[id_] = "own_replies_open"
        elif row.own_drafted:
            blocked[id_] = "reported_already"
    return blocked


def blocked_from_merge(case_ids: Sequence[int], *, incomplete: bool = False) -> dict[int, str]:
    """Cases for which no merged report can be made now, each with the code of the reason.

    ``incomplete``: a named person wants to hand over what there is; that needs the due date to
    have passed, and never leaves out an own report that could be issued.
    """
    found = {row.id: row for row in db.session.execute(_STANDING, {"ids": list(case_ids)})}
    blocked = {id_: "not_found" for id_ in case_ids if id_ not in found}
    for id_, row in found.items():
        is_open = row.own_open or row.upper_open
        if row.state not in {"checking", "reported"} or not row.asks:
            blocked[id_] = "another_state"
        elif row.origin != "unit":
            blocked[id_] = "from_below"
        elif row.merged:
            blocked[id_] = "reported_already"
        elif row.own and not row.own_open and not row.own_issued:
            blocked[id_] = "own_report_missing"
        elif is_open and not incomplete:
            blocked[id_] = "answers_open"
        elif is_open and not (row.due_on and business_date() > row.due_on):
            blocked[id_] = "not_due_yet"
    return blocked
