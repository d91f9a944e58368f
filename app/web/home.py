"""待我办理: what waits for this person, most urgent first, and the month around it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actor import Actor
from app.accounts.current import actor, permitted
from app.web import overview
from app.web.home_messages import KIND_TITLES, KIND_UNITS
from app.web.shell import NavItem
from app.web.waiting import counts, kinds_of
from app.web.work import page_of, work
from tenants.messages import say

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@permitted("home.read")
def show() -> ResponseReturnValue:
    """The home page; ``kind`` in the URL shows one kind of work only."""
    who = actor()
    kinds = kinds_of(who)
    kind = request.args.get("kind", "")
    chosen = [kind] if kind in kinds else kinds
    period = overview.this_period()
    return render_template(
        "home/show.html",
        who=who,
        kind=kind if kind in kinds else "",
        tabs=_tabs(who, kind),
        lines=work(who, chosen),
        titles=KIND_TITLES,
        units_of=KIND_UNITS,
        bulk_url=page_of(kind) if kind in kinds else None,
        period=period,
        states=_states(who, period),
        units=overview.units(period) if who.may("case.read") or who.may("exchange.read") else None,
    )


def _states(who: Actor, period: int) -> list[tuple[str, int]] | None:
    """The month's cases for those who may know of them."""
    if not any(who.may(permission) for permission in ("case.read", "exchange.read", "list.read")):
        return None
    return overview.cases_by_state(period, with_prepared=who.unit_id != 0)


def _tabs(who: Actor, current: str) -> list[NavItem]:
    found = counts(who)
    kinds = [kind for kind in kinds_of(who) if found.get(kind)]
    tabs = [NavItem(say("home.all"), url_for(".show"), sum(found.values()), current not in found)]
    tabs += [
        NavItem(KIND_TITLES[kind], url_for(".show", kind=kind), found[kind], kind == current)
        for kind in kinds
    ]
    return tabs if kinds else []
