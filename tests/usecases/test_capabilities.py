"""A tier gains or loses a capability in mid-month: what has not been sent is routed anew."""

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.cases.models import Event
from app.delegation import rerouting
from app.delegation.coverage import announce, reroute, way_of
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.settings import Settings
from tests.usecases.tree import Tree
from worker.daily import look_around

PROVINCE, CITY, COUNTY = 220000, 220100, 220182
THREE = {PROVINCE: ("province", None), CITY: ("city", PROVINCE), COUNTY: ("county", CITY)}
UNITS = {
    PROVINCE: {"省公安厅": (302,)},
    CITY: {"市不动产登记中心": (601,)},
    COUNTY: {"农商银行": (1601,), "邮储银行": (1601, 1602), "县不动产窗口": (601,)},
}
NOBODY, PARENT = -1, 0
Plant = Callable[..., Tree]


@pytest.fixture
def plant(app: Flask, settings: Settings) -> Plant:
    """Open the three tiers with units of a story."""

    def _plant(units: Mapping[int, Any] = UNITS) -> Tree:
        return Tree(app, settings, THREE, units).open()

    return _plant


def lose(tree: Tree, agency: int, unit: str, item: int) -> None:
    """The unit can check the item for the last time yesterday."""
    with tree.at(agency):
        db.session.execute(
            update(Capability)
            .where(Capability.unit_id == tree.ids[unit], Capability.item == item)
            .values(valid_to=business_date() - dt.timedelta(days=1))
        )
        announce()
        reroute([item])
    tree.work()


def gain(tree: Tree, agency: int, unit: str, item: int) -> None:
    """From today the unit can check the item."""
    with tree.at(agency):
        db.session.add(
            Capability(
                agency_id=agency, item=item, unit_id=tree.ids[unit], valid_from=business_date()
            )
        )
        db.session.flush()
        announce()
        reroute([item])
    tree.work()


def told(tree: Tree, agency: int) -> list[str]:
    with tree.at(agency):
        found = select(Event.reason).where(Event.action == "rerouted").order_by(Event.id)
        return list(db.session.scalars(found))


def test_what_the_city_can_check_no_more_comes_back_from_the_letter(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["赵国强", "孙丽"])
    window = tree.ids["县不动产窗口"]
    assert 601 in tree.asked(COUNTY)[PARENT]
    lose(tree, CITY, "市不动产登记中心", 601)
    asked = tree.asked(COUNTY)
    assert asked[window] == {601: Outcome.PENDING}
    assert 601 not in asked[PARENT]
    assert told(tree, COUNTY) == ["不动产登记：由上级核对机构改为县不动产窗口"] * 2
    assert not tree.unfinished_jobs(COUNTY)

    gain(tree, CITY, "市不动产登记中心", 601)
    again = tree.asked(COUNTY)
    assert window not in again
    assert again[PARENT][601] == Outcome.PENDING
    with tree.at(COUNTY):
        drafts = db.session.scalars(
            select(ExchangeRequest).where(ExchangeRequest.unit_id == window)
        ).all()
        assert [draft.state for draft in drafts] == ["stopped"], "it was emptied, and ended"


def test_what_nobody_can_check_any_more_is_said_and_asked_when_somebody_can(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["赵国强"])
    post = tree.ids["邮储银行"]
    assert tree.asked(COUNTY)[post][1602] == Outcome.PENDING
    lose(tree, COUNTY, "邮储银行", 1602)
    asked = tree.asked(COUNTY)
    assert asked[NOBODY][1602] == Outcome.UNCOVERED
    assert asked[post] == {1601: Outcome.PENDING}
    gain(tree, COUNTY, "农商银行", 1602)
    asked = tree.asked(COUNTY)
    assert 1602 not in asked[NOBODY]
    assert asked[tree.ids["农商银行"]] == {1601: Outcome.PENDING, 1602: Outcome.PENDING}
    assert told(tree, COUNTY)[-1].endswith("由各级均不能核对改为农商银行")


def test_what_has_been_sent_stays_and_asks_nobody_further(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["赵国强"])
    with tree.at(COUNTY):
        bank = db.session.scalars(
            select(ExchangeRequest).where(ExchangeRequest.unit_id == tree.ids["农商银行"])
        ).one()
        assert exchange.make(bank.id, bank.rev, tree.actor(COUNTY, 5)).done
    tree.work()
    lose(tree, COUNTY, "农商银行", 1601)
    lose(tree, COUNTY, "邮储银行", 1601)
    gain(tree, CITY, "市不动产登记中心", 1601)
    asked = tree.asked(COUNTY)
    assert asked[tree.ids["农商银行"]] == {1601: Outcome.PENDING}, "it has left"
    assert 1601 not in asked[tree.ids["邮储银行"]], "it had not"
    assert 1601 not in asked[PARENT]


def test_what_was_handed_back_does_not_go_up_again(plant: Plant) -> None:
    wanted = rerouting.Abilities(
        "county", {601: [7]}, {601: frozenset({"city"})}, ["province", "city", "county"]
    )
    assert wanted.wanted(601, [7], [PARENT]) == {7}
    assert wanted.wanted(601, [7], []) == {PARENT}
    assert wanted.wanted(302, [NOBODY], [PARENT]) == {NOBODY}


def test_a_request_that_is_being_made_is_waited_for(plant: Plant) -> None:
    """The lock on the draft decides: whoever comes second finds what the first has left."""
    tree = plant()
    tree.entrust(["赵国强"])
    post = tree.ids["邮储银行"]

    def route_anew() -> None:
        with tree.at(COUNTY):
            rerouting.reroute([1602], 0)

    with tree.at(COUNTY):
        no_more = update(Capability).where(Capability.item == 1602)
        db.session.execute(no_more.values(valid_to=business_date() - dt.timedelta(days=1)))
    with ThreadPoolExecutor(1) as other, tree.at(COUNTY):
        draft = db.session.scalars(
            select(ExchangeRequest).where(ExchangeRequest.unit_id == post)
        ).one()
        assert exchange.make(draft.id, draft.rev, tree.actor(COUNTY, 5)).done
        db.session.flush()
        second = other.submit(route_anew)
        with pytest.raises(TimeoutError):
            second.result(timeout=1)
        db.session.commit()
        second.result(timeout=20)
    assert tree.asked(COUNTY)[post][1602] == Outcome.PENDING, "it was made first, and stays"


def test_a_change_of_a_later_day_takes_effect_on_that_day(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["赵国强"])
    post, today = tree.ids["邮储银行"], business_date()
    with tree.at(COUNTY):
        no_more = update(Capability).where(Capability.item == 1602)
        db.session.execute(no_more.values(valid_to=today))
        reroute([1602])
    tree.work()
    look_around(tree.app)
    assert tree.asked(COUNTY)[post][1602] == Outcome.PENDING
    tree.today(today + dt.timedelta(days=1))
    look_around(tree.app)
    tree.work()
    assert tree.asked(COUNTY)[NOBODY][1602] == Outcome.UNCOVERED
    with tree.at(COUNTY):
        assert not rerouting.foresee([1602], rerouting.abilities())


def test_when_the_province_can_check_everything_its_report_alone_is_enough(plant: Plant) -> None:
    """操作规程 三: by the capabilities alone, nothing is asked by county and city."""
    units: dict[int, dict[str, tuple[int, ...]]] = {PROVINCE: {}}
    for code in catalogue().items:
        name = f"省级单位{code // 100}"
        units[PROVINCE][name] = (*units[PROVINCE].get(name, ()), code)
    tree = plant({**units, COUNTY: {"农商银行": (1601,)}})
    tree.entrust(["赵国强"])
    assert list(tree.asked(COUNTY)) == [PARENT]
    tree.climb()
    assert list(tree.asked(CITY)) == [PARENT]
    tree.exchange(PROVINCE)
    assert len(tree.issue(PROVINCE).done) == 1
    assert not tree.issue(CITY).done, "an agency that checked nothing issues nothing"
    assert not tree.issue(COUNTY).done
    assert len(tree.merge().done) == 1
    kinds = [(kind, by) for kind, _, by, _ in tree.reports(COUNTY)]
    assert kinds == [("upper", PROVINCE), ("merged", COUNTY)]


def test_a_unit_is_asked_in_the_way_that_holds_on_the_day(plant: Plant) -> None:
    tree = plant()
    with tree.at(COUNTY):
        assert way_of(tree.ids["农商银行"], business_date()) == "media"
        db.session.execute(
            update(Capability)
            .where(Capability.unit_id == tree.ids["农商银行"])
            .values(way="system")
        )
        assert way_of(tree.ids["农商银行"], business_date()) == "system"
        assert way_of(tree.ids["农商银行"], dt.date(2020, 1, 1)) == "media"
