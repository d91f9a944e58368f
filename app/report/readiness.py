"""Which cases can be reported on, and what the others wait for: derived, never stored.

The conditions exist once, in ``STANDING``: verbs ask it about chosen ids, screens about sets.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    column,
    func,
    select,
    text,
)

from tenants.calendar import business_date
from tenants.database import db, id_array
from tenants.rulebook import rulebook
from tenants.scope import current_scope


def sign_off_required() -> bool:
    """Whether the province wants every matter signed off, or only the household heard."""
    return rulebook(current_scope().agency_id // 10_000).sign_off_required.value


# OFFSET 0 keeps a look at one case's rows from becoming a read of all of them.
_STANDING = text("""
SELECT c.id, c.state, c.number, c.entrustment_id, c.unit_id, c.from_agency_id, c.due_on, c.size,
       c.scheme, c.application, c.head_sealed, c.has_news, a.own_open, a.upper_open, m.matters_open,
  CASE
    WHEN c.state NOT IN ('checking', 'reported', 'closed') THEN 'another_state'
    WHEN a.own_open = 0 AND NOT EXISTS (
      SELECT FROM ask a
      WHERE a.agency_id = c.agency_id AND a.case_id = c.id AND a.source > 0 OFFSET 0)
      THEN 'nothing_of_own'
    WHEN n.is_wrong THEN 'addition_open'
    WHEN a.own_open > 0 THEN 'own_replies_open'
    WHEN EXISTS (SELECT FROM report r
                 WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'own'
                   AND (r.state = 'drafted'
                        OR r.state = 'issued' AND r.own_answers >= c.own_answers))
      THEN 'reported_already'
    ELSE ''
  END AS own_block,
  CASE
    WHEN c.state NOT IN ('checking', 'reported', 'closed') OR NOT EXISTS (
      SELECT FROM ask a WHERE a.agency_id = c.agency_id AND a.case_id = c.id OFFSET 0)
      THEN 'another_state'
    WHEN c.origin <> 'unit' THEN 'from_below'
    WHEN EXISTS (SELECT FROM report r
                 WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'merged'
                   AND (r.state = 'drafted'
                        OR r.state IN ('issued', 'received') AND r.own_answers >= c.own_answers
                           AND r.upper_answers >= c.upper_answers))
      THEN 'reported_already'
    WHEN a.own_open = 0
      AND EXISTS (SELECT FROM ask a
                  WHERE a.agency_id = c.agency_id AND a.case_id = c.id AND a.source > 0 OFFSET 0)
      AND NOT EXISTS (SELECT FROM report r
                      WHERE r.agency_id = c.agency_id AND r.case_id = c.id AND r.kind = 'own'
                        AND r.state = 'issued' AND r.own_answers >= c.own_answers)
      THEN 'own_report_missing'
    WHEN n.is_wrong OR n.was_wrong AND a.upper_open > 0
      OR EXISTS (SELECT FROM addition x WHERE x.agency_id = c.agency_id AND x.case_id = c.id
                   AND x.state = 'proposed')
      THEN 'addition_open'
    WHEN a.own_open + a.upper_open > 0 THEN 'answers_open'
    WHEN m.matters_open THEN 'matters_open'
    ELSE ''
  END AS merge_block,
  coalesce(c.due_on < :today, false) AS is_overdue,
  EXISTS (SELECT FROM report r
          WHERE r.agency_id = c.agency_id AND r.case_id = c.id
            AND r.kind = CASE c.origin WHEN 'unit' THEN 'merged' ELSE 'own' END
            AND r.state IN ('drafted', 'issued', 'received') AND r.own_answers >= c.own_answers
            AND (c.origin <> 'unit' OR r.upper_answers >= c.upper_answers)) AS is_current
FROM household_case c
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE a.source > 0) AS own_open,
         count(*) FILTER (WHERE a.source = 0) AS upper_open
  FROM ask a WHERE a.agency_id = c.agency_id AND a.case_id = c.id AND a.is_open
) a
CROSS JOIN LATERAL (
  SELECT EXISTS (SELECT FROM matter m
                 WHERE m.agency_id = c.agency_id AND m.case_id = c.id
                   AND m.state IN ('open', 'explained')
                   AND (:signing OR m.state = 'open' AND m.due_on >= :today)
                 OFFSET 0) AS matters_open
) m
CROSS JOIN LATERAL (
  -- A number that was wrong: nobody is reported on before the right one is there, and no report
  -- from above that may still hold what somebody else's number told is handed over.
  SELECT coalesce(bool_or(NOT EXISTS (SELECT FROM subject t
                    WHERE t.agency_id = s.agency_id AND t.case_id = s.case_id
                      AND t.replaces = s.id)), false) AS is_wrong,
         count(*) > 0 AS was_wrong
  FROM subject s WHERE s.agency_id = c.agency_id AND s.case_id = c.id
    AND s.left_reason = 'corrected'
) n
""").bindparams(
    bindparam("today", type_=Date, callable_=business_date),
    bindparam("signing", type_=Boolean, callable_=sign_off_required),
)

STANDING = _STANDING.columns(
    column("id", BigInteger),
    column("state", Text),
    column("number", Text),
    column("entrustment_id", BigInteger),
    column("unit_id", Integer),
    column("from_agency_id", Integer),
    column("due_on", Date),
    column("size", Integer),
    column("scheme", Text),
    column("application", Text),
    column("head_sealed", LargeBinary),
    column("has_news", Boolean),
    column("own_open", Integer),
    column("upper_open", Integer),
    column("matters_open", Boolean),
    column("own_block", Text),
    column("merge_block", Text),
    column("is_overdue", Boolean),
    column("is_current", Boolean),
).subquery("standing")
"""One row per case: ``own_block`` and ``merge_block`` are empty when the own report, or the merged
one, can be made now, and else hold the code of the reason (``SKIP_TITLES``). ``is_current``: the
last report this agency owes is newer than every answer; cheaper to ask than the two blocks. The
database pushes conditions on id, state and ``is_current`` below the counting of the asks."""


def blocked_from_issue(case_ids: Sequence[int], *, incomplete: bool = False) -> dict[int, str]:
    """Cases for which no own report can be issued now, each with the code of the reason."""
    blocks = {row.id: row.own_block for row in _standing_of(case_ids)}
    return _blocked(case_ids, blocks)


def blocked_from_merge(case_ids: Sequence[int], *, incomplete: bool = False) -> dict[int, str]:
    """Cases for which no merged report can be made now, each with the code of the reason.

    ``incomplete``: a named person wants to hand over what there is; that needs the due date to
    have passed, and never leaves out an own report that could be issued.
    """
    blocks = {}
    for row in _standing_of(case_ids):
        blocks[row.id] = row.merge_block
        if incomplete and row.merge_block == "answers_open":
            due = "matters_open" if row.matters_open else ""
            blocks[row.id] = due if row.is_overdue else "not_due_yet"
    return _blocked(case_ids, blocks)


def _standing_of(case_ids: Sequence[int]) -> Sequence[Any]:
    ids = id_array(case_ids)
    return db.session.execute(select(STANDING).where(STANDING.c.id == func.any(ids))).all()


def _blocked(case_ids: Sequence[int], blocks: dict[int, str]) -> dict[int, str]:
    codes = {id_: blocks.get(id_, "not_found") for id_ in case_ids}
    return {id_: code for id_, code in codes.items() if code}
