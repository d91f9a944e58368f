"""What came out of the month, held against what was planted."""

from collections import Counter

from flask import Flask
from sqlalchemy import select, text

from app.cases.models import Ask, Subject
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import acting_for
from tests.world.expected import Expected, expected
from tests.world.households import Household
from tests.world.month import case_of
from tests.world.plan import AgencyPlan
from tests.world.world import World

AGREES, DIFFERS = "一致", "不一致"


def outcomes_of(case_id: int) -> Counter[str]:
    """How the asks of a case ended at its own agency, one for each subject × item × source."""
    asks = db.session.scalars(
        select(Ask)
        .join(Subject, (Subject.agency_id == Ask.agency_id) & (Subject.id == Ask.subject_id))
        .where(Ask.case_id == case_id, Ask.source != 0, Subject.left_reason != "corrected")
    )
    return Counter(Outcome(outcome).name.lower() for ask in asks for outcome in ask.outcomes)


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
            found[AGREES if _agrees(app, world, household) else DIFFERS] += 1
    return dict(found)


def _agrees(app: Flask, world: World, household: Household) -> bool:
    agency = world.agency(household.agency)
    must = must_end(expected(household, late_replies=True), agency)
    with app.app_context(), acting_for(agency.id, read_only=True):
        return outcomes_of(case_of(household)) == must


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
