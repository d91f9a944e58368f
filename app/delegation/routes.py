"""向上级委托, 下级委托, 核对能力一览: letters up and down, and who can check what."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import actor, permitted
from app.accounts.people import names_of
from app.cases.acts import once, revision
from app.cases.lifecycle import Moved
from app.delegation import (
    employer_routes,
    entrusting,
    handing_back,
    map_routes,
    overview,
    queries,
    recalling,
    received,
)
from app.delegation.blueprint import blueprint
from app.delegation.forms import HandBackForm, RecallForm, item_choice
from app.delegation.messages import ALL, CASE_STATES, LETTER_STATES
from app.web.shell import NavItem
from tenants.agency.tree import agency, parent_of
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.rulebook import Rulebook, rulebook

__all__ = ["blueprint", "employer_routes", "map_routes"]


def _law() -> Rulebook:
    return rulebook(agency(actor().agency_id).province)


@blueprint.get("/letters")
@permitted("delegation.read")
def letters() -> ResponseReturnValue:
    """Letters to the parent, newest first; ``state`` and ``before`` in the URL."""
    state = request.args.get("state", "")
    state = state if state in LETTER_STATES else ""
    found = queries.letters(state, request.args.get("before", type=int))
    shown = found[: queries.LETTERS_PER_PAGE]
    more = len(found) > len(shown)
    return render_template(
        "delegation/letters.html",
        letters=shown,
        counts=queries.counts_of(letter.id for letter in shown),
        parents=received.agency_names(letter.parent_id for letter in shown),
        people=names_of(letter.sealed_by for letter in shown),
        states=LETTER_STATES,
        tabs=_letter_tabs(state),
        has_parent=parent_of(actor().agency_id, business_date()) is not None,
        next_url=url_for(".letters", state=state or None, before=shown[-1].id) if more else None,
    )


def _letter_tabs(current: str) -> list[NavItem]:
    counts = queries.letters_by_state()
    tabs = [("", ALL, sum(counts.values()))]
    tabs += [(code, title, counts.get(code, 0)) for code, (title, _) in LETTER_STATES.items()]
    return [
        NavItem(title, url_for(".letters", state=code or None), count, code == current)
        for code, title, count in tabs
    ]


@blueprint.get("/letters/<int:letter_id>")
@permitted("delegation.read")
def show_letter(letter_id: int) -> ResponseReturnValue:
    """The letter and its list as they go up, masked; what can be done with it."""
    return _letter_page(letter_id, RecallForm())


def _letter_page(letter_id: int, form: RecallForm) -> str:
    letter = queries.letter(letter_id)
    households, following = queries.listed_households(
        letter_id, request.args.get("after", 0, type=int)
    )
    return render_template(
        "delegation/letter.html",
        letter=letter,
        own=agency(letter.agency_id),
        parent=agency(letter.parent_id),
        counts=queries.counts_of([letter_id]).get(letter_id, queries.LetterCounts()),
        items=[(catalogue().item(item), people) for item, people in queries.items_of(letter_id)],
        households=households,
        next_url=url_for(".show_letter", letter_id=letter_id, after=following)
        if following
        else None,
        sealed_by=names_of([letter.sealed_by]).get(letter.sealed_by or 0),
        states=LETTER_STATES,
        law=_law(),
        form=form,
        may_seal=actor().may("letter.seal"),
        may_read=actor().may("case.read"),
    )


@blueprint.post("/letters/<int:letter_id>/seal")
@permitted("letter.seal")
def seal(letter_id: int) -> ResponseReturnValue:
    """用印: the named person's seal; the letter goes."""
    queries.letter(letter_id)
    once("letter.seal", lambda: entrusting.seal(letter_id, revision(), actor()))
    return redirect(url_for(".show_letter", letter_id=letter_id), 303)


@blueprint.post("/letters/<int:letter_id>/recall")
@permitted("letter.seal")
def recall(letter_id: int) -> ResponseReturnValue:
    """撤回: call a sent letter back while something is unanswered."""
    queries.letter(letter_id)
    form = RecallForm()
    if not form.validate_on_submit():
        return _letter_page(letter_id, form), 422
    reason = form.reason.data or ""
    once(
        "letter.recall",
        lambda: recalling.recall(letter_id, revision(), actor(), reason),
        reason=reason,
    )
    return redirect(url_for(".show_letter", letter_id=letter_id), 303)


@blueprint.get("/received")
@permitted("delegation.read")
def show_received() -> ResponseReturnValue:
    """Entrustments of agencies below, newest first."""
    found = received.received(request.args.get("before", type=int))
    shown = found[: received.ENTRUSTMENTS_PER_PAGE]
    more = len(found) > len(shown)
    return render_template(
        "delegation/received.html",
        entrustments=shown,
        states=CASE_STATES,
        next_url=url_for(".show_received", before=shown[-1].id) if more else None,
    )


@blueprint.get("/received/<int:entrustment_id>")
@permitted("delegation.read")
def show_entrustment(entrustment_id: int) -> ResponseReturnValue:
    """One entrustment from below with its households."""
    entrustment = received.entrustment(entrustment_id)
    found = received.received_cases(entrustment_id, request.args.get("after", 0, type=int))
    shown = found[: received.CASES_PER_PAGE]
    more = len(found) > len(shown)
    return render_template(
        "delegation/entrustment.html",
        entrustment=entrustment,
        cases=shown,
        states=CASE_STATES,
        may_read=actor().may("case.read"),
        may_hand_back=actor().may("delegation.hand_back"),
        next_url=url_for(".show_entrustment", entrustment_id=entrustment_id, after=shown[-1].id)
        if more
        else None,
    )


@blueprint.get("/cases/<int:case_id>/hand-back")
@permitted("delegation.hand_back")
def choose_items(case_id: int) -> ResponseReturnValue:
    """Choose what to hand back of a case that came from below."""
    return _hand_back_page(case_id, _hand_back_form(case_id))


@blueprint.post("/cases/<int:case_id>/hand-back")
@permitted("delegation.hand_back")
def hand_back(case_id: int) -> ResponseReturnValue:
    """上级暂不能核对: the chosen items go back to the agency below."""
    case = received.case_from_below(case_id)
    form = _hand_back_form(case_id)
    if not form.validate_on_submit():
        return _hand_back_page(case_id, form), 422
    items, reason = form.items.data or [], form.reason.data or ""

    def work() -> Moved:
        handing_back.hand_back(case_id, items, actor(), reason)
        return Moved((case_id,))

    once("delegation.hand_back", work, reason=reason)
    return redirect(url_for(".show_entrustment", entrustment_id=case.entrustment_id), 303)


def _hand_back_form(case_id: int) -> HandBackForm:
    form = HandBackForm()
    free: dict[int, list[received.OpenItem]] = {}
    for found in received.open_items([case_id]):
        if found.is_free:
            free.setdefault(found.item, []).append(found)
    form.items.choices = [item_choice(item, places) for item, places in free.items()]
    return form


def _hand_back_page(case_id: int, form: HandBackForm) -> str:
    case = received.case_from_below(case_id)
    return render_template(
        "delegation/hand_back.html",
        case=case,
        entrustment=received.entrustment(case.entrustment_id or 0),
        head=queries.head_of(case),
        bound=[found for found in received.open_items([case_id]) if not found.is_free],
        items=catalogue().items,
        states=CASE_STATES,
        form=form,
    )


@blueprint.get("/coverage")
@permitted("delegation.read")
def coverage() -> ResponseReturnValue:
    """核对能力一览: every data item, who can check it, and the gaps."""
    law, own = _law(), agency(actor().agency_id)
    kinds = overview.coverage_by_kind(own.tier, law, business_date())
    place = request.args.get("place", "")
    return render_template(
        "delegation/coverage.html",
        kinds=kinds,
        counts=overview.counts_by_place(kinds),
        chosen=place if place in overview.PLACES else "",
        law=law,
    )
