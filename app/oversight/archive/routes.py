"""核对档案: the list, filing by set, one file, holds, and its package."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.bulk import picked
from app.cases.filtering import highest_case
from app.cases.lifecycle import Moved
from app.cases.paging import number_asked, place_asked
from app.made.asking import asked_for
from app.made.service import Wanted
from app.oversight.archive import queries, service
from app.oversight.archive.forms import (
    ExportForm,
    FileForm,
    HoldForm,
    ReasonForm,
    RenewForm,
    ShelfForm,
)
from app.oversight.archive.messages import (
    BASIS_TITLES,
    HOLD_TITLES,
    MISSING_TITLES,
    PAPER_TITLES,
    STATE_LISTS,
    Fault,
    say,
    years_words,
)
from app.web.formats import month as month_words
from app.web.shell import NavItem
from tenants.rulebook import rulebook

blueprint = Blueprint("archive", __name__, url_prefix="/archive")


@blueprint.get("")
@permitted("archive.read")
def index() -> ResponseReturnValue:
    """Every file; state, year and how the case ended in the address."""
    state, year, basis = (
        request.args.get("list", ""),
        number_asked("year"),
        request.args.get("basis", ""),
    )
    state = state if state in STATE_LISTS else ""
    basis = basis if basis in BASIS_TITLES else ""
    year = year if year < 10_000 else 0
    found = queries.counts(tuple(STATE_LISTS), year, basis)
    kept: dict[str, Any] = {"year": year or None, "basis": basis or None}
    tabs = [
        NavItem(title, url_for(".index", list=code or None, **kept), found[code], code == state)
        for code, title in STATE_LISTS.items()
    ]
    page = queries.lines(queries.condition(state, year, basis), place_asked())
    months = queries.months() if actor().may("archive.keep") else []
    return _page(
        "index.html",
        page=page,
        tabs=tabs,
        state=state,
        year=year,
        basis=basis,
        years_offered=[(y, y) for y in queries.years()],
        to_file=sum(n for _, n in months),
    )


@blueprint.get("/filing")
@permitted("archive.keep")
def filing() -> ResponseReturnValue:
    """Closed cases of a month, each with what its file lacks."""
    return _filing_page(FileForm())


@blueprint.post("/filing")
@permitted("archive.keep")
def file_cases() -> ResponseReturnValue:
    """File those ticked, or all of the month, in one act."""
    form, month = FileForm(), number_asked("month")
    if not form.validate_on_submit():
        return _filing_page(form), 422
    shelf, reason = form.shelf.data or "", form.reason.data or ""
    chosen = picked(queries.in_month(month))
    try:
        once(
            "archive.file",
            lambda: service.file_cases(chosen, actor(), shelf=shelf, reason=reason),
            reason=reason.strip(),
        )
    except Fault as fault:
        form.reason.errors = [str(fault)]
        return _filing_page(form), 422
    return redirect(url_for(".filing", month=month or None), 303)


def _filing_page(form: FileForm) -> str:
    months = queries.months()
    asked = number_asked("month")
    month = asked or (months[0][0] if months else 0)
    page = queries.filing(month, place_asked())
    matching, upper = (
        highest_case(queries.in_month(month)) if page.previous or page.next else (0, 0)
    )
    return _page(
        "filing.html",
        form=form,
        month=month,
        page=page,
        matching=matching,
        upper=upper,
        undecided=queries.awaiting_decision(month),
        tabs=[
            NavItem(month_words(each), url_for(".filing", month=each), count, each == month)
            for each, count in months
        ],
    )


@blueprint.get("/<int:archive_id>")
@permitted("archive.read")
def show(archive_id: int) -> ResponseReturnValue:
    """One file: what it holds, how long it is kept, where it stands, what holds it."""
    return _file_page(archive_id)


@blueprint.post("/<int:archive_id>/shelf")
@permitted("archive.keep")
def shelve(archive_id: int) -> ResponseReturnValue:
    """架位 of the paper file."""
    form = ShelfForm(prefix="shelf")
    return _done(
        archive_id,
        "archive.shelve",
        "shelf",
        form,
        lambda: service.put_on_shelf(archive_id, form.shelf.data or "", actor()),
    )


@blueprint.post("/<int:archive_id>/hold")
@permitted("archive.keep")
def hold(archive_id: int) -> ResponseReturnValue:
    """暂停销毁."""
    form = HoldForm(prefix="hold")
    return _done(
        archive_id,
        "archive.hold",
        "hold",
        form,
        lambda: service.hold(archive_id, form.kind.data, form.reason.data or "", actor()),
    )


@blueprint.post("/<int:archive_id>/holds/<int:hold_id>/lift")
@permitted("archive.keep")
def lift(archive_id: int, hold_id: int) -> ResponseReturnValue:
    """解除暂停销毁."""
    form = ReasonForm(prefix="lift")
    return _done(
        archive_id,
        "archive.lift",
        "lift",
        form,
        lambda: service.lift(archive_id, hold_id, form.reason.data or "", actor()),
    )


@blueprint.post("/<int:archive_id>/renew")
@permitted("archive.keep")
def renew(archive_id: int) -> ResponseReturnValue:
    """补充归档."""
    form = RenewForm(prefix="renew")
    return _done(
        archive_id,
        "archive.renew",
        "renew",
        form,
        lambda: service.renew(archive_id, actor(), form.reason.data or ""),
    )


def _done(
    archive_id: int, verb: str, name: str, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    queries.archive_file(archive_id)
    if not form.validate_on_submit():
        return _file_page(archive_id, **{name: form}), 422
    said = form.data.get("reason") or ""
    try:
        once(verb, work, reason=said.strip())
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _file_page(archive_id, **{name: form}), 422
    return redirect(url_for(".show", archive_id=archive_id), 303)


def _file_page(archive_id: int, **asked: FlaskForm) -> str:
    found = queries.detail(archive_id)
    forms = {
        "shelf": ShelfForm(prefix="shelf", formdata=None, shelf=found.line.row.shelf),
        "hold": HoldForm(prefix="hold", formdata=None),
        "lift": ReasonForm(prefix="lift", formdata=None),
        "renew": RenewForm(prefix="renew", formdata=None),
    }
    return _page("show.html", found=found, row=found.line.row, forms=forms | asked)


@blueprint.get("/<int:archive_id>/package")
@permitted("archive.keep")
def new_package(archive_id: int) -> ResponseReturnValue:
    """导出电子档案: the password to encrypt it with."""
    return _page("export.html", form=ExportForm(), row=service.kept_or_proposed(archive_id))


@blueprint.post("/<int:archive_id>/package")
@permitted("archive.keep")
def package(archive_id: int) -> ResponseReturnValue:
    """The package, made by the worker."""
    row, form = service.kept_or_proposed(archive_id), ExportForm()
    if not form.validate_on_submit():
        return _page("export.html", form=form, row=row), 422
    service.tell_exported(row, actor())
    name = say("archive.package_name", number=row.number)
    wanted = Wanted(
        "archive", "archive.keep", name, {"archive": row.id}, 1, form.password.data or ""
    )
    return asked_for("file.ask", [wanted])


def _page(template: str, **context: object) -> str:
    return render_template(
        f"oversight/archive/{template}",
        basis_titles=BASIS_TITLES,
        hold_titles=HOLD_TITLES,
        missing_titles=MISSING_TITLES,
        paper_titles=PAPER_TITLES,
        years_words=years_words,
        law=rulebook(actor().agency_id // 10_000),
        me=actor(),
        **context,
    )
