"""What goes up and comes down when things cross: recalls, hand-backs, letters out of order."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError

from app.cases.lifecycle import Chosen
from app.cases.models import Ask, Case
from app.delegation import entrusting, handing_back, recalling, routing, terminating
from app.delegation.models import LetterDown, LetterOut, LetterUp
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest
from app.findings import service as findings
from app.findings.models import Finding
from app.intake import service as intake
from app.report import issuing, rendering
from app.report.models import Report
from app.review import service as review
from tenants.catalogue import DataItem
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.settings import Settings
from tests.usecases.tree import Tree
from worker.handlers import take_in_letter_down, take_in_letter_up

PROVINCE, CITY, COUNTY = 220000, 220100, 220182
THREE = {PROVINCE: ("province", None), CITY: ("city", PROVINCE), COUNTY: ("county", CITY)}
UNITS = {
    PROVINCE: {"省公安厅": (302,)},
    CITY: {"市不动产登记中心": (601,)},
    COUNTY: {"农商银行": (1601,), "县不动产窗口": (601,)},
}
Plant = Callable[..., Tree]


@pytest.fixture
def plant(app: Flask, settings: Settings) -> Plant:
    """Open the three tiers, or as many units as a story needs."""

    def _plant(units: Mapping[int, Any] = UNITS) -> Tree:
        return Tree(app, settings, THREE, units).open()

    return _plant


def owns_a_car(_name: str, item: DataItem) -> tuple[Outcome, Mapping[str, Any]]:
    return Outcome.HIT, {field.name: "是" for field in item.fields if field.type == "yes_no"}


def recall(tree: Tree, agency: int) -> None:
    with tree.at(agency):
        letter = db.session.scalars(select(LetterOut).where(LetterOut.state == "sent")).one()
        moved = recalling.recall(letter.id, letter.rev, tree.actor(agency, 4), "名单有误")
        assert moved.done
    tree.work()


def test_a_recalled_household_does_not_go_further_up_in_a_letter_still_in_preparation(
    plant: Plant,
) -> None:
    tree = plant()
    tree.entrust(["周凤英"])
    tree.seal(COUNTY)
    tree.approve(CITY)
    recall(tree, COUNTY)
    assert tree.states(CITY) == ["recalled"]
    assert 0 not in tree.asked(CITY), "the letter to the province holds nothing of it any more"
    with tree.at(CITY):
        letter = db.session.scalars(select(LetterOut)).one()
        assert entrusting.case_ids_of(letter.id) == []
    assert tree.states(PROVINCE) == []


def test_a_letter_sent_again_asks_only_what_was_not_answered(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["周凤英"])
    tree.climb()
    tree.exchange(PROVINCE, owns_a_car)
    tree.issue(PROVINCE)
    assert tree.asked(COUNTY)[0] == {302: Outcome.HIT, 601: Outcome.PENDING}
    recall(tree, COUNTY)
    tree.seal(COUNTY)
    with tree.at(CITY):
        newest = db.session.scalars(select(Case.id).order_by(Case.id.desc()).limit(1)).one()
    tree.approve(CITY)
    with tree.at(CITY):
        asks = db.session.scalars(select(Ask).where(Ask.case_id == newest))
        assert [item for ask in asks for item in ask.items] == [601]


def test_a_recall_that_overtakes_its_letter_still_stops_it(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["周凤英"])
    with tree.at(COUNTY):
        letter = db.session.scalars(select(LetterOut)).one()
        entrusting.seal(letter.id, letter.rev, tree.actor(COUNTY, 4))
        entrusting.send(letter.id)
    with tree.at(COUNTY):
        letter = db.session.scalars(select(LetterOut)).one()
        recalling.recall(letter.id, letter.rev, tree.actor(COUNTY, 4), "名单有误")
    with tree.at(CITY):
        key = db.session.scalars(select(LetterUp.key).where(LetterUp.kind == "recall")).one()
        take_in_letter_up(COUNTY, str(key))
    tree.work()
    assert tree.states(CITY) == ["recalled"]


def test_a_recall_of_very_many_households_reaches_all_of_them(
    plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = plant()
    tree.entrust(["周凤英", "钱桂芝", "孙长海"])
    tree.seal(COUNTY)
    monkeypatch.setattr("app.cases.lifecycle.CHUNK", 2)
    monkeypatch.setattr("app.cases.chunks.CHUNK", 2)
    recall(tree, COUNTY)
    assert tree.states(CITY) == ["recalled"] * 3


def test_an_older_report_that_arrives_after_a_newer_one_changes_nothing(plant: Plant) -> None:
    tree = plant()
    tree.entrust(["吴凤霞"])
    tree.climb()
    tree.send_requests(PROVINCE)
    tree.today(dt.date(2026, 11, 28))
    with tree.at(PROVINCE):
        (request,) = tree._requests("delivered")
        exchange.close(request.id, request.rev, tree.actor(PROVINCE, 5), "逾期未反馈")
    tree.issue(PROVINCE)
    tree.answer(PROVINCE, owns_a_car)
    tree.issue(PROVINCE)
    before = tree.reports(COUNTY)
    assert tree.asked(COUNTY)[0][302] == Outcome.HIT
    with tree.at(COUNTY):
        # As if the first letter had lain there until now.
        first = db.session.execute(
            select(LetterDown.from_agency_id, LetterDown.key)
            .where(LetterDown.kind == "report")
            .order_by(LetterDown.sent_at)
        ).all()
        counted = db.session.scalars(select(Case.upper_answers)).one()
    for from_agency_id, key in first[:-1]:
        with tree.at(COUNTY):
            db.session.execute(
                update(LetterDown).where(LetterDown.key == key).values(taken_in=False)
            )
            take_in_letter_down(from_agency_id, str(key))
    assert tree.asked(COUNTY)[0][302] == Outcome.HIT
    assert tree.reports(COUNTY) == before
    with tree.at(COUNTY):
        assert db.session.scalars(select(Case.upper_answers)).one() == counted


def test_a_household_whose_last_item_was_handed_back_is_done_at_the_parent(plant: Plant) -> None:
    tree = plant({CITY: {"市不动产登记中心": (601,)}, COUNTY: {"农商银行": (1601,)}})
    tree.entrust(["钱桂芝"])
    tree.climb()
    with tree.at(CITY):
        case = db.session.scalars(select(Case.id)).one()
        handing_back.hand_back(case, [601], tree.actor(CITY, 4), "系统停机检修")
    tree.work()
    assert tree.states(CITY) == ["reported"]
    assert tree.asked(COUNTY)[-1][601] == Outcome.UNCOVERED
    with tree.at(COUNTY):
        assert list(db.session.scalars(select(LetterOut.state))) == ["answered"]


def test_items_handed_back_to_a_recalled_household_are_asked_of_nobody(plant: Plant) -> None:
    tree = plant(UNITS | {CITY: {"市公安局": (302,), "市不动产登记中心": (601,)}})
    tree.entrust(["钱桂芝"])
    tree.climb()
    with tree.at(PROVINCE):
        case = db.session.scalars(select(Case.id)).one()
        handing_back.hand_back(case, [302], tree.actor(PROVINCE, 4), "接口未开通")
    with tree.at(CITY):
        db.session.execute(text("UPDATE household_case SET state = 'recalled'"))
    tree.work()
    assert tree.ids["市公安局"] not in tree.asked(CITY)


def approved_not_routed(tree: Tree) -> list[int]:
    """One household on its own way, a second one approved but not routed yet."""
    tree.entrust(["钱桂芝"])
    tree.submit(["孙长海"])
    with tree.at(COUNTY):
        ids = list(db.session.scalars(select(Case.id).where(Case.state == "submitted")))
        intake.accept(Chosen.of(ids), tree.actor(COUNTY, 3))
        review.approve(Chosen.of(ids), tree.actor(COUNTY, 4))
    return ids


def test_no_request_is_made_while_a_household_is_on_its_way_into_it(plant: Plant) -> None:
    tree = plant()
    ids = approved_not_routed(tree)
    with tree.at(COUNTY):
        routing.route_cases(ids)
        with tree.at(COUNTY):
            db.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            draft = db.session.scalars(select(ExchangeRequest)).first()
            assert draft is not None
            with pytest.raises(OperationalError, match="lock timeout"):
                exchange.make(draft.id, draft.rev, tree.actor(COUNTY, 5))
            db.session.rollback()


def test_no_letter_is_sealed_while_a_household_is_on_its_way_into_it(plant: Plant) -> None:
    tree = plant()
    ids = approved_not_routed(tree)
    with tree.at(COUNTY):
        routing.route_cases(ids)
        with tree.at(COUNTY):
            db.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            letter = db.session.scalars(select(LetterOut)).one()
            with pytest.raises(OperationalError, match="lock timeout"):
                entrusting.seal(letter.id, letter.rev, tree.actor(COUNTY, 4))
            db.session.rollback()


def test_a_reply_between_drafting_and_rendering_still_makes_a_new_version(plant: Plant) -> None:
    tree = plant({COUNTY: {"农商银行": (1601,)}})
    tree.entrust(["吴凤霞"])
    tree.send_requests(COUNTY)
    tree.today(dt.date(2026, 11, 28))
    with tree.at(COUNTY):
        (request,) = tree._requests("delivered")
        exchange.close(request.id, request.rev, tree.actor(COUNTY, 5), "逾期未反馈")
    tree.issue(COUNTY)
    with tree.at(COUNTY):
        issuing.merge(tree.case_ids(), tree.actor(COUNTY, 7))
        drafted = list(db.session.scalars(select(Report.id).where(Report.kind == "merged")))
        db.session.execute(text("UPDATE job SET state = 'done' WHERE kind LIKE 'report.%'"))
    tree.answer(COUNTY)
    with tree.at(COUNTY):
        again = issuing.merge(tree.case_ids(), tree.actor(COUNTY, 7))
        assert [skip.code for skip in again.skipped] == ["reported_already"]
    with tree.at(COUNTY):
        rendering.render_merged(drafted)
    assert tree.reports(COUNTY)[-1] == ("merged", "issued", COUNTY, 1)
    assert len(tree.issue(COUNTY).done) == 1
    assert len(tree.merge().done) == 1
    assert [r for r in tree.reports(COUNTY) if r[0] == "merged"] == [
        ("merged", "issued", COUNTY, 1),
        ("merged", "issued", COUNTY, 2),
    ]


def test_a_second_message_about_a_reply_counts_it_once(plant: Plant) -> None:
    tree = plant({COUNTY: {"省公安": (302,)}})
    tree.entrust(["吴凤霞"])
    tree.exchange(COUNTY, owns_a_car)
    with tree.at(COUNTY):
        reply_id = db.session.scalars(text("SELECT id FROM reply")).one()
        findings.take_reply(reply_id)
        assert len(list(db.session.scalars(select(Finding)))) == 1
        assert db.session.scalars(select(Case.own_answers)).one() == 1


def test_a_termination_that_crosses_a_recall_does_not_end_what_will_be_sent_again(
    plant: Plant,
) -> None:
    tree = plant()
    tree.entrust(["李桂荣"])
    tree.seal(COUNTY)
    with tree.at(CITY):
        case = db.session.scalars(select(Case.id)).one()
        assert review.terminate(Chosen.of([case]), tree.actor(CITY, 4), "授权书缺页").done
        terminating.tell_terminated([case])
    recall(tree, COUNTY)
    assert set(tree.asked(COUNTY)[0].values()) == {Outcome.PENDING}
    tree.seal(COUNTY)
    assert tree.states(CITY) == ["terminated", "accepted"]
