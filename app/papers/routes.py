"""A household's sheets: what is there and what is missing, adding, looking, mending."""

from collections.abc import Callable

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.looks import looked_at, open_look
from app.cases.models import Case
from app.cases.queries import Household
from app.cases.transitions import NOT_HANDED_IN
from app.papers import batch_routes, queries, service
from app.papers.blueprint import blueprint
from app.papers.messages import LOOK_STEPS
from app.papers.models import Paper
from app.papers.rules import OF_CHANGE, OF_HOUSEHOLD, OF_SUBJECT, OPEN_STATES, missing_papers
from tenants.messages import Fault

__all__ = ["batch_routes", "blueprint"]

SIDES = ("left", "top", "right", "bottom")


@blueprint.get("/papers/cases/<int:case_id>")
@permitted("paper.look")
def show(case_id: int) -> ResponseReturnValue:
    """The sheets of a household, per subject, and what is missing."""
    return _page(_household(case_id))


@blueprint.post("/papers/cases/<int:case_id>")
@permitted("paper.prepare")
def add(case_id: int) -> ResponseReturnValue:
    """Add scans of one kind to a subject or to the household; a fault writes nothing."""
    household = _household(case_id)
    kind = request.form.get("kind", "")
    subject_id = request.form.get("subject", 0, type=int)
    sent = [file.read() for file in request.files.getlist("files") if file.filename]

    def work() -> Moved:
        ids = service.add_papers(household.id, subject_id, kind, sent, actor())
        open_look(queries.LOOK, household.id, actor(), reason=LOOK_STEPS["preparing"])
        return Moved(tuple(ids))

    try:
        once("paper.add", work, quiet=True)
    except Fault as fault:
        return _page(household, fault=str(fault)), 422
    return redirect(url_for(".show", case_id=household.id, _anchor=f"s{subject_id}"), 303)


@blueprint.post("/papers/cases/<int:case_id>/look")
@permitted("paper.look")
def look(case_id: int) -> ResponseReturnValue:
    """Show a household's sheets for ten minutes; where the step is no reason, one is given."""
    household = _household(case_id)
    reason = _step_of(household) or request.form.get("reason", "")
    if len(reason.strip()) < 2:
        return _page(household, fault=str(Fault("paper_reason"))), 422
    open_look(queries.LOOK, household.id, actor(), reason=reason)
    return redirect(url_for(".show", case_id=household.id), 303)


@blueprint.get("/papers/<int:paper_id>/picture")
@permitted("paper.look")
def picture(paper_id: int) -> ResponseReturnValue:
    """The bytes of a sheet that this person has opened; otherwise the page that opens it."""
    row = queries.paper(paper_id)
    if not queries.may_see(row, actor()):
        return redirect(_page_of(row.case_id), 303)
    shown = service.picture_of(row)
    return Response(shown.data, mimetype=shown.media_type)


@blueprint.get("/papers/<int:paper_id>")
@permitted("paper.prepare")
def sheet(paper_id: int) -> ResponseReturnValue:
    """One sheet, large, to turn, crop or take away."""
    row = queries.paper(paper_id)
    if not queries.is_open(row):
        return redirect(_page_of(row.case_id), 303)
    return _sheet_page(row.id)


@blueprint.post("/papers/<int:paper_id>/turn")
@permitted("paper.prepare")
def turn(paper_id: int) -> ResponseReturnValue:
    """Turn a sheet by a quarter or a half."""
    quarters = request.form.get("quarters", 1, type=int) % 4
    return _mended(paper_id, "turn", lambda: service.turn_paper(paper_id, quarters, actor()))


@blueprint.post("/papers/<int:paper_id>/crop")
@permitted("paper.prepare")
def crop(paper_id: int) -> ResponseReturnValue:
    """Cut so many percent off the sides of a sheet."""
    left, top, right, bottom = (request.form.get(side, 0, type=int) for side in SIDES)
    sides = (left, top, right, bottom)
    return _mended(paper_id, "crop", lambda: service.crop_paper(paper_id, sides, actor()))


@blueprint.post("/papers/<int:paper_id>/remove")
@permitted("paper.prepare")
def remove(paper_id: int) -> ResponseReturnValue:
    """Take a sheet away while the household is in preparation or returned."""
    row = queries.open_paper(paper_id)
    once("paper.remove", lambda: Moved((service.remove_paper(row.id, actor()).id,)))
    return redirect(url_for(".show", case_id=row.case_id), 303)


def _mended(paper_id: int, verb: str, work: Callable[[], Paper]) -> ResponseReturnValue:
    row = queries.open_paper(paper_id)
    try:
        once(f"paper.{verb}", lambda: Moved((work().id,)), quiet=True)
    except Fault as fault:
        return _sheet_page(row.id, str(fault)), 422
    return redirect(url_for(".sheet", paper_id=row.id), 303)


def _household(case_id: int) -> Household:
    """A household of this scope; one in preparation is not yet the agency's to look at."""
    prepared = () if actor().may("paper.prepare") else (Case.state.not_in(NOT_HANDED_IN),)
    return cases.household(case_id, *prepared)


def _page(household: Household, *, fault: str = "") -> str:
    members = cases.members([household.id]).get(household.id, ())
    found = queries.sheets([household.id]).get(household.id, [])
    present = [(row.subject_id, row.kind) for row in found]
    own = household.state in OPEN_STATES and household.origin == "unit"
    return render_template(
        "papers/show.html",
        household=household,
        members=members,
        sheets=found,
        missing=missing_papers([m.id for m in members if m.brings_papers], present),
        kinds=(*OF_HOUSEHOLD, *(kind for kind in OF_CHANGE if kind in {row.kind for row in found})),
        brought=(*OF_SUBJECT, *OF_HOUSEHOLD),
        may_change=own and actor().may("paper.prepare"),
        may_correct=own and actor().may("entrustment.submit"),
        is_open=household.id in looked_at(queries.LOOK, actor()),
        step=_step_of(household),
        may_read=actor().may("case.read") and household.state not in NOT_HANDED_IN,
        may_check=actor().may("case.check") and household.state == "submitted",
        fault=fault,
    )


def _sheet_page(paper_id: int, fault: str = "") -> str:
    row = queries.open_paper(paper_id)
    household = cases.household(row.case_id or 0)
    members = cases.members([household.id]).get(household.id, ())
    return render_template(
        "papers/sheet.html",
        sheet=row,
        household=household,
        whose=next((member for member in members if member.id == row.subject_id), None),
        is_open=queries.may_see(row, actor()),
        typed={side: request.form.get(side, "0") for side in SIDES},
        fault=fault,
    )


def _step_of(household: Household) -> str:
    """The step that is this person's reason for looking; empty when one has to be given."""
    if actor().may("paper.prepare"):
        return LOOK_STEPS["preparing"]
    if actor().may("case.check") and household.state == "submitted":
        return LOOK_STEPS["checking"]
    return ""


def _page_of(case_id: int | None) -> str:
    return url_for(".show", case_id=case_id) if case_id else url_for("home.show")
