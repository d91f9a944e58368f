"""榆树 is told by its government to check a rent subsidy too: an item of its own, from asking to
finding (第十条)."""

import datetime as dt
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.delegation.models import CoverageBelow
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.wire import connecting, deciding
from app.exchange.wire.commands import allow
from app.exchange.wire.connecting import Agreed
from app.exchange.wire.dispatching import dispatch_of
from app.exchange.wire.rules import phase_of
from app.findings.models import Finding
from app.findings.showing import shown_fields
from app.sharing import capabilities, own_items
from app.sharing.capabilities import Change
from app.sharing.own_items import NewItem, TypedField
from tenants.agency.models import Capability, Coverage
from tenants.calendar import business_date
from tenants.catalogue import DataItem, catalogue, is_own, national
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.identity import check_character
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.usecases.tree import OPENED, Tree
from tests.usecases.wire import scan_authorisations
from tests.world.households import Fact
from tests.world.own_ways import own_database
from tests.world.plan import month
from tests.world.wired import Wired, admit, install

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


@dataclass(frozen=True)
class Tenant:
    """Whom the housing office pays a subsidy."""

    id_number: str

    def facts_at(self, unit: str, item: int) -> tuple[Fact, ...]:
        record = {"field_1": "600", "field_2": "享受", "field_3": "榆树市正阳街 1 号"}
        return (Fact(RENT, records=(record,)),) if item == RENT else ()


def test_it_crosses_the_wire_as_any_other_item(
    tree: Tree, settings: Settings, tmp_path: Path
) -> None:
    """The real connector before a PostgreSQL of the housing office's own."""
    added(tree)
    tree.entrust(["赵国强"])
    unit, first, second = tree.ids["县住房保障中心"], tree.actor(COUNTY, 5), tree.actor(COUNTY, 6)
    digits = "22018219700101001"
    known = [Tenant(digits + check_character(digits))]
    with tree.at(COUNTY):
        address = own_database(settings, "rent")
        office = install(tmp_path / "office", "住房保障中心", [701, RENT], known, source=address)
        row = db.session.scalars(
            select(ExchangeRequest).where(ExchangeRequest.unit_id == unit)
        ).one()
        scan_authorisations(row.id)
    connect(tree, unit, office)
    tree.today(month().as_of)
    office.start()
    try:
        for verb, actor in ((exchange.make, first), (exchange.confirm, second)):
            with tree.at(COUNTY):
                request = exchange.request_of(row.id)
                assert verb(request.id, request.rev, actor).done
            tree.work()
        taken_in(tree, row.id)
    finally:
        office.stop()
    for actor in (first, second):
        with tree.at(COUNTY):
            reply = db.session.scalars(select(Reply)).one()
            assert exchange.accept_reply(reply.id, reply.rev, actor).done
    tree.work()
    assert tree.asked(COUNTY)[unit] == {701: Outcome.NO_RECORD, RENT: Outcome.HIT}
    with tree.at(COUNTY):
        found = db.session.scalars(select(Finding).where(Finding.item == RENT)).one()
        told = vault().open("finding", found.id, found.sealed)
    assert "60000" in str(told), "an amount in fen"
    assert not tree.unfinished_jobs(COUNTY)


def connect(tree: Tree, unit: int, office: Wired) -> None:
    """Both sides give each other their keys; the unit is asked from system to system."""
    with tree.app.app_context(), acting_for(COUNTY, "registrar"):
        allow(f"127.0.0.1:{office.port}")
    with tree.at(COUNTY):
        agreed = Agreed(office.url, "UNIT01", "unit-2026", office.public, "", OPENED, None)
        operator = tree.actor(COUNTY, 5)
        made = connecting.open_connection(unit, "asks", "ed25519", agreed, operator)
        admit(office, COUNTY, "榆树市核对中心", made.our_keyid, made.our_public)
        db.session.execute(
            update(Capability).where(Capability.unit_id == unit).values(way="system")
        )


def taken_in(tree: Tree, request_id: int) -> None:
    """Let the wire's time pass until the answers are taken."""
    end = time.monotonic() + 60
    while True:
        with tree.at(COUNTY):
            found = dispatch_of(request_id)
            assert found
            assert not found.dead_at, found.dead_code
            assert time.monotonic() < end, phase_of(found)
            if phase_of(found) == "taken":
                return
            deciding.ask_now(request_id, tree.actor(COUNTY, 5))
        tree.work()
        time.sleep(0.05)


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
