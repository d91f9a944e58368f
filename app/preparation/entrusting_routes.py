"""Before and at submitting: the preview, and a desk that entrusts by itself."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import chosen_ids, once
from app.cases.lifecycle import Moved
from app.intake import queries as lists
from app.intake.forms import EntrustForm
from app.intake.receiving import law_of
from app.intake.service import may_entrust, submit
from app.preparation.preview import preview
from tenants.calendar import business_date
from tenants.messages import Fault, say

blueprint = Blueprint("entrusting", __name__)


@blueprint.get("/households/preview")
@permitted("list.prepare")
def show_preview() -> ResponseReturnValue:
    """Who will check what about the households that wait; ``list`` narrows to some lists."""
    law, day = law_of(actor()), business_date()
    chosen = [id_ for id_ in request.args.getlist("list", type=int) if id_ > 0]
    return render_template(
        "preparation/preview.html",
        preview=preview(actor(), law, day, chosen),
        law=law,
        is_narrowed=bool(chosen),
        entrust_url=_entrust_url(),
    )


@blueprint.get("/households/entrust")
@permitted("entrustment.submit_own")
def new_entrustment() -> ResponseReturnValue:
    """提交委托 by the desk itself, where the rulebook does not leave it to the department."""
    if not may_entrust(actor()):
        return redirect(url_for("preparation.households"))
    return _page(EntrustForm())


@blueprint.post("/households/entrust")
@permitted("entrustment.submit_own")
def entrust() -> ResponseReturnValue:
    """Submit the desk's ticked lists with its letter."""
    if not may_entrust(actor()):
        raise LookupError("desks do not entrust here")
    form = EntrustForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        scan = form.scan()
    except Fault as fault:
        form.letter_scan.errors = [str(fault)]
        return _page(form), 422
    numbers: list[str] = []

    def work() -> Moved:
        made = submit(
            chosen_ids().ids,
            letter_number=form.letter_number.data.strip(),
            letter_on=form.letter_on.data,
            actor=actor(),
            letter_file=scan,
        )
        numbers.append(made.number)
        return Moved((made.id,))

    try:
        moved = once("entrustment.submit_own", work, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(form), 422
    if moved:
        flash(say("household.entrusted", number=numbers[0]), "success")
    return redirect(url_for("preparation.households"), 303)


def _entrust_url() -> str | None:
    """Where this person submits; None when the department does it for the desk."""
    if actor().may("entrustment.submit"):
        return url_for("intake.new_entrustment")
    return url_for(".new_entrustment") if may_entrust(actor()) else None


def _page(form: EntrustForm) -> str:
    return render_template(
        "intake/new_entrustment.html",
        form=form,
        lists=lists.prepared_lists(actor()),
        windows=law_of(actor()).windows,
        send_to=url_for(".entrust"),
    )
