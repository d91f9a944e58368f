"""受理初审 in two looks: the papers, a tick each; then paper against file; then the next one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.cases.looks import looked_at, open_look
from app.cases.models import Case
from app.cases.paging import Place
from app.cases.queries import Household
from app.cases.transitions import NOT_HANDED_IN
from app.intake import names, queries
from app.intake.blueprint import blueprint
from app.intake.messages import REMARKS, RETURN_REASONS, TICKS, UNTICKED
from app.intake.paper_rules import OF_ENTRUSTMENT, OF_SUBJECT, Tick
from app.intake.receiving import law_of
from app.intake.ticking import drawn_among, tick
from app.intake.two_looks import Looked, looked, next_waiting
from app.intake.wording import title
from app.papers.queries import LOOK
from app.papers.rules import OF_HOUSEHOLD


@blueprint.post("/intake/<int:entrustment_id>/next")
@permitted("case.check")
def start(entrustment_id: int) -> ResponseReturnValue:
    """Open the first household of an entrustment that waits."""
    row = queries.entrustment_row(entrustment_id)
    return to_next(row.id, request.form.get("after", 0, type=int))


def to_next(entrustment_id: int, after: int) -> ResponseReturnValue:
    """Open the next household that waits, with its audit row, and go there; its list at the end."""
    case_id = next_waiting(entrustment_id, after, actor())
    if not case_id:
        return redirect(url_for("intake.check", entrustment_id=entrustment_id), 303)
    open_case(case_id, entrustment_id)
    return redirect(url_for("intake.first_look", case_id=case_id), 303)


def open_case(case_id: int, entrustment_id: int) -> None:
    """Show a household, its sheets and the sealed list for ten minutes; the step is the reason."""
    if entrustment_id not in looked_at("entrustment", actor()):
        open_look("entrustment", entrustment_id, actor(), reason=names.LOOK_REASON)
    open_look("case", case_id, actor(), reason=names.LOOK_REASON)
    open_look(LOOK, case_id, actor(), reason=names.LOOK_REASON)


@blueprint.get("/intake/cases/<int:case_id>/papers")
@permitted("case.check")
def first_look(case_id: int) -> ResponseReturnValue:
    """第一遍: the papers by themselves, a tick each."""
    household = _checked(case_id)
    return render_template(
        "intake/first_look.html",
        looked=looked(household, actor()),
        tick_titles=TICKS,
        remark_titles=REMARKS,
        of_entrustment=OF_ENTRUSTMENT,
        of_subject=OF_SUBJECT,
        of_household=OF_HOUSEHOLD,
        law=law_of(actor()).paper_check,
        is_drawn=bool(drawn_among([household.id])),
    )


@blueprint.post("/intake/cases/<int:case_id>/papers")
@permitted("case.check")
def keep_ticks(case_id: int) -> ResponseReturnValue:
    """Keep the ticks; then the second look, or the reasons of a return."""
    row = _waiting(case_id)

    def work() -> Moved:
        tick(row.id, _ticked(), actor())
        return Moved((row.id,))

    once("case.tick", work, quiet=True)
    asked = request.form.get("then")
    to = "intake.reasons" if asked == "return" else "intake.household"
    return redirect(url_for(to, case_id=row.id), 303)


@blueprint.get("/intake/cases/<int:case_id>/return")
@permitted("case.check")
def reasons(case_id: int) -> ResponseReturnValue:
    """Why is it returned: filled in from what was not ticked and what the machine saw."""
    row = _checked(case_id)
    found = looked(row, actor())
    return render_template(
        "intake/return.html",
        row=queries.entrustment_row(found.entrustment.id),
        page=cases.households(Case.id == row.id, Place(), limit=1),
        total=1,
        ids=[f"{row.id}:{row.rev}"],
        all_matching="",
        reasons=list(RETURN_REASONS.items()),
        ticked=found.reasons,
        text=_said(found),
        error="",
        then=row.id,
    )


def _checked(case_id: int) -> Household:
    """A household of a commissioning unit, past preparation."""
    return cases.household(case_id, Case.origin == "unit", Case.state.not_in(NOT_HANDED_IN))


def _waiting(case_id: int) -> Household:
    return cases.household(case_id, Case.origin == "unit", Case.state == "submitted")


def _ticked() -> set[Tick]:
    """Fields ``ticks``, each ``subject:what``; what is malformed ticks nothing."""
    found = set()
    for value in request.form.getlist("ticks"):
        subject_id, _, what = value.partition(":")
        if subject_id.isdigit():
            found.add((int(subject_id), what))
    return found


def _said(found: Looked) -> str:
    """What is missing, by relation and never by name: it becomes part of the history."""
    places = {member.id: title("relation", member.relation) for member in found.members}
    said = [(r.subject_id, REMARKS[r.code]) for r in found.remarks if r.is_fault]
    said += [(subject_id, UNTICKED[what]) for subject_id, what in found.unticked if subject_id]
    return names.joined(
        {
            f"{place} {relation}": [words for subject_id, words in said if subject_id == id_]
            for place, (id_, relation) in enumerate(places.items(), start=1)
        }
    )
