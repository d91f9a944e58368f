"""审核复审: the list of what waits, approve, terminate with reasons."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from app.accounts.current import actor, permitted
from app.cases import filtering
from app.cases import queries as cases
from app.cases.acts import once
from app.cases.bulk import ALL_MATCHING, condition_of, picked
from app.cases.chunks import in_chunks
from app.cases.models import SCHEMES
from app.cases.paging import Place, place_asked
from app.review import queries, service
from app.review.forms import (
    ORIGINS,
    TerminationReason,
    origin_asked,
    scheme_asked,
    termination_reason,
)
from app.review.messages import TERMINATION_REASONS
from app.web.shell import NavItem
from tenants.messages import say

SHOWN_BEFORE_TERMINATION = 50

blueprint = Blueprint("review", __name__)


@blueprint.get("/review")
@permitted("case.review")
def waiting() -> ResponseReturnValue:
    """The cases that wait for the review."""
    condition = _asked_for()
    matching, upper = filtering.highest_case(condition)
    return render_template(
        "review/waiting.html",
        page=queries.waiting(condition, place_asked(), actor()),
        tabs=_tabs(),
        origin=origin_asked(),
        scheme=scheme_asked(),
        schemes=SCHEMES,
        matching=matching,
        upper=upper,
    )


@blueprint.post("/review/approve")
@permitted("case.review")
def approve() -> ResponseReturnValue:
    """Approve the chosen cases; they are routed at once, in the background."""
    chosen = picked(_asked_for())
    once("case.approve", lambda: in_chunks(chosen, lambda part: service.approve(part, actor())))
    return redirect(_back(), 303)


@blueprint.post("/review/terminate/reasons")
@permitted("case.review")
def ask_reasons() -> ResponseReturnValue:
    """Which cases are to be terminated: now say why."""
    return _reasons_page(TerminationReason((), ""))


@blueprint.post("/review/terminate")
@permitted("case.review")
def terminate() -> ResponseReturnValue:
    """Terminate the chosen cases; a lower agency learns it at once, with the reason."""
    given = termination_reason()
    if not given.sentence:
        return _reasons_page(given, say("termination_reason_missing")), 422
    chosen, reason = picked(_asked_for()), given.sentence
    once(
        "case.terminate",
        lambda: in_chunks(chosen, lambda part: service.terminate(part, actor(), reason)),
        reason=reason,
    )
    return redirect(_back(), 303)


def _asked_for() -> ColumnElement[bool]:
    return queries.waiting_condition(origin_asked(), scheme_asked())


def _back() -> str:
    return url_for("review.waiting", origin=origin_asked() or None, scheme=scheme_asked() or None)


def _tabs() -> list[NavItem]:
    counts, chosen = queries.counts_by_origin(), origin_asked()
    return [
        NavItem(
            title,
            url_for("review.waiting", origin=origin or None),
            counts.get(origin, 0) if origin else sum(counts.values()),
            origin == chosen,
        )
        for origin, title in ORIGINS.items()
    ]


def _reasons_page(given: TerminationReason, error: str = "") -> str:
    fitting = condition_of(picked(_asked_for()))
    limit = SHOWN_BEFORE_TERMINATION
    return render_template(
        "review/terminate.html",
        page=cases.households(fitting, Place(), ascending=True, limit=limit),
        total=filtering.highest_case(fitting)[0],
        ids=request.form.getlist("ids"),
        all_matching=request.form.get(ALL_MATCHING, ""),
        reasons=list(TERMINATION_REASONS.items()),
        given=given,
        error=error,
        origin=origin_asked(),
        scheme=scheme_asked(),
    )
