"""异议: taken at the agency's desk, rechecked, told by the unit; disputes settled by others."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import ColumnElement

from app.accounts.current import actor, permitted
from app.cases.acts import chosen_ids, once, revision
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import as_household
from app.objections import concluding, desk_routes, queries, rechecking, taking
from app.objections.blueprint import blueprint
from app.objections.forms import ConcludeForm, DatedForm, TakeForm, TellForm, WordsForm
from app.objections.messages import (
    LIST_TITLES,
    OUTCOME_TITLES,
    OUTCOMES_CONTESTED,
    PAGE_TITLES,
    UNIT_LIST_TITLES,
    WAY_TITLES,
    WORD_TITLES,
)
from app.objections.reading import objection_of, recheck_of
from app.papers.forms import scans_in
from app.web.shell import NavItem
from tenants.messages import Fault

__all__ = ["blueprint", "desk_routes"]


@blueprint.get("/objections")
@permitted("objection.read")
def index() -> ResponseReturnValue:
    """The agency's objections; ``list`` in the URL chooses those under way or ended."""
    return _list(queries.condition, PAGE_TITLES["agency"], at_unit=False)


@blueprint.get("/objections/to-tell")
@permitted("objection.tell")
def to_tell() -> ResponseReturnValue:
    """What this unit's people are to be told."""
    return _list(queries.to_tell, PAGE_TITLES["unit"], at_unit=True)


def _list(condition: Callable[[str], ColumnElement[bool]], title: str, *, at_unit: bool) -> str:
    which = request.args.get("list", "open")
    which = which if which in queries.LISTS else "open"
    found = queries.counts({name: condition(name) for name in queries.LISTS})
    endpoint, titles = request.endpoint or "", UNIT_LIST_TITLES if at_unit else LIST_TITLES
    tabs = [
        NavItem(titles[name], url_for(endpoint, list=name), found[name], which == name)
        for name in queries.LISTS
    ]
    return render_template(
        "objections/index.html",
        title=title,
        at_unit=at_unit,
        tabs=tabs,
        page=queries.rows(condition(which), place_asked()),
        outcomes=OUTCOME_TITLES,
        me=actor(),
    )


@blueprint.get("/cases/<int:case_id>/objection")
@permitted("objection.take")
def ask(case_id: int) -> ResponseReturnValue:
    """提出异议: the form."""
    return _take_page(case_id, TakeForm())


@blueprint.post("/cases/<int:case_id>/objection")
@permitted("objection.take")
def take(case_id: int) -> ResponseReturnValue:
    """Write it down; the receipt can be printed on the page that follows."""
    case, form = taking.case_of(case_id), TakeForm()
    found = queries.contestable(case.id)
    form.finding.choices = [(row.key, row.title) for row in found]
    if not form.validate_on_submit():
        return _take_page(case_id, form), 422
    given = (form.finding.data, form.words.data or "", form.said_on.data)
    scans = scans_in(form.scans)
    try:
        moved = once("objection.take", lambda: taking.take(case.id, *given, actor(), scans))
    except Fault as fault:
        wrong = form.scans if fault.code.startswith("paper_") else None
        (wrong.errors if wrong else form.form_errors).append(str(fault))
        return _take_page(case_id, form), 422
    if moved is None:
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", objection_id=moved.done[0]), 303)


def _take_page(case_id: int, form: TakeForm) -> str:
    case = taking.case_of(case_id)
    found = queries.contestable(case.id)
    form.finding.choices = [(row.key, row.title) for row in found]
    return render_template(
        "objections/take.html",
        household=as_household(case),
        report=taking.report_in_force(case.id),
        found=found,
        form=form,
        law=taking.law_here(),
    )


@blueprint.get("/objections/<int:objection_id>")
@permitted("objection.open")
def show(objection_id: int) -> ResponseReturnValue:
    """One objection: what was said, how it stands, and what this person may do about it."""
    return _page(objection_id)


def _page(objection_id: int, wrong: FlaskForm | None = None) -> str:
    who, found = actor(), queries.detail(objection_id)
    of_agency = who.may("objection.read")
    is_known = of_agency and found.row.objection.item
    recheck = recheck_of(found.row.objection) if is_known else None
    forms = {
        "conclude": ConcludeForm().offer(recheck.outcomes if recheck else ()),
        "dispute": DatedForm(prefix="dispute"),
        "settle": WordsForm(prefix="settle"),
        "tell": TellForm(),
        "source": DatedForm(prefix="source"),
    }
    if wrong is not None:
        same = next(
            key
            for key, form in forms.items()
            if type(form) is type(wrong) and form.words.name == wrong.words.name
        )
        forms[same] = wrong
    return render_template(
        "objections/show.html",
        found=found,
        row=found.row.objection,
        recheck=recheck,
        of_agency=of_agency,
        forms=forms,
        outcomes=OUTCOME_TITLES,
        was_titles=OUTCOMES_CONTESTED,
        ways=WAY_TITLES,
        word_titles=WORD_TITLES,
        law=taking.law_here(),
        me=who,
    )


@blueprint.post("/objections/pursue")
@permitted("objection.recheck")
def pursue() -> ResponseReturnValue:
    """Send those ticked to where they belong: up, or to the source."""
    ids = chosen_ids().ids
    once("objection.pursue", lambda: rechecking.pursue(ids, actor()))
    if len(ids) == 1 and request.form.get("next") == "one":
        return redirect(url_for(".show", objection_id=ids[0]), 303)
    return redirect(url_for(".index"), 303)


@blueprint.post("/objections/<int:objection_id>/conclude")
@permitted("objection.recheck")
def conclude(objection_id: int) -> ResponseReturnValue:
    """复核结论."""
    row, seen = objection_of(objection_id), revision()
    recheck = recheck_of(row)
    form = ConcludeForm().offer(recheck.outcomes if recheck else ())
    return _carried(
        "objection.conclude",
        objection_id,
        form,
        lambda: concluding.conclude(
            objection_id, seen, form.outcome.data, form.words.data or "", actor()
        ),
    )


@blueprint.post("/objections/<int:objection_id>/tell")
@permitted("objection.tell")
def tell(objection_id: int) -> ResponseReturnValue:
    """告知当事人, by the unit that used the data."""
    objection_of(objection_id)
    form, seen = TellForm(), revision()
    return _carried(
        "objection.tell",
        objection_id,
        form,
        lambda: concluding.tell_person(
            objection_id, seen, form.said_on.data, form.how.data, form.words.data or "", actor()
        ),
    )


@blueprint.post("/objections/<int:objection_id>/dispute")
@permitted("objection.take")
def dispute(objection_id: int) -> ResponseReturnValue:
    """The person still objects: formal 异议处理 begins."""
    objection_of(objection_id)
    form, seen = DatedForm(prefix="dispute"), revision()
    return _carried(
        "objection.dispute",
        objection_id,
        form,
        lambda: concluding.dispute(
            objection_id, seen, form.said_on.data, form.words.data or "", actor()
        ),
    )


@blueprint.post("/objections/<int:objection_id>/settle")
@permitted("objection.settle")
def settle(objection_id: int) -> ResponseReturnValue:
    """异议处理, by somebody who had no part in it."""
    objection_of(objection_id)
    form, seen = WordsForm(prefix="settle"), revision()
    return _carried(
        "objection.settle",
        objection_id,
        form,
        lambda: concluding.settle(objection_id, seen, form.words.data or "", actor()),
    )


@blueprint.post("/objections/<int:objection_id>/source")
@permitted("objection.recheck")
def tell_source(objection_id: int) -> ResponseReturnValue:
    """The source was told what is wrong there."""
    objection_of(objection_id)
    form = DatedForm(prefix="source")
    return _carried(
        "objection.tell_source",
        objection_id,
        form,
        lambda: concluding.tell_source(
            objection_id, form.said_on.data, form.words.data or "", actor()
        ),
    )


def _carried(
    verb: str, objection_id: int, form: FlaskForm, work: Callable[[], Moved]
) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _page(objection_id, form), 422
    try:
        once(verb, work)
    except Fault as fault:
        form.form_errors.append(str(fault))
        return _page(objection_id, form), 422
    return redirect(url_for(".show", objection_id=objection_id), 303)
