"""A county's applicant contests what the city and the province found: the sources are asked again,
the reports change, the old ones give way, the person is told; what is still disputed is another
person's to settle."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from app.accounts.actor import Actor, Forbidden
from app.accounts.permissions import permissions_of
from app.cases.lifecycle import Moved
from app.cases.models import Authorisation, Event, Subject
from app.cases.paging import Place
from app.delegation.models import LetterUp
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding
from app.findings.service import facts_of
from app.objections import concluding, desk_queries, lodging, queries, rechecking, taking
from app.objections.models import Objection, ObjectionDuty
from app.objections.words import said_about
from app.report.lists import ids_in
from app.report.models import Report
from tenants.catalogue import DataItem
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.tree import Tree
from tests.world.papers import explanation
from worker.handlers import take_in_letter_up

PROVINCE, CITY, COUNTY = 220000, 220100, 220182
THREE = {PROVINCE: ("province", None), CITY: ("city", PROVINCE), COUNTY: ("county", CITY)}
UNITS = {
    PROVINCE: {"省农商银行": (1601,), "省人社厅": (501,)},
    CITY: {"市不动产登记中心": (601,)},
    COUNTY: {"县公安局": (302,)},
}
OBJECTED = dt.date(2026, 11, 20)
SAYS = "该房屋已于2024年出售给他人，不归本人所有。"
HOUSE = {
    "certificate_no": "吉2020榆树市不动产权第0000001号",
    "location": "榆树市培英街道1号",
    "purpose": "住宅",
    "area": "80",
    "share": "单独所有",
    "registered_on": "2020-05-01",
    "status": "现势",
}
MONEY = {"bank": "省农商银行", "account_no": "6228000110010000417", "balance": "800"}
PENSION = {
    "insured_region": "220182",
    "insurance": "基本养老保险",
    "contribution_status": "终止缴费",
    "benefit_status": "正在领取",
    "benefit_amount": "142",
}
NOTHING = {501: Outcome.NO_RECORD, 302: Outcome.UNABLE}
FORM = [explanation("养老金每月都领。", "2026-11-20")]
Answer = tuple[Outcome, Mapping[str, Any]]


def first(_name: str, item: DataItem) -> Answer:
    """What the registry and the bank say at first; of the pension nothing is known."""
    if item.code in NOTHING:
        return NOTHING[item.code], {}
    return Outcome.HIT, HOUSE if item.code == 601 else MONEY


def again(_name: str, item: DataItem) -> Answer:
    """The house was sold: its entry is history. The bank says what it said; a pension is paid."""
    if item.code == 501:
        return Outcome.HIT, PENSION
    if item.code == 302:
        return Outcome.NO_RECORD, {}
    return Outcome.HIT, HOUSE | {"status": "历史"} if item.code == 601 else MONEY


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """One household, reported on by the city and the province, merged at the county."""
    tree = Tree(app, settings, THREE, UNITS).open()
    tree.entrust(["王建国"])
    tree.climb()
    for agency in (PROVINCE, CITY, COUNTY):
        tree.exchange(agency, first)
        tree.issue(agency)
    assert tree.merge().done
    tree.today(OBJECTED)
    return tree


def director() -> Actor:
    return Actor(8, "白云山", COUNTY, 0, 0, frozenset({"director"}), permissions_of(["director"]))


def clerk(tree: Tree) -> Actor:
    roles = permissions_of(["department_clerk"])
    return Actor(2, "科室", COUNTY, tree.department, 0, permissions=roles)


def contest(tree: Tree, item: int, said_on: dt.date = OBJECTED) -> int:
    """The intake officer of the county writes it down."""
    with tree.at(COUNTY):
        query = select(Finding).where(Finding.item == item).order_by(Finding.id.desc()).limit(1)
        finding = db.session.scalars(query).one()
        who = tree.actor(COUNTY, 3)
        return taking.take(finding.case_id, str(finding.id), SAYS, said_on, who).done[0]


def pursue(tree: Tree, agency: int) -> Moved:
    with tree.at(agency):
        ids = list(db.session.scalars(select(Objection.id)))
        moved = rechecking.pursue(ids, tree.actor(agency, 4))
    tree.work()
    return moved


def states(tree: Tree, agency: int) -> list[tuple[int, str, str]]:
    with tree.at(agency):
        rows = db.session.scalars(select(Objection).order_by(Objection.item))
        return [(row.item, row.state, row.outcome) for row in rows]


def conclude(tree: Tree, agency: int, outcome: str, person: int = 4) -> Moved:
    with tree.at(agency):
        row = db.session.scalars(select(Objection).where(Objection.state == "rechecking")).one()
        who = tree.actor(agency, person)
        moved = concluding.conclude(row.id, row.rev, outcome, "来源已复核。", who)
    tree.work()
    return moved


def tell(tree: Tree, id_: int, *, on: dt.date = OBJECTED) -> Moved:
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        row = db.session.scalars(select(Objection).where(Objection.id == id_)).one()
        moved = concluding.tell_person(id_, row.rev, on, "phone", "已逐项说明", clerk(tree))
    tree.work()
    return moved


def merged(tree: Tree) -> list[tuple[str, bool, str]]:
    with tree.at(COUNTY):
        rows = db.session.scalars(
            select(Report).where(Report.kind == "merged").order_by(Report.version)
        )
        return [(row.state, bool(row.replaced_by), row.replacing_reason) for row in rows]


def test_an_objection_climbs_is_rechecked_and_changes_the_report(tree: Tree) -> None:
    house, money = contest(tree, 601), contest(tree, 1601)
    assert pursue(tree, COUNTY).done == (house, money)
    assert states(tree, COUNTY) == [(601, "sent", ""), (1601, "sent", "")]
    assert states(tree, CITY) == [(601, "taken", ""), (1601, "sent", "")], "handed on unasked"
    assert states(tree, PROVINCE) == [(1601, "taken", "")]
    with tree.at(CITY):
        (row,) = db.session.scalars(select(Objection).where(Objection.item == 601))
        says = said_about([row.id])[row.id]
        assert [(said.kind, said.words, said.name) for said in says] == [("says", SAYS, "孙丽")]
    # The same letter once more changes nothing.
    with tree.at(CITY):
        letter = select(LetterUp).where(LetterUp.kind == "object")
        (sent,) = db.session.scalars(letter)
        take_in_letter_up(sent.from_agency_id, str(sent.key))
        assert len(list(db.session.scalars(select(Objection)))) == 2

    for agency, outcome in ((CITY, "corrected"), (PROVINCE, "upheld")):
        assert len(pursue(tree, agency).done) == 1
        with tree.at(agency):
            draft = db.session.scalars(
                select(ExchangeRequest).where(ExchangeRequest.state == "draft")
            ).one()
            assert draft.lane == "recheck", "a request of its own, marked"
        assert "objection_still_asked" in [s.code for s in pursue(tree, agency).skipped]
        assert [s.code for s in conclude(tree, agency, outcome).skipped] == [
            "objection_still_asked"
        ]
        tree.exchange(agency, again)
        wrong = {"corrected": "upheld", "upheld": "corrected"}[outcome]
        with pytest.raises(Fault, match="来源的反馈与所选结论不符"):
            conclude(tree, agency, wrong)
        assert conclude(tree, agency, outcome).done
    assert states(tree, CITY) == [(601, "concluded", "corrected"), (1601, "concluded", "upheld")]
    assert states(tree, COUNTY) == states(tree, CITY)

    with pytest.raises(Fault, match="新版核对反馈尚未出具"):
        tell(tree, house)
    for agency in (CITY, PROVINCE):
        assert tree.issue(agency).done
        assert tree.reports(agency)[-2:] == [
            ("own", "replaced", agency, 1),
            ("own", "issued", agency, 2),
        ]
    assert ("upper", "replaced", CITY, 1) in tree.reports(COUNTY)
    with tree.at(COUNTY):
        facts = {fact.item: fact.fields for fact in facts_of(tree.case_ids())}
        assert facts[601]["status"] == "2", "what is used is what the source says now"
        assert len(list(db.session.scalars(select(Finding)))) == 4, "nothing is thrown away"
    assert tree.merge().done
    old, new = merged(tree)
    assert old[:2] == ("replaced", True)
    assert new == (
        "issued",
        False,
        "当事人对不动产登记、存款提出异议，已向信息来源复核，以本版为准",
    )
    assert tell(tree, house).done
    assert tell(tree, money).done
    with tree.at(COUNTY):
        told = said_about([house])[house][-1]
        assert (told.kind, told.how, told.name, told.said_on) == ("told", "phone", "科室", OBJECTED)
        acts = set(db.session.scalars(select(Event.action).where(Event.machine == "case")))
        assert {"objection_taken", "objection_sent", "objection_concluded"} <= acts
        assert {"objection_told"} <= acts

    # Still disputed: no second recheck, but somebody who had no part in it.
    officer, reviewer = tree.actor(COUNTY, 3), tree.actor(COUNTY, 4)
    with tree.at(COUNTY):
        row = db.session.get_one(Objection, (COUNTY, house))
        assert concluding.dispute(house, row.rev, OBJECTED, "仍不认可", officer).done
    assert [skip.code for skip in pursue(tree, COUNTY).skipped if skip.id == house] == [
        "another_state"
    ]
    with tree.at(COUNTY):
        rev = db.session.get_one(Objection, (COUNTY, house)).rev
        refused = concluding.settle(house, rev, "维持", reviewer)
        assert [skip.code for skip in refused.skipped] == ["objection_handled_by_self"]
        assert concluding.settle(house, rev, "经审查，按更正后的记录认定。", director()).done
    both = insert(ObjectionDuty).values(objection_id=house, account_id=8, step="handle")
    with tree.at(COUNTY), pytest.raises(IntegrityError):
        db.session.execute(both.inline())
    assert tell(tree, house).done
    assert states(tree, COUNTY)[0] == (601, "closed", "corrected")
    for agency in THREE:
        assert tree.unfinished_jobs(agency) == []


def at_desk(tree: Tree, work: Callable[[Actor], Any]) -> Any:
    """Something that the clerk of the intake desk does, behind the desk's wall."""
    place = {"unit_id": tree.department, "desk_id": tree.desk}
    roles = permissions_of(["desk_clerk"])
    who = Actor(1, "窗口", COUNTY, **place, permissions=roles)
    with tree.app.app_context(), acting_for(COUNTY, "township", **place):
        return work(who)


def test_a_desk_takes_what_no_source_knew_and_the_agency_finds_it(tree: Tree) -> None:
    with tree.at(COUNTY):
        (case_id,), (subject,) = tree.case_ids(), db.session.scalars(select(Subject.id))
    refuses_what_cannot_be_contested(tree)

    def lodge(about: int, scans: list[bytes], says: str = "养老金每月都领。") -> int:
        given = (case_id, subject, about, says, OBJECTED)
        moved: Moved = at_desk(tree, lambda who: lodging.lodge(*given, who, scans))
        return moved.done[0]

    with pytest.raises(Fault, match="签字的异议申请书"):
        lodge(5, [])
    pension, other = lodge(5, FORM), lodge(lodging.NOT_KNOWN, FORM, "还有别的")
    with pytest.raises(Fault, match="正在办理"):
        lodge(5, FORM)
    for column in (Objection.outcome, Objection.item, Objection.finding_id, Objection.source_name):
        with pytest.raises(ProgrammingError, match="permission denied"):
            at_desk(tree, lambda _who, hidden=column: db.session.scalars(select(hidden)).all())

    with tree.at(COUNTY):
        answers = {row.item_title: row for row in queries.contestable(case_id)}
        empty = next(row for row in answers.values() if row.key.startswith(f"{subject}.501."))
        assert (empty.outcome, empty.agency) == ("无记录", "由上级核对")
        car = next(row for row in answers.values() if row.key.startswith(f"{subject}.302."))
        assert (car.outcome, car.source) == ("无法查询", "县公安局")
        officer = tree.actor(COUNTY, 3)
        with pytest.raises(LookupError):
            lodging.match(pension, 0, f"{subject}.601.0", officer)
        with pytest.raises(IntegrityError):
            db.session.execute(
                update(Objection).where(Objection.id == pension).values(state="taken")
            )
    with tree.at(COUNTY):
        assert lodging.match(pension, 0, empty.key, officer).done
        assert lodging.decline(other, 0, "不在本次核对范围。", officer).done
        assert lodging.match(other, 1, empty.key, officer).skipped
        with pytest.raises(Fault, match="正在办理"):
            taking.take(case_id, empty.key, SAYS, OBJECTED, officer)
        cars = taking.take(case_id, car.key, "车已报废。", OBJECTED, officer).done[0]
    shown = {row.id: row for row in at_desk(tree, lambda _who: desk_queries.lodged(Place()).rows)}
    assert (shown[other].state, shown[other].why_declined) == ("declined", "不在本次核对范围。")
    assert (shown[pension].words, shown[pension].about) == (
        "养老金每月都领。",
        "人力资源和社会保障部门",
    )
    assert [said.kind for said in shown[pension].said] == ["says"]

    # What nobody knew goes up until it comes to who asked; own units are asked here.
    assert set(pursue(tree, COUNTY).done) == {pension, cars}
    assert states(tree, CITY) == [(501, "sent", "")]
    assert states(tree, PROVINCE) == [(501, "taken", "")]
    assert pursue(tree, PROVINCE).done
    # The source takes its time: two months later the answer is still in the issuer's list.
    tree.today(dt.date(2027, 2, 15))
    for agency, item in ((PROVINCE, 501), (COUNTY, 302)):
        tree.exchange(agency, again)
        with pytest.raises(Fault, match="来源的反馈与所选结论不符"):
            conclude(tree, agency, "upheld")
        assert conclude(tree, agency, "corrected").done, item
        with tree.at(agency):
            assert ids_in("issue", 2**62) == tree.case_ids()
        assert tree.issue(agency).done
    assert states(tree, COUNTY)[-1] == (501, "concluded", "corrected")
    with tree.at(COUNTY):
        tree.hear()
        assert ids_in("merge", 2**62) == [case_id]
    assert tree.merge().done
    old, new = merged(tree)
    assert old[:2] == ("replaced", True)
    assert (
        new[2] == "当事人对机动车辆权属、社会保险参保和待遇提出异议，已向信息来源复核，以本版为准"
    )
    assert tell(tree, pension, on=dt.date(2027, 2, 15)).done
    shown = {row.id: row for row in at_desk(tree, lambda _who: desk_queries.lodged(Place()).rows)}
    assert shown[pension].state == "told"
    for agency in THREE:
        assert tree.unfinished_jobs(agency) == []
    with tree.at(COUNTY):
        for consent in db.session.scalars(select(Authorisation)):
            consent.withdrawn_on = OBJECTED
    with pytest.raises(Fault, match="没有有效的查询授权"):
        contest(tree, 1601, dt.date(2027, 2, 15))


def refuses_what_cannot_be_contested(tree: Tree) -> None:
    with pytest.raises(Fault, match="已超过期限"):
        contest(tree, 601, dt.date(2026, 12, 31))
    with pytest.raises(Fault, match="不能早于"):
        contest(tree, 601, dt.date(2026, 10, 1))
    with tree.at(COUNTY):
        finding = db.session.scalars(select(Finding).where(Finding.item == 1601)).one()
        reviewer = tree.actor(COUNTY, 4)
        with pytest.raises(Forbidden):
            taking.take(finding.case_id, str(finding.id), SAYS, OBJECTED, reviewer)
    assert states(tree, COUNTY) == [], "nothing was written"
