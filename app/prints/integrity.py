"""Papers of 诚信登记: the notice to the person, and the stamped notices that leave the agency."""

import base64
import hmac
from functools import partial

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases.acts import once
from app.cases.downloads import attachment
from app.oversight.integrity import queries, service
from app.oversight.integrity.dispatching import Outward, dispatch
from app.oversight.integrity.forms import DispatchForm
from app.oversight.integrity.messages import ARTICLE_TITLES
from app.oversight.integrity.models import IntegrityEntry
from app.oversight.integrity.routes import page_of
from app.prints import names
from app.prints.papers.integrity import Entry, compose_notice, compose_to_person
from app.prints.rendering import as_pdf
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.vault import vault

blueprint = Blueprint("integrity_prints", __name__, url_prefix="/prints/integrity")

_CODE_BYTES = 15
_GROUP = 4


@blueprint.post("/<int:entry_id>/to-person")
@permitted("integrity.enter")
def to_person(entry_id: int) -> Response:
    """诚信登记告知书, with the room for its receipt."""
    row = service.entry_of(entry_id)
    who = actor()
    audit.record(
        who.account_id, "print.integrity_to_person", kind="integrity_entry", subject_id=row.id
    )
    draft = compose_to_person(entered(row), business_date())
    return attachment(as_pdf([draft]), names.INTEGRITY_TO_PERSON.format(number=row.number))


@blueprint.post("/<int:entry_id>/dispatch")
@permitted("integrity.decide")
def dispatch_notice(entry_id: int) -> ResponseReturnValue:
    """A notice to a department or another agency, made and recorded as sent."""
    service.entry_of(entry_id)
    form = DispatchForm(prefix="dispatch")
    given = request.form.get("dispatch-kind")
    kind = "withdrawn" if given == "withdrawn" else "disclosed"
    if not form.validate_on_submit():
        return page_of(entry_id, form), 422
    outward = Outward(kind, form.recipient.data or "", form.way.data, form.on.data)
    as_file = partial(notice_pdf, outward)
    try:
        once("integrity.dispatch", lambda: dispatch(entry_id, outward, actor(), as_file))
    except Fault as fault:
        if service.entry_of(entry_id).state != "in_force":
            # Its page has no such form any more, so the reason is said by itself.
            raise
        form.form_errors.append(str(fault))
        return page_of(entry_id, form), 422
    return redirect(url_for("integrity.show", entry_id=entry_id), 303)


def notice_pdf(outward: Outward, row: IntegrityEntry) -> bytes:
    """The notice as it leaves, with its check value."""
    code = check_code(row, outward)
    draft = compose_notice(entered(row), outward.kind, outward.recipient, code, outward.on)
    return as_pdf([draft])


def entered(row: IntegrityEntry) -> Entry:
    """Everything the papers say about one entry."""
    person, law = queries.person_of(row), service.law_here()
    return Entry(
        agency=agency(row.agency_id).name,
        number=row.number,
        article=ARTICLE_TITLES[row.about],
        name=person.name,
        document=person.document,
        facts=person.facts,
        authority=row.authority,
        decision_number=row.decision_number,
        decision_on=row.decision_on,
        months=law.integrity_months.value,
        appeal_days=law.integrity_appeal_working_days.value,
        is_of_household=row.about == "person",
        served_on=row.served_on,
        ends_on=row.ends_on,
    )


def check_code(row: IntegrityEntry, outward: Outward) -> str:
    """A keyed check value over what the notice says, in groups of four."""
    said = f"integrity|{row.number}|{outward.kind}|{outward.recipient}|{outward.on}|{row.ends_on}"
    digest = hmac.digest(vault().stamp_key, said.encode(), "sha256")
    code = base64.b32encode(digest[:_CODE_BYTES]).decode("ascii")
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
