"""A termination is told to the agency below at once, with its reason."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.actor import system_actor
from app.cases.lifecycle import note
from app.cases.models import Ask, Case, Event
from app.cases.sources import TO_PARENT
from app.delegation.answers import (
    Answer,
    cases_from_below,
    count_upper,
    lock_cases,
    set_outcomes,
)
from app.delegation.letters import OpenLetter, send_down
from app.delegation.models import LetterOut
from app.notices.service import To, tell
from tenants.agency.tree import agency
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.scope import current_scope


def tell_terminated(ids: Sequence[int]) -> None:
    """Tell each child at once that its cases were terminated here, and why."""
    cases = cases_from_below(set(ids))
    events = db.session.execute(
        select(Event.object_id, Event.reason).where(
            Event.machine == "case",
            Event.object_id == any_of(cases),
            Event.action == "terminate",
        )
    )
    groups: dict[tuple[int, str], list[Case]] = {}
    for case_id, reason in events:
        case = cases[case_id]
        groups.setdefault((case.from_agency_id, reason), []).append(case)
    for (child_id, reason), theirs in groups.items():
        content = {"cases": [case.origin_case for case in theirs], "reason": reason}
        period = theirs[0].period
        send_down(agency(child_id), "terminate", uuid.uuid4(), content, period=period)


def take_in_termination(letter: OpenLetter) -> None:
    """What went up for these cases ends as "terminated above"; the case itself goes on here."""
    cases = letter.content["cases"]
    lock_cases(cases)
    still_open = db.session.scalars(
        select(Ask)
        .join(LetterOut, (LetterOut.agency_id == Ask.agency_id) & (LetterOut.id == Ask.letter_id))
        # What was recalled meanwhile waits in a letter in preparation, and goes again.
        .where(LetterOut.state != "prepared")
        .where(Ask.case_id == any_of(cases), Ask.source == TO_PARENT, Ask.is_open)
    )
    answers = [
        Answer(ask.subject_id, item, int(Outcome.TERMINATED))
        for ask in still_open
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        if outcome == Outcome.PENDING
    ]
    count_upper(set_outcomes(TO_PARENT, answers))
    actor = system_actor(current_scope().agency_id)
    note("case", cases, "be_terminated_above", actor, reason=letter.content["reason"])
    tell("letter.terminated", To(("reviewer", "report_issuer")), count=len(cases))
    post("case.settle", {"ids": cases})
