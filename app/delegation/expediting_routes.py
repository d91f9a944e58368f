"""紧急办理: the households of emergencies, and the permission of a named person."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.models import Case
from app.cases.paging import place_asked
from app.delegation import expediting
from app.delegation.forms import ExpediteForm
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.messages import Fault
from tenants.rulebook import Rulebook, rulebook

blueprint = Blueprint("expedited", __name__, url_prefix="/expedited")


def _law() -> Rulebook:
    return rulebook(agency(actor().agency_id).province)


@blueprint.get("")
@permitted("case.read")
def show() -> ResponseReturnValue:
    """Every household of the expedited lane, the newest first, with who allowed it."""
    page = cases.households(Case.lane == "expedited", place_asked())
    found = {row.case_id: row for row in expediting.expeditions_of([r.id for r in page.rows])}
    return render_template(
        "expedited/show.html",
        page=page,
        allowed=found,
        agencies={row.allowed_agency_id: agency(row.allowed_agency_id) for row in found.values()},
        law=_law(),
    )


@blueprint.get("/<int:case_id>/allow")
@permitted("case.expedite")
def ask(case_id: int) -> ResponseReturnValue:
    """允许紧急办理: the form."""
    cases.household(case_id)
    return _page(case_id, ExpediteForm(aid_on=business_date()))


@blueprint.post("/<int:case_id>/allow")
@permitted("case.expedite")
def allow(case_id: int) -> ResponseReturnValue:
    """Allow it, with a reason and the day of the aid."""
    cases.household(case_id)
    form = ExpediteForm()
    if not form.validate_on_submit() or form.aid_on.data is None:
        return _page(case_id, form), 422
    reason, aid_on = form.reason.data or "", form.aid_on.data
    try:
        once(
            "case.expedite",
            lambda: expediting.allow(case_id, reason, aid_on, actor()),
            reason=reason,
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(case_id, form), 422
    return redirect(url_for(".show"), 303)


def _page(case_id: int, form: ExpediteForm) -> str:
    fault = ""
    try:
        expediting.require_allowable(case_id)
    except Fault as found:
        fault = str(found)
    return render_template(
        "expedited/allow.html",
        household=cases.household(case_id),
        form=form,
        fault=fault,
        law=_law(),
    )
