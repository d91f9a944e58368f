"""培训登记: trainings, who was missing, and 补训."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.paging import place_asked
from app.oversight.confidentiality import queries, trainings
from app.oversight.confidentiality.blueprint import blueprint, people_to_choose, tried
from app.oversight.confidentiality.forms import MadeUpForm, TrainingForm
from tenants.calendar import business_date
from tenants.messages import Fault


@blueprint.get("/trainings")
@permitted("confidentiality.read")
def list_trainings() -> ResponseReturnValue:
    """培训登记."""
    page = queries.trainings(place_asked())
    return render_template(
        "oversight/confidentiality/trainings.html",
        page=page,
        attendance=queries.attendance([row.id for row in page.rows]),
        me=actor(),
    )


@blueprint.get("/trainings/new")
@permitted("confidentiality.keep")
def new_training() -> ResponseReturnValue:
    """登记培训: the form."""
    return _training_page(TrainingForm())


@blueprint.post("/trainings/new")
@permitted("confidentiality.keep")
def record_training() -> ResponseReturnValue:
    """Keep it; who was not ticked was missing."""
    form = TrainingForm()
    form.people.choices = people_to_choose()
    if not form.validate_on_submit():
        return _training_page(form), 422
    given = trainings.Held(
        form.held_on.data or business_date(),
        form.topic.data or "",
        form.hours.data or 0,
        form.teacher.data or "",
        form.remark.data or "",
        form.people.data or [],
    )
    work = tried(
        "training.record",
        lambda: trainings.record_training(given, actor()),
        form,
        lambda: _training_page(form),
    )
    return work or redirect(url_for(".list_trainings"), 303)


def _training_page(form: TrainingForm) -> str:
    form.people.choices = people_to_choose()
    return render_template("oversight/confidentiality/training_new.html", form=form)


@blueprint.get("/trainings/<int:training_id>")
@permitted("confidentiality.read")
def show_training(training_id: int) -> ResponseReturnValue:
    """One training: who was there, who was missing."""
    return _one_training(training_id, MadeUpForm())


def _one_training(training_id: int, form: MadeUpForm) -> str:
    row, parts = queries.training_of(training_id), queries.parts_of(training_id)
    return render_template(
        "oversight/confidentiality/training.html",
        row=row,
        parts=parts,
        names=names_of([row.recorded_by, *(part.account_id for part in parts)]),
        form=form,
        today=business_date(),
        me=actor(),
    )


@blueprint.post("/trainings/<int:training_id>/people/<int:account_id>")
@permitted("confidentiality.keep")
def make_up(training_id: int, account_id: int) -> ResponseReturnValue:
    """登记补训."""
    queries.training_of(training_id)
    form = MadeUpForm()
    if not form.validate_on_submit() or form.on.data is None:
        return _one_training(training_id, form), 422
    on = form.on.data
    try:
        once("training.make_up", lambda: trainings.make_up(training_id, account_id, on, actor()))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _one_training(training_id, form), 422
    return redirect(url_for(".show_training", training_id=training_id), 303)
