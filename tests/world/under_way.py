"""The month that is under way when the portal opens: something waits at every desk.

The households come from ``crowd``; where each of them stands is in ``data/under_way.toml``. The
steps go through the same services and jobs as the month before.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from typing import Any

from sqlalchemy import select

from app.cases.lifecycle import Chosen
from app.cases.models import Case
from app.exchange import service as exchange
from app.intake import service as intake
from app.report import issuing
from app.review import service as review
from tenants.database import any_of, db
from tenants.scope import acting_for
from tests.world import (
    by_wire,
    month_insurance,
    month_map,
    month_outward,
    month_periodic,
    month_register,
)
from tests.world import month_exchange as second_half
from tests.world.carried import carry_package
from tests.world.crowd import crowd
from tests.world.extending import announce_extension
from tests.world.households import Household, move_in
from tests.world.lists import desk_file, rows_of
from tests.world.month import Counts, Month, done, in_state, seal, submit_all, upload
from tests.world.month_archive import file_cases
from tests.world.month_decisions import report_decisions
from tests.world.month_evaluation import evaluate
from tests.world.month_oversight import tell_counts
from tests.world.month_temporary import help_the_unemployed
from tests.world.newborns import add_newborns
from tests.world.plan import DATA, AgencyPlan, StepPlan, read
from tests.world.public_voice import hear_the_public
from tests.world.typed import type_households

ILLEGIBLE = "查询授权书签字不清，请重新签署后提交。"


@dataclass(frozen=True)
class UnderWay:
    """The month, its steps, how many households each tier has, and which of them stand where."""

    period: int
    steps: tuple[StepPlan, ...]
    households: Mapping[str, int]
    places: Mapping[str, list[int]]
    narrowed: Mapping[str, Any]


@cache
def under_way() -> UnderWay:
    """What ``data/under_way.toml`` says."""
    table: dict[str, Any] = read(DATA / "under_way.toml")
    steps = tuple(StepPlan(**step) for step in table.pop("steps"))
    return UnderWay(steps=steps, **table)


def first_lists(month: Month) -> Counts:
    """The first households' lists come in, are entrusted and accepted."""
    counts: Counts = Counter()
    move_in(under_way().period, [h for plan in _everyone(month) for h in _households(plan)])
    for agency in month.agencies("county"):
        _upload(month, agency, ["answered"], counts)
        submit_all(month, agency, "12号", counts)
        with acting_for(agency.id):
            officer = month.one(agency, "intake_officer")
            counts["accepted"] += done(intake.accept(Chosen.of(in_state("submitted")), officer))
    month.work()
    return counts


def first_reviews(month: Month) -> Counts:
    """They are reviewed and go up, to the province."""
    return _up_to_the_province(month)


def other_lists(month: Month) -> Counts:
    """All others: most are accepted, one waits for the check, one goes back."""
    counts: Counts = Counter()
    for agency in month.agencies("county"):
        waves = ["in_exchange", "at_province", "at_city", "to_seal", "to_review", "to_check"]
        _upload(month, agency, waves, counts)
        submit_all(month, agency, "13号", counts)
        _check(month, agency, counts)
    for agency in (*month.agencies("city"), *month.agencies("province")):
        _upload(month, agency, None, counts, [0])
        submit_all(month, agency, "12号", counts)
    month.work()
    return counts


def _check(month: Month, agency: AgencyPlan, counts: Counts) -> None:
    """受理初审 of all but the last household; the last but one goes back with a reason."""
    with acting_for(agency.id):
        officer, waiting = month.one(agency, "intake_officer"), in_state("submitted")
        returned = Chosen.of(waiting[-2:-1])
        counts["returned"] += done(intake.return_cases(returned, officer, ILLEGIBLE))
        counts["accepted"] += done(intake.accept(Chosen.of(waiting[:-2]), officer))


def first_exchange(month: Month) -> Counts:
    """Everything that was approved is made, confirmed and delivered."""
    return second_half.make_requests(month) + second_half.deliver(month)


def first_replies(month: Month) -> Counts:
    """All replies are in. The higher tiers have reported on two households, the county as well;
    one is merged, one waits to be merged, and the third waits for its report at every tier."""
    counts = second_half.collect(month, {"in_time", "late", "never"}, "delivered")
    counts.update(second_half.accept_replies(month))
    waiting = _cases_of_the_third(month)
    for tier in ("province", "city", "county"):
        for agency in month.agencies(tier):
            with acting_for(agency.id):
                ready = [id_ for id_ in in_state("checking") if (agency.id, id_) not in waiting]
                moved = issuing.issue_own(ready, month.one(agency, "report_issuer"))
                counts["reports"] += len(moved.done)
        month.work()
    for agency in month.agencies("county"):
        with acting_for(agency.id):
            issuer = month.one(agency, "report_issuer")
            counts["merged"] += len(issuing.merge(_ids(agency, [0]), issuer).done)
        month.work()
    return counts


def _cases_of_the_third(month: Month) -> set[tuple[int, int]]:
    """(Agency, case) of each county's third household, at the county and at the tiers above."""
    found: set[tuple[int, int]] = set()
    for tier in ("county", "city", "province"):
        for agency in month.agencies(tier):
            with acting_for(agency.id, read_only=True):
                for case in db.session.scalars(select(Case).where(Case.state == "checking")):
                    own = case.origin == "unit" and case.household_no.endswith("-03")
                    if own or (case.from_agency_id, case.origin_case) in found:
                        found.add((agency.id, case.id))
    return found


def other_reviews(month: Month) -> Counts:
    """One household is in exchange, the next ones wait at the province, at the city, for the seal
    and for the review."""
    counts = _up_to_the_province(month, ["in_exchange"])
    _approve(month, "county", counts, ["at_province"])
    counts.update(seal(month, "county"))
    _approve(month, "city", counts)
    counts.update(seal(month, "city"))
    _approve(month, "county", counts, ["at_city"])
    counts.update(seal(month, "county"))
    _approve(month, "county", counts, ["to_seal"])
    return counts


def other_exchange(month: Month) -> Counts:
    """The requests to the units stop at each stage in turn: with a liaison, to be taken or
    answered; with a disc, to be made, confirmed, delivered, or with a reply to be accepted."""
    counts: Counts = Counter()
    for agency in second_half.everywhere(month):
        online, by_hand = cycle(("confirmed", "delivered")), cycle(_BY_HAND)
        with acting_for(agency.id, read_only=True):
            drafts = [(second_half.unit_of(month, r), r.id) for r in second_half.requests("draft")]
        for unit, request_id in drafts:
            stage = next(online if month.world.liaison_of(unit.name) else by_hand)
            counts[stage] += 1
            _bring_to(month, agency, unit.name, request_id, stage)
        month.work()
    return counts


_BY_HAND = ("checked", "draft", "made", "confirmed")
_STAGES = ("draft", "made", "confirmed", "delivered", "checked")


def _bring_to(month: Month, agency: AgencyPlan, unit: str, request_id: int, stage: str) -> None:
    """Make, confirm, deliver, answer: as far as ``stage``."""
    first, second = second_half.operators(month, agency)
    steps = _STAGES.index(stage)
    with acting_for(agency.id):
        if steps >= 1:
            done(exchange.make(request_id, _revision(request_id), first))
    month.work()
    with acting_for(agency.id):
        if steps >= 2:
            done(exchange.confirm(request_id, _revision(request_id), second))
        by_hand = not by_wire.goes_by_wire(exchange.request_of(request_id))
        if steps >= 3 and by_hand:
            how = second_half.DISC
            done(exchange.deliver(request_id, _revision(request_id), first, on=month.day, how=how))
    if steps >= 3 and not by_hand:
        by_wire.carry(month, agency, by_wire.RECEIVED if steps == 3 else by_wire.TAKEN)
    if steps >= 4 and by_hand:
        second_half.answer(month, agency, month.world.unit(unit), request_id)


def _revision(request_id: int) -> int:
    return exchange.request_of(request_id).rev


def late_lists(month: Month) -> Counts:
    """What is prepared after the 10th waits for its department: it joins the next month."""
    counts: Counts = Counter()
    for agency in _everyone(month):
        last = under_way().households[agency.tier] - 1
        _upload(month, agency, None, counts, [last + 1 if agency.tier == "county" else last])
    return counts


def _everyone(month: Month) -> Iterable[AgencyPlan]:
    return second_half.everywhere(month)


def _households(agency: AgencyPlan) -> tuple[Household, ...]:
    """The agency's households, one more in counties: the one that comes after the 10th."""
    count = under_way().households[agency.tier] + (agency.tier == "county")
    return _narrowed(agency, crowd(agency, under_way().period, count))


def _narrowed(agency: AgencyPlan, some: tuple[Household, ...]) -> tuple[Household, ...]:
    """Where the data say so, one household's head authorises some kinds of information only."""
    plan = under_way().narrowed
    if agency.region_name != plan["agency"]:
        return some
    home = some[plan["place"]]
    head = replace(home.head, scope=plan["scope"])
    changed = replace(home, subjects=(head, *home.subjects[1:]))
    return tuple(changed if household is home else household for household in some)


def _upload(
    month: Month,
    agency: AgencyPlan,
    waves: list[str] | None,
    counts: Counts,
    places: list[int] | None = None,
) -> None:
    """Every desk uploads those of its households that stand in these waves."""
    wanted = places or [place for wave in waves or () for place in under_way().places[wave]]
    chosen = [_households(agency)[place] for place in wanted]
    for desk in dict.fromkeys(household.desk for household in chosen):
        theirs = [household for household in chosen if household.desk == desk]
        upload(month, desk, desk_file(desk, rows_of(theirs, first=False)), counts)


def _ids(agency: AgencyPlan, places: Iterable[int]) -> list[int]:
    """The cases of some of the agency's own households, in its scope."""
    numbers = [_households(agency)[place].no for place in places]
    return list(db.session.scalars(select(Case.id).where(Case.household_no.in_(numbers))))


def _up_to_the_province(month: Month, waves: list[str] | None = None) -> Counts:
    counts: Counts = Counter()
    _approve(month, "county", counts, waves)
    counts.update(seal(month, "county"))
    _approve(month, "city", counts)
    counts.update(seal(month, "city"))
    _approve(month, "province", counts)
    return counts


def _approve(month: Month, tier: str, counts: Counts, waves: list[str] | None = None) -> None:
    """审核复审 of what is accepted, or of the households of some waves only."""
    for agency in month.agencies(tier):
        with acting_for(agency.id):
            ids = in_state("accepted")
            if waves:
                places = [place for wave in waves for place in under_way().places[wave]]
                own = _ids(agency, places)
                ids = list(
                    db.session.scalars(
                        select(Case.id).where(Case.id == any_of(own), Case.state == "accepted")
                    )
                )
            moved = review.approve(Chosen.of(ids), month.one(agency, "reviewer"))
            counts["approved"] += done(moved)
    month.work()


STEPS: dict[str, Callable[[Month], Counts]] = {
    "first_lists": first_lists,
    "first_reviews": first_reviews,
    "report_decisions": report_decisions,
    **month_register.STEPS,
    **month_map.STEPS,
    **month_periodic.STEPS,
    **month_outward.STEPS,
    **month_insurance.STEPS,
    "file_cases": file_cases,
    "other_lists": other_lists,
    "hear_the_public": hear_the_public,
    "first_exchange": first_exchange,
    "first_replies": first_replies,
    "other_reviews": other_reviews,
    "other_exchange": other_exchange,
    "announce_extension": announce_extension,
    "late_lists": late_lists,
    "type_households": type_households,
    "carry_package": carry_package,
    "add_newborns": add_newborns,
    "tell_counts": tell_counts,
    "help_the_unemployed": help_the_unemployed,
    "evaluate": evaluate,
}
