"""急难型: a household on fire is checked at once, at every tier, and the report follows the aid."""

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.actor import Actor, Forbidden
from app.accounts.permissions import permissions_of
from app.cases.lifecycle import Chosen
from app.cases.models import Ask, Case, Event
from app.delegation import expediting
from app.delegation.models import Expedition, LetterOut
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest
from app.intake import service as intake
from tenants.calendar import add_working_days
from tenants.database import db
from tenants.messages import Fault
from tenants.settings import Settings
from tests.usecases.tree import Tree

PROVINCE, CITY, COUNTY = 220000, 220100, 220182
THREE = {PROVINCE: ("province", None), CITY: ("city", PROVINCE), COUNTY: ("county", CITY)}
UNITS = {
    PROVINCE: {"省公安厅": (101,)},
    CITY: {"市不动产登记中心": (601,)},
    COUNTY: {"农商银行": (1601,)},
}
DAY, AID = dt.date(2026, 11, 16), dt.date(2026, 11, 16)
REASON = "住房失火，当日无处居住"
TEMPORARY = {"scheme": "临时救助"}


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """Two households of temporary assistance; the 16th lies after the intake window."""
    return Tree(app, settings, THREE, UNITS).open()


def director(agency: int) -> Actor:
    return Actor(8, "白云山", agency, 0, 0, frozenset({"director"}), permissions_of(["director"]))


def allow(tree: Tree, case_id: int, agency: int = COUNTY, who: Actor | None = None) -> None:
    with tree.at(agency):
        expediting.allow(case_id, REASON, AID, who or director(agency))
    tree.work()


def batches(tree: Tree, agency: int) -> dict[str, set[int]]:
    """Lane → the households whose asks wait in requests and letters of it."""
    with tree.at(agency):
        lane = func.coalesce(ExchangeRequest.lane, LetterOut.lane)
        rows = db.session.execute(
            select(lane, Ask.case_id)
            .outerjoin(ExchangeRequest, ExchangeRequest.id == Ask.request_id)
            .outerjoin(LetterOut, LetterOut.id == Ask.letter_id)
            .where(lane.is_not(None))
            .distinct()
        )
        found: dict[str, set[int]] = {}
        for name, case_id in rows:
            found.setdefault(name, set()).add(case_id)
        return found


def expeditions(tree: Tree, agency: int) -> list[tuple[str, int, str]]:
    with tree.at(agency):
        rows = db.session.scalars(select(Expedition).order_by(Expedition.id))
        return [(row.allowed_name, row.allowed_agency_id, row.reason) for row in rows]


def dues(tree: Tree, agency: int) -> dict[str, dt.date | None]:
    with tree.at(agency):
        return dict(db.session.execute(select(Case.lane, Case.due_on)).tuples().all())


def test_allowed_before_the_review_it_goes_alone_at_every_tier(tree: Tree) -> None:
    tree.today(DAY)
    first, second = tree.submit(["赵一", "钱二"], **TEMPORARY)
    allow(tree, first)
    with tree.at(COUNTY):
        intake.accept(Chosen.of([first, second]), tree.actor(COUNTY, 3))
    tree.approve(COUNTY)
    assert batches(tree, COUNTY) == {"expedited": {first}, "regular": {second}}
    tree.climb()
    report = add_working_days(AID, 5)
    for height, agency in enumerate((COUNTY, CITY, PROVINCE)):
        assert expeditions(tree, agency) == [("白云山", COUNTY, REASON)], agency
        assert dues(tree, agency)["expedited"] == add_working_days(report, -height)
        waiting = batches(tree, agency)
        assert len(waiting["expedited"]) == len(waiting["regular"]) == 1
        with tree.at(agency):
            told = select(func.count()).where(Event.action == "expedite", Event.reason == REASON)
            assert db.session.scalar(told) == 1
    assert tree.unfinished_jobs(PROVINCE) == []


def test_allowed_while_it_waits_with_the_month_it_is_taken_out(tree: Tree) -> None:
    tree.today(DAY)
    first, second = tree.entrust(["赵一", "钱二"], **TEMPORARY)
    assert batches(tree, COUNTY) == {"regular": {first, second}}
    allow(tree, second)
    assert batches(tree, COUNTY) == {"expedited": {second}, "regular": {first}}
    with tree.at(COUNTY):
        drafts = list(db.session.scalars(select(ExchangeRequest).order_by(ExchangeRequest.lane)))
        assert [row.lane for row in drafts] == ["expedited", "regular"]
        made = exchange.make(drafts[0].id, drafts[0].rev, tree.actor(COUNTY, 5))
        assert made.done, "outside of the month's window, and apart from the month's batch"
    tree.work()
    with tree.at(COUNTY):
        sent = db.session.get_one(ExchangeRequest, (COUNTY, drafts[0].id))
        assert sent.subjects == 1
        assert not exchange.confirm(sent.id, sent.rev, tree.actor(COUNTY, 5)).done
        assert exchange.confirm(sent.id, sent.rev, tree.actor(COUNTY, 6)).done


def test_allowed_after_its_letter_left_the_tiers_above_learn_it(tree: Tree) -> None:
    tree.today(DAY)
    first, second = tree.entrust(["赵一", "钱二"], **TEMPORARY)
    tree.climb()
    assert expeditions(tree, PROVINCE) == []
    allow(tree, first)
    for agency in (CITY, PROVINCE):
        assert expeditions(tree, agency) == [("白云山", COUNTY, REASON)]
        assert set(dues(tree, agency)) == {"expedited", "regular"}
        assert len(batches(tree, agency)["expedited"]) == 1
    assert second not in batches(tree, COUNTY)["expedited"]


def test_only_a_director_of_the_agency_first_asked_allows_it_and_once(tree: Tree) -> None:
    tree.today(DAY)
    first, _second = tree.entrust(["赵一", "钱二"], **TEMPORARY)
    reviewer = tree.actor(COUNTY, 4)
    with pytest.raises(Forbidden):
        allow(tree, first, who=reviewer)
    with pytest.raises(Fault) as refused, tree.at(COUNTY):
        expediting.allow(first, REASON, dt.date(2027, 3, 1), director(COUNTY))
    assert refused.value.code == "expedite.aid"
    with pytest.raises(Fault) as refused, tree.at(COUNTY):
        expediting.allow(first, "  ", AID, director(COUNTY))
    assert refused.value.code == "reason_missing"
    allow(tree, first)
    with pytest.raises(Fault) as refused:
        allow(tree, first)
    assert refused.value.code == "expedite.twice"
    tree.seal(COUNTY)
    with tree.at(CITY):
        above = tree.case_ids()[0]
        db.session.execute(update(Case).values(lane="regular"))
    with pytest.raises(Fault) as refused:
        allow(tree, above, CITY, replace(director(CITY), name="别人"))
    assert refused.value.code == "expedite.below"


def test_no_other_scheme_is_an_emergency(tree: Tree) -> None:
    tree.today(DAY)
    (first,) = tree.entrust(["赵一"])
    with pytest.raises(Fault) as refused:
        allow(tree, first)
    assert refused.value.code == "expedite.scheme"
