"""向所在单位核对: a person's own employer is named and asked (第七条（十四）)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.delegation import employers
from app.delegation.blueprint import blueprint
from app.delegation.forms import EmployerForm
from tenants.messages import Fault


@blueprint.get("/cases/<int:case_id>/employer")
@permitted("case.review")
def choose_employer(case_id: int) -> ResponseReturnValue:
    """Choose whose employer is asked, and which it is."""
    return _page(case_id, _form(case_id))


@blueprint.post("/cases/<int:case_id>/employer")
@permitted("case.review")
def ask_employer(case_id: int) -> ResponseReturnValue:
    """Ask it: the request waits in the unit's draft."""
    employers.case_of(case_id)
    form = _form(case_id)
    if not form.validate_on_submit():
        return _page(case_id, form), 422
    people, unit = form.people.data or [], form.unit.data

    def work() -> Moved:
        employers.ask_employer(case_id, people, unit, actor())
        return Moved((case_id,))

    try:
        once("employer.ask", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(case_id, form), 422
    return redirect(url_for("dossier.show", case_id=case_id), 303)


def _form(case_id: int) -> EmployerForm:
    form = EmployerForm()
    people = employers.unasked(case_id)
    form.people.choices = [SelectChoice(str(p.subject_id), p.name) for p in people]
    form.unit.choices = [SelectChoice(str(unit.id), unit.name) for unit in employers.employers()]
    return form


def _page(case_id: int, form: EmployerForm) -> str:
    return render_template("delegation/employer.html", case=employers.case_of(case_id), form=form)
