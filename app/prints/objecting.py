"""Papers of 异议: the person's receipt, the letter to the source. Each print is on the trail."""

from flask import Blueprint, Response
from sqlalchemy import select

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases.downloads import attachment
from app.cases.identity import Identity
from app.cases.models import Subject
from app.findings.models import Finding
from app.objections.messages import OUTCOME_TITLES
from app.objections.models import Objection
from app.objections.reading import objection_of
from app.objections.words import said_about
from app.prints import names
from app.prints.papers.objection import Contested, compose_receipt, compose_to_source
from app.prints.rendering import as_pdf
from app.report.paper.blocks import Draft
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.vault import vault

blueprint = Blueprint("objection_prints", __name__, url_prefix="/prints")


@blueprint.post("/objections/<int:objection_id>/receipt")
@permitted("objection.take")
def receipt(objection_id: int) -> Response:
    """异议回执, with its number, for the person."""
    row = objection_of(objection_id)
    draft = compose_receipt(contested(row), business_date())
    return _print("receipt", row, draft, names.OBJECTION_RECEIPT)


@blueprint.post("/objections/<int:objection_id>/to-source")
@permitted("objection.recheck")
def to_source(objection_id: int) -> Response:
    """The letter to the own source; ``LookupError`` where a tier above asks it."""
    row = objection_of(objection_id)
    if not row.source_unit_id:
        raise LookupError(f"objection {objection_id} is rechecked elsewhere")
    draft = compose_to_source(contested(row), business_date())
    return _print("to_source", row, draft, names.OBJECTION_TO_SOURCE)


def _print(paper: str, row: Objection, draft: Draft, name: str) -> Response:
    who = actor()
    verb = f"print.objection_{paper}"
    audit.record(who.account_id, verb, kind="objection", subject_id=row.id, unit_id=who.unit_id)
    return attachment(as_pdf([draft]), name.format(number=row.number))


def contested(row: Objection) -> Contested:
    """Everything the papers say about one objection."""
    keys = vault()
    subject = db.session.scalars(select(Subject).where(Subject.id == row.subject_id)).one()
    person = Identity.of(keys.open("subject", subject.id, subject.sealed))
    found = select(Finding.request_number).where(Finding.id == row.finding_id)
    said = said_about([row.id])[row.id]
    conclusions = [word.words for word in said if word.kind == "concluded"]
    return Contested(
        agency=agency(row.agency_id).name,
        number=row.number,
        person=person.name,
        document=person.id_number,
        item_title=catalogue().item(row.item).title,
        source=row.source_name,
        found_by=agency(row.by_agency_id).name,
        report_number=row.report_number,
        request_number=db.session.scalar(found) or "",
        said_on=said[0].said_on,
        due_on=row.due_on,
        taken_by=said[0].name,
        words=said[0].words,
        outcome_title=OUTCOME_TITLES[row.outcome],
        conclusion=conclusions[-1] if conclusions else "",
    )
