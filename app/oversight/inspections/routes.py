"""Inspections of use: opened, drawn, asked, judged, ended. And what one is asked oneself."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import chosen_ids, once, revision
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import unit_names, units_of_kind
from app.oversight.inspections import judging, queries, service
from app.oversight.inspections.forms import (
    AskForm,
    ConcludeForm,
    JudgeForm,
    NoteForm,
    OpenForm,
)
from app.oversight.inspections.messages import (
    ABOUT_TITLES,
    EVERY_UNIT,
    FLAG_TITLES,
    LOOK_TITLES,
    VERDICT_TITLES,
    WHICH,
    WORD_TITLES,
)
from tenants.messages import Fault

blueprint = Blueprint("inspections", __name__)


@blueprint.get("/inspections")
@permitted("inspection.read")
def index() -> ResponseReturnValue:
    """The agency's inspections, newest first."""
    page = queries.inspections(place_asked())
    return render_template(
        "oversight/inspections/index.html",
        page=page,
        counts=queries.counts([row.id for row in page.rows]),
        abouts=ABOUT_TITLES,
        me=actor(),
    )


@blueprint.get("/inspections/new")
@permitted("inspection.run")
def new() -> ResponseReturnValue:
    """开展检查: the form."""
    return _open_page(OpenForm())


@blueprint.post("/inspections/new")
@permitted("inspection.run")
def start() -> ResponseReturnValue:
    """Open it; the worker draws what is looked at."""
    form = OpenForm()
    form.unit.choices = _units()
    if not form.validate_on_submit() or not form.first_on.data or not form.last_on.data:
        return _open_page(form), 422
    days = (form.first_on.data, form.last_on.data)
    given = (form.about.data, form.unit.data, days, form.size.data or 0, form.purpose.data or "")
    try:
        moved = once("inspection.open", lambda: service.open_inspection(*given, actor()))
    except Fault as fault:
        form.first_on.errors = [str(fault)]
        return _open_page(form), 422
    if moved is None:
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", inspection_id=moved.done[0]), 303)


def _units() -> list[SelectChoice]:
    return [SelectChoice(*pair) for pair in ((0, EVERY_UNIT), *units_of_kind("sharing"))]


def _open_page(form: OpenForm) -> str:
    form.unit.choices = _units()
    return render_template(
        "oversight/inspections/new.html", form=form, law=service.limits_here(actor().agency_id)
    )


@blueprint.get("/inspections/<int:inspection_id>")
@permitted("inspection.read")
def show(inspection_id: int) -> ResponseReturnValue:
    """One inspection: what was drawn, how it stands, and its end."""
    return _page(inspection_id, ConcludeForm())


def _page(inspection_id: int, form: ConcludeForm) -> str:
    row, which = service.inspection_of(inspection_id), request.args.get("list", "")
    which = which if which in WHICH else ""
    tallies = queries.counts([row.id]).get(row.id, {})
    return render_template(
        "oversight/inspections/show.html",
        row=row,
        form=form,
        which=which,
        whiches=WHICH,
        page=queries.items(row.id, which, place_asked()),
        tallies=tallies,
        waiting=sum(tallies.get(state, 0) for state in ("picked", "asked", "answered")),
        opener=names_of([row.opened_by, row.ended_by]),
        unit=unit_names().get(row.source_unit_id, ""),
        rules=service.rules_told(row),
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "abouts": ABOUT_TITLES,
        "looks": LOOK_TITLES,
        "flags": FLAG_TITLES,
        "verdicts": VERDICT_TITLES,
        "word_titles": WORD_TITLES,
        "me": actor(),
    }


@blueprint.post("/inspections/<int:inspection_id>/proper")
@permitted("inspection.run")
def judge_proper(inspection_id: int) -> ResponseReturnValue:
    """Those ticked are 合规."""
    service.inspection_of(inspection_id)
    ids = chosen_ids().ids
    once("look.judge", lambda: judging.judge_proper(inspection_id, ids, actor()))
    return redirect(url_for(".show", inspection_id=inspection_id), 303)


@blueprint.post("/inspections/<int:inspection_id>/conclude")
@permitted("inspection.run")
def conclude(inspection_id: int) -> ResponseReturnValue:
    """办结."""
    service.inspection_of(inspection_id)
    form, seen = ConcludeForm(), revision()
    if not form.validate_on_submit():
        return _page(inspection_id, form), 422
    said = (form.conclusion.data or "", form.follow_up.data or "")
    try:
        once("inspection.conclude", lambda: service.conclude(inspection_id, seen, *said, actor()))
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(inspection_id, form), 422
    return redirect(url_for(".show", inspection_id=inspection_id), 303)


@blueprint.get("/inspections/items/<int:look_id>")
@permitted("inspection.read")
def show_item(look_id: int) -> ResponseReturnValue:
    """One item: what it was, what was said, and how it is judged."""
    return _item_page(look_id)


def _item_page(look_id: int, wrong: FlaskForm | None = None) -> str:
    row, who = judging.item_of(look_id), actor()
    forms = {
        "ask": AskForm(prefix="ask"),
        "note": NoteForm(prefix="note"),
        "judge": JudgeForm(prefix="judge"),
    }
    if wrong is not None:
        forms[wrong._prefix.strip("-")] = wrong
    inspection = service.inspection_of(row.inspection_id)
    return render_template(
        "oversight/inspections/item.html",
        row=row,
        line=queries.lines([row])[0],
        said=queries.said_about([row.id]).get(row.id, []),
        inspection=inspection,
        acts=inspection.state == "judging"
        and row.state != "judged"
        and who.may("inspection.run")
        and not queries.is_own(row, who.account_id),
        is_own=queries.is_own(row, who.account_id),
        forms=forms,
        law=service.limits_here(row.agency_id),
        **_words(),
    )


@blueprint.post("/inspections/items/<int:look_id>/ask")
@permitted("inspection.run")
def ask(look_id: int) -> ResponseReturnValue:
    """请其说明."""
    form = AskForm(prefix="ask")
    said, seen = form.words.data or "", revision()
    return _carried("look.ask", look_id, form, lambda: judging.ask(look_id, seen, said, actor()))


@blueprint.post("/inspections/items/<int:look_id>/note")
@permitted("inspection.run")
def note(look_id: int) -> ResponseReturnValue:
    """登记书面说明."""
    form = NoteForm(prefix="note")
    said, seen = form.words.data or "", revision()
    return _carried(
        "look.note", look_id, form, lambda: judging.note_answer(look_id, seen, said, actor())
    )


@blueprint.post("/inspections/items/<int:look_id>/judge")
@permitted("inspection.run")
def judge(look_id: int) -> ResponseReturnValue:
    """核实."""
    form = JudgeForm(prefix="judge")
    given, seen = (form.verdict.data or "", form.words.data or ""), revision()
    return _carried(
        "look.judge", look_id, form, lambda: judging.judge(look_id, seen, *given, actor())
    )


def _carried(
    verb: str, look_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    row = judging.item_of(look_id)
    if not form.validate_on_submit():
        return _item_page(look_id, form), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _item_page(look_id, form), 422
    return redirect(url_for(".show", inspection_id=row.inspection_id, list="open"), 303)
