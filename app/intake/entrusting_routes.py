"""The department: submit the desks' lists with its letter; mend what was returned."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.acts import chosen_ids, once
from app.cases.entrustment_lanes import drawing_for_unit
from app.cases.lifecycle import Moved
from app.cases.models import Case, Entrustment
from app.cases.paging import place_asked
from app.intake import queries, service
from app.intake.blueprint import blueprint
from app.intake.correction import Mended, correct_or_wait
from app.intake.forms import EntrustForm, ListForm
from app.intake.receiving import law_of
from tenants.messages import Fault


@blueprint.get("/entrustments")
@permitted("entrustment.read")
def entrustments() -> ResponseReturnValue:
    """The department's entrustments, newest first."""
    page = queries.entrustments(place_asked(), Entrustment.unit_id == actor().unit_id)
    return render_template("intake/entrustments.html", page=page)


@blueprint.get("/entrustments/new")
@permitted("entrustment.submit")
def new_entrustment() -> ResponseReturnValue:
    """提交委托: the prepared lists of all desks, and the letter."""
    return _entrust_page(EntrustForm())


@blueprint.post("/entrustments")
@permitted("entrustment.submit")
def entrust() -> ResponseReturnValue:
    """Submit the ticked lists as one entrustment; what was typed is kept when it cannot be."""
    form = EntrustForm()
    if not form.validate_on_submit():
        return _entrust_page(form), 422
    try:
        scan = form.scan()
    except Fault as fault:
        form.letter_scan.errors = [str(fault)]
        return _entrust_page(form), 422
    try:
        sealed_list = form.sealed_list()
    except Fault as fault:
        form.list_scan.errors = [str(fault)]
        return _entrust_page(form), 422

    def work() -> Moved:
        made = service.submit(
            chosen_ids().ids,
            letter_number=form.letter_number.data.strip(),
            letter_on=form.letter_on.data,
            actor=actor(),
            letter_file=scan,
            sealed_list=sealed_list,
        )
        return Moved((made.id,))

    try:
        moved = once("entrustment.submit", work, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _entrust_page(form), 422
    if moved is None:
        return redirect(url_for("intake.entrustments"), 303)
    return redirect(url_for("intake.show_entrustment", entrustment_id=moved.done[0]), 303)


def _entrust_page(form: EntrustForm) -> str:
    windows = law_of(actor()).windows
    return render_template(
        "intake/new_entrustment.html",
        form=form,
        lists=queries.prepared_lists(actor()),
        windows=windows,
    )


@blueprint.get("/entrustments/<int:entrustment_id>")
@permitted("entrustment.read")
def show_entrustment(entrustment_id: int) -> ResponseReturnValue:
    """One entrustment of the department, household by household."""
    row = queries.entrustment_row(entrustment_id)
    page = cases.households(Case.entrustment_id == row.id, place_asked(), ascending=True)
    return render_template(
        "intake/entrustment.html",
        row=row,
        lanes=drawing_for_unit(cases.entrustment(row.id), row.unit),
        page=queries.with_members(page),
    )


@blueprint.get("/returned")
@permitted("entrustment.read")
def returned() -> ResponseReturnValue:
    """The households that the intake check returned, each with the reasons."""
    return render_template(
        "intake/returned.html", page=queries.returned_households(actor(), place_asked())
    )


@blueprint.post("/returned")
@permitted("entrustment.submit")
def resubmit() -> ResponseReturnValue:
    """Submit returned households again as they are (the paper was put right)."""
    once("case.resubmit", lambda: service.resubmit(chosen_ids().ids, actor()))
    return redirect(url_for("intake.returned"), 303)


@blueprint.post("/entrustments/<int:entrustment_id>/corrections")
@permitted("entrustment.submit")
def correct_list(entrustment_id: int) -> ResponseReturnValue:
    """Take in a corrected list of returned households of this entrustment."""
    row = queries.entrustment_row(entrustment_id)
    form = ListForm()
    if not form.validate_on_submit():
        return _correction_page(form, row.id), 422
    sent = form.file.data
    kept: list[Mended] = []

    def work() -> Moved:
        kept.append(correct_or_wait(row.id, sent.read(), sent.filename or "", actor()))
        return kept[0].moved

    try:
        once("list.correct", work, quiet=True)
    except Fault as fault:
        form.file.errors = [str(fault)]
        return _correction_page(form, row.id), 422
    if not kept:
        return redirect(url_for("intake.show_entrustment", entrustment_id=row.id), 303)
    if waiting := kept[0].waiting_file_id:
        return redirect(url_for("intake.columns", file_id=waiting, entrustment=row.id), 303)
    return redirect(url_for("intake.show_list", list_id=kept[0].list_id), 303)


@blueprint.get("/entrustments/<int:entrustment_id>/corrections/new")
@permitted("entrustment.submit")
def new_correction(entrustment_id: int) -> ResponseReturnValue:
    """The upload page of a corrected list."""
    return _correction_page(ListForm(), queries.entrustment_row(entrustment_id).id)


def _correction_page(form: ListForm, entrustment_id: int) -> str:
    row = queries.entrustment_row(entrustment_id)
    condition = (Case.entrustment_id == row.id) & (Case.state == "returned")
    page = queries.with_members(cases.households(condition, place_asked(), ascending=True))
    return render_template("intake/new_correction.html", form=form, row=row, page=page)
