"""提出异议: a person contests one finding of a report in force, at the agency that reported it."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved, note
from app.cases.models import Authorisation, Case
from app.cases.telling import tell_staff
from app.delegation.answers import lock_cases
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding, FindingReplaced
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

_ENDED = ("told", "closed")


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
    finding_id: int,
    words: str,
    said_on: dt.date,
    actor: Actor,
    scans: Sequence[bytes] = (),
) -> Moved:
    """Write down what the person says is right, and number it (143号 五).

    Raises ``Fault`` where there is no report in force, it is too late, the finding was replaced
    or is contested already, no consent is in force to ask the source again, or a day cannot be;
    ``LookupError`` for a finding that is not of this household.
    """
    actor.must("objection.take")
    case, report, law = case_of(case_id), report_in_force(case_id), law_here()
    if report is None or report.issued_on is None:
        raise Fault("objection.no_report")
    reported = report.received_on or report.issued_on
    last = last_day_to_object(reported, law.objection_working_days.value)
    if said_on > last:
        raise Fault("objection.late", last=last)
    if said_on < report.issued_on:
        raise Fault("objection.early", issued=report.issued_on)
    finding = _finding(case, finding_id)
    _require_consent(finding.subject_id)
    (id_,), (number,) = take_ids(1), take_numbers("objection", 1)
    row = insert(Objection).values(
        id=id_,
        number=number,
        state="taken",
        case_id=case.id,
        subject_id=finding.subject_id,
        unit_id=case.unit_id,
        desk_id=case.desk_id,
        finding_id=finding.id,
        item=finding.item,
        by_agency_id=finding.by_agency_id,
        source_name=finding.source_name,
        source_unit_id=source_unit(finding),
        report_number=report.number,
        due_on=add_working_days(said_on, law.objection_answer_working_days.value),
    )
    db.session.execute(row.inline())
    taken = objection_of(id_)
    say_about(taken, "says", words, By(said_on, actor.account_id, actor.name))
    take_part("handle", [id_], actor)
    add_evidence(case, "objection", id_, scans, actor)
    note(
        "case",
        [case.id],
        "objection_taken",
        actor,
        reason=number,
        unit_id=case.unit_id,
        desk_id=case.desk_id,
    )
    tell_staff("objection.taken", ["reviewer"], [case.id])
    audit.record(actor.account_id, "objection.take", kind="objection", subject_id=id_)
    return Moved((id_,))


def _finding(case: Case, finding_id: int) -> Finding:
    lock_cases([case.id])
    query = select(Finding).where(Finding.id == finding_id, Finding.case_id == case.id)
    finding = db.session.scalars(query).one_or_none()
    if finding is None:
        raise LookupError(f"no finding {finding_id} of case {case.id}")
    replaced = select(FindingReplaced).where(FindingReplaced.finding_id == finding.id)
    if db.session.scalars(replaced).first() is not None:
        raise Fault("objection.replaced")
    known = select(Objection.number).where(
        Objection.finding_id == finding.id, Objection.state.not_in(_ENDED)
    )
    number = db.session.scalar(known.limit(1))
    if number:
        raise Fault("objection.twice", number=number)
    return finding


def _require_consent(subject_id: int) -> None:
    if not consents([subject_id]):
        raise Fault("objection.no_consent")


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


def source_unit(finding: Finding) -> int:
    """The own unit that a finding came from; 0 for a finding of a tier above."""
    if finding.request_id is None:
        return 0
    query = select(ExchangeRequest.unit_id).where(ExchangeRequest.id == finding.request_id)
    return db.session.scalars(query).one()
