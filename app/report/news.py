"""Kept beside each case: whether an answer may be newer than the last report that it got."""

from collections.abc import Sequence

from sqlalchemy import text

from tenants.database import db

# The same as ``is_current`` of ``readiness``, but for reports that have left the draft: a draft
# that is given up again must not hide the answer it was made for.
_TOLD = text("""
UPDATE household_case c SET has_news = false
WHERE c.id = ANY(:ids) AND c.has_news AND c.state IN ('reported', 'closed') AND EXISTS (
  SELECT FROM report r
  WHERE r.agency_id = c.agency_id AND r.case_id = c.id
    AND r.kind = CASE c.origin WHEN 'unit' THEN 'merged' ELSE 'own' END
    AND r.state IN ('issued', 'received') AND r.own_answers >= c.own_answers
    AND (c.origin <> 'unit' OR r.upper_answers >= c.upper_answers))
""")


def mark_told(case_ids: Sequence[int]) -> None:
    """Of these cases the reported ones whose last report is newer than every answer have no news;
    the next answer gives them some (``delegation.answers``)."""
    db.session.flush()
    db.session.execute(_TOLD, {"ids": list(case_ids)})
