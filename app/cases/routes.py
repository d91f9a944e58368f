"""All cases, and finding one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases import filtering, queries
from app.cases.badges import BADGES
from app.cases.forms import STATE_CHOICES, filter_asked
from app.cases.messages import EVENT_TITLES
from app.cases.models import SCHEMES, Case
from app.cases.paging import place_asked
from app.cases.searching import find_number, results_of, search_person
from tenants.database import any_of

blueprint = Blueprint("cases", __name__)


@blueprint.record_once
def _share_words(setup: BlueprintSetupState) -> None:
    setup.app.jinja_env.globals.update(badges=BADGES, event_titles=EVENT_TITLES)


@blueprint.get("/cases")
@permitted("case.read")
def index() -> ResponseReturnValue:
    """全部案件: filters in the address, keyset pages."""
    narrowed = filter_asked()
    return render_template(
        "cases/index.html",
        narrowed=narrowed,
        page=queries.households(narrowed.condition(), place_asked()),
        states=STATE_CHOICES,
        schemes=SCHEMES,
        periods=filtering.periods_known(),
        units=queries.units_of_kind("commissioning", "intake_desk"),
        senders=filtering.senders_below(),
        entrustment=queries.entrustment(narrowed.entrustment) if narrowed.entrustment else None,
    )


@blueprint.post("/search")
@permitted("person.search")
def search() -> ResponseReturnValue:
    """A number leads to its page; a person to results behind an opaque address."""
    typed = request.form.get("q", "")
    found = find_number(typed)
    if found is None:
        token = search_person(typed, actor())
        return redirect(url_for("cases.results", token=token), 303)
    if found.case_id:
        return redirect(url_for("dossier.show", case_id=found.case_id), 303)
    return redirect(url_for("cases.index", entrustment=found.entrustment_id), 303)


@blueprint.get("/search/<token>")
@permitted("person.search")
def results(token: str) -> ResponseReturnValue:
    """The cases of the person who was looked for."""
    found = results_of(token, actor())
    page = queries.households(
        Case.id == any_of(found.case_ids), place_asked(), limit=len(found.case_ids) + 1
    )
    return render_template("cases/results.html", by=found.by, page=page)
