"""The case page, and looking at a person's number."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import queries as cases
from app.cases.looks import open_look
from app.cases.models import Case
from app.cases.paging import place_asked
from app.cases.transitions import HANDED_OVER, NOT_HANDED_IN
from app.decisions.messages import DECIDED_WORDS
from app.decisions.queries import decisions_of
from app.dossier import queries
from app.dossier.compared import compared_now
from app.dossier.messages import LOOK_REASONS, WAITING_TITLES
from app.objections.messages import OUTCOME_TITLES
from app.objections.queries import Contested
from app.objections.queries import of_case as objections_of
from app.report.entrustment_lanes import drawing_of_entrustment
from app.report.screen_messages import KIND_TITLES
from tenants.calendar import business_date
from tenants.messages import Fault

blueprint = Blueprint("dossier", __name__)
OBJECTED = ("objection_lodged", "objection_taken", "objection_came")
"""What the history of a household says where something of it was contested."""


@blueprint.get("/cases/<int:case_id>")
@permitted("case.read")
def show(case_id: int) -> ResponseReturnValue:
    """The case page: the lanes first, then people, what was asked, history, reports."""
    found = queries.dossier(case_id, actor(), business_date())
    return render_template(
        "dossier/show.html",
        dossier=found,
        may=actor().permissions,
        objections=_contested(found),
        emergency=queries.emergency_of(case_id) if found.household.lane == "expedited" else None,
        schemes_expedited=found.law.expedited_schemes.value,
        look_reasons=list(LOOK_REASONS.items()),
        waiting_titles=WAITING_TITLES,
        report_kinds=KIND_TITLES,
        decisions=decisions_of(case_id) if found.household.state in HANDED_OVER else [],
        decided=DECIDED_WORDS,
        objection_outcomes=OUTCOME_TITLES,
    )


def _contested(found: queries.Dossier) -> list[Contested]:
    """The objections of a household of which one was taken: else nothing is asked."""
    if not any(event.action in OBJECTED for event in found.events):
        return []
    return objections_of(found.household, {member.id: member.name for member in found.members})


@blueprint.get("/cases/<int:case_id>/comparison")
@permitted("case.read")
def compare(case_id: int) -> ResponseReturnValue:
    """Declared against found as it stands now."""
    case = cases.case(case_id, Case.state.not_in(NOT_HANDED_IN))
    return render_template(
        "dossier/compared.html",
        household=cases.as_household(case),
        compared=compared_now(case, business_date()),
    )


@blueprint.get("/cases/entrustments/<int:entrustment_id>")
@permitted("case.read")
def show_entrustment(entrustment_id: int) -> ResponseReturnValue:
    """One entrustment: the lanes with counts, and its cases by state."""
    found = cases.entrustment(entrustment_id)
    return render_template(
        "dossier/entrustment.html",
        entrustment=found,
        sender=queries.sender_of(found),
        lanes=drawing_of_entrustment(found),
        states=cases.state_counts(Case.entrustment_id, [found.id]).get(found.id, {}),
        page=cases.households(Case.entrustment_id == found.id, place_asked(), ascending=True),
    )


@blueprint.post("/cases/<int:case_id>/subjects/<int:subject_id>/look")
@permitted("subject.unmask")
def look(case_id: int, subject_id: int) -> ResponseReturnValue:
    """Show one person's number and phone for ten minutes, for the reason given."""
    reason = request.form.get("reason", "")
    if reason not in LOOK_REASONS:
        raise Fault("look_reason_unknown")
    open_look(
        "subject",
        queries.subject_of(case_id, subject_id),
        actor(),
        reason=LOOK_REASONS[reason],
    )
    return redirect(url_for(".show", case_id=case_id, _anchor="members"), 303)
