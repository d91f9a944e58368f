"""What is under way about people of whom nothing more may be asked: stopped where it stands.

What has not left is not sent. A package that is made but not delivered is stopped, and what it
asked about everybody else goes into a new draft: what was made is immutable, so nobody is taken
out of it. What was delivered is not undone, but is not waited for either, and answers that still
come are not used.
"""

from collections.abc import Sequence

from sqlalchemy import select, text

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.cases.models import Subject
from app.delegation.answers import count_own, lock_cases
from app.delegation.consent import barred_among, end_unsent
from app.delegation.holding import hold
from app.delegation.routing import collect
from app.exchange.service import finish_if_answered
from app.exchange.telling import tell_stopped
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.messages import say
from tenants.outbox import post
from tenants.scope import current_scope

_PACKED = text("""
SELECT q.id FROM exchange_request q WHERE q.state IN ('made', 'confirmed') AND q.id IN (
  SELECT a.request_id FROM ask a WHERE a.subject_id = ANY(:subjects) AND a.is_open)
ORDER BY q.id FOR UPDATE
""")

_UNPACK = text("""
UPDATE ask SET request_id = NULL, line_no = NULL WHERE request_id = ANY(:requests)
RETURNING case_id
""")

_NOT_WAITED_FOR = text("""
UPDATE ask SET outcomes = array_replace(outcomes, 0::smallint, :ending)
WHERE subject_id = ANY(:subjects) AND source > 0 AND is_open RETURNING case_id, request_id
""")


def stop_asking(subject_ids: Sequence[int]) -> None:
    """Stop everything about these people that is under way here. Idempotent."""
    cases = set(
        db.session.scalars(select(Subject.case_id).where(Subject.id == any_of(subject_ids)))
    )
    lock_cases(cases)
    stopped = stop_packages(subject_ids)
    hold(sorted(cases))
    end_unsent(sorted(cases))
    rows = [
        row
        for ending, theirs in _by_ending(subject_ids).items()
        for row in db.session.execute(_NOT_WAITED_FOR, {"subjects": theirs, "ending": int(ending)})
    ]
    if rows:
        count_own({row.case_id for row in rows})
        for request_id in sorted({row.request_id for row in rows if row.request_id}):
            finish_if_answered(request_id)
        post("case.settle", {"ids": sorted({row.case_id for row in rows})})
    if stopped:
        collect(stopped)


def _by_ending(subject_ids: Sequence[int]) -> dict[Outcome, list[int]]:
    found: dict[Outcome, list[int]] = {}
    for subject_id, ending in barred_among(subject_ids).items():
        found.setdefault(ending, []).append(subject_id)
    return found


def stop_packages(subject_ids: Sequence[int]) -> list[int]:
    """Stop the packages that hold these people and have not been delivered; the cases in them."""
    packed = list(db.session.execute(_PACKED, {"subjects": list(subject_ids)}).scalars())
    if not packed:
        return []
    actor = system_actor(current_scope().agency_id)
    move("request", "stop", Chosen.of(packed), actor, reason=say("change.package_stopped"))
    tell_stopped(packed)
    return sorted(set(db.session.execute(_UNPACK, {"requests": packed}).scalars()))
