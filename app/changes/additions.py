"""追加委托 and 更正: the commissioning unit records on paper that somebody is added, that a number
or a name was wrong, or that a consent is given anew. The agency checks it before anything is asked.

It is for households that are handed in and not yet reported on; later, it is a new application.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip, note
from app.cases.models import Case, Subject
from app.cases.telling import tell_staff
from app.changes.following import tell_worker
from app.changes.marking import mark_left
from app.changes.messages import (
    ADDITION_TITLES,
    CONSENT_ANEW,
    CORRECTION_REASONS,
    JOINING_REASONS,
    place_words,
)
from app.changes.models import Addition
from app.changes.person_rows import Row, judge_person, stored_row
from app.changes.recording import case_of, check_day, subject_of
from app.intake.wording import title
from app.papers.service import add_evidence
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.vault import vault

UNDER_WAY = ("submitted", "accepted", "checking")
_IDENTITY = ("name", "id_type", "id_number")


@dataclass(frozen=True)
class Paper:
    """What the signed paper says: the day from which it holds, why, and what was noted beside;
    and the scans that were brought: those of the authorisation apart, they go up; those of the
    household register and of the marriage apart, they join the household's papers."""

    on: dt.date
    reason: str = ""
    remark: str = ""
    scans: tuple[bytes, ...] = ()
    authorisation: tuple[bytes, ...] = ()
    register: tuple[bytes, ...] = ()
    marriage: tuple[bytes, ...] = ()


def open_case(case_id: int, actor: Actor) -> Case:
    """The household, if somebody can be added to it or put right now.

    Raises ``LookupError``, and ``Fault("addition_too_late")``.
    """
    actor.must("member.add")
    case = case_of(case_id, actor)
    if case.state not in UNDER_WAY:
        raise Fault("addition_too_late")
    return case


def member_row(case: Case, typed: Row) -> dict[str, str]:
    """The row of somebody to be added: what is the household's comes from it."""
    region = str(case.region) if case.region else ""
    shared = {"actual_region": region, "registered_region": region}
    own = {key: value for key, value in typed.items() if value.strip()}
    return {
        **shared,
        **own,
        "household_no": case.household_no or case.number,
        "scheme": title("scheme", case.scheme),
        "application": title("application", case.application),
    }


def corrected_row(case: Case, subject: Subject, typed: Row) -> dict[str, str]:
    """The row of a person under the right number and name, with the consent that bears them."""
    return stored_row(case, subject) | {key: value for key, value in typed.items() if value}


def renewed_row(case: Case, subject: Subject, typed: Row) -> dict[str, str]:
    """The row of a person who consents now, with the new authorisation."""
    return corrected_row(case, subject, {**typed, "consent": title("consent", "authorised")})


def add_member(case_id: int, typed: Row, actor: Actor, paper: Paper) -> Moved:
    """Record somebody who came into the household (``reason``: a code of ``JOINING_REASONS``)."""
    case = open_case(case_id, actor)
    row = member_row(case, typed)
    return _propose("member", case, None, row, actor, paper, JOINING_REASONS[paper.reason])


def correct(case_id: int, subject_id: int, typed: Row, actor: Actor, paper: Paper) -> Moved:
    """Record that a number, or only a name, was wrong (a code of ``CORRECTION_REASONS``).

    From now on nothing more is asked under a wrong number, at any tier: it is somebody else's.
    Raises ``Fault("nothing_corrected")`` where nothing differs.
    """
    case = open_case(case_id, actor)
    subject = subject_of(case, subject_id)
    if subject.left_reason not in ("", "corrected"):
        return Moved((), (Skip(subject.id, "left_already"),))
    before, row = stored_row(case, subject), corrected_row(case, subject, typed)
    changed = [key for key in _IDENTITY if row[key] != before[key]]
    if not changed and not subject.left_reason:
        raise Fault("nothing_corrected")
    kind = "name" if changed == ["name"] and not subject.left_reason else "number"
    reason = CORRECTION_REASONS[paper.reason]
    moved = _propose(kind, case, subject, row, actor, paper, reason)
    if moved.done and kind == "number" and mark_left({subject.id: business_date()}, "corrected"):
        tell_worker(subject.id, actor)
    return moved


def give_consent_anew(
    case_id: int, subject_id: int, typed: Row, actor: Actor, paper: Paper
) -> Moved:
    """Record a new authorisation of somebody who has none in force."""
    case = open_case(case_id, actor)
    subject = subject_of(case, subject_id)
    if subject.left_on is not None:
        return Moved((), (Skip(subject.id, "left_already"),))
    row = renewed_row(case, subject, typed)
    return _propose("consent", case, subject, row, actor, paper, CONSENT_ANEW)


def _propose(
    kind: str,
    case: Case,
    subject: Subject | None,
    row: Row,
    actor: Actor,
    paper: Paper,
    reason: str,
) -> Moved:
    actor.must("member.add")
    check_day(paper.on)
    subject_id = subject.id if subject else 0
    if subject and _waits(subject.id):
        return Moved((), (Skip(subject.id, "addition_waits"),))
    if judge_person(case, row, instead_of=subject).faults:
        raise Fault("addition_faulty")
    (addition_id,) = take_ids(1)
    consent = add_evidence(case, "change", addition_id, paper.authorisation, actor)
    register = add_evidence(case, "change", addition_id, paper.register, actor)
    marriage = add_evidence(case, "change", addition_id, paper.marriage, actor)
    add_evidence(case, "change", addition_id, paper.scans, actor)
    content: Mapping[str, Any] = {
        "row": dict(row),
        "code": paper.reason,
        "reason": reason,
        "remark": paper.remark,
        "authorisation_papers": consent,
        "household_papers": {"household_register": register, "marriage": marriage},
    }
    place = {"unit_id": case.unit_id, "desk_id": case.desk_id}
    db.session.add(
        Addition(
            agency_id=actor.agency_id,
            id=addition_id,
            kind=kind,
            state="proposed",
            case_id=case.id,
            subject_id=subject_id,
            happened_on=paper.on,
            sealed=vault().seal("addition", addition_id, content),
            recorded_by=actor.account_id,
            recorded_at=instant(),
            **place,
        )
    )
    db.session.flush()
    words = place_words(subject.relation, subject.row_no, reason) if subject else reason
    note("case", [case.id], f"propose_{kind}", actor, reason=words, **place)
    audit.record(
        actor.account_id,
        "addition.propose",
        kind="addition",
        subject_id=addition_id,
        unit_id=actor.unit_id,
        reason=ADDITION_TITLES[kind],
    )
    tell_staff("addition.proposed", ["intake_officer"], [case.id])
    return Moved((addition_id,))


def _waits(subject_id: int) -> bool:
    waiting = select(Addition.id).where(
        Addition.subject_id == subject_id, Addition.state == "proposed"
    )
    return bool(db.session.scalar(select(waiting.exists())))
