"""保密承诺书: who signed until when, and the scans."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.downloads import attachment
from app.oversight.confidentiality import queries, undertakings
from app.oversight.confidentiality.blueprint import (
    blueprint,
    people_to_choose,
    tried,
    unmasking_law,
)
from app.oversight.confidentiality.forms import ReasonForm, UndertakingForm
from app.oversight.confidentiality.messages import STANDING
from tenants.calendar import business_date
from tenants.messages import Fault


@blueprint.get("/undertakings")
@permitted("confidentiality.read")
def list_undertakings() -> ResponseReturnValue:
    """保密承诺书: everybody of the staff, who has none first."""
    return render_template(
        "oversight/confidentiality/undertakings.html",
        rows=queries.bound(),
        standing=STANDING,
        law=unmasking_law(),
        me=actor(),
    )


@blueprint.get("/undertakings/new")
@permitted("confidentiality.keep")
def new_undertaking() -> ResponseReturnValue:
    """登记承诺书: the form; ``person`` in the address chooses whose."""
    return _undertaking_page(UndertakingForm(person=request.args.get("person", type=int)))


@blueprint.post("/undertakings/new")
@permitted("confidentiality.keep")
def record_undertaking() -> ResponseReturnValue:
    """Keep it with its scan."""
    form = UndertakingForm()
    form.person.choices = people_to_choose()
    if not form.validate_on_submit():
        return _undertaking_page(form), 422
    today = business_date()
    given = undertakings.Signed(
        form.person.data,
        form.signed_on.data or today,
        form.valid_from.data or today,
        form.valid_to.data or today,
        form.scan_data(),
    )
    work = tried(
        "undertaking.record",
        lambda: undertakings.record_undertaking(given, actor()),
        form,
        lambda: _undertaking_page(form),
    )
    return work or redirect(url_for(".list_undertakings"), 303)


def _undertaking_page(form: UndertakingForm) -> str:
    form.person.choices = people_to_choose()
    return render_template("oversight/confidentiality/undertaking.html", form=form)


@blueprint.post("/undertakings/<int:undertaking_id>/void")
@permitted("confidentiality.keep")
def void_undertaking(undertaking_id: int) -> ResponseReturnValue:
    """作废."""
    form = ReasonForm()
    undertakings.undertaking_of(undertaking_id)
    if not form.validate_on_submit():
        raise Fault("reason_missing")
    reason = form.reason.data or ""
    once(
        "undertaking.void",
        lambda: undertakings.void_undertaking(undertaking_id, reason, actor()),
        reason=reason,
    )
    return redirect(url_for(".list_undertakings"), 303)


@blueprint.post("/undertakings/<int:undertaking_id>/scan")
@permitted("confidentiality.read")
def download_undertaking(undertaking_id: int) -> Response:
    """The scan; the look is on the trail."""
    stored = undertakings.scan_of(undertaking_id, actor())
    return attachment(stored.data, stored.name)
