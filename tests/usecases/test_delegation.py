"""Up and down the tree: four tiers, hand back, terminate, recall, late replies, new versions."""

import datetime as dt
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.lifecycle import Chosen
from app.cases.models import Case, Event
from app.delegation import handing_back, recalling
from app.delegation.models import LetterOut
from app.exchange import service as exchange
from app.report.models import Report
from app.review import service as review
from tenants.catalogue import DataItem
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.messages import Fault
from tenants.settings import Settings
from tests.usecases.tree import Tree

PROVINCE, CITY, COUNTY, TOWN = 220000, 220100, 220182, 220183
FOUR = {
    PROVINCE: ("province", None),
    CITY: ("city", PROVINCE),
    COUNTY: ("county", CITY),
    TOWN: ("township", COUNTY),
}
THREE = dict(list(FOUR.items())[:3])
UNITS = {
    PROVINCE: {"省公安厅": (302,)},
    CITY: {"市不动产登记中心": (601,)},
    COUNTY: {"农商银行": (1601,), "县不动产窗口": (601,)},
    TOWN: {"镇残联": (1501,)},
}
Plant = Callable[..., Tree]


@pytest.fixture
def plant(app: Flask, settings: Settings) -> Plant:
    """Open a tree of a shape."""

    def _plant(shape: Mapping[int, tuple[str, int | None]], units: Mapping[int, Any]) -> Tree:
        return Tree(app, settings, shape, units).open()

    return _plant


def owns_a_car(name: str, item: DataItem) -> tuple[Outcome, Mapping[str, Any]]:
    """The province's police know a car of everybody."""
    return Outcome.HIT, {field.name: "是" for field in item.fields if field.type == "yes_no"}


def words_of(pdf: bytes, folder: Path) -> str:
    """The text of a PDF as a reader would copy it."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return found.stdout.decode()


def test_a_household_climbs_four_tiers_and_comes_back_as_one_report(
    plant: Plant, tmp_path: Path
) -> None:
    tree = plant(FOUR, UNITS)
    tree.entrust(["赵国强"])
    tree.climb()
    for agency in FOUR:
        tree.exchange(agency, owns_a_car if agency == PROVINCE else no_one)
    for agency in FOUR:
        assert len(tree.issue(agency).done) == 1
    assert len(tree.merge().done) == 1

    kinds = tree.reports(TOWN)
    assert [(kind, by) for kind, _, by, _ in kinds] == [
        ("upper", PROVINCE),
        ("upper", CITY),
        ("upper", COUNTY),
        ("own", TOWN),
        ("merged", TOWN),
    ]
    assert {agency: tree.states(agency) for agency in FOUR} == dict.fromkeys(FOUR, ["reported"])
    assert tree.asked(TOWN)[0][302] == Outcome.HIT
    assert [tree.unfinished_jobs(agency) for agency in FOUR] == [[], [], [], []]
    text = words_of(tree.merged_pdf(), tmp_path)
    assert all(f"{agency}核对中心" in text for agency in FOUR)


def test_each_tier_above_is_due_a_working_day_before_the_one_below(plant: Plant) -> None:
    tree = plant(THREE, UNITS)
    tree.entrust(["赵国强"])
    tree.climb()
    due = {}
    for agency in THREE:
        with tree.at(agency):
            due[agency] = db.session.scalars(select(Case.due_on)).one()
    # 27 November 2026 is a Friday.
    assert due == {
        COUNTY: dt.date(2026, 11, 27),
        CITY: dt.date(2026, 11, 26),
        PROVINCE: dt.date(2026, 11, 25),
    }


def no_one(_name: str, _item: DataItem) -> tuple[Outcome, Mapping[str, Any]]:
    return Outcome.NO_RECORD, {}


def test_an_item_handed_back_by_the_city_is_asked_of_the_countys_own_unit(plant: Plant) -> None:
    tree = plant(THREE, UNITS)
    tree.entrust(["钱桂芝", "孙长海"])
    assert 601 not in tree.asked(COUNTY).get(tree.ids["县不动产窗口"], {})
    tree.climb()
    with tree.at(CITY):
        case = db.session.scalars(select(Case.id).order_by(Case.id).limit(1)).one()
        handing_back.hand_back(case, [601], tree.actor(CITY, 4), "不动产系统停机检修")
    tree.work()

    assert tree.asked(COUNTY)[tree.ids["县不动产窗口"]] == {601: Outcome.PENDING}
    with tree.at(COUNTY):
        reasons = db.session.scalars(select(Event.reason).where(Event.action == "be_handed_back"))
        assert list(reasons) == ["不动产系统停机检修"]
    # The other household's item stays with the city.
    assert 601 in tree.asked(CITY)[tree.ids["市不动产登记中心"]]


def test_what_no_tier_below_can_take_back_is_said_to_be_uncovered(plant: Plant) -> None:
    tree = plant(THREE, {PROVINCE: {"省公安厅": (302,)}})
    tree.entrust(["钱桂芝"])
    tree.climb()
    with tree.at(PROVINCE):
        case = db.session.scalars(select(Case.id)).one()
        handing_back.hand_back(case, [302], tree.actor(PROVINCE, 4), "接口未开通")
    tree.work()
    tree.work()
    assert tree.asked(COUNTY)[-1][302] == Outcome.UNCOVERED
    assert 302 not in tree.asked(COUNTY).get(0, {})


def test_a_termination_above_reaches_the_child_at_once_with_its_reason(plant: Plant) -> None:
    tree = plant(THREE, UNITS)
    tree.entrust(["李桂荣"])
    tree.seal(COUNTY)
    with tree.at(CITY):
        case = db.session.scalars(select(Case.id)).one()
        moved = review.terminate(Chosen.of([case]), tree.actor(CITY, 4), "授权书与名单姓名不一致")
        assert moved.done
    tree.work()
    assert set(tree.asked(COUNTY)[0].values()) == {Outcome.TERMINATED}
    with tree.at(COUNTY):
        told = db.session.scalars(select(Event.reason).where(Event.action == "be_terminated_above"))
        assert list(told) == ["授权书与名单姓名不一致"]
        assert set(db.session.scalars(select(LetterOut.state))) == {"answered"}
    assert tree.states(COUNTY) == ["checking"]


def test_a_recalled_letter_stops_the_work_above_and_can_be_sent_again(plant: Plant) -> None:
    tree = plant(THREE, UNITS)
    tree.entrust(["周凤英"])
    tree.climb()
    with tree.at(COUNTY):
        letter = db.session.scalars(select(LetterOut)).one()
        with pytest.raises(Fault):
            recalling.recall(letter.id, letter.rev, tree.actor(COUNTY, 4), " ")
        moved = recalling.recall(letter.id, letter.rev, tree.actor(COUNTY, 4), "名单有误")
        assert moved.done
    tree.work()
    assert tree.states(CITY) == ["recalled"]
    assert tree.states(PROVINCE) == ["recalled"]
    tree.seal(COUNTY)
    assert tree.states(CITY) == ["recalled", "accepted"]


def test_a_late_reply_makes_supplementary_reports_and_the_old_ones_stay_valid(
    plant: Plant, tmp_path: Path
) -> None:
    tree = plant(THREE, UNITS)
    tree.entrust(["吴凤霞"])
    tree.climb()
    for agency in (CITY, COUNTY):
        tree.exchange(agency)
    tree.send_requests(PROVINCE)
    tree.today(dt.date(2026, 11, 28))
    with tree.at(PROVINCE):
        (request,) = tree._requests("delivered")
        exchange.close(request.id, request.rev, tree.actor(PROVINCE, 5), "逾期未反馈")
    for agency in THREE:
        tree.issue(agency)
    assert len(tree.merge().done) == 1
    assert tree.asked(COUNTY)[0][302] == Outcome.UNANSWERED

    tree.answer(PROVINCE, owns_a_car)
    assert len(tree.issue(PROVINCE).done) == 1
    assert tree.asked(COUNTY)[0][302] == Outcome.HIT
    assert tree.issue(COUNTY).done == ()
    assert len(tree.merge().done) == 1
    assert [r for r in tree.reports(COUNTY) if r[0] == "merged"] == [
        ("merged", "issued", COUNTY, 1),
        ("merged", "issued", COUNTY, 2),
    ]
    assert [r for r in tree.reports(COUNTY) if r[2] == PROVINCE] == [
        ("upper", "issued", PROVINCE, 1),
        ("upper", "issued", PROVINCE, 2),
    ]
    with tree.at(COUNTY):
        first = select(Report.number).where(Report.kind == "merged", Report.version == 1)
        former = db.session.scalars(first).one()
        newest = select(Report).where(Report.kind == "merged", Report.version == 2)
        assert db.session.scalars(newest).one().supplements == former
    text = words_of(tree.merged_pdf(), tmp_path)
    # The number may be broken at its space, as any long word in a cell.
    assert all(part in text for part in ("第2版", "核对结果补充报告", "补充内容", *former.split()))
    assert "下列1项为新取得或新增的结果" in "".join(text.split())


def test_one_banks_hit_does_not_hide_that_another_never_answered(
    plant: Plant, tmp_path: Path
) -> None:
    tree = plant(THREE, {PROVINCE: {"甲银行": (1601,), "乙银行": (1601,)}})
    tree.entrust(["吴凤霞"])
    tree.climb()
    tree.send_requests(PROVINCE)
    tree.answer(PROVINCE, has_deposits, unit="甲银行")
    tree.today(dt.date(2026, 11, 28))
    with tree.at(PROVINCE):
        (silent,) = tree._requests("delivered")
        exchange.close(silent.id, silent.rev, tree.actor(PROVINCE, 5), "逾期未反馈")
    tree.issue(PROVINCE)
    assert tree.asked(COUNTY)[0][1601] == Outcome.UNANSWERED
    assert len(tree.merge().done) == 1
    text = words_of(tree.merged_pdf(), tmp_path)
    assert "50,000.00" in text
    assert "未反馈" in text


def has_deposits(_name: str, item: DataItem) -> tuple[Outcome, Mapping[str, Any]]:
    """A bank that holds 50,000 yuan of everybody."""
    values = {"money": "50000.00", "date": "2026-11-01", "text": "甲", "number": "1"}
    return Outcome.HIT, {
        field.name: next(iter(field.codes.values()), values.get(str(field.type), ""))
        for field in item.fields
    }


def test_handing_over_incomplete_needs_a_passed_due_date_and_a_named_reason(plant: Plant) -> None:
    tree = plant(THREE, UNITS)
    tree.entrust(["郑万福"])
    tree.climb()
    tree.exchange(COUNTY)
    tree.issue(COUNTY)
    early = tree.merge("上级系统故障")
    assert [skip.code for skip in early.skipped] == ["not_due_yet"]
    tree.today(dt.date(2026, 11, 28))
    assert [skip.code for skip in tree.merge().skipped] == ["answers_open"]
    assert len(tree.merge("上级系统故障").done) == 1


def test_when_the_province_covers_everything_its_report_alone_is_enough(plant: Plant) -> None:
    everything = tuple(sorted({101, 102, 103, 104, 105, 106, 107, 108, 109, 110}))
    tree = plant(THREE, {PROVINCE: {"省民政厅": everything}})
    tree.entrust(["冯玉珍"])
    tree.climb()
    tree.exchange(PROVINCE)
    tree.issue(PROVINCE)
    assert [skip.code for skip in tree.issue(COUNTY).skipped] == ["nothing_of_own"]
    assert len(tree.merge().done) == 1
    assert [(kind, by) for kind, _, by, _ in tree.reports(COUNTY)] == [
        ("upper", PROVINCE),
        ("merged", COUNTY),
    ]


def test_guangdong_asks_the_city_first(plant: Plant) -> None:
    shape = {440000: ("province", None), 440100: ("city", 440000), 440118: ("county", 440100)}
    both = {440000: {"省人社厅": (501,)}, 440100: {"市人社局": (501,)}}
    tree = plant(shape, both)
    tree.entrust(["何桂芳"])
    tree.seal(440118)
    tree.approve(440100)
    assert tree.asked(440100)[tree.ids["市人社局"]] == {501: Outcome.PENDING}
    assert 501 not in tree.asked(440100).get(0, {})
