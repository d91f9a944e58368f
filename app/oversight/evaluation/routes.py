"""目标责任制考评 (第十八条): the sheets of a year, one sheet, and what either side does with it."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once, revision
from app.cases.lifecycle import Moved
from app.cases.paging import number_asked
from app.oversight.evaluation import queries, service
from app.oversight.evaluation.forms import (
    PointsForm,
    TargetsForm,
    WordsForm,
    points_form,
    targets_form,
)
from app.oversight.evaluation.messages import MEASURE_TITLES, POINT_LABELS, Fault
from app.oversight.evaluation.queries import Sheet
from app.oversight.evaluation.standing import answer_by, reply_term
from tenants.calendar import business_date
from tenants.rulebook import rulebook

blueprint = Blueprint("evaluation", __name__, url_prefix="/evaluation")


@blueprint.get("")
@permitted("evaluation.read")
def index() -> ResponseReturnValue:
    """A year's sheets: of the agencies below, ranked, and of this one."""
    offered, asked = queries.years(), number_asked("year")
    year = asked if asked in offered else (offered[0] if offered else business_date().year)
    below, own, ranks = queries.sheets(year)
    return render_template(
        "oversight/evaluation/index.html",
        year=year,
        years=offered,
        below=below,
        own=own,
        ranks=ranks,
        without=service.children_without(business_date().year),
        me=actor(),
    )


@blueprint.get("/new")
@permitted("evaluation.score")
def new() -> ResponseReturnValue:
    """下达目标: the form."""
    return _new_page(_targets_form())


@blueprint.post("/new")
@permitted("evaluation.score")
def set_targets() -> ResponseReturnValue:
    """Give the chosen agencies their targets of this year."""
    form, year = _targets_form(), business_date().year
    if not form.validate_on_submit():
        return _new_page(form), 422
    chosen, targets, words = form.children.data or [], form.targets(), form.words.data or ""
    try:
        once(
            "evaluation.set",
            lambda: service.set_targets(year, chosen, targets, words, actor()),
            reason=words,
        )
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _new_page(form), 422
    return redirect(url_for(".index", year=year), 303)


def _targets_form() -> TargetsForm:
    items = [item.value for item in rulebook(actor().agency_id // 10_000).evaluation_items.values()]
    return targets_form(items, service.children_without(business_date().year))


def _new_page(form: TargetsForm) -> str:
    law = rulebook(actor().agency_id // 10_000)
    return render_template(
        "oversight/evaluation/new.html",
        form=form,
        year=business_date().year,
        items=law.evaluation_items,
        measures=MEASURE_TITLES,
    )


@blueprint.get("/<int:sheet_id>")
@permitted("evaluation.read")
def show(sheet_id: int) -> ResponseReturnValue:
    """One score sheet: what was counted, the points of either side, and what may be done now."""
    found = queries.sheet(sheet_id)
    return _page(found, _form_of(found))


def _form_of(found: Sheet) -> WordsForm:
    """The form of the step that comes next."""
    state, items = found.row.state, [line.item for line in found.lines]
    if state == "scored":
        return WordsForm()
    return points_form(items, POINT_LABELS[state])


def _page(found: Sheet, form: WordsForm) -> str:
    if isinstance(form, PointsForm) and not form.is_submitted():
        for line in found.lines:
            given = line.item.score_tenths if found.row.state == "contested" else None
            if given is None and line.points is not None:
                given = line.points[1]
            form[f"points_{line.item.code}"].data = None if given is None else given / 10
    return render_template(
        "oversight/evaluation/show.html",
        found=found,
        row=found.row,
        form=form,
        measures=MEASURE_TITLES,
        answer_by=answer_by(found.row.id),
        term=reply_term(),
        me=actor(),
    )


@blueprint.post("/<int:sheet_id>/assess")
@permitted("evaluation.answer")
def assess(sheet_id: int) -> ResponseReturnValue:
    """自评."""
    return _give_points(sheet_id, "set", service.assess, "evaluation.assess")


@blueprint.post("/<int:sheet_id>/score")
@permitted("evaluation.score")
def score(sheet_id: int) -> ResponseReturnValue:
    """评分."""
    return _give_points(sheet_id, "assessed", service.score, "evaluation.score")


@blueprint.post("/<int:sheet_id>/settle")
@permitted("evaluation.score")
def settle(sheet_id: int) -> ResponseReturnValue:
    """复核 after it was contested, by another person."""
    return _give_points(sheet_id, "contested", service.settle, "evaluation.settle")


def _give_points(
    sheet_id: int, state: str, verb: Callable[..., Moved], name: str
) -> ResponseReturnValue:
    found = queries.sheet(sheet_id)
    form = points_form([line.item for line in found.lines], POINT_LABELS[state])
    if not form.validate_on_submit():
        return _page(found, form), 422
    words = (form.words.data or "").strip()
    seen, points = revision(), form.points()
    once(name, lambda: verb(sheet_id, seen, points, words, actor()), reason=words)
    return redirect(url_for(".show", sheet_id=sheet_id), 303)


@blueprint.post("/<int:sheet_id>/agree")
@permitted("evaluation.answer")
def agree(sheet_id: int) -> ResponseReturnValue:
    """确认得分."""
    seen = revision()
    once("evaluation.agree", lambda: service.agree(sheet_id, seen, actor()))
    return redirect(url_for(".show", sheet_id=sheet_id), 303)


@blueprint.post("/<int:sheet_id>/contest")
@permitted("evaluation.answer")
def contest(sheet_id: int) -> ResponseReturnValue:
    """申诉, with the reason."""
    found, form = queries.sheet(sheet_id), WordsForm()
    if not form.validate_on_submit():
        return _page(found, form if found.row.state == "scored" else _form_of(found)), 422
    words, seen = (form.words.data or "").strip(), revision()
    once(
        "evaluation.contest",
        lambda: service.contest(sheet_id, seen, words, actor()),
        reason=words,
    )
    return redirect(url_for(".show", sheet_id=sheet_id), 303)
