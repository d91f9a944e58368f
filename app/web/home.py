"""待我办理: what waits for this person, most urgent first, and the month around it."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actor import Actor
from app.accounts.current import actor, permitted
from app.cases.acts import once
from app.map_changes.queries import changes_around
from app.web import overview
from app.web.home_messages import COMING, KIND_TITLES, KIND_UNITS, coming_words
from app.web.in_place import VERBS, lines_of
from app.web.shell import NavItem
from app.web.waiting import KINDS, counts, kinds_of, running_work
from app.web.work import work
from tenants.calendar import business_date
from tenants.messages import Fault, say
from tenants.rulebook import rulebook

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
    lines = work(who, chosen)
    return render_template(
        "home/show.html",
        who=who,
        map_changes=changes_around(who.agency_id, business_date()),
        kind=kind if kind in kinds else "",
        tabs=_tabs(who, kind),
        lines=lines,
        titles=KIND_TITLES,
        units_of=KIND_UNITS,
        in_place=[
            code for code in VERBS if any(line.value and line.kind == code for line in lines)
        ],
        coming=_coming(who),
        period=period,
        states=_states(who, period),
        units=overview.units(period) if who.may("case.read") or who.may("exchange.read") else None,
    )


@blueprint.post("/work")
@permitted("home.read")
def act() -> ResponseReturnValue:
    """The ticked lines of one kind, worked off where they stand; each verb asks for its right."""
    kind = request.form.get("work", "")
    if kind not in VERBS:
        raise Fault("choice_malformed")
    actor().must(KINDS[kind])
    lines = lines_of(kind, request.form.getlist("ids"))
    once(VERBS[kind].name, lambda: VERBS[kind].work(lines, actor()))
    return redirect(url_for(".show", kind=request.args.get("kind") or None), 303)


@blueprint.get("/running")
@permitted("home.read")
def show_running() -> ResponseReturnValue:
    """How far one kind of work is, as the progress component asks for it."""
    kind = request.args.get("kind", "")
    found = next((work for work in running_work(actor()) if work.kind == kind), None)
    if found is None:
        return jsonify(done=1, total=1, text=say("home.finished"), finished=True, location=None)
    return jsonify(
        done=found.done, total=found.total, text=found.title, finished=False, location=None
    )


@blueprint.get("/keys")
@permitted("home.read")
def show_keys() -> ResponseReturnValue:
    """The keys of the portal, for those whose browser has no script to open the dialog."""
    return render_template("home/keys.html")


def _coming(who: Actor) -> list[tuple[str, str]]:
    """What will stand here once it comes, and when: (title, sentence) per kind of work."""
    windows = rulebook(who.agency_id // 10_000).windows.value
    days = {
        "intake": windows.intake.last if windows.intake else 0,
        "exchange": windows.exchange.last if windows.exchange else 0,
        "report": windows.report.last if windows.report else 0,
    }
    kinds = [kind for kind in kinds_of(who) if kind in COMING]
    return [(KIND_TITLES[kind], coming_words(kind, days)) for kind in kinds]


def _states(who: Actor, period: int) -> list[tuple[str, int, str]] | None:
    """The month's cases for those who may know of them, each state with its list."""
    if not any(who.may(permission) for permission in ("case.read", "exchange.read", "list.read")):
        return None
    found = overview.cases_by_state(period, with_prepared=who.unit_id != 0)
    is_linked = who.may("case.read")
    return [
        (title, count, url_for("cases.index", state=state, period=period) if is_linked else "")
        for state, title, count in found
    ]


def _tabs(who: Actor, current: str) -> list[NavItem]:
    found = counts(who)
    kinds = [kind for kind in kinds_of(who) if found.get(kind)]
    tabs = [NavItem(say("home.all"), url_for(".show"), sum(found.values()), current not in found)]
    tabs += [
        NavItem(KIND_TITLES[kind], url_for(".show", kind=kind), found[kind], kind == current)
        for kind in kinds
    ]
    return tabs if kinds else []
