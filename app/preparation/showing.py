"""The household form as a page and as the answer to a check while somebody types."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from app.accounts.actor import Actor
from app.intake.columns import WORDS
from app.intake.receiving import law_of
from app.preparation import forms
from app.preparation.checking import Checked, FieldFault, check
from app.preparation.content import HOUSEHOLD_KEYS, Content, blank_person
from app.preparation.models import HouseholdDraft
from app.preparation.rules import Facts, facts_of, parts_of
from app.web.formats import SHANGHAI
from tenants.calendar import business_date
from tenants.identity import Sex
from tenants.messages import say
from tenants.regions import counties_of


def form_page(draft: HouseholdDraft, content: Content, actor: Actor, *, checked: bool) -> str:
    """The form with what was typed; ``checked``: every fault is shown, on top and at its field."""
    law, today = law_of(actor), business_date()
    faults: Mapping[str, FieldFault] = {}
    if checked:
        faults = check(content, draft.case_id, actor).faults
    return render_template(
        "preparation/household.html",
        draft=draft,
        content=content,
        facts=[_said(facts_of(person, today)) for person in content.people],
        parts=[parts_of(person, today, law.guardian_below_age.value) for person in content.people],
        faults=faults,
        forms=forms,
        blank=blank_person(),
        law=law,
        relations=[word.word for word in WORDS["relation"]],
        regions=counties_of(law.province),
    )


def check_answer(
    draft: HouseholdDraft, typed: Content, kept: Content, actor: Actor
) -> ResponseReturnValue:
    """What the script shows: faults by field, facts by person, what was proposed, kept when."""
    found: Checked = check(kept, draft.case_id, actor)
    today, below_age = business_date(), law_of(actor).guardian_below_age.value
    proposals: dict[str, Any] = {
        f"h-{key}": kept.household[key]
        for key in HOUSEHOLD_KEYS
        if kept.household.get(key) != typed.household.get(key)
    }
    return jsonify(
        faults={fault.field: fault.text for fault in found.faults.values()},
        blank=[fault.field for fault in found.faults.values() if fault.is_blank],
        facts=[_said(facts_of(person, today)) for person in kept.people],
        parts=[parts_of(person, today, below_age) for person in kept.people],
        proposals=proposals,
        saved=say("household.saved", at=draft.saved_at.astimezone(SHANGHAI).strftime("%H:%M:%S")),
    )


def _said(facts: Facts | None) -> str:
    """What an identity number says, in one line; empty when it says nothing yet."""
    if facts is None:
        return ""
    line = say(
        "household.facts",
        sex=say("household.male") if facts.sex == Sex.MALE else say("household.female"),
        born=facts.born_on.isoformat(),
        age=facts.age,
    )
    if facts.born_in:
        line += " · " + say("household.facts_region", region=facts.born_in)
    return line
