"""审批情况反馈 at the commissioning unit's desk, and what the agency sees of it."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.downloads import attachment
from app.cases.lifecycle import Moved
from app.cases.models import Case
from app.cases.paging import place_asked
from app.cases.queries import household
from app.decisions import filing, names, queries, service
from app.decisions.forms import DecisionForm, SheetForm
from app.decisions.messages import (
    AGENCY_LISTS,
    AMOUNT_TITLES,
    FOUND_TITLES,
    OUTCOMES,
    UNIT_LISTS,
    WAY_TITLES,
    Fault,
    say,
)
from app.decisions.queries import DECIDED, law_here
from app.decisions.rules import FOUND
from app.decisions.sheet import MOST
from app.web.shell import NavItem
from tenants.rulebook import Scheme

blueprint = Blueprint("decisions", __name__)


@blueprint.get("/decisions")
@permitted("decision.report")
def index() -> ResponseReturnValue:
    """What is to be reported, what is open, and what was reported; ``list`` chooses."""
    return _list("decisions/index.html", UNIT_LISTS, "waiting")


@blueprint.get("/decisions/received")
@permitted("decision.read")
def received() -> ResponseReturnValue:
    """What the commissioning units, and the agencies below, reported; ``list`` chooses."""
    return _list("decisions/received.html", AGENCY_LISTS, "waiting")


def _list(template: str, lists: Mapping[str, str], usual: str) -> str:
    which = request.args.get("list", usual)
    which = which if which in lists else usual
    found = queries.counts(lists)
    tabs = [
        NavItem(title, url_for(request.endpoint or "", list=code), found[code], code == which)
        for code, title in lists.items()
    ]
    return render_template(
        template,
        which=which,
        tabs=tabs,
        page=queries.lines(which, place_asked()),
        outcomes=OUTCOMES,
        law=law_here(),
        units=AMOUNT_TITLES,
        ways=WAY_TITLES,
    )


@blueprint.post("/decisions/template")
@permitted("decision.report")
def template() -> ResponseReturnValue:
    """The sheet to fill in, with the households that are still to be reported."""
    return attachment(filing.template(actor()), names.TEMPLATE)


@blueprint.get("/decisions/file")
@permitted("decision.report")
def new_file() -> ResponseReturnValue:
    """The page on which a filled-in sheet is uploaded."""
    return _file_page(SheetForm())


@blueprint.post("/decisions/file")
@permitted("decision.report")
def upload() -> ResponseReturnValue:
    """Record what a sheet says. A fault of the file writes nothing; one in a row holds back that
    household only."""
    form = SheetForm()
    if not form.validate_on_submit():
        return _file_page(form), 422
    sent, taken = form.file.data, list[filing.Taken]()

    def work() -> Moved:
        taken.append(filing.take_file(sent.read(), sent.filename or "", actor()))
        return Moved(taken[0].done)

    try:
        once("decision.file", work, quiet=True)
    except Fault as fault:
        form.file.errors = [str(fault)]
        return _file_page(form), 422
    if taken and taken[0].faults:
        return _file_page(form, taken[0])
    if taken:
        flash(say("decision.taken", count=len(taken[0].done)), "success")
        if taken[0].same:
            flash(say("decision.same_rows", count=taken[0].same), "info")
    return redirect(url_for(".index"), 303)


def _file_page(form: SheetForm, taken: filing.Taken | None = None) -> str:
    return render_template(
        "decisions/file.html",
        form=form,
        taken=taken,
        headings=[(names.HEADINGS[key], note) for key, note in names.NOTES.items()],
        most=MOST,
        law=law_here(),
    )


@blueprint.get("/decisions/<int:case_id>")
@permitted("decision.report")
def show(case_id: int) -> ResponseReturnValue:
    """One household's decision: what was reported, and the form for it."""
    return _page(case_id, DecisionForm())


@blueprint.post("/decisions/<int:case_id>")
@permitted("decision.report")
def record(case_id: int) -> ResponseReturnValue:
    """Report, or correct, one household's decision."""
    household(case_id, Case.origin == "unit")
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(case_id, form), 422
    why = (form.why.data or "").strip()
    try:
        entry = form.entry()
        once("decision.record", lambda: service.decide(case_id, entry, actor(), why), reason=why)
    except service.Refused as fault:
        form[fault.column].errors = [str(fault)]
        return _page(case_id, form), 422
    except Fault as fault:
        wrong = form.from_period if fault.code == "decision.month_unread" else form.why
        wrong.errors = [str(fault)]
        return _page(case_id, form), 422
    return redirect(url_for(".index"), 303)


def _page(case_id: int, form: DecisionForm) -> str:
    row = household(case_id, Case.origin == "unit", Case.state.in_(("reported", "closed")))
    law = law_here()
    kind = law.decision_amounts.value[Scheme(row.scheme)]
    return render_template(
        "decisions/show.html",
        household=row,
        form=form,
        due_on=queries.due_of(case_id),
        decisions=queries.decisions_of(case_id),
        outcomes=OUTCOMES,
        ways=WAY_TITLES,
        law=law,
        amount=AMOUNT_TITLES[kind],
        units=AMOUNT_TITLES,
    )


@blueprint.get("/decisions/statistics")
@permitted("decision.read")
def statistics() -> ResponseReturnValue:
    """Of what was found, what did it change? Counts of one month, by scheme."""
    offered = queries.months()
    asked = request.args.get("month", 0, type=int)
    month = asked if asked in offered else (offered[0] if offered else 0)
    law = law_here()
    return render_template(
        "decisions/statistics.html",
        month=month,
        months=offered,
        effects=queries.effects(month, law.small_count.value),
        outcomes=[OUTCOMES[code][0] for code in DECIDED],
        found=FOUND_TITLES,
        kinds=FOUND,
        law=law,
    )
