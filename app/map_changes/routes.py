"""区划变更: what changes in the tree, and from when on; a second administrator confirms."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actor import Actor
from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.cases.lifecycle import Moved
from app.map_changes import queries, service
from app.map_changes.messages import CHANGE_KINDS, CHANGE_STATES
from tenants.calendar import business_date
from tenants.messages import Fault

blueprint = Blueprint("map_changes", __name__, url_prefix="/map-changes")


@blueprint.get("")
@permitted("map.read")
def index() -> ResponseReturnValue:
    """Every change of the tree that this agency is part of."""
    return render_template(
        "map_changes/index.html",
        changes=queries.changes_seen_by(actor().agency_id, business_date()),
        kinds=CHANGE_KINDS,
        states=CHANGE_STATES,
    )


@blueprint.get("/<int:change_id>")
@permitted("map.read")
def show(change_id: int) -> ResponseReturnValue:
    """One change: what it is, what follows from it, and the second person's buttons."""
    return _page(change_id)


def _page(change_id: int, fault: str = "") -> str:
    found = queries.change_seen_by(actor().agency_id, change_id, business_date())
    state = found.row.state_on(business_date())
    is_ours = found.row.by_agency_id == actor().agency_id and actor().may("map.confirm")
    return render_template(
        "map_changes/show.html",
        change=found,
        state=state,
        kinds=CHANGE_KINDS,
        states=CHANGE_STATES,
        may_confirm=is_ours and state == "waiting",
        may_void=is_ours and state in ("waiting", "coming"),
        fault=fault,
    )


@blueprint.post("/<int:change_id>/confirm")
@permitted("map.confirm")
def confirm(change_id: int) -> ResponseReturnValue:
    """确认: by another administrator than the one who recorded it."""
    return _act(change_id, "map.confirm", service.confirm)


@blueprint.post("/<int:change_id>/void")
@permitted("map.confirm")
def void(change_id: int) -> ResponseReturnValue:
    """作废, until its day."""
    return _act(change_id, "map.void", service.void)


def _act(change_id: int, verb: str, act: Callable[[int, Actor], None]) -> ResponseReturnValue:
    queries.change_seen_by(actor().agency_id, change_id, business_date())

    def work() -> Moved:
        act(change_id, actor())
        return Moved((change_id,))

    try:
        once(verb, work)
    except Fault as fault:
        return _page(change_id, str(fault)), 422
    return redirect(url_for(".show", change_id=change_id), 303)
