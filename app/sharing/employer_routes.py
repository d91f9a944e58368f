"""登记所在单位: one person records an employer, an operator confirms (第七条（十四）)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.sharing import employers
from app.sharing.blueprint import blueprint
from app.sharing.employer_forms import NewEmployerForm
from app.sharing.messages import EMPLOYER_STATES
from tenants.messages import Fault


@blueprint.get("/employers")
@permitted("employer.record")
def show_employers() -> ResponseReturnValue:
    """Every employer that was recorded, whatever its standing."""
    found = employers.employers()
    return render_template(
        "sharing/employers.html",
        employers=found,
        states=EMPLOYER_STATES,
        people=names_of(who for row in found for who in (row.recorded_by, row.confirmed_by)),
        me=actor(),
    )


@blueprint.get("/employers/new")
@permitted("employer.record")
def new_employer() -> ResponseReturnValue:
    """登记所在单位: the form."""
    return _form_page(NewEmployerForm())


@blueprint.post("/employers/new")
@permitted("employer.record")
def record_employer() -> ResponseReturnValue:
    """Record it; an operator who is another person confirms."""
    form = NewEmployerForm()
    if not form.validate_on_submit():
        return _form_page(form), 422
    try:
        once("employer.record", lambda: Moved((employers.record(form.typed(), actor()),)))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _form_page(form), 422
    return redirect(url_for(".show_employers"), 303)


def _form_page(form: NewEmployerForm) -> str:
    return render_template("sharing/employer_new.html", form=form)


@blueprint.post("/employers/<int:employer_id>/confirm")
@permitted("source.manage")
def confirm_employer(employer_id: int) -> ResponseReturnValue:
    """确认: the unit is there, and its page says what is still lacking."""
    employers.employer_of(employer_id)

    def work() -> Moved:
        employers.confirm(employer_id, actor())
        return Moved((employer_id,))

    once("employer.confirm", work)
    unit_id = employers.employer_of(employer_id).unit_id
    return redirect(url_for(".show_unit", source_id=unit_id), 303)


@blueprint.post("/employers/<int:employer_id>/void")
@permitted("employer.record")
def void_employer(employer_id: int) -> ResponseReturnValue:
    """作废: what nobody has confirmed."""
    employers.employer_of(employer_id)

    def work() -> Moved:
        employers.void(employer_id, actor())
        return Moved((employer_id,))

    once("employer.void", work)
    return redirect(url_for(".show_employers"), 303)
