"""The desk's own lists: upload, what became of each, the error file."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.models import Case
from app.cases.paging import place_asked
from app.intake import (
    checking_routes,
    columns_routes,
    entrusting_routes,
    names,
    queries,
    service,
)
from app.intake.blueprint import blueprint
from app.intake.columns import COLUMNS, GUIDE, REQUIRED_WORDS
from app.intake.forms import ListForm
from app.intake.messages import describe_in_row
from app.intake.receiving import faults_of
from app.intake.template_file import write_template
from tenants import files
from tenants.messages import Fault

__all__ = ["blueprint", "checking_routes", "columns_routes", "entrusting_routes"]


@blueprint.get("/lists")
@permitted("list.read")
def lists() -> ResponseReturnValue:
    """我的名单."""
    return render_template("intake/lists.html", page=queries.lists(actor(), place_asked()))


@blueprint.get("/lists/new")
@permitted("list.prepare")
def new_list() -> ResponseReturnValue:
    """The upload page, with what a list must hold beside it."""
    return _upload_page(ListForm())


@blueprint.get("/lists/template")
@permitted("list.prepare")
def template() -> ResponseReturnValue:
    """The empty list to fill in."""
    return attachment(write_template(), names.TEMPLATE)


@blueprint.post("/lists")
@permitted("list.prepare")
def upload() -> ResponseReturnValue:
    """Take a list in; a fault of the file is shown at its field and nothing is written."""
    form = ListForm()
    if not form.validate_on_submit():
        return _upload_page(form), 422
    sent = form.file.data
    received: list[service.Received] = []

    def work() -> Moved:
        received.append(service.receive_list(sent.read(), sent.filename or "", actor()))
        return Moved((received[0].list_id,) if received[0].list_id else ())

    try:
        once("list.upload", work, quiet=True)
    except Fault as fault:
        form.file.errors = [str(fault)]
        return _upload_page(form), 422
    if not received:
        return redirect(url_for("intake.lists"), 303)
    if received[0].waiting_file_id:
        waiting = url_for("intake.columns", file_id=received[0].waiting_file_id)
        return redirect(waiting, 303)
    return redirect(url_for("intake.show_list", list_id=received[0].list_id), 303)


@blueprint.get("/lists/<int:list_id>")
@permitted("list.read")
def show_list(list_id: int) -> ResponseReturnValue:
    """One list: what was taken in, masked, and what was held back and why."""
    kept, row = queries.list_of(list_id, actor())
    faults, total = faults_of(kept)
    page = cases.households(Case.list_id == list_id, place_asked(), ascending=True)
    return render_template(
        "intake/list.html",
        row=row,
        is_own=kept.desk_id == actor().desk_id,
        page=queries.with_members(page),
        faults=faults,
        faults_total=total,
        describe=describe_in_row,
    )


@blueprint.post("/lists/<int:list_id>/errors")
@permitted("list.read")
def error_file(list_id: int) -> Response:
    """The error file of a list."""
    kept, _row = queries.list_of(list_id, actor())
    if kept.error_file_id is None:
        raise LookupError(f"list {list_id} has no error file")
    found = files.read(kept.error_file_id, "errors")
    audit.record(
        actor().account_id,
        "list.errors.download",
        kind="subject_list",
        subject_id=list_id,
        unit_id=actor().unit_id,
    )
    return attachment(found.data, found.name)


def _upload_page(form: ListForm) -> str:
    return render_template(
        "intake/new_list.html", form=form, columns=COLUMNS, guide=GUIDE, required=REQUIRED_WORDS
    )
