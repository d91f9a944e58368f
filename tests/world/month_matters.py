"""The month's hearing: households explain, findings are left out, named people sign."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import select

from app.findings.models import Finding
from app.matters import service as matters
from app.matters.excluding import Proposal
from app.matters.models import Exclusion, Matter
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import vault
from tests.world.households import Household
from tests.world.month import Counts, Month, at_work, case_of, done
from tests.world.papers import explanation
from tests.world.plan import AgencyPlan

USUAL = "家庭表示查得情况属实，申报时没有填写完整，现予补充。"


def explain(month: Month) -> Counts:
    """Each department asks its households and writes down what they say; some say nothing."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        with at_work(clerk) as actor:
            said = {case_of(h): h.said or USUAL for h in _households(month, agency) if not h.silent}
            for row in _in_state("open"):
                if row.case_id in said:
                    words, scans = said[row.case_id], []
                    if words != USUAL:
                        scans = [explanation(words, month.day.isoformat())]
                    moved = matters.explain(row.id, words, month.day, actor, scans)
                    counts["explained"] += done(moved)
        with acting_for(agency.id):
            officer = month.one(agency, "intake_officer")
            for household in _households(month, agency):
                for excluded in household.excluded:
                    counts["prepared"] += done(_prepare(household, excluded, officer))
    return counts


def _prepare(household, excluded, officer):
    finding = _finding(case_of(household), excluded)
    matter = next(m for m in _in_state("explained", "open") if m.case_id == finding.case_id
                  and m.topic == excluded["measure"])  # fmt: skip
    amount = int(Decimal(excluded["amount"]) * 100) if "amount" in excluded else None
    proposal = Proposal(finding.id, excluded["ground"], amount, excluded["note"])
    return matters.exclude(matter.id, proposal, officer)


def _finding(case_id: int, excluded) -> Finding:
    """The finding with these facts; the record is named by one of its fields."""
    rows = db.session.scalars(
        select(Finding).where(Finding.case_id == case_id, Finding.item == excluded["item"])
    )
    keys, (field, value) = vault(), next(iter(excluded["record"].items()))
    return next(r for r in rows if keys.open("finding", r.id, r.sealed)[field] == value)


def sign_off(month: Month) -> Counts:
    """Another named person signs what is left out, and then each matter."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        with acting_for(agency.id):
            reviewer = month.one(agency, "reviewer")
            for row in db.session.scalars(select(Exclusion).where(Exclusion.state == "proposed")):
                counts["excluded"] += done(matters.sign_exclusion(row.id, row.rev, reviewer))
            ids = [row.id for row in _in_state("open", "explained")]
            counts["signed"] += done(matters.sign_off(ids, reviewer))
    return counts


def _households(month: Month, agency: AgencyPlan) -> list[Household]:
    return [h for h in month.world.households if h.agency == agency.region_name]


def _in_state(*states: str) -> list[Matter]:
    query = select(Matter).where(Matter.state.in_(states)).order_by(Matter.id)
    return list(db.session.scalars(query))


STEPS: dict[str, Callable[[Month], Counts]] = {"explain": explain, "sign_off": sign_off}
