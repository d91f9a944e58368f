"""Drafts and letters in preparation, held while something is taken out of them."""

from collections.abc import Sequence

from sqlalchemy import text

from tenants.database import db

# What is about to be taken out must not be made or sealed at the same moment.
_HOLD_REQUESTS = text("""
SELECT q.id FROM exchange_request q WHERE q.state = 'draft' AND q.id IN (
  SELECT a.request_id FROM ask a WHERE a.case_id = ANY(:cases) AND a.is_open)
ORDER BY q.id FOR UPDATE
""")
_HOLD_LETTERS = text("""
SELECT l.id FROM letter_out l WHERE l.state = 'prepared' AND l.id IN (
  SELECT a.letter_id FROM ask a WHERE a.case_id = ANY(:cases) AND a.is_open)
ORDER BY l.id FOR UPDATE
""")


def hold(case_ids: Sequence[int]) -> None:
    """Lock the drafts and the prepared letters in which open asks of these cases wait."""
    for query in (_HOLD_REQUESTS, _HOLD_LETTERS):
        db.session.execute(query, {"cases": list(case_ids)})
