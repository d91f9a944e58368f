"""The month of the demonstration, step by step, through the same services and jobs as the pages.

Each step is a function of :class:`Month` that returns what it counted. Its title and its day
stand in ``data/month.toml``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved
from app.cases.models import Case, Subject, SubjectList
from app.changes import persons
from app.delegation import entrusting, handing_back
from app.delegation.models import LetterOut
from app.intake import correction
from app.intake import service as intake
from app.intake.explaining import usual_place
from app.intake.waiting import waiting_file
from app.review import service as review
from tenants.database import db
from tenants.scope import DatabaseRole, acting_for
from tests.world.households import Household
from tests.world.lists import (
    REGISTER_DESKS,
    corrected_list,
    desk_list,
    desks_with_lists,
    register,
)
from tests.world.papers import letter as sealed_letter
from tests.world.plan import AgencyPlan, line_of
from tests.world.scanning import SCANNING_DESKS, scan
from tests.world.world import Person, World
from worker.working import drain

Counts = Counter[str]
LAST_DAY_TO_ENTRUST = 10
SCOPES: dict[str, DatabaseRole] = {
    "department": "commissioner",
    "desk": "township",
    "liaison": "liaison",
}


@dataclass(frozen=True)
class Month:
    """The portal and the world that the steps work on; ``day`` is the step's own.

    Merged reports are written to ``folder``, if there is one.
    """

    app: Flask
    world: World
    day: dt.date
    folder: Path | None = None

    def agencies(self, tier: str) -> tuple[AgencyPlan, ...]:
        """The agencies of one tier, in all provinces."""
        return tuple(plan for plan in self.world.agencies.values() if plan.tier == tier)

    def one(self, agency: AgencyPlan, role: str, place: int = 0) -> Actor:
        """Who does this work in an agency: the first with the role, or another one."""
        return self.world.people_of(agency.region_name, role)[place].actor

    def clerk_of(self, place: str) -> Person:
        """Who works at an intake desk, or in a department."""
        unit = self.world.unit(place)
        who = (p for p in self.world.people.values() if p.agency_id == unit.agency_id)
        return next(p for p in who if unit.id == (p.actor.desk_id or p.actor.unit_id))

    def work(self) -> None:
        """Let the worker do everything that waits."""
        drain(self.app, self.app.extensions["hedui.settings"])

    def stories(self, agency: AgencyPlan, story: str) -> list[Household]:
        """The households of a county with this story."""
        return [
            household
            for household in self.world.households
            if household.agency == agency.region_name and household.story == story
        ]


@contextmanager
def at_work(person: Person) -> Iterator[Actor]:
    """Somebody from outside the agency, in the scope that signing in gives them."""
    who = person.actor
    with acting_for(who.agency_id, SCOPES[person.kind], unit_id=who.unit_id, desk_id=who.desk_id):
        yield who


def done(moved: Moved) -> int:
    """How many were moved; the demonstration expects none to be skipped."""
    if moved.skipped:
        raise RuntimeError(f"skipped: {moved.skipped[:5]}")
    return len(moved.done)


def upload_lists(month: Month) -> Counts:
    """Every desk uploads its list; the bad households come back in its error file."""
    counts: Counts = Counter()
    for desk in desks_with_lists():
        if desk in REGISTER_DESKS:
            upload_register(month, desk, counts)
        else:
            upload(month, desk, desk_list(desk), counts)
    return counts


def upload(month: Month, place: str, file: tuple[str, bytes], counts: Counts) -> None:
    """Whoever works at an intake desk, or in a department, uploads a list."""
    clerk = month.clerk_of(place)
    name, data = file
    with at_work(clerk) as actor:
        uploaded = intake.upload_list(data, name, actor)
        if place in SCANNING_DESKS:
            # What is prepared after the 10th has time: one card is still to come.
            counts["papers"] += scan(actor, all_but=int(month.day.day > LAST_DAY_TO_ENTRUST))
    count_list(uploaded, counts)


def upload_register(month: Month, desk: str, counts: Counts) -> None:
    """A register of the desk's own, and what its clerk says of the columns (列对应)."""
    name, data, layout = register(desk)
    with at_work(month.clerk_of(desk)) as actor:
        waiting = waiting_file(intake.receive_list(data, name, actor).waiting_file_id, actor)
        place = usual_place(waiting.opened, waiting.remembered)
        uploaded = intake.upload_explained(waiting, place, layout, actor)
        if desk in SCANNING_DESKS:
            counts["papers"] += scan(actor)
    count_list(uploaded, counts)


def count_list(uploaded: SubjectList, counts: Counts) -> None:
    """What became of one upload."""
    counts.update(
        lists=1,
        households=uploaded.households,
        subjects=uploaded.subjects,
        held_back=uploaded.held_back,
    )


def submit(month: Month) -> Counts:
    """Each department entrusts its desks' households with one sealed letter."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        submit_all(month, agency, f"{month.day.month}号", counts)
    return counts


def submit_all(month: Month, agency: AgencyPlan, number: str, counts: Counts) -> None:
    """The agency's department entrusts everything that its desks and it have prepared."""
    (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
    sender = next(u for u in month.world.units.values() if u.id == clerk.actor.unit_id)
    with at_work(clerk) as actor:
        lists = [row.id for row in intake.lists_of(actor)]
        letter = f"{agency.short_name}民委〔{month.day.year}〕{number}"
        scan = sealed_letter(sender.name, agency.name, month.day.isoformat())
        intake.submit(
            lists,
            letter_number=letter,
            letter_on=month.day,
            actor=actor,
            letter_file=(f"{letter}.jpg", scan),
        )
    counts.update(entrustments=1, lists=len(lists))


def check_intake(month: Month) -> Counts:
    """受理初审: households with papers amiss go back with the reason, the others are accepted."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        officer = month.one(agency, "intake_officer")
        returned = month.stories(agency, "return")
        with acting_for(agency.id):
            for household in returned:
                chosen = Chosen.of([case_of(household)])
                counts["returned"] += done(intake.return_cases(chosen, officer, household.reason))
            counts["accepted"] += done(intake.accept(Chosen.of(in_state("submitted")), officer))
    month.work()
    return counts


def take_back_consent(month: Month) -> Counts:
    """撤回授权: somebody comes to the desk, before anything was asked about the person."""
    counts: Counts = Counter()
    for household in month.world.households:
        if not household.taken_back:
            continue
        unit = month.world.unit(household.desk)
        clerk = next(p for p in month.world.people.values() if p.actor.desk_id == unit.id)
        row = [subject.name for subject in household.subjects].index(household.taken_back)
        with at_work(clerk) as actor:
            case = case_of(household)
            people = select(Subject.id).where(Subject.case_id == case).order_by(Subject.row_no)
            subject = db.session.scalars(people.offset(row).limit(1)).one()
            moved = persons.withdraw_consent(
                case, subject, actor, on=month.day, reason="own_will", remark=household.reason
            )
            counts["subjects"] += done(moved)
    month.work()
    return counts


def resubmit(month: Month) -> Counts:
    """What was returned comes again, put right, and is accepted by whoever returned it."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        returned = month.stories(agency, "return")
        if not returned:
            continue
        (clerk,) = month.world.people_of(agency.region_name, "department_clerk")
        with at_work(clerk) as actor:
            for household in returned:
                entrustment = db.session.scalars(
                    select(Case.entrustment_id).where(Case.household_no == household.no)
                ).one()
                name, data = corrected_list(household)
                _, moved = correction.correct(entrustment or 0, data, name, actor)
                counts["resubmitted"] += done(moved)
        with acting_for(agency.id):
            officer = month.one(agency, "intake_officer")
            counts["accepted"] += done(intake.accept(Chosen.of(in_state("submitted")), officer))
    month.work()
    return counts


def review_county(month: Month) -> Counts:
    return _review(month, "county")


def review_city(month: Month) -> Counts:
    return _review(month, "city")


def review_province(month: Month) -> Counts:
    return _review(month, "province")


def _review(month: Month, tier: str) -> Counts:
    """审核复审: some are terminated with a reason, the others approved and routed."""
    counts: Counts = Counter()
    story = {"county": "terminate_at_review", "province": "terminate_at_province"}.get(tier, "-")
    ill = [household for household in month.world.households if household.story == story]
    for agency in month.agencies(tier):
        with acting_for(agency.id):
            reviewer = month.one(agency, "reviewer")
            for household in ill:
                case = case_at(month, household, agency)
                if case:
                    moved = review.terminate(Chosen.of([case]), reviewer, household.reason)
                    counts["terminated"] += done(moved)
            counts["approved"] += done(review.approve(Chosen.of(in_state("accepted")), reviewer))
    month.work()
    return counts


def hand_back(month: Month) -> Counts:
    """上级暂不能核对: the city hands an item back, and the county asks its own unit."""
    counts: Counts = Counter()
    for household in month.world.households:
        if household.story != "hand_back":
            continue
        agency = month.world.agency(household.hand_back["by"])
        with acting_for(agency.id):
            reviewer, items = month.one(agency, "reviewer"), household.hand_back["items"]
            case = case_at(month, household, agency)
            handing_back.hand_back(case, items, reviewer, household.reason)
            counts.update(households=1, items=len(items))
    month.work()
    return counts


def seal_county(month: Month) -> Counts:
    return seal(month, "county")


def seal_city(month: Month) -> Counts:
    return seal(month, "city")


def seal(month: Month, tier: str) -> Counts:
    """用印: a named person seals what goes up; nothing leaves by itself."""
    counts: Counts = Counter()
    for agency in month.agencies(tier):
        with acting_for(agency.id):
            letters = list(
                db.session.scalars(select(LetterOut).where(LetterOut.state == "prepared"))
            )
            for letter in letters:
                sealer = month.one(agency, "reviewer")
                counts["letters"] += done(entrusting.seal(letter.id, letter.rev, sealer))
                counts["households"] += len(entrusting.case_ids_of(letter.id))
    month.work()
    return counts


def case_of(household: Household) -> int:
    """The household's case in the county's own scope."""
    return db.session.scalars(select(Case.id).where(Case.household_no == household.no)).one()


def in_state(state: str) -> list[int]:
    """All cases of this scope in a state."""
    return list(db.session.scalars(select(Case.id).where(Case.state == state).order_by(Case.id)))


def case_at(month: Month, household: Household, agency: AgencyPlan) -> int:
    """The household's case at an agency above (or its own); 0 when it did not come there."""
    line = line_of(month.world.agency(household.agency))
    if agency == line[0]:
        return case_of(household)
    if agency not in line:
        return 0
    below = line[line.index(agency) - 1]
    with acting_for(below.id, read_only=True):
        origin = case_at(month, household, below)
    found = select(Case.id).where(Case.from_agency_id == below.id, Case.origin_case == origin)
    return db.session.scalars(found).one_or_none() or 0


STEPS: dict[str, Callable[[Month], Counts]] = {
    "upload_lists": upload_lists,
    "submit": submit,
    "check_intake": check_intake,
    "take_back_consent": take_back_consent,
    "resubmit": resubmit,
    "review_county": review_county,
    "seal_county": seal_county,
    "review_city": review_city,
    "hand_back": hand_back,
    "seal_city": seal_city,
    "review_province": review_province,
}
