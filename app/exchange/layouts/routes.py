"""栏目说明: what each column of a unit's own reply is; and the layouts that were explained."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once, revision
from app.exchange import names, queries
from app.exchange.layouts import service
from app.exchange.layouts.asked import DAYS, MOST_FAULTS, asked_place, item_choices
from app.exchange.layouts.explaining import Place, page_of
from app.exchange.layouts.layout import IGNORED, UnitLayout
from app.exchange.layouts.messages import (
    ABSENT_TITLES,
    AMOUNT_UNIT_TITLES,
    BLANK_TITLES,
    ITEM_IGNORED,
)
from app.exchange.layouts.remembering import layouts_of
from app.exchange.layouts.saying import layout_said
from app.exchange.layouts.service import Waiting
from app.exchange.medium.replies import CheckedReply
from tenants.catalogue import catalogue
from tenants.messages import Fault, say

blueprint = Blueprint("layouts", __name__, url_prefix="/exchange")


@blueprint.get("/replies/<int:reply_id>/columns")
@permitted("exchange.operate")
def columns(reply_id: int) -> ResponseReturnValue:
    """The first rows of the file, masked, and our columns to be found in it."""
    waiting = service.waiting_reply(reply_id)
    return _page(waiting, _asked_place(waiting))


@blueprint.post("/replies/<int:reply_id>/columns")
@permitted("exchange.operate")
def explain_columns(reply_id: int) -> ResponseReturnValue:
    """Show what the file would answer so; or keep it as the unit's layout and check the file."""
    waiting = service.waiting_reply(reply_id)
    place = _asked_place(waiting)
    width = len(waiting.own.sheets[place.sheet].first_rows[place.row])
    layout, errors = layout_said(request.form, place, width, waiting.items)
    if errors:
        return _page(waiting, place, layout, errors), 422
    if request.form.get("do") != "save":
        return _page(waiting, place, layout, preview=_preview(waiting, place, layout))
    seen = revision()
    once(
        "reply.columns",
        lambda: service.explain(waiting, seen, place, layout, actor()),
        quiet=True,
    )
    if queries.reply(reply_id).state == "unread":
        flash(say("own_next_sheet"), "info")
        return redirect(url_for(".columns", reply_id=reply_id), 303)
    return redirect(url_for("exchange.show_reply", reply_id=reply_id), 303)


def _preview(waiting: Waiting, place: Place, layout: UnitLayout) -> CheckedReply | str:
    """What would come of it, or why nothing can."""
    if layout.item == IGNORED:
        return say("own_ignored")
    try:
        return service.preview(waiting, place, layout)
    except Fault as fault:
        return str(fault)


def _asked_place(waiting: Waiting) -> Place:
    return asked_place(waiting.own, waiting.known, waiting.items)


def _page(
    waiting: Waiting,
    place: Place,
    layout: UnitLayout | None = None,
    errors: dict[str, str] | None = None,
    preview: CheckedReply | str | None = None,
) -> str:
    checked = preview if isinstance(preview, CheckedReply) else None
    return render_template(
        "exchange/layouts/columns.html",
        waiting=waiting,
        unit=queries.unit_of(waiting.reply.unit_id),
        page=page_of(waiting.own, place, waiting.known, waiting.items, layout, errors),
        items=item_choices(waiting.items),
        units=AMOUNT_UNIT_TITLES,
        days=DAYS,
        blanks=BLANK_TITLES,
        absents=ABSENT_TITLES,
        checked=checked,
        faults=[names.place(fault) for fault in checked.faults[:MOST_FAULTS]] if checked else [],
        refused=preview if isinstance(preview, str) else "",
    )


@blueprint.get("/layouts")
@permitted("exchange.read")
def layouts() -> ResponseReturnValue:
    """Every layout that was explained, by unit, each version with who explained it."""
    units = queries.sharing_units()
    unit = request.args.get("unit", 0, type=int)
    chosen = unit if unit in units else 0
    found = layouts_of(chosen)
    return render_template(
        "exchange/layouts/layouts.html",
        layouts=found,
        units=units,
        chosen=chosen,
        people=names_of(row.said_by for row in found),
        items=catalogue().items,
        ignored=ITEM_IGNORED,
        blanks=BLANK_TITLES,
        absents=ABSENT_TITLES,
    )
