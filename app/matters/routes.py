"""待说明与签认: what a household is asked about, at the agency's desk and at its own department."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.cases.acts import chosen_ids, once, revision
from app.cases.history import latest_reasons
from app.cases.lifecycle import Moved
from app.cases.paging import place_asked
from app.cases.queries import household
from app.matters import queries, service
from app.matters.comparing import law_of_scope
from app.matters.excluding import Proposal
from app.matters.forms import ExcludeForm, ExplainForm
from app.matters.messages import LIST_TITLES, UNIT_LIST_TITLES
from app.matters.telling import MatterTold
from app.papers.forms import scans_in
from app.papers.queries import evidence_counts
from app.web.shell import NavItem
from tenants.messages import Fault

blueprint = Blueprint("matters", __name__)


@blueprint.get("/matters")
@permitted("matter.read")
def index() -> ResponseReturnValue:
    """The agency's matters by what is to be done; ``list`` in the URL chooses."""
    which = request.args.get("list", "sign")
    which = which if which in queries.LISTS else "sign"
    found = queries.counts({name: queries.condition(name) for name in queries.LISTS})
    return render_template(
        "matters/index.html",
        which=which,
        tabs=_tabs(LIST_TITLES, which, found),
        page=queries.rows(queries.condition(which), place_asked()),
        law=law_of_scope(),
        may_sign=actor().may("matter.sign"),
    )


@blueprint.get("/explanations")
@permitted("matter.answer")
def to_explain() -> ResponseReturnValue:
    """待说明的家庭: what this unit's households are asked about."""
    which = request.args.get("list", "explain")
    which = which if which in UNIT_LIST_TITLES else "explain"
    found = queries.counts({name: queries.of_unit(name) for name in UNIT_LIST_TITLES})
    return render_template(
        "matters/to_explain.html",
        which=which,
        tabs=_tabs(UNIT_LIST_TITLES, which, found),
        page=queries.rows(queries.of_unit(which), place_asked()),
        law=law_of_scope(),
    )


def _tabs(titles: dict[str, str], current: str, found: dict[str, int]) -> list[NavItem]:
    endpoint = request.endpoint or ""
    return [
        NavItem(title, url_for(endpoint, list=which), found[which], which == current)
        for which, title in titles.items()
    ]


@blueprint.get("/matters/<int:matter_id>")
@permitted("matter.explain")
def show(matter_id: int) -> ResponseReturnValue:
    """One matter: the facts, what the household said, and what may be done about it."""
    return _page(queries.matter(matter_id))


def _page(
    told: MatterTold, explaining: ExplainForm | None = None, excluding: ExcludeForm | None = None
) -> str:
    who = actor()
    of_agency = who.may("matter.prepare")
    found = queries.found_here(told) if of_agency else []
    exclusions = queries.exclusions_on(told.id) if of_agency else []
    return render_template(
        "matters/show.html",
        matter=told,
        household=household(told.case_id),
        found=found,
        scans=evidence_counts(told.case_id, "explanation"),
        exclusions=exclusions,
        turned_down=latest_reasons([e.id for e in exclusions], "turn_down", machine="exclusion"),
        explaining=explaining or ExplainForm(),
        excluding=excluding or _exclude_form(found),
        me=who,
        law=law_of_scope(),
        next_id=queries.next_to_explain(told.id),
    )


def _exclude_form(found: list[queries.FoundHere]) -> ExcludeForm:
    form = ExcludeForm()
    form.finding.choices = [(row.id, row.item_title) for row in found]
    form.ground.choices = [
        (code, ground.value.title) for code, ground in law_of_scope().exclusion_grounds.items()
    ]
    return form


@blueprint.post("/matters/<int:matter_id>/explain")
@permitted("matter.explain")
def explain(matter_id: int) -> ResponseReturnValue:
    """Write the household's explanation down."""
    told, form = queries.matter(matter_id), ExplainForm()
    if not form.validate_on_submit():
        return _page(told, explaining=form), 422
    words, told_on, scans = form.words.data or "", form.told_on.data, scans_in(form.scans)
    try:
        once("matter.explain", lambda: service.explain(matter_id, words, told_on, actor(), scans))
    except Fault as fault:
        wrong = form.told_on if fault.code.startswith("matter.told") else form.scans
        wrong.errors = [str(fault)]
        return _page(told, explaining=form), 422
    return redirect(url_for(".show", matter_id=matter_id), 303)


@blueprint.post("/matters/<int:matter_id>/exclude")
@permitted("matter.prepare")
def exclude(matter_id: int) -> ResponseReturnValue:
    """Prepare that a finding, or a part of it, does not enter the sums."""
    told = queries.matter(matter_id)
    form = _exclude_form(queries.found_here(told))
    if not form.validate_on_submit():
        return _page(told, excluding=form), 422
    proposal = Proposal(
        form.finding.data, form.ground.data, form.amount_fen(), (form.note.data or "").strip()
    )
    try:
        once("matter.exclude", lambda: service.exclude(matter_id, proposal, actor()))
    except Fault as fault:
        form.amount.errors = [str(fault)]
        return _page(told, excluding=form), 422
    return redirect(url_for(".show", matter_id=matter_id), 303)


@blueprint.post("/matters/sign")
@permitted("matter.sign")
def sign_off() -> ResponseReturnValue:
    """签认 of the matters ticked, or of the one whose page it is."""
    ids = chosen_ids().ids
    once("matter.sign_off", lambda: service.sign_off(ids, actor()))
    if len(ids) == 1 and request.form.get("next") == "matter":
        return redirect(url_for(".show", matter_id=ids[0]), 303)
    return redirect(url_for(".index"), 303)


@blueprint.post("/exclusions/<int:exclusion_id>/sign")
@permitted("matter.sign")
def sign_exclusion(exclusion_id: int) -> ResponseReturnValue:
    """Another named person signs an exclusion."""
    row, seen = service.exclusion_of(exclusion_id), revision()
    return _carry_out(
        row.matter_id,
        "exclusion.sign",
        lambda: service.sign_exclusion(exclusion_id, seen, actor()),
    )


@blueprint.post("/exclusions/<int:exclusion_id>/turn-down")
@permitted("matter.sign")
def turn_down(exclusion_id: int) -> ResponseReturnValue:
    """Another named person does not agree, with the reason."""
    row, seen = service.exclusion_of(exclusion_id), revision()
    reason = request.form.get("reason", "").strip()
    return _carry_out(
        row.matter_id,
        "exclusion.turn_down",
        lambda: service.turn_down_exclusion(exclusion_id, seen, actor(), reason),
        reason,
    )


def _carry_out(
    matter_id: int, verb: str, work: Callable[[], Moved], reason: str = ""
) -> ResponseReturnValue:
    once(verb, work, reason=reason)
    return redirect(url_for(".show", matter_id=matter_id), 303)
