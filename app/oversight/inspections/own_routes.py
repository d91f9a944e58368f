"""One's own pages: looks that one is asked about, and whom one stands aside from."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once, revision
from app.oversight.inspections import judging, queries, recusing
from app.oversight.inspections.forms import AnswerForm, RecusalForm
from app.oversight.inspections.messages import LOOK_TITLES, RELATION_TITLES, WORD_TITLES
from tenants.messages import Fault

blueprint = Blueprint("own_looks", __name__)


@blueprint.get("/me/looks")
@permitted("own.manage")
def index() -> ResponseReturnValue:
    """What this person was asked about."""
    rows = queries.asked_of(actor().account_id)
    return render_template("oversight/inspections/own.html", rows=rows, looks=LOOK_TITLES)


@blueprint.get("/me/looks/<int:look_id>")
@permitted("own.manage")
def show(look_id: int) -> ResponseReturnValue:
    """One question, and the answer."""
    return _page(look_id, AnswerForm())


@blueprint.post("/me/looks/<int:look_id>")
@permitted("own.manage")
def answer(look_id: int) -> ResponseReturnValue:
    """说明."""
    row, form = judging.own_item(look_id, actor()), AnswerForm()
    if not form.validate_on_submit():
        return _page(look_id, form), 422
    said, seen = form.words.data or "", revision()
    once("look.answer", lambda: judging.answer(row.id, seen, said, actor()))
    return redirect(url_for(".index"), 303)


def _page(look_id: int, form: AnswerForm) -> str:
    row = judging.own_item(look_id, actor())
    said = queries.said_about([row.id]).get(row.id, [])
    return render_template(
        "oversight/inspections/own_item.html",
        row=row,
        said=[word for word in said if word.kind != "judged"],
        form=form,
        looks=LOOK_TITLES,
        word_titles=WORD_TITLES,
    )


@blueprint.get("/me/recusal")
@permitted("own.manage")
def show_recusal() -> ResponseReturnValue:
    """回避登记."""
    return _recusal_page(RecusalForm())


@blueprint.post("/me/recusal")
@permitted("own.manage")
def register() -> ResponseReturnValue:
    """Keep one number, sealed."""
    form = RecusalForm()
    if not form.validate_on_submit():
        return _recusal_page(form), 422
    given = (form.relation.data, form.number.data or "")
    try:
        once("recusal.register", lambda: recusing.register(*given, actor()))
    except Fault as fault:
        form.number.errors = [str(fault)]
        return _recusal_page(form), 422
    return redirect(url_for(".show_recusal"), 303)


@blueprint.post("/me/recusal/<int:recusal_id>/end")
@permitted("own.manage")
def take_back(recusal_id: int) -> ResponseReturnValue:
    """撤销."""
    once("recusal.take_back", lambda: recusing.take_back(recusal_id, actor()))
    return redirect(url_for(".show_recusal"), 303)


def _recusal_page(form: RecusalForm) -> str:
    return render_template(
        "oversight/inspections/recusal.html",
        form=form,
        rows=recusing.own(actor()),
        relations=RELATION_TITLES,
    )
