"""提出异议: a person contests one answer of a report in force, at the agency that reported it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved, note
from app.cases.models import Authorisation, Case
from app.cases.telling import tell_staff
from app.delegation.answers import lock_cases
from app.objections.contested import Answer, answer_named, require_uncontested
from app.objections.messages import Fault
from app.objections.models import Objection
from app.objections.reading import objection_of
from app.objections.rules import last_day_to_object
from app.objections.words import By, say_about, take_part
from app.papers.service import add_evidence
from app.report.models import Report
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date
from tenants.database import db, take_ids
from tenants.numbers import take_numbers
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope


def law_here() -> Rulebook:
    """The rulebook of the agency at work."""
    return rulebook(agency(current_scope().agency_id).province)


def case_of(case_id: int) -> Case:
    """A household that this agency reported to its unit; ``LookupError`` when there is none."""
    query = select(Case).where(Case.id == case_id, Case.origin == "unit")
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no case {case_id}")
    return found


def report_in_force(case_id: int) -> Report | None:
    """The merged report that a person can contest: the newest that no other took the place of."""
    query = (
        select(Report)
        .where(Report.case_id == case_id, Report.kind == "merged")
        .where(Report.state.in_(("issued", "received")))
        .order_by(Report.version.desc())
    )
    return db.session.scalars(query.limit(1)).first()


def take(
    case_id: int,
    key: str,
    words: str,
    said_on: dt.date,
    actor: Actor,
    scans: Sequence[bytes] = (),
) -> Moved:
    """Write down what the person says is right, and number it (143号 五).

    ``key`` names the answer. Raises ``Fault`` where there is no report in force, it is too late,
    the finding was replaced or is contested already, no consent is in force to ask the source
    again, or a day cannot be; ``LookupError`` for an answer that is not of this household.
    """
    actor.must("objection.take")
    case = case_of(case_id)
    answer, report = contestable(case, key, said_on)
    (id_,), (number,) = take_ids(1), take_numbers("objection", 1)
    row = insert(Objection).values(
        id=id_,
        number=number,
        state="taken",
        case_id=case.id,
        unit_id=case.unit_id,
        desk_id=case.desk_id,
        report_number=report.number,
        said_on=said_on,
        due_on=answer_by(said_on),
        **asdict(answer),
    )
    db.session.execute(row.inline())
    taken = objection_of(id_)
    say_about(taken, "says", words, By(said_on, actor.account_id, actor.name))
    add_evidence(case, "objection", id_, scans, actor)
    accepted(taken, actor)
    return Moved((id_,))


def contestable(case: Case, key: str, said_on: dt.date) -> tuple[Answer, Report]:
    """The answer named, which may be contested on this day, and the report that tells it; faults
    as ``take``."""
    report = report_in_force(case.id)
    if report is None or report.issued_on is None:
        raise Fault("objection.no_report")
    reported = report.received_on or report.issued_on
    last = last_day_to_object(reported, law_here().objection_working_days.value)
    if said_on > last:
        raise Fault("objection.late", last=last)
    if said_on < report.issued_on:
        raise Fault("objection.early", issued=report.issued_on)
    lock_cases([case.id])
    answer = answer_named(case, key)
    require_uncontested(answer)
    if not consents([answer.subject_id]):
        raise Fault("objection.no_consent")
    return answer, report


def answer_by(said_on: dt.date) -> dt.date:
    """Until when an objection is answered. No article says; the rulebook's days are ours."""
    return add_working_days(said_on, law_here().objection_answer_working_days.value)


def accepted(row: Objection, actor: Actor) -> None:
    """An objection to a known answer is here: into the history, and to who has it rechecked."""
    take_part("handle", [row.id], actor)
    place = {"unit_id": row.unit_id, "desk_id": row.desk_id}
    note("case", [row.case_id], "objection_taken", actor, reason=row.number, **place)
    tell_staff("objection.taken", ["reviewer"], [row.case_id])
    audit.record(actor.account_id, "objection.take", kind="objection", subject_id=row.id)


def consents(subject_ids: Sequence[int]) -> set[int]:
    """Those of these people whose consent is in force today."""
    today = business_date()
    query = select(Authorisation.subject_id).where(
        Authorisation.subject_id.in_(list(subject_ids)),
        Authorisation.signed_on <= today,
        Authorisation.expires_on >= today,
        Authorisation.withdrawn_on.is_(None),
    )
    return set(db.session.scalars(query))
