"""Data packages: out of an entrustment, in by the department, in on a department's behalf."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.audit import service as audit
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.data_package import exporting, importing, names
from app.data_package.forms import NO_UNIT, ExportForm, ImportForm, OnBehalfForm
from app.made.asking import asked_for
from app.made.service import Wanted
from tenants.messages import Fault

blueprint = Blueprint("data_package", __name__)


@blueprint.get("/entrustments/<int:entrustment_id>/package")
@permitted("package.prepare")
def new_export(entrustment_id: int) -> ResponseReturnValue:
    """导出数据包: the password to encrypt it with."""
    return _export_page(ExportForm(), entrustment_id)


@blueprint.post("/entrustments/<int:entrustment_id>/package")
@permitted("package.prepare")
def export(entrustment_id: int) -> ResponseReturnValue:
    """The package as a download; a large one is made by the worker, in volumes if it must be."""
    row = cases.entrustment(entrustment_id)
    form = ExportForm()
    if not form.validate_on_submit():
        return _export_page(form, row.id), 422
    try:
        volumes = exporting.volumes_of(row)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _export_page(form, row.id), 422
    password, who = form.password.data or "", actor()
    audit.record(
        who.account_id,
        "package.export",
        kind="entrustment",
        subject_id=row.id,
        unit_id=who.unit_id,
        households=sum(len(volume.cases) for volume in volumes),
        files=sum(volume.scans for volume in volumes),
        volumes=len(volumes),
    )
    if len(volumes) == 1 and volumes[0].is_small:
        data = exporting.export_package(row, volumes[0].cases, password, who)
        return attachment(data, names.PACKAGE)
    return asked_for(
        "file.ask", [_wanted(row.id, at, volumes, password) for at in range(len(volumes))]
    )


def _wanted(
    entrustment_id: int, at: int, volumes: Sequence[exporting.Volume], password: str
) -> Wanted:
    name = names.PACKAGE
    if len(volumes) > 1:
        name = names.VOLUME.format(number=at + 1, count=len(volumes))
    cases_in = volumes[at].cases
    asked = {"entrustment": entrustment_id, "cases": list(cases_in)}
    return Wanted("package", "package.prepare", name, asked, len(cases_in), password)


@blueprint.get("/packages/new")
@permitted("package.prepare")
def new_import() -> ResponseReturnValue:
    """The department's upload page."""
    return _import_page(ImportForm())


@blueprint.post("/packages")
@permitted("package.prepare")
def import_own() -> ResponseReturnValue:
    """Take a department's own package in: one entrustment, or nothing."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _import_page(form), 422
    sent, password = form.file.data, form.password.data or ""

    def work() -> Moved:
        return Moved((importing.import_own(sent.read(), password, actor()).id,))

    try:
        moved = once("package.import", work, quiet=True)
    except Fault as fault:
        form.file.errors = [str(fault)]
        return _import_page(form), 422
    if moved is None:
        return redirect(url_for("intake.entrustments"), 303)
    return redirect(url_for("intake.show_entrustment", entrustment_id=moved.done[0]), 303)


@blueprint.get("/intake/packages")
@permitted("package.import")
def on_behalf() -> ResponseReturnValue:
    """导入光盘: for a department without a login; and what was imported."""
    return _on_behalf_page(_on_behalf_form())


@blueprint.post("/intake/packages")
@permitted("package.import")
def import_on_behalf() -> ResponseReturnValue:
    """Import a department's disc; who imported it for whom is recorded."""
    form = _on_behalf_form()
    if not form.validate_on_submit():
        return _on_behalf_page(form), 422
    sent, password, unit = form.file.data, form.password.data or "", form.unit.data

    def work() -> Moved:
        made = importing.import_on_behalf(sent.read(), password, unit, actor())
        return Moved((made.id,))

    try:
        moved = once("package.import_on_behalf", work, quiet=True)
    except Fault as fault:
        field = form.unit if fault.code == "package_unit" else form.file
        field.errors = [str(fault)]
        return _on_behalf_page(form), 422
    if moved is None:
        return redirect(url_for(".on_behalf"), 303)
    return redirect(url_for("intake.check", entrustment_id=moved.done[0]), 303)


def _export_page(form: ExportForm, entrustment_id: int) -> str:
    return render_template(
        "data_package/export.html", form=form, row=cases.entrustment(entrustment_id)
    )


def _import_page(form: ImportForm) -> str:
    return render_template("data_package/import.html", form=form)


def _on_behalf_form() -> OnBehalfForm:
    form = OnBehalfForm()
    form.unit.choices = [(0, NO_UNIT), *importing.units()]
    return form


def _on_behalf_page(form: OnBehalfForm) -> str:
    units = dict(importing.units())
    rows = importing.packages(list(units))
    return render_template(
        "data_package/on_behalf.html",
        form=form,
        rows=rows,
        units=units,
        people=names_of(row.imported_by for row in rows),
    )
