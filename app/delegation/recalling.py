"""A letter called back: what is not answered yet returns, here and at every tier above."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select, text

from app.accounts.actor import Actor, system_actor
from app.cases.chunks import in_chunks
from app.cases.lifecycle import Chosen, Moved, move, note
from app.cases.models import Ask, Case, Entrustment
from app.cases.sources import TO_PARENT
from app.delegation.emptied import end_emptied
from app.delegation.holders import holders_of
from app.delegation.holding import hold
from app.delegation.letters import OpenLetter, send_up
from app.delegation.models import LetterOut
from app.delegation.overtaking import keys_before, take_in_what_came_before
from app.delegation.routing import collect
from app.notices.service import To, tell
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.messages import Fault
from tenants.scope import current_scope

# With a household everything of it that went up comes back, supplements included.
_RELEASE = text("""
UPDATE ask SET letter_id = NULL
WHERE source = 0 AND is_open AND case_id IN (
  SELECT case_id FROM ask WHERE letter_id = :letter AND is_open)
RETURNING case_id
""")

_DROP_UNSENT = text("""
DELETE FROM ask a
WHERE a.case_id = ANY(:cases) AND a.is_open
  AND (EXISTS (SELECT FROM exchange_request q
               WHERE q.agency_id = a.agency_id AND q.id = a.request_id AND q.state = 'draft')
       OR EXISTS (SELECT FROM letter_out l
                  WHERE l.agency_id = a.agency_id AND l.id = a.letter_id AND l.state = 'prepared'))
""")


def recall(letter_id: int, revision: int, actor: Actor, reason: str) -> Moved:
    """Call a sent letter back; what is not answered yet returns into preparation here.

    Raises ``Fault("letter_supplements")`` for a supplement: its people are part of the household
    that the parent has.
    """
    kind = db.session.scalar(select(LetterOut.kind).where(LetterOut.id == letter_id))
    if kind == "supplement":
        raise Fault("letter_supplements")
    moved = move("letter", "recall", Chosen.seen({letter_id: revision}), actor, reason=reason)
    if not moved.done:
        return moved
    letter = db.session.scalars(select(LetterOut).where(LetterOut.id == letter_id)).one()
    cases = sorted(set(db.session.execute(_RELEASE, {"letter": letter_id}).scalars()))
    if not cases:
        raise Fault("letter_answered")
    send_recall(agency(letter.parent_id).id, cases, reason, letter.period)
    note("case", cases, "recall_from_parent", actor, reason=reason)
    collect(cases)
    return moved


def send_recall(parent_id: int, cases: Sequence[int], reason: str, period: int) -> None:
    """Tell the parent that these cases are not to be checked any further."""
    content = {"cases": list(cases), "reason": reason, "on": business_date().isoformat()}
    send_up(agency(parent_id), "recall", uuid.uuid4(), content, period=period)


def take_in_recall(letter: OpenLetter) -> None:
    """The child wants its cases back: nothing more is sent for them, here or above.

    The letter that brought them may still lie in the box, overtaken by this one.
    """
    take_in_what_came_before(letter)
    brought = select(Entrustment.id).where(Entrustment.letter_key.in_(keys_before(letter)))
    cases = list(
        db.session.scalars(
            select(Case.id).where(
                Case.from_agency_id == letter.from_agency_id,
                Case.origin_case == any_of(letter.content["cases"]),
                Case.entrustment_id.in_(brought),
                Case.state.in_(("accepted", "checking")),
            )
        )
    )
    actor = system_actor(current_scope().agency_id)
    reason = letter.content["reason"]
    in_chunks(
        Chosen.of(cases), lambda part: move("case", "be_recalled", part, actor, reason=reason)
    )
    if cases:
        tell("letter.recalled", To(("reviewer", "exchange_operator")), count=len(cases))
    hold(cases)
    db.session.execute(_DROP_UNSENT, {"cases": cases})
    end_emptied()
    above = select(Ask.case_id).where(
        Ask.case_id == any_of(cases), Ask.source == TO_PARENT, Ask.is_open
    )
    gone_up: dict[int, list[int]] = {}
    for case_id, parent_id in holders_of(set(db.session.scalars(above))).items():
        gone_up.setdefault(parent_id, []).append(case_id)
    for parent_id, theirs in gone_up.items():
        send_recall(parent_id, sorted(theirs), reason, letter.period)
