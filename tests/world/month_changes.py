"""Life goes on while the month is checked: a birth, a wrong number, a death, an application that
is taken back; what has to go up goes as a supplement."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.models import Subject as SubjectRow
from app.changes import additions, applications, persons, taking
from app.changes.additions import Paper
from app.changes.models import Addition
from tenants.database import db
from tenants.scope import acting_for
from tests.world.households import Household
from tests.world.lists import typed_row
from tests.world.month import Counts, Month, at_work, case_of, done, seal


def change_households(month: Month) -> Counts:
    """The departments record what changed on paper; what ends, ends at once."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        with at_work(clerk) as actor:
            for household in month.world.households:
                if household.agency == agency.region_name:
                    _change(month, household, actor, counts)
    month.work()
    return counts


def _change(month: Month, household: Household, actor: Actor, counts: Counts) -> None:
    for subject in household.subjects:
        if subject.joined:
            paper = Paper(subject.joined["on"], subject.joined["reason"])
            typed = typed_row(household, subject)
            counts["added"] += done(additions.add_member(case_of(household), typed, actor, paper))
    if household.mistyped:
        (right,) = (s.id_number for s in household.subjects if s.name == household.mistyped)
        person, paper = _person(household, household.mistyped), Paper(month.day, "typed")
        moved = additions.correct(case_of(household), person, {"id_number": right}, actor, paper)
        counts["corrected"] += done(moved)
    if household.left:
        person = _person(household, household.left["name"])
        why, on = household.left["reason"], household.left["on"]
        moved = persons.record_departure(case_of(household), person, actor, on=on, reason=why)
        counts["left"] += done(moved)
    if household.story == "withdraw":
        case = case_of(household)
        moved = applications.withdraw_application(
            case, actor, on=month.day, reason=household.reason
        )
        counts["withdrawn"] += done(moved)


def _person(household: Household, name: str) -> int:
    """Somebody of the household, by the place on its list."""
    row = [subject.name for subject in household.subjects].index(name)
    people = select(SubjectRow.id).where(SubjectRow.case_id == case_of(household))
    ordered = people.order_by(SubjectRow.row_no, SubjectRow.id)
    return db.session.scalars(ordered.offset(row).limit(1)).one()


def take_additions(month: Month) -> Counts:
    """受理初审 of what was recorded, by whoever checks; then supplements go up, tier by tier."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        with acting_for(agency.id):
            officer = month.one(agency, "intake_officer")
            waiting = select(Addition).where(Addition.state == "proposed")
            for row in list(db.session.scalars(waiting.order_by(Addition.id))):
                counts["taken"] += done(taking.take(row.id, row.rev, officer))
    month.work()
    for tier in ("county", "city"):
        counts.update(seal(month, tier))
    return counts


STEPS: dict[str, Callable[[Month], Counts]] = {
    "change_households": change_households,
    "take_additions": take_additions,
}
