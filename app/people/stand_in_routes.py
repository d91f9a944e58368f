"""AB角: who stands in for whom, filing it and ending it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.messages import ROLE_TITLES
from app.cases.acts import once
from app.cases.paging import place_asked
from app.people import queries, standing
from app.people.blueprint import blueprint
from app.people.forms import StandInForm
from app.people.messages import NOBODY_CHOSEN, STAND_IN_REASONS, STAND_IN_STATES
from app.people.rules import Period, StandingIn
from app.people.stand_in_queries import colleagues, stand_ins
from tenants.messages import Fault


@blueprint.get("/people/stand-ins")
@permitted("people.read")
def show_stand_ins() -> ResponseReturnValue:
    """All stand-ins of the agency, the last filed first."""
    return render_template(
        "people/stand_ins.html",
        page=stand_ins(place_asked()),
        roles=ROLE_TITLES,
        reasons=STAND_IN_REASONS,
        states=STAND_IN_STATES,
        may_file=actor().may("role.manage"),
    )


@blueprint.get("/people/<int:account_id>/stand-in")
@permitted("role.manage")
def show_stand_in(account_id: int) -> ResponseReturnValue:
    """The form: who does this person's work, in which role, on which days."""
    return _page(account_id, _form(account_id))


@blueprint.post("/people/<int:account_id>/stand-in")
@permitted("role.manage")
def file_stand_in(account_id: int) -> ResponseReturnValue:
    """File it; what stands in the way is said on the form."""
    form = _form(account_id)
    if not form.validate_on_submit() or not form.first.data:
        return _page(account_id, form), 422
    during = Period(form.first.data, form.last.data)
    asked = StandingIn(form.who.data, account_id, form.role.data, during)
    try:
        once(
            "stand_in.file",
            lambda: standing.file_stand_in(asked, form.reason.data, actor()),
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(account_id, form), 422
    return redirect(url_for(".show_stand_ins"), 303)


def _form(account_id: int) -> StandInForm:
    form = StandInForm()
    person = queries.person(account_id)
    form.role.choices = [(role, ROLE_TITLES[role]) for role in person.roles]
    form.who.choices = [(0, NOBODY_CHOSEN), *colleagues(account_id)]
    return form


def _page(account_id: int, form: StandInForm) -> str:
    person = queries.person(account_id)
    return render_template("people/stand_in.html", person=person, form=form)


@blueprint.post("/people/stand-ins/<int:stand_in_id>/end")
@permitted("role.manage")
def end_stand_in(stand_in_id: int) -> ResponseReturnValue:
    """End one at once."""
    once("stand_in.end", lambda: standing.end_stand_in(stand_in_id, actor()))
    return redirect(url_for(".show_stand_ins"), 303)
