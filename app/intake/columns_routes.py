"""列对应: what a person says of the columns of a file that was not understood."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once, whole_number
from app.cases.lifecycle import Moved
from app.intake import explaining, queries, service
from app.intake.blueprint import blueprint
from app.intake.columns import BY_KEY, REQUIRED_WORDS
from app.intake.correction import correct_waiting
from app.intake.explaining import Place
from app.intake.layout import Layout
from app.intake.proposing import fixable
from app.intake.waiting import Waiting, waiting_file
from tenants.messages import Fault, say

_CORRECTS = "entrustment"


@blueprint.get("/lists/columns/<int:file_id>")
@permitted("list.prepare")
def columns(file_id: int) -> ResponseReturnValue:
    """The sheet's headings and first rows, masked, and our columns to be found in it."""
    return _page(waiting_file(file_id, actor()))


@blueprint.post("/lists/columns/<int:file_id>")
@permitted("list.prepare")
def explain_columns(file_id: int) -> ResponseReturnValue:
    """Take the list in as it was explained, and remember the layout for this sender."""
    waiting = waiting_file(file_id, actor())
    place = _place(waiting)
    headings = explaining.header_at(waiting.opened, place, Layout({}))[1].texts
    layout, errors = explaining.layout_said(request.form, headings)
    if errors:
        return _page(waiting, layout, errors), 422
    done: list[int] = []

    def work() -> Moved:
        done.append(_take(waiting, place, layout))
        return Moved((done[0],))

    try:
        once("list.explain", work, quiet=True)
    except Fault as fault:
        return _page(waiting, layout, {}, str(fault)), 422
    if not done:
        return redirect(url_for("intake.lists"), 303)
    if waiting.list_id:
        flash(say("layout_changed"), "success")
    return redirect(url_for("intake.show_list", list_id=done[0]), 303)


def _take(waiting: Waiting, place: Place, layout: Layout) -> int:
    """Into a list, or into the returned households that it mends; only remembered for a list
    that was taken in already."""
    if waiting.list_id:
        service.change_layout(waiting, place, layout, actor())
        return waiting.list_id
    corrects = request.form.get(_CORRECTS, "")
    if corrects:
        entrustment = queries.entrustment_row(whole_number(corrects))
        return correct_waiting(entrustment.id, waiting, place, layout, actor())[0].id
    return service.upload_explained(waiting, place, layout, actor()).id


def _place(waiting: Waiting) -> Place:
    """Where the headings are: as asked in the address or the form, else as it seems."""
    usual = explaining.usual_place(waiting.opened, waiting.remembered)
    given = [request.values.get(name, "") for name in ("sheet", "row")]
    sheet, row = (whole_number(text) if text else None for text in given)
    if sheet is None and row is None:
        return usual
    return Place(usual.sheet if sheet is None else sheet, usual.row if not row else row - 1)


def _page(
    waiting: Waiting,
    layout: Layout | None = None,
    errors: dict[str, str] | None = None,
    fault: str = "",
) -> str:
    place = _place(waiting)
    known = layout or waiting.known_layout(place)
    return render_template(
        "intake/columns.html",
        waiting=waiting,
        page=explaining.explain(waiting.opened, place, known, errors or {}),
        is_known=layout is None and known is not None,
        columns=BY_KEY,
        required=REQUIRED_WORDS,
        fixable=fixable,
        fault=fault,
        corrects=request.values.get(_CORRECTS, ""),
    )
