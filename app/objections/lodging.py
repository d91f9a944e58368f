"""An objection at the intake desk (二(五) 受理窗口), which sees no findings: it writes down whom it
is about, which kind of source, and the person's own words; the agency finds the answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move, note
from app.cases.models import Case, Subject
from app.cases.telling import tell_senders, tell_staff
from app.cases.transitions import HANDED_OVER
from app.objections.messages import Fault
from app.objections.models import Objection
from app.objections.reading import objection_of
from app.objections.taking import accepted, answer_by, case_of, contestable
from app.objections.words import By, Place, say_about
from app.papers.service import add_evidence
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db, take_ids
from tenants.numbers import take_numbers

NOT_KNOWN = 0
"""``Objection.about`` where the person does not know which kind of source it was."""


def reported_case(case_id: int) -> Case:
    """A household of this scope whose report was handed over; ``Fault("objection.no_report")``
    before, ``LookupError`` when there is none."""
    case = case_of(case_id)
    if case.state not in HANDED_OVER:
        raise Fault("objection.no_report")
    return case


def lodge(
    case_id: int,
    subject_id: int,
    about: int,
    words: str,
    said_on: dt.date,
    actor: Actor,
    scans: Sequence[bytes],
) -> Moved:
    """Number what the person contests, with the form that they signed.

    ``about``: one of the kinds of source, or ``NOT_KNOWN``. Raises ``Fault`` before the report,
    without the signed form, for a day that cannot be, and where the same waits already;
    ``LookupError`` for a person who is not of this household.
    """
    actor.must("objection.lodge")
    case = reported_case(case_id)
    if about != NOT_KNOWN and about not in catalogue().kinds:
        raise LookupError(f"no kind of source {about}")
    _require_person(case, subject_id)
    _require_unlodged(subject_id, about)
    if not scans:
        raise Fault("objection.unsigned")
    (id_,), (number,) = take_ids(1), take_numbers("objection", 1)
    place = {"unit_id": case.unit_id, "desk_id": case.desk_id}
    row = insert(Objection).values(
        id=id_,
        number=number,
        state="lodged",
        case_id=case.id,
        subject_id=subject_id,
        about=about,
        finding_id=0,
        item=0,
        by_agency_id=actor.agency_id,
        source_name="",
        said_on=said_on,
        due_on=answer_by(said_on),
        **place,
    )
    db.session.execute(row.inline())
    by = By(said_on, actor.account_id, actor.name, actor.desk_id)
    say_about(Place(id_, case.unit_id), "says", words, by)
    add_evidence(case, "objection", id_, scans, actor)
    note("case", [case.id], "objection_lodged", actor, reason=number, **place)
    tell_staff("objection.lodged", ["intake_officer"], [case.id])
    audit.record(
        actor.account_id,
        "objection.lodge",
        kind="objection",
        subject_id=id_,
        unit_id=actor.unit_id,
    )
    return Moved((id_,))


def match(objection_id: int, revision: int, key: str, actor: Actor) -> Moved:
    """Say which answer it is that the person contests; faults as ``taking.take``.

    Raises ``Fault("objection.another_person")`` for an answer about somebody else.
    """
    actor.must("objection.take")
    row = objection_of(objection_id, lock=True)
    if row.state == "lodged" and row.rev == revision:
        answer, report = contestable(case_of(row.case_id), key, row.said_on)
        if answer.subject_id != row.subject_id:
            raise Fault("objection.another_person")
        known = update(Objection).where(Objection.id == row.id)
        db.session.execute(known.values(report_number=report.number, **asdict(answer)))
    moved = move("objection", "match_objection", Chosen.seen({row.id: revision}), actor)
    if moved.done:
        accepted(objection_of(objection_id), actor)
    return moved


def decline(objection_id: int, revision: int, words: str, actor: Actor) -> Moved:
    """不予受理, with the reason that the desk tells the person."""
    row = objection_of(objection_id, lock=True)
    moved = move(
        "objection", "decline_objection", Chosen.seen({row.id: revision}), actor, reason=row.number
    )
    if moved.done:
        by = By(business_date(), actor.account_id, actor.name, row.desk_id)
        say_about(row, "declined", words, by)
        place = {"unit_id": row.unit_id, "desk_id": row.desk_id}
        note("case", [row.case_id], "objection_declined", actor, reason=row.number, **place)
        tell_senders("objection.declined", [row.case_id])
        audit.record(actor.account_id, "objection.decline", kind="objection", subject_id=row.id)
    return moved


def _require_person(case: Case, subject_id: int) -> None:
    query = select(Subject.id).where(Subject.id == subject_id, Subject.case_id == case.id)
    if db.session.scalar(query) is None:
        raise LookupError(f"no subject {subject_id} of case {case.id}")


def _require_unlodged(subject_id: int, about: int) -> None:
    same = select(Objection.number).where(
        Objection.subject_id == subject_id, Objection.about == about, Objection.state == "lodged"
    )
    number = db.session.scalar(same.limit(1))
    if number:
        raise Fault("objection.twice", number=number)
