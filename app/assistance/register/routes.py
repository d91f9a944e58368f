"""救助对象名册: who is in it, what changed from day to day, and the exports that it is built of."""

import datetime as dt
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.assistance.register import explaining, loading, names, queries
from app.assistance.register.forms import LoadForm, VoidForm
from app.assistance.register.loading import law
from app.assistance.register.messages import (
    ENDINGS,
    KIND_BADGES,
    SHOWN,
    SOURCE_TITLES,
    STANDINGS,
    Fault,
    say,
)
from app.assistance.register.models import SOURCES
from app.assistance.register.reading import Read
from app.assistance.register.rules import Layout, kept_schemes
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import unit_names, units_of_kind
from app.intake.wording import title
from tenants.calendar import business_date

blueprint = Blueprint("register", __name__, url_prefix="/assistance/register")


@blueprint.get("")
@permitted("register.read")
def index() -> ResponseReturnValue:
    """Everybody who receives aid, by scheme, intake desk and source."""
    chosen, desks = _asked(), units_of_kind("intake_desk")
    return render_template(
        "assistance/register/index.html",
        page=queries.persons(chosen, place_asked()),
        chosen=chosen,
        standing=queries.standing(),
        schemes=_schemes(),
        desks=desks,
        units=unit_names(),
        sources=SOURCE_TITLES,
        shown=SHOWN,
        endings=ENDINGS,
        me=actor(),
    )


def _asked() -> queries.Filter:
    """What the address asks for; what is not there counts as all."""
    given = request.args
    scheme, source, show = (given.get(name, "") for name in ("scheme", "source", "show"))
    return queries.Filter(
        scheme if scheme in kept_schemes(law()) else "",
        given.get("desk", 0, type=int) if given.get("desk", "").isascii() else 0,
        source if source in SOURCES else "",
        show if show in SHOWN else "current",
    )


def _schemes() -> list[tuple[str, str]]:
    return [(code, title("scheme", code)) for code in kept_schemes(law())]


@blueprint.get("/changes")
@permitted("register.read")
def changes() -> ResponseReturnValue:
    """The difference of one day against the day before: added, left, changed."""
    found = queries.days(business_date())
    day = _day_asked() or (found[0].day if found else business_date())
    return render_template(
        "assistance/register/changes.html",
        day=day,
        days=found,
        page=queries.difference(day, place_asked()),
        badges=KIND_BADGES,
        units=unit_names(),
        endings=ENDINGS,
    )


def _day_asked() -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


@blueprint.get("/loads")
@permitted("register.load")
def loads() -> ResponseReturnValue:
    """Every export: of which system and time, with which totals, by which two people."""
    page = queries.loads(place_asked())
    people = names_of(who for row in page.rows for who in (row.loaded_by, row.confirmed_by))
    return render_template(
        "assistance/register/loads.html",
        page=page,
        people=people,
        units=unit_names(),
        standings=STANDINGS,
        me=actor(),
    )


@blueprint.get("/loads/new")
@permitted("register.load")
def new_load() -> ResponseReturnValue:
    """装入系统导出的数据."""
    return _new_page(_form())


@blueprint.post("/loads")
@permitted("register.load")
def add_load() -> ResponseReturnValue:
    """Keep the file; the worker reads it, another operator confirms."""
    form, taken = _form(), list[int]()
    if not form.validate_on_submit():
        return _new_page(form), 422

    def work() -> Moved:
        taken.append(loading.take_in(form.new_load(), actor()))
        return Moved(tuple(taken))

    try:
        once("register.load", work, quiet=True)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(form), 422
    if not taken:
        return redirect(url_for(".loads"), 303)
    flash(say("register.loaded"), "success")
    return _back(taken[0])


def _form() -> LoadForm:
    form = LoadForm()
    units = units_of_kind("commissioning")
    form.unit.choices = [SelectChoice(str(id_), name) for id_, name in units]
    form.scheme.choices = [SelectChoice(code, words) for code, words in _schemes()]
    return form


def _new_page(form: LoadForm) -> str:
    return render_template("assistance/register/new.html", form=form, law=law())


@blueprint.get("/loads/<int:register_load_id>")
@permitted("register.load")
def show_load(register_load_id: int) -> ResponseReturnValue:
    """One export: its provenance, its totals as told and as read, and the next step."""
    return _load_page(register_load_id, VoidForm())


def _load_page(load_id: int, form: VoidForm) -> str:
    found = loading.load_of(load_id)
    faults, total = explaining.faults_of(found)
    return render_template(
        "assistance/register/load.html",
        load=found,
        unit=unit_names().get(found.unit_id, ""),
        people=names_of([found.loaded_by, found.confirmed_by, found.ended_by]),
        standings=STANDINGS,
        faults=faults,
        total=total,
        law=law(),
        form=form,
        me=actor(),
    )


@blueprint.post("/loads/<int:register_load_id>/confirm")
@permitted("register.load")
def confirm_load(register_load_id: int) -> ResponseReturnValue:
    """确认: by another operator than the one who loaded it."""

    def work() -> Moved:
        loading.confirm(register_load_id, actor())
        return Moved((register_load_id,))

    once("register.confirm", work)
    return _back(register_load_id)


@blueprint.post("/loads/<int:register_load_id>/void")
@permitted("register.load")
def void_load(register_load_id: int) -> ResponseReturnValue:
    """作废, before it counts, with a reason."""
    loading.load_of(register_load_id)
    form = VoidForm()
    if not form.validate_on_submit():
        return _load_page(register_load_id, form), 422
    reason = form.reason.data or ""

    def work() -> Moved:
        loading.give_up(register_load_id, actor(), reason)
        return Moved((register_load_id,))

    once("register.void", work, reason=reason)
    return _back(register_load_id)


@blueprint.get("/loads/<int:register_load_id>/columns")
@permitted("register.load")
def columns(register_load_id: int) -> ResponseReturnValue:
    """栏目说明: the first rows of the file, masked, and our columns to be found in it."""
    return _columns_page(_waiting(register_load_id))


@blueprint.post("/loads/<int:register_load_id>/columns")
@permitted("register.load")
def explain_columns(register_load_id: int) -> ResponseReturnValue:
    """Show what the file would bring so; or keep it and read this and later files by it."""
    waiting = _waiting(register_load_id)
    layout, errors = explaining.layout_said(request.form, waiting)
    if errors:
        return _columns_page(waiting, layout, errors), 422
    if request.form.get("do") != "save":
        return _columns_page(waiting, layout, found=_preview(waiting, layout))
    once("register.columns", lambda: explaining.explain(waiting, layout, actor()), quiet=True)
    flash(say("register.loaded"), "success")
    return _back(register_load_id)


def _waiting(load_id: int) -> explaining.Waiting:
    sheet, row = (request.values.get(name, None, type=int) for name in ("sheet", "row"))
    return explaining.waiting_load(load_id, sheet, row)


def _preview(waiting: explaining.Waiting, layout: Layout) -> Read | str:
    try:
        return explaining.preview(waiting, layout)
    except Fault as fault:
        return str(fault)


def _columns_page(
    waiting: explaining.Waiting,
    layout: Layout | None = None,
    errors: dict[str, str] | None = None,
    found: Read | str | None = None,
) -> str:
    fields: Sequence[explaining.Field] = explaining.fields_of(waiting, layout, errors or {})
    return render_template(
        "assistance/register/columns.html",
        waiting=waiting,
        fields=fields,
        letters=explaining.letters(waiting),
        rows=explaining.shown_rows(waiting),
        headings=names.HEADINGS,
        notes=names.NOTES,
        needed=names.NEEDED,
        per=names.AMOUNT_PER,
        chosen_per=layout.amount_per if layout else "household",
        read=found if isinstance(found, Read) else None,
        refused=found if isinstance(found, str) else "",
    )


def _back(load_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_load", register_load_id=load_id), 303)
