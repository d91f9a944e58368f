"""受理初审: entrustments that wait, their households, accept or return with reasons."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases import filtering, history
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.bulk import ALL_MATCHING, condition_of, picked
from app.cases.chunks import in_chunks
from app.cases.downloads import attachment
from app.cases.messages import STATE_TITLES, joined_reason
from app.cases.models import Case
from app.cases.paging import Place, place_asked
from app.cases.transitions import NOT_HANDED_IN
from app.intake import queries, service
from app.intake.blueprint import blueprint
from app.intake.messages import REMARKS, RETURN_REASONS
from app.intake.paper_routes import open_case, to_next
from app.intake.ticking import drawn_among
from app.intake.two_looks import looked
from app.web.shell import NavItem
from tenants import files
from tenants.messages import say

TABS = ("submitted", "returned", "accepted")
SHOWN_BEFORE_RETURN = 50


@blueprint.get("/intake")
@permitted("case.check")
def waiting() -> ResponseReturnValue:
    """The entrustments with households that wait for the intake check."""
    return render_template("intake/waiting.html", rows=queries.waiting_entrustments())


@blueprint.get("/intake/<int:entrustment_id>")
@permitted("case.check")
def check(entrustment_id: int) -> ResponseReturnValue:
    """The households of one entrustment, to accept or return."""
    row = queries.entrustment_row(entrustment_id)
    asked = request.args.get("state", "")
    state = asked if asked in TABS else TABS[0]
    condition = _of(row.id, state)
    page = queries.with_members(cases.households(condition, place_asked(), ascending=True))
    matching, upper = filtering.highest_case(condition)
    return render_template(
        "intake/check.html",
        row=row,
        state=state,
        page=page,
        tabs=_tabs(row, state),
        drawn=drawn_among([item.household.id for item in page.rows]),
        matching=matching,
        upper=upper,
    )


@blueprint.post("/intake/<int:entrustment_id>/accept")
@permitted("case.check")
def accept(entrustment_id: int) -> ResponseReturnValue:
    """Accept the chosen households."""
    row = queries.entrustment_row(entrustment_id)
    chosen = picked(_of(row.id))
    once("case.accept", lambda: in_chunks(chosen, lambda part: service.accept(part, actor())))
    if after := _one_by_one():
        return to_next(row.id, after)
    return redirect(url_for("intake.check", entrustment_id=row.id), 303)


@blueprint.post("/intake/<int:entrustment_id>/return/reasons")
@permitted("case.check")
def ask_return_reasons(entrustment_id: int) -> ResponseReturnValue:
    """Which households are to be returned: now say why."""
    return _reasons_page(entrustment_id)


@blueprint.post("/intake/<int:entrustment_id>/return")
@permitted("case.check")
def return_cases(entrustment_id: int) -> ResponseReturnValue:
    """Return the chosen households with the ticked reasons and what was written."""
    row = queries.entrustment_row(entrustment_id)
    ticked = [code for code in request.form.getlist("reasons") if code in RETURN_REASONS]
    text = request.form.get("text", "")
    reason = joined_reason([RETURN_REASONS[code] for code in ticked], text)
    if not reason:
        return _reasons_page(row.id, say("return_reason_missing")), 422
    chosen = picked(_of(row.id))
    once(
        "case.return",
        lambda: in_chunks(chosen, lambda part: service.return_cases(part, actor(), reason)),
        reason=reason,
    )
    if after := _one_by_one():
        return to_next(row.id, after)
    return redirect(url_for("intake.check", entrustment_id=row.id), 303)


@blueprint.get("/intake/cases/<int:case_id>")
@permitted("case.check")
def household(case_id: int) -> ResponseReturnValue:
    """One household at the intake check; unmasked once this person has opened it."""
    row = cases.household(case_id, Case.origin == "unit", Case.state.not_in(NOT_HANDED_IN))
    found = looked(row, actor())
    return render_template(
        "intake/household.html",
        looked=found,
        household=row,
        entrustment=found.entrustment,
        members=found.members,
        declared=cases.declared([member.id for member in found.members]),
        is_open=found.is_open,
        is_drawn=bool(drawn_among([row.id])),
        remark_titles=REMARKS,
        events=history.happenings("case", row.id),
    )


@blueprint.post("/intake/cases/<int:case_id>/look")
@permitted("case.check")
def look(case_id: int) -> ResponseReturnValue:
    """Show the household unmasked; at the intake check the step is the reason."""
    row = cases.household(case_id, Case.origin == "unit", Case.state == "submitted")
    open_case(row.id, row.entrustment_id or 0)
    to = "intake.first_look" if request.form.get("then") == "papers" else "intake.household"
    return redirect(url_for(to, case_id=row.id), 303)


@blueprint.post("/intake/<int:entrustment_id>/letter")
@permitted("case.check")
def letter(entrustment_id: int) -> Response:
    """The scan of the letter of entrustment."""
    row = queries.entrustment_row(entrustment_id)
    if row.letter_file_id is None:
        raise LookupError(f"entrustment {row.id} has no scan")
    found = files.read(row.letter_file_id, "letter")
    audit.record(
        actor().account_id, "entrustment.letter.download", kind="entrustment", subject_id=row.id
    )
    return attachment(found.data, found.name)


def _one_by_one() -> int:
    """The household after which the next one opens; 0 when a whole choice was decided."""
    return request.form.get("then", 0, type=int)


def _of(entrustment_id: int, state: str = "submitted") -> ColumnElement[bool]:
    return (Case.entrustment_id == entrustment_id) & (Case.state == state)


def _tabs(row: queries.EntrustmentRow, state: str) -> list[NavItem]:
    return [
        NavItem(
            STATE_TITLES["case"][tab],
            url_for("intake.check", entrustment_id=row.id, state=tab),
            row.states.get(tab, 0),
            tab == state,
        )
        for tab in TABS
    ]


def _reasons_page(entrustment_id: int, error: str = "") -> str:
    row = queries.entrustment_row(entrustment_id)
    fitting = condition_of(picked(_of(row.id)))
    return render_template(
        "intake/return.html",
        row=row,
        page=cases.households(fitting, Place(), ascending=True, limit=SHOWN_BEFORE_RETURN),
        total=filtering.highest_case(fitting)[0],
        ids=request.form.getlist("ids"),
        all_matching=request.form.get(ALL_MATCHING, ""),
        reasons=list(RETURN_REASONS.items()),
        ticked=request.form.getlist("reasons"),
        text=request.form.get("text", ""),
        error=error,
        then=request.form.get("then", ""),
    )
