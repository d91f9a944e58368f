"""Papers of 异议: the person's receipt, the letter to the source. Each print is on the trail."""

from flask import Blueprint, Response
from sqlalchemy import select

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases.downloads import attachment
from app.cases.identity import Identity
from app.cases.models import Subject
from app.cases.queries import households_by_id
from app.exchange.models import ExchangeRequest
from app.objections.desk_queries import lodged_one
from app.objections.messages import OF_ABOVE, OUTCOME_TITLES, OUTCOMES_CONTESTED
from app.objections.models import Objection
from app.objections.reading import objection_of
from app.objections.taking import case_of
from app.objections.words import said_about
from app.prints import names
from app.prints.papers.objection import (
    Contested,
    compose_application,
    compose_receipt,
    compose_to_source,
)
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
    """异议回执, with its number, for the person; ``LookupError`` while only the desk knows it."""
    row = objection_of(objection_id)
    if not row.item:
        raise LookupError(f"objection {objection_id} names no data item yet")
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


@blueprint.post("/objections/<int:objection_id>/desk-receipt")
@permitted("objection.lodge")
def desk_receipt(objection_id: int) -> Response:
    """异议回执 of what the person contested at the intake desk, which knows no answer."""
    row = lodged_one(objection_id)
    said = Contested(
        agency=agency(actor().agency_id).name,
        number=row.number,
        person=row.name,
        about=row.about,
        said_on=row.said_on,
        due_on=row.due_on,
        taken_by=row.said[0].name,
        words=row.words,
    )
    draft = compose_receipt(said, business_date(), "lead_desk")
    return _printed("receipt", row.id, draft, names.OBJECTION_RECEIPT.format(number=row.number))


@blueprint.post("/cases/<int:case_id>/objection-application")
@permitted("objection.lodge")
def application(case_id: int) -> Response:
    """异议申请书 of one household, for the person to fill in and sign."""
    household = households_by_id([case_of(case_id).id])[case_id]
    draft = compose_application(household.title, household.head, agency(actor().agency_id).name)
    return _printed(
        "application", case_id, draft, names.OBJECTION_APPLICATION, kind="household_case"
    )


def _print(paper: str, row: Objection, draft: Draft, name: str) -> Response:
    return _printed(paper, row.id, draft, name.format(number=row.number))


def _printed(paper: str, id_: int, draft: Draft, name: str, kind: str = "objection") -> Response:
    who = actor()
    verb = f"print.objection_{paper}"
    audit.record(who.account_id, verb, kind=kind, subject_id=id_, unit_id=who.unit_id)
    return attachment(as_pdf([draft]), name)


def contested(row: Objection) -> Contested:
    """Everything the papers say about one objection."""
    keys = vault()
    subject = db.session.scalars(select(Subject).where(Subject.id == row.subject_id)).one()
    person = Identity.of(keys.open("subject", subject.id, subject.sealed))
    asked = select(ExchangeRequest.number).where(ExchangeRequest.id == row.request_id)
    said = said_about([row.id])[row.id]
    conclusions = [word.words for word in said if word.kind == "concluded"]
    return Contested(
        agency=agency(row.agency_id).name,
        number=row.number,
        person=person.name,
        document=person.id_number,
        item_title=catalogue().item(row.item).title,
        source=row.source_name or OF_ABOVE,
        found_by=agency(row.by_agency_id).name,
        report_number=row.report_number,
        request_number=db.session.scalar(asked) or "",
        was=OUTCOMES_CONTESTED[row.was],
        said_on=said[0].said_on,
        due_on=row.due_on,
        taken_by=said[0].name,
        words=said[0].words,
        outcome_title=OUTCOME_TITLES[row.outcome],
        conclusion=conclusions[-1] if conclusions else "",
    )
