"""栏目说明 of a load: the page of a reply's columns, for a file about everybody."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.exchange import names, queries
from app.exchange.layouts.asked import DAYS, MOST_FAULTS, asked_place, item_choices
from app.exchange.layouts.explaining import Place, page_of
from app.exchange.layouts.layout import IGNORED, UnitLayout
from app.exchange.layouts.messages import AMOUNT_UNIT_TITLES
from app.exchange.layouts.saying import layout_said
from app.exchange.store import explaining
from app.exchange.store.explaining import WaitingLoad
from app.exchange.store.messages import say
from app.exchange.store.reading import Returned
from tenants.messages import Fault

blueprint = Blueprint("store_columns", __name__, url_prefix="/exchange/store")


@blueprint.get("/loads/<int:load_id>/columns")
@permitted("exchange.operate")
def columns(load_id: int) -> ResponseReturnValue:
    """The first rows of the file, masked, and our columns to be found in it."""
    waiting = explaining.waiting_load(load_id)
    return _page(waiting, _place(waiting))


@blueprint.post("/loads/<int:load_id>/columns")
@permitted("exchange.operate")
def explain_columns(load_id: int) -> ResponseReturnValue:
    """Show what the file would bring so; or keep it as the unit's layout and read the file."""
    waiting = explaining.waiting_load(load_id)
    place = _place(waiting)
    width = len(waiting.own.sheets[place.sheet].first_rows[place.row])
    layout, errors = layout_said(request.form, place, width, waiting.items)
    if errors:
        return _page(waiting, place, layout, errors), 422
    if request.form.get("do") != "save":
        return _page(waiting, place, layout, found=_preview(waiting, place, layout))
    once(
        "returned.columns",
        lambda: explaining.explain(waiting, place, layout, actor()),
        quiet=True,
    )
    if waiting.load.wants_columns:
        flash(say("store.next_sheet"), "info")
        return redirect(url_for(".columns", load_id=load_id), 303)
    return redirect(url_for("store.show_load", load_id=load_id), 303)


def _preview(waiting: WaitingLoad, place: Place, layout: UnitLayout) -> Returned | str:
    if layout.item == IGNORED:
        return say("own_ignored")
    try:
        return explaining.preview(waiting, place, layout)
    except Fault as fault:
        return str(fault)


def _place(waiting: WaitingLoad) -> Place:
    return asked_place(waiting.own, waiting.known, waiting.items)


def _page(
    waiting: WaitingLoad,
    place: Place,
    layout: UnitLayout | None = None,
    errors: dict[str, str] | None = None,
    found: Returned | str | None = None,
) -> str:
    read = found if isinstance(found, Returned) else None
    load_id = waiting.load.id
    return render_template(
        "exchange/store/columns.html",
        load=waiting.load,
        unit=queries.unit_of(waiting.load.unit_id),
        here=url_for(".explain_columns", load_id=load_id),
        back_url=url_for("store.show_load", load_id=load_id),
        page=page_of(waiting.own, place, waiting.known, waiting.items, layout, errors),
        items=item_choices(waiting.items),
        units=AMOUNT_UNIT_TITLES,
        days=DAYS,
        read=read,
        faults=[names.place(fault) for fault in read.faults[:MOST_FAULTS]] if read else [],
        refused=found if isinstance(found, str) else "",
    )
