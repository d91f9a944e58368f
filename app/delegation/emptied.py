"""A draft or a letter in preparation out of which everything was taken ends by itself.

What has not left is taken out when consent is withdrawn, somebody leaves, a household becomes an
emergency, or a capability changes. Nobody is asked with an empty request, so it does not wait.
"""

from sqlalchemy import TextClause, text

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.cases.transitions import Machine
from tenants.database import db
from tenants.messages import say
from tenants.scope import current_scope

# What somebody else holds is being filled, made or sealed right now: it is theirs to end.
_EMPTY_REQUESTS = """
SELECT q.id FROM exchange_request q WHERE q.state = 'draft' AND NOT EXISTS (
  SELECT FROM ask a WHERE a.agency_id = q.agency_id AND a.request_id = q.id)
"""
_EMPTY_LETTERS = """
SELECT q.id FROM letter_out q WHERE q.state = 'prepared' AND NOT EXISTS (
  SELECT FROM ask a WHERE a.agency_id = q.agency_id AND a.letter_id = q.id)
"""
_LOCKED = " ORDER BY q.id FOR UPDATE SKIP LOCKED"
_STILL = " AND q.id = ANY(:ids)"
_OF: dict[Machine, tuple[TextClause, TextClause]] = {
    "request": (text(_EMPTY_REQUESTS + _LOCKED), text(_EMPTY_REQUESTS + _STILL)),
    "letter": (text(_EMPTY_LETTERS + _LOCKED), text(_EMPTY_LETTERS + _STILL)),
}


def end_emptied() -> None:
    """End every draft and letter in preparation of this scope that holds nothing. Idempotent."""
    for machine, (empty, still) in _OF.items():
        ids = list(db.session.execute(empty).scalars())
        if not ids:
            continue
        # Asked again under the locks: what was filled just before them is not empty.
        ids = list(db.session.execute(still, {"ids": ids}).scalars())
        actor = system_actor(current_scope().agency_id)
        move(machine, "end_empty", Chosen.of(ids), actor, reason=say("emptied"))
