"""延期告知: the page of the liaison who asks for it, and of the operator who registers a letter."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.downloads import attachment
from app.exchange import queries, service
from app.exchange.models import ExchangeRequest
from app.exchange.terms import extending
from app.exchange.terms.forms import ExtensionForm, PaperExtensionForm
from app.exchange.terms.messages import GROUND_TITLES, SCAN, WAY_TITLES
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.rulebook import rulebook

blueprint = Blueprint("terms", __name__)


@blueprint.get("/my-requests/<int:request_id>/extension")
@permitted("request.answer")
def show_own(request_id: int) -> ResponseReturnValue:
    """The unit's own extension, or the form to announce one."""
    return _page(queries.sent_request(request_id), ExtensionForm(), is_own=True)


@blueprint.post("/my-requests/<int:request_id>/extension")
@permitted("request.answer")
def announce(request_id: int) -> ResponseReturnValue:
    """延期告知 by the liaison: it takes effect at once."""
    asked, form = queries.sent_request(request_id), ExtensionForm()
    if not form.validate_on_submit():
        return _page(asked, form, is_own=True), 422
    try:
        once("extension.announce", lambda: extending.announce(request_id, form.letter(), actor()))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(asked, form, is_own=True), 422
    return redirect(url_for("liaison.show_request", request_id=request_id), 303)


@blueprint.post("/my-requests/<int:request_id>/extension/letter")
@permitted("request.answer")
def download_own(request_id: int) -> ResponseReturnValue:
    """The letter, for the unit's own files; the download is audited."""
    queries.sent_request(request_id)
    return _letter(request_id)


@blueprint.get("/exchange/<int:request_id>/extension")
@permitted("exchange.read")
def show(request_id: int) -> ResponseReturnValue:
    """The extension of a request, or the form to register a paper letter."""
    form = PaperExtensionForm(arrived_on=business_date())
    return _page(service.request_of(request_id), form, is_own=False)


@blueprint.post("/exchange/<int:request_id>/extension")
@permitted("exchange.operate")
def register(request_id: int) -> ResponseReturnValue:
    """登记延期告知书: a sealed letter of a unit without a login."""
    asked, form = service.request_of(request_id), PaperExtensionForm()
    if not form.validate_on_submit():
        return _page(asked, form, is_own=False), 422
    name = SCAN.format(number=asked.number)
    try:
        scan = name, form.scanned()
        once(
            "extension.register",
            lambda: extending.register_paper(request_id, form.letter(), scan, actor()),
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(asked, form, is_own=False), 422
    return redirect(url_for("exchange.show_request", request_id=request_id), 303)


@blueprint.post("/exchange/<int:request_id>/extension/letter")
@permitted("exchange.read")
def download(request_id: int) -> ResponseReturnValue:
    """The letter, as it was made or scanned; the download is audited."""
    service.request_of(request_id)
    return _letter(request_id)


def _letter(request_id: int) -> ResponseReturnValue:
    stored = extending.download(request_id, actor())
    return attachment(stored.data, stored.name)


def _page(asked: ExchangeRequest, form: ExtensionForm, *, is_own: bool) -> str:
    kept = extending.extension_of(asked.id)
    return render_template(
        "exchange/extension.html",
        asked=asked,
        unit=queries.unit_of(asked.unit_id),
        kept=kept,
        recorder=names_of([kept.recorded_by]).get(kept.recorded_by) if kept else None,
        form=form,
        law=rulebook(agency(asked.agency_id).province).extension_max_working_days,
        grounds=GROUND_TITLES,
        ways=WAY_TITLES,
        may_register=actor().may("exchange.operate"),
        is_own=is_own,
        back_url=url_for(
            "liaison.show_request" if is_own else "exchange.show_request", request_id=asked.id
        ),
    )
