"""受理初审 of additions and corrections at the agency that was asked."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import once, revision
from app.cases.looks import looked_at, open_look
from app.cases.messages import joined_reason
from app.changes import queries, taking
from app.changes.blueprint import blueprint
from app.changes.messages import ADDITION_TITLES, RETURN_REASONS
from app.intake.columns import BY_KEY
from app.papers.queries import evidence_counts
from tenants.masking import mask_id_number, mask_phone
from tenants.messages import say
from tenants.regions import region

_MASKED = {
    "id_number": mask_id_number,
    "guardian_id_number": mask_id_number,
    "phone": mask_phone,
}
_SHOWN = (
    *("relation", "name", "id_type", "id_number", "subject_role", "phone"),
    *("registered_region", "actual_region", "consent", "authorised_on"),
    *(
        "authorisation_expires_on",
        "authorisation_scope",
        "guardian_name",
        "guardian_relation",
        "guardian_id_number",
    ),
    *("monthly_income", "deposits", "houses", "vehicles", "businesses"),
)


@blueprint.get("/additions")
@permitted("case.check")
def additions() -> ResponseReturnValue:
    """What waits for the check, oldest first."""
    return render_template(
        "changes/additions.html",
        rows=queries.waiting_additions(),
        titles=ADDITION_TITLES,
        me=actor().account_id,
    )


@blueprint.get("/additions/<int:addition_id>")
@permitted("case.check")
def addition(addition_id: int) -> ResponseReturnValue:
    """What was recorded, to be held against the paper."""
    return _page(addition_id)


@blueprint.post("/additions/<int:addition_id>/look")
@permitted("case.check")
def look_at_addition(addition_id: int) -> ResponseReturnValue:
    """Show it unmasked; at the intake check the step is the reason."""
    row, _ = queries.addition(addition_id)
    open_look("addition", row.id, actor(), reason=say("addition.look"))
    return redirect(url_for("changes.addition", addition_id=row.id), 303)


@blueprint.post("/additions/<int:addition_id>/take")
@permitted("case.check")
def take_addition(addition_id: int) -> ResponseReturnValue:
    """Take it: it is asked about from now on."""
    queries.addition(addition_id)
    once("addition.take", lambda: taking.take(addition_id, revision(), actor()))
    return redirect(url_for("changes.additions"), 303)


@blueprint.post("/additions/<int:addition_id>/return")
@permitted("case.check")
def return_addition(addition_id: int) -> ResponseReturnValue:
    """Return it with the ticked reasons and what was written."""
    queries.addition(addition_id)
    ticked = [code for code in request.form.getlist("reasons") if code in RETURN_REASONS]
    text = request.form.get("text", "")[:500]
    reason = joined_reason([RETURN_REASONS[code] for code in ticked], text)
    if not reason:
        return _page(addition_id, say("return_reason_missing")), 422
    once(
        "addition.return",
        lambda: taking.give_back(addition_id, revision(), actor(), reason),
        reason=reason,
    )
    return redirect(url_for("changes.additions"), 303)


def _page(addition_id: int, error: str = "") -> str:
    row, household = queries.addition(addition_id)
    is_open = row.id in looked_at("addition", actor())
    cells = [
        (BY_KEY[key].header, _shown(key, row.row[key], is_open))
        for key in _SHOWN
        if row.row.get(key)
    ]
    return render_template(
        "changes/addition.html",
        row=row,
        household=household,
        cells=cells,
        is_open=is_open,
        titles=ADDITION_TITLES,
        reasons=list(RETURN_REASONS.items()),
        error=error,
        is_mine=row.recorded_by == actor().account_id,
        scans=evidence_counts(row.case_id, "change").get(row.id, 0),
    )


def _shown(key: str, value: str, is_open: bool) -> str:
    if key in ("registered_region", "actual_region"):
        known = region(value)
        return known.name if known else value
    return _MASKED[key](value) if key in _MASKED and not is_open else value
