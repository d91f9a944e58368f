"""The first periodic check: recipients into December's entrustment, their sample's papers ticked."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import select

from app.accounts.actor import Actor
from app.assistance.periodic import service as periodic
from app.assistance.periodic.models import PeriodicCase
from app.assistance.periodic.queries import Filter
from app.cases.lifecycle import Chosen
from app.cases.models import Case, Subject
from app.intake import service as intake
from app.intake.paper_rules import missing_ticks
from app.intake.ticking import tick
from app.review import service as review
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tests.world.month import Counts, Month, at_work, done, in_state, seal, submit_all
from tests.world.month_register import SCHEME

COUNTY = "榆树市"
"""What its households have is another thing in December (``later`` in the data): one has more than
at the last check, one has less."""


def check_recipients_first(month: Month) -> Counts:
    """A county's recipients are entrusted, their sample ticked, and go up to the province; their
    questions are answered with those of the month's first households."""
    counts: Counts = Counter()
    agency = month.world.agency(COUNTY)
    made = _entrusted(month, COUNTY)
    if made is None:
        return counts
    counts["households"] = made.households
    submit_all(month, agency, "14号", counts)
    with acting_for(agency.id):
        officer = month.one(agency, "intake_officer")
        counts["ticked"] = _tick_sample(officer)
        counts["accepted"] = done(intake.accept(Chosen.of(in_state("submitted")), officer))
    month.work()
    for tier in ("county", "city", "province"):
        counts.update(_approve(month, tier))
        if tier != "province":
            counts.update(seal(month, tier))
    return counts


def check_recipients(month: Month) -> Counts:
    """Each department takes the recipients that can be checked again into the next entrustment."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        made = _entrusted(month, agency.region_name)
        if made is not None:
            counts["households"] += made.households
            counts["left_out"] += sum(made.left_out.values())
    return counts


def _entrusted(month: Month, region: str) -> periodic.Made | None:
    """What a county's department made of its recipients; None where there is nobody to check, as
    in a world without the month before."""
    (clerk,) = month.world.people_of(region, "department_clerk")
    try:
        with at_work(clerk) as actor:
            return periodic.prepare(Filter(SCHEME), actor)
    except Fault as fault:
        if fault.code != "periodic.nobody":
            raise
        return None


def _tick_sample(officer: Actor) -> int:
    """Everything on paper of the households that were drawn."""
    drawn = select(PeriodicCase.case_id).join(
        Case, (Case.agency_id == PeriodicCase.agency_id) & (Case.id == PeriodicCase.case_id)
    )
    waiting = drawn.where(PeriodicCase.is_sampled, Case.state == "submitted")
    cases = list(db.session.scalars(waiting))
    for case_id in cases:
        people = db.session.scalars(select(Subject.id).where(Subject.case_id == case_id))
        tick(case_id, missing_ticks(people, ()), officer)
    return len(cases)


def _approve(month: Month, tier: str) -> Counts:
    counts: Counts = Counter()
    for agency in month.agencies(tier):
        with acting_for(agency.id):
            reviewer = month.one(agency, "reviewer")
            counts["approved"] += done(review.approve(Chosen.of(in_state("accepted")), reviewer))
    month.work()
    return counts


STEPS: dict[str, Callable[[Month], Counts]] = {
    "check_recipients_first": check_recipients_first,
    "check_recipients": check_recipients,
}
