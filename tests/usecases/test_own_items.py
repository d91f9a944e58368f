"""榆树 is told by its government to check a rent subsidy too: an item of its own, from asking to
finding (第十条)."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.delegation.models import CoverageBelow
from app.findings.models import Finding
from app.findings.showing import shown_fields
from app.sharing import capabilities, own_items
from app.sharing.capabilities import Change
from app.sharing.own_items import NewItem, TypedField
from tenants.agency.models import Coverage
from tenants.calendar import business_date
from tenants.catalogue import DataItem, catalogue, is_own, national
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.messages import Fault
from tenants.settings import Settings
from tests.usecases.tree import Tree

CITY, COUNTY = 220100, 220182
RENT = 751
NEW = NewItem(
    kind=7,
    title="住房租赁补贴",
    law_title="榆政发〔2026〕12号",
    law_article="第五条（二）",
    law_text="对领取住房租赁补贴的家庭，核对其领取情况。",
    fields=(
        TypedField("月补贴金额", "money"),
        TypedField("补贴状态", "code", "1 享受；2 停发"),
        TypedField("住房坐落", "text", sensitive=True),
    ),
    schemes=("subsistence",),
    roles=("applicant", "member"),
)


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    shape = {CITY: ("city", None), COUNTY: ("county", CITY)}
    units = {
        CITY: {"市不动产登记中心": (601,)},
        COUNTY: {"农商银行": (1601,), "县住房保障中心": (701,)},
    }
    return Tree(app, settings, shape, units).open()


def added(tree: Tree) -> None:
    """周洋 records the item, 吴刚 confirms it, and the housing office can answer it."""
    with tree.at(COUNTY):
        assert own_items.record(NEW, tree.actor(COUNTY, 5)) == RENT
    with tree.at(COUNTY):
        own_items.confirm(RENT, tree.actor(COUNTY, 6))
    with tree.at(COUNTY):
        change = Change("add", tree.ids["县住房保障中心"], business_date(), (RENT,))
        capabilities.save(change, capabilities.effect_of(change).seen, tree.actor(COUNTY, 5))
    tree.work()


def rents(_name: str, item: DataItem) -> tuple[Outcome, dict[str, Any]]:
    if item.code != RENT:
        return Outcome.NO_RECORD, {}
    return Outcome.HIT, {"field_1": "600", "field_2": "享受", "field_3": "榆树市正阳街 1 号"}


def test_from_asking_to_the_finding_like_any_other_item(tree: Tree) -> None:
    added(tree)
    tree.entrust(["赵国强"])
    unit = tree.ids["县住房保障中心"]
    assert tree.asked(COUNTY)[unit][RENT] == Outcome.PENDING
    tree.exchange(COUNTY, rents)
    assert tree.asked(COUNTY)[unit][RENT] == Outcome.HIT
    with tree.at(COUNTY):
        finding = db.session.scalars(select(Finding).where(Finding.item == RENT)).one()
        shown = dict(shown_fields(RENT, {"field_1": 60000, "field_2": "1"}))
        assert shown == {"月补贴金额": "600.00 元", "补贴状态": "享受"}
        assert finding.as_of == business_date()
    assert len(tree.issue(COUNTY).done) == 1
    assert not tree.unfinished_jobs(COUNTY)


def test_it_is_nobody_elses_and_never_goes_up(tree: Tree) -> None:
    added(tree)
    with tree.at(COUNTY):
        assert catalogue().item(RENT).article == "榆政发〔2026〕12号 第五条（二）"
        assert RENT in list(catalogue().items)
        assert not any(is_own(item) for item in db.session.scalars(select(Coverage.item)))
    with tree.at(CITY):
        assert RENT not in catalogue().items
        assert RENT not in list(catalogue().items)
        told = set(db.session.scalars(select(CoverageBelow.item)))
    assert told == {701, 1601}
    assert RENT not in catalogue().items, "outside of a scope there is the nation's alone"
    assert list(catalogue().items) == list(national().items)


def test_what_nobody_confirmed_is_not_there(tree: Tree) -> None:
    with tree.at(COUNTY):
        own_items.record(NEW, tree.actor(COUNTY, 5))
    with tree.at(COUNTY):
        assert RENT not in catalogue().items
        with pytest.raises(Fault, match="另一名交换员"):
            own_items.confirm(RENT, tree.actor(COUNTY, 5))
    tree.entrust(["赵国强"])
    assert all(RENT not in items for items in tree.asked(COUNTY).values())
    with tree.at(COUNTY):
        own_items.void(RENT, tree.actor(COUNTY, 5))
    with tree.at(COUNTY):
        assert own_items.record(NEW, tree.actor(COUNTY, 5)) == RENT + 1, "a code is used once"


def test_after_its_end_nobody_is_asked_and_what_was_answered_is_read(tree: Tree) -> None:
    added(tree)
    with tree.at(COUNTY):
        own_items.end(RENT, tree.actor(COUNTY, 6), "文件已废止")
    tree.entrust(["赵国强"])
    assert all(RENT not in items for items in tree.asked(COUNTY).values())
    with tree.at(COUNTY):
        assert RENT not in list(catalogue().items)
        assert catalogue().item(RENT).title == "住房租赁补贴"
        row = own_items.own_item(RENT)
        assert row.standing(row.ended_on or dt.date.min) == "ended"


def test_only_the_people_it_names_are_asked_about(tree: Tree) -> None:
    added(tree)
    tree.entrust(["赵国强"], scheme="住房救助")
    assert all(RENT not in items for items in tree.asked(COUNTY).values())
