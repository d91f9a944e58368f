"""Consent in force: looked at again whenever something is about to leave this agency.

What may not leave ends as "consent withdrawn", "not authorised", or, of somebody who left the
household or whose application was withdrawn, "no longer checked", and stands from then on among
what nobody was asked; what had an answer keeps it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text

from app.cases.sources import TO_NOBODY
from app.delegation.answers import count_own
from app.delegation.emptied import end_emptied
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.outbox import post

_LAPSED = """
WITH lapsed AS (
  SELECT a.subject_id, a.source, a.round, a.case_id, a.items, a.outcomes,
         CAST(CASE WHEN s.left_on IS NOT NULL OR c.state = 'withdrawn' THEN :ceased
                   WHEN EXISTS (SELECT FROM authorisation z WHERE z.agency_id = a.agency_id
                                  AND z.subject_id = a.subject_id AND z.withdrawn_on IS NOT NULL)
                   THEN :withdrawn ELSE :unauthorised END AS smallint) AS ending
  FROM ask a
  JOIN subject s ON s.agency_id = a.agency_id AND s.id = a.subject_id
  JOIN household_case c ON c.agency_id = a.agency_id AND c.id = a.case_id
  WHERE a.is_open AND a.source >= 0
    AND (s.left_on IS NOT NULL OR c.state = 'withdrawn' OR NOT EXISTS (
      SELECT FROM authorisation z WHERE z.agency_id = a.agency_id AND z.subject_id = a.subject_id
        AND z.signed_on <= :day AND z.expires_on >= :day AND z.withdrawn_on IS NULL))
    AND """

_END = """
), kept AS (
  UPDATE ask a SET outcomes = array_replace(a.outcomes, 0::smallint, l.ending), letter_id = NULL
  FROM lapsed l WHERE (a.subject_id, a.source, a.round) = (l.subject_id, l.source, l.round)
    AND 0 <> ANY (l.outcomes)
), gone AS (
  DELETE FROM ask a USING lapsed l
  WHERE (a.subject_id, a.source, a.round) = (l.subject_id, l.source, l.round)
    AND 0 = ALL (l.outcomes)
), put AS (
  INSERT INTO ask (subject_id, source, round, case_id, items, outcomes)
  SELECT x.subject_id, :nobody,
         coalesce((SELECT max(b.round) + 1 FROM ask b
                   WHERE b.subject_id = x.subject_id AND b.source = :nobody), 0),
         x.case_id, x.items, array_fill(x.ending, ARRAY[cardinality(x.items)])
  FROM (SELECT l.subject_id, l.case_id, l.ending, array_agg(DISTINCT i.item) AS items
        FROM lapsed l CROSS JOIN LATERAL unnest(l.items) AS i(item)
        WHERE 0 = ALL (l.outcomes) GROUP BY 1, 2, 3) x
)
SELECT DISTINCT case_id FROM lapsed ORDER BY 1
"""

_IN_REQUEST = text(_LAPSED + "a.request_id = :request" + _END)
_IN_LETTER = text(_LAPSED + "a.letter_id = :letter" + _END)
_NOT_SENT = """a.case_id = ANY(:cases)
    AND NOT EXISTS (SELECT FROM exchange_request q WHERE q.agency_id = a.agency_id
                      AND q.id = a.request_id AND q.state <> 'draft')
    AND NOT EXISTS (SELECT FROM letter_out l WHERE l.agency_id = a.agency_id
                      AND l.id = a.letter_id AND l.state <> 'prepared')"""
_UNSENT = text(_LAPSED + _NOT_SENT + _END)

_BARRED = text("""
SELECT s.id, CASE WHEN s.left_on IS NOT NULL OR c.state = 'withdrawn' THEN :ceased
                  ELSE :withdrawn END AS ending
FROM subject s JOIN household_case c ON c.agency_id = s.agency_id AND c.id = s.case_id
WHERE s.id = ANY(:subjects)
  AND (s.left_on IS NOT NULL OR c.state = 'withdrawn'
       OR EXISTS (SELECT FROM authorisation z WHERE z.agency_id = s.agency_id
                    AND z.subject_id = s.id AND z.withdrawn_on IS NOT NULL)
      AND NOT EXISTS (SELECT FROM authorisation z WHERE z.agency_id = s.agency_id
                        AND z.subject_id = s.id AND z.withdrawn_on IS NULL))
""")


def end_in_request(request_id: int) -> bool:
    """End what a draft asks about people whose consent is not in force; whether there was any."""
    return bool(_ended(_IN_REQUEST, {"request": request_id}))


def end_in_letter(letter_id: int) -> bool:
    """The same for a letter that is about to go up."""
    return bool(_ended(_IN_LETTER, {"letter": letter_id}))


def end_unsent(case_ids: Iterable[int]) -> None:
    """The same for everything of these cases that has not left; hold drafts and letters first."""
    _ended(_UNSENT, {"cases": list(case_ids)})


def _ended(statement: Any, chosen: Mapping[str, Any]) -> list[int]:
    values = {
        "day": business_date(),
        "nobody": TO_NOBODY,
        "withdrawn": int(Outcome.WITHDRAWN),
        "unauthorised": int(Outcome.UNAUTHORISED),
        "ceased": int(Outcome.CEASED),
    }
    cases = list(db.session.execute(statement, {**chosen, **values}).scalars())
    if cases:
        end_emptied()
        count_own(cases)
        post("case.settle", {"ids": cases})
    return cases


def barred_among(subject_ids: Iterable[int]) -> dict[int, Outcome]:
    """Those of these subjects of whom nothing that comes from now on is used, each with how what
    is still open about them ends: consent taken back, gone from the household, or application
    withdrawn. One whose consent only ran out is not among them: what was asked in time may come."""
    rows = db.session.execute(
        _BARRED,
        {
            "subjects": sorted(set(subject_ids)),
            "withdrawn": int(Outcome.WITHDRAWN),
            "ceased": int(Outcome.CEASED),
        },
    )
    return {subject_id: Outcome(ending) for subject_id, ending in rows}
