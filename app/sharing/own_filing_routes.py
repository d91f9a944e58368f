"""人员备案 at the sharing unit: its liaison confirms the agency's operators, and names whoever
takes over (操作规程 五(三))."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.sharing import filings
from app.sharing.filing_forms import SuccessorForm
from app.sharing.messages import AGREEMENT_STATES, OWN_SIDES, WITHOUT_LOGIN
from tenants.agency.tree import agency
from tenants.messages import Fault

blueprint = Blueprint("own_filings", __name__, url_prefix="/my-filings")


@blueprint.get("")
@permitted("request.answer")
def show() -> ResponseReturnValue:
    """Everybody of both sides who was ever filed, with the days; what waits for this person."""
    return _page()


def _page(fault: str = "") -> str:
    found = filings.filings_of(actor().unit_id)
    return render_template(
        "sharing/own_filings.html",
        filings=found,
        people=names_of(who for row in found for who in (row.filed_by, row.confirmed_by)),
        own=agency(actor().agency_id),
        sides=OWN_SIDES,
        states=AGREEMENT_STATES,
        fault=fault,
        me=actor(),
    )


@blueprint.post("/<int:filing_id>/confirm")
@permitted("request.answer")
def confirm(filing_id: int) -> ResponseReturnValue:
    """确认备案: an operator whom the agency named."""
    filings.filing_of(filing_id)

    def work() -> Moved:
        filings.confirm_operator(filing_id, actor())
        return Moved((filing_id,))

    try:
        once("filing.confirm", work)
    except Fault as fault:
        return _page(str(fault)), 422
    return redirect(url_for(".show"), 303)


@blueprint.get("/new")
@permitted("request.answer")
def new_successor() -> ResponseReturnValue:
    """人员变更备案: the form."""
    return render_template("sharing/own_filing_new.html", form=_form())


@blueprint.post("/new")
@permitted("request.answer")
def file_successor() -> ResponseReturnValue:
    """Name somebody of the unit with the day; the agency confirms."""
    form = _form()
    if not form.validate_on_submit() or form.valid_from.data is None:
        return render_template("sharing/own_filing_new.html", form=form), 422
    entry = filings.Entry(
        "unit",
        form.person.data,
        form.letter_number.data or "",
        form.valid_from.data,
        form.name.data or "",
        form.replaces.data,
    )
    try:
        once("filing.file", lambda: Moved((filings.file_successor(entry, actor()),)))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return render_template("sharing/own_filing_new.html", form=form), 422
    return redirect(url_for(".show"), 303)


def _form() -> SuccessorForm:
    form, unit_id = SuccessorForm(), actor().unit_id
    people = filings.colleagues(unit_id)
    form.person.choices = [SelectChoice(0, WITHOUT_LOGIN), *people]
    now = [row for row in filings.current(unit_id) if row.side == "unit"]
    form.replaces.choices = [SelectChoice(0, "—"), *(SelectChoice(r.id, r.name) for r in now)]
    return form
