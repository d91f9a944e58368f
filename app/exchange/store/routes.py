"""数据回流库: the register of loads, a new one, its second operator, its end."""

from collections.abc import Container

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.exchange import queries as exchange
from app.exchange.store import loading, looking_up, queries
from app.exchange.store.explaining import faults_of
from app.exchange.store.forms import GiveUpForm, LoadForm
from app.exchange.store.held import law
from app.exchange.store.messages import STANDINGS
from app.sharing.agreements import in_force
from app.sharing.service import sharing_unit
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.messages import Fault

blueprint = Blueprint("store", __name__, url_prefix="/exchange")


@blueprint.get("/store")
@permitted("exchange.read")
def loads() -> ResponseReturnValue:
    """Every load: of whom, about what, of which day, by which two people."""
    units, items = exchange.sharing_units(), queries.items_loaded()
    chosen = _asked(units, items)
    found = queries.loads(chosen, request.args.get("before", type=int))
    shown = found[: queries.PER_PAGE]
    return render_template(
        "exchange/store/loads.html",
        loads=shown,
        chosen=chosen,
        units=units,
        loaded_items=items,
        items=catalogue().items,
        people=names_of(who for row in shown for who in (row.loaded_by, row.confirmed_by)),
        standings=STANDINGS,
        law=law(),
        me=actor(),
        next_url=_url(chosen, shown[-1].id) if len(found) > len(shown) else None,
    )


def _asked(units: Container[int], items: Container[int]) -> queries.Filter:
    """What the address asks for; what is not there counts as all."""
    unit, item = (request.args.get(name, 0, type=int) for name in ("unit", "item"))
    show = "all" if request.args.get("show") == "all" else "open"
    return queries.Filter(unit if unit in units else 0, item if item in items else 0, show)


def _url(chosen: queries.Filter, before: int) -> str:
    return url_for(
        ".loads",
        unit=chosen.unit_id or None,
        item=chosen.item or None,
        show=chosen.show if chosen.show != "open" else None,
        before=before,
    )


@blueprint.get("/store/new")
@permitted("exchange.operate")
def new_load() -> ResponseReturnValue:
    """装入数据: first whose, then what."""
    units = exchange.sharing_units()
    unit_id = request.args.get("unit", 0, type=int)
    if unit_id not in units:
        return render_template("exchange/store/whose.html", units=units)
    return _new_page(unit_id, _form(unit_id))


@blueprint.post("/store/<int:source_id>/loads")
@permitted("exchange.operate")
def add_load(source_id: int) -> ResponseReturnValue:
    """Keep the file; the worker reads it, another operator confirms."""
    form = _form(source_id)
    if not form.validate_on_submit():
        return _new_page(source_id, form), 422
    taken: list[int] = []

    def work() -> Moved:
        taken.append(loading.take_in(form.new_load(source_id), actor()))
        return Moved(tuple(taken))

    try:
        once("returned.load", work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(source_id, form), 422
    if not taken:
        return redirect(url_for(".loads"), 303)
    return _back(taken[0])


def _form(unit_id: int) -> LoadForm:
    form, unit = LoadForm(), sharing_unit(unit_id)
    known = catalogue().of_kind(unit.category or 17)
    form.item.choices = [SelectChoice(str(i.code), f"{i.code} {i.title}") for i in known]
    return form


def _new_page(unit_id: int, form: LoadForm) -> str:
    return render_template(
        "exchange/store/new.html",
        unit=sharing_unit(unit_id),
        form=form,
        agreement=in_force(unit_id, business_date()),
        parts=queries.parts_of([unit_id]),
        law=law(),
    )


@blueprint.get("/store/loads/<int:load_id>")
@permitted("exchange.read")
def show_load(load_id: int) -> ResponseReturnValue:
    """One load: its provenance, how far it is, and the next step."""
    return _page(load_id, GiveUpForm())


def _page(load_id: int, form: GiveUpForm) -> str:
    found, book = loading.load_of(load_id), law()
    return render_template(
        "exchange/store/load.html",
        load=found,
        unit=exchange.unit_of(found.unit_id),
        item=catalogue().item(found.item),
        people=names_of([found.loaded_by, found.confirmed_by, found.ended_by]),
        standing=found.standing(business_date(), book.store_fresh_days.value),
        standings=STANDINGS,
        job=exchange.job_of("store.read", "load_id", load_id),
        faults=faults_of(found),
        law=book,
        form=form,
        me=actor(),
    )


@blueprint.post("/store/loads/<int:load_id>/confirm")
@permitted("exchange.operate")
def confirm_load(load_id: int) -> ResponseReturnValue:
    """确认: by another operator than the one who loaded it."""

    def work() -> Moved:
        loading.confirm(load_id, actor())
        return Moved((load_id,))

    once("returned.confirm", work)
    return _back(load_id)


@blueprint.post("/store/loads/<int:load_id>/end")
@permitted("exchange.operate")
def give_up_load(load_id: int) -> ResponseReturnValue:
    """作废, 停用: the rows are removed, with a reason."""
    loading.load_of(load_id)
    form = GiveUpForm()
    if not form.validate_on_submit():
        return _page(load_id, form), 422
    reason = form.reason.data or ""

    def work() -> Moved:
        loading.give_up(load_id, actor(), reason)
        return Moved((load_id,))

    once("returned.give_up", work, reason=reason)
    return _back(load_id)


@blueprint.post("/<int:request_id>/look-again")
@permitted("exchange.operate")
def look_again(request_id: int) -> ResponseReturnValue:
    """重新比对: after the store's answer was refused."""
    once("request.look_again", lambda: looking_up.look_again(request_id, actor()))
    return redirect(url_for("exchange.show_request", request_id=request_id), 303)


def _back(load_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_load", load_id=load_id), 303)
