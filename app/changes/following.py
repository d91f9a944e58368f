"""What a mark on a subject means for what is under way, here and at every tier above."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text

from app.accounts.actor import Actor, system_actor
from app.cases.lifecycle import note
from app.cases.models import Case, Entrustment, Subject
from app.cases.telling import tell_staff
from app.changes.marking import mark_left, take_back
from app.changes.stopping import stop_asking
from app.delegation.answers import count_upper
from app.delegation.consent import barred_among
from app.delegation.letters import OpenLetter, send_up
from app.delegation.overtaking import keys_before, take_in_what_came_before
from tenants.agency.tree import agency
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.scope import current_scope

CONSENT = "consent"
_NOTED_AS = {
    CONSENT: "consent_withdrawn_below",
    "died": "member_left_below",
    "left": "member_left_below",
    "corrected": "number_corrected_below",
}

# Whoever went up to the parent, whatever was answered: a late answer is not to be used either.
_WENT_UP = text("""
SELECT DISTINCT a.case_id, a.subject_id, l.parent_id, l.period, s.left_reason,
       coalesce(s.left_on, (SELECT max(z.withdrawn_on) FROM authorisation z
                            WHERE z.agency_id = s.agency_id AND z.subject_id = s.id)) AS day
FROM ask a
JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
JOIN subject s ON s.agency_id = a.agency_id AND s.id = a.subject_id
WHERE a.subject_id = ANY(:subjects) AND a.source = 0 AND l.state IN ('sent', 'answered')
ORDER BY 1, 2
""")

# A report that counted somebody who was gone by then is older than what is known now.
_COUNTED = text("""
SELECT DISTINCT c.id FROM household_case c
JOIN subject s ON s.agency_id = c.agency_id AND s.case_id = c.id
WHERE s.id = ANY(:subjects) AND s.left_on IS NOT NULL AND c.origin = 'unit'
""")


def tell_worker(subject_id: int, actor: Actor) -> None:
    """Leave the message that carries out what a mark means; units may leave it too."""
    post(
        "household.changed",
        {"ids": [subject_id]},
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        account_id=actor.account_id,
    )


def follow(ids: Sequence[int]) -> None:
    """Stop what is under way about marked subjects. Idempotent.

    Acts only on subjects that are marked, whoever left the message.
    """
    marked = sorted(barred_among(ids))
    if not marked:
        return
    stop_asking(marked)
    theirs = select(Subject.case_id).where(Subject.id == any_of(marked)).distinct()
    tell_staff("household.changed", ["reviewer", "report_issuer"], list(db.session.scalars(theirs)))
    count_upper(db.session.execute(_COUNTED, {"subjects": marked}).scalars())
    letters: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in db.session.execute(_WENT_UP, {"subjects": marked}):
        line = {
            "case": row.case_id,
            "subject": row.subject_id,
            "why": row.left_reason or CONSENT,
            "on": row.day.isoformat(),
        }
        letters.setdefault((row.parent_id, row.period), []).append(line)
    for (parent_id, period), lines in letters.items():
        send_up(agency(parent_id), "withdraw", uuid.uuid4(), {"lines": lines}, period=period)


def take_in(letter: OpenLetter) -> None:
    """A lower agency's subjects took their consent back or left: the same is done here, and
    passed on. The letter that brought them may still lie in the box, overtaken by this one."""
    take_in_what_came_before(letter)
    lines = {(line["case"], line["subject"]): line for line in letter.content["lines"]}
    brought = select(Entrustment.id).where(Entrustment.letter_key.in_(keys_before(letter)))
    rows = db.session.execute(
        select(Subject.id, Subject.case_id, Case.origin_case, Subject.origin_subject)
        .join(Case, (Case.agency_id == Subject.agency_id) & (Case.id == Subject.case_id))
        .where(
            Case.from_agency_id == letter.from_agency_id,
            Case.entrustment_id.in_(brought),
            Case.origin_case == any_of([case for case, _ in lines]),
        )
    )
    days: dict[str, dict[int, dt.date]] = {}
    cases: dict[int, int] = {}
    for row in rows:
        line = lines.get((row.origin_case, row.origin_subject))
        if line is not None:
            cases[row.id] = row.case_id
            days.setdefault(line["why"], {})[row.id] = dt.date.fromisoformat(line["on"])
    marked: list[int] = []
    actor = system_actor(current_scope().agency_id)
    for why, theirs in days.items():
        new = take_back(theirs) if why == CONSENT else mark_left(theirs, why)
        note("case", sorted({cases[id_] for id_ in new}), _NOTED_AS[why], actor)
        marked += new
    follow(marked)
