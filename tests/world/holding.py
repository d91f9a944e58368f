"""What came out of the month, held against what was planted."""

from collections import Counter
from decimal import Decimal

from flask import Flask
from sqlalchemy import select, text

from app.cases.models import Ask, Case, Subject
from app.findings.comparison import compare
from app.findings.people import people_in
from app.matters.excluding import left_out
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.rulebook import rulebook
from tenants.scope import acting_for, current_scope
from tests.world.expected import Expected, expected
from tests.world.households import Household
from tests.world.month import case_of
from tests.world.plan import AgencyPlan
from tests.world.world import World

AGREES, DIFFERS = "一致", "不一致"


def outcomes_of(case_id: int) -> Counter[str]:
    """How the asks of a case ended at its own agency, one for each subject × item × source: what
    was asked again counts as it was answered last."""
    asks = db.session.scalars(
        select(Ask)
        .join(Subject, (Subject.agency_id == Ask.agency_id) & (Subject.id == Ask.subject_id))
        .where(Ask.case_id == case_id, Ask.source != 0, Subject.left_reason != "corrected")
        .order_by(Ask.round)
    )
    last = {
        (ask.subject_id, ask.source, item): outcome
        for ask in asks
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
    }
    return Counter(Outcome(outcome).name.lower() for outcome in last.values())


def must_end(must: Expected, agency: AgencyPlan) -> Counter[str]:
    """The same, as it was planted."""
    unasked = Counter(uncovered=len(must.uncovered), withdrawn=len(must.withdrawn))
    unasked["ceased"] = len(must.ceased)
    return +(must.outcomes(agency.tier) + unasked)


def as_planted(app: Flask, world: World) -> dict[str, int]:
    """How many households of the month ended at their own agency as planted, and how many not."""
    found: Counter[str] = Counter({AGREES: 0, DIFFERS: 0})
    for household in world.households:
        if household.story not in ("terminate_at_review", "withdraw"):
            found[AGREES if agrees(app, world, household) else DIFFERS] += 1
    return dict(found)


def agrees(app: Flask, world: World, household: Household) -> bool:
    """Whether a household ended as planted; where something was contested, to the figure."""
    agency = world.agency(household.agency)
    must = expected(household, late_replies=True, rechecked=True)
    with app.app_context(), acting_for(agency.id, read_only=True):
        case_id = case_of(household)
        ended = outcomes_of(case_id) == must_end(must, agency)
        return ended and (not household.contested or figures_of(case_id) == figures_in(must))


def figures_of(case_id: int) -> dict[str, Decimal]:
    """What was found of a household as its comparison says now: yuan, or a number of things."""
    law = rulebook(current_scope().agency_id // 10_000)
    people = people_in([case_id], left_out([case_id]), law.uncounted.value, business_date())
    case = db.session.scalars(select(Case).where(Case.id == case_id)).one()
    limits = law.limits_for(case.scheme, case.region).value
    return {
        row.measure.value: Decimal(row.found) / (100 if row.is_money else 1)
        for row in compare(people.get(case_id, ()), limits, catalogue())
        if row.found is not None
    }


def figures_in(must: Expected) -> dict[str, Decimal]:
    """The same, as it was planted."""
    return {name: figure.found for name, figure in must.figures.items() if figure.found is not None}


_KINDS = text("""
SELECT DISTINCT item / 100 AS kind, r.way
FROM exchange_request r
JOIN ask a ON a.agency_id = r.agency_id AND a.request_id = r.id
CROSS JOIN unnest(a.items) AS item
WHERE r.made_by IS NOT NULL AND r.state <> 'stopped'
""")


def kinds_asked(app: Flask, world: World) -> dict[str, list[int]]:
    """The kinds of information (第七条) that units were asked for, and those that came by wire."""
    found: dict[str, set[int]] = {"asked": set(), "by_wire": set()}
    for agency in world.agencies.values():
        with app.app_context(), acting_for(agency.id, read_only=True):
            for row in db.session.execute(_KINDS):
                found["asked"].add(row.kind)
                if row.way == "system":
                    found["by_wire"].add(row.kind)
    return {name: sorted(kinds) for name, kinds in found.items()}
