"""公主岭 comes from 四平 to 长春: what went up before is answered by 四平, what follows by 长春."""

import datetime as dt
from collections.abc import Mapping
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.permissions import permissions_of
from app.assistance.outward.holding import apply, held_counts, note_told
from app.assistance.outward.models import TierCount
from app.assistance.outward.rows import Row
from app.cases.models import Case, Subject
from app.cases.sources import TO_PARENT
from app.changes.persons import withdraw_consent
from app.delegation import coverage, coverage_up, entrusting
from app.delegation.coverage import coverage_above
from app.delegation.letters import OpenLetter
from app.delegation.models import CoverageBelow, LetterOut, LetterUp
from app.map_changes import service
from app.map_changes.effects import effects_of_move
from app.map_changes.rules import Approval, Called
from app.map_changes.turning import turn_due
from app.notices.models import Notice
from app.objections.contested import as_answer, nothing_found
from app.oversight.analysis import service as analysis
from app.oversight.analysis import telling
from app.oversight.analysis.models import Tally
from app.public.information import information
from app.public.queries import authentic
from app.report.models import Report
from tenants.agency.changes import agency_coded
from tenants.agency.models import Unit
from tenants.agency.tree import agency, parent_of
from tenants.database import db
from tenants.identity import check_character
from tenants.messages import Fault
from tenants.numbers import take_numbers
from tenants.settings import Settings
from tests.usecases.tree import Tree

JILIN, CHANGCHUN, SIPING, GONGZHULING = 220000, 220100, 220300, 220381
BEFORE, SINCE = dt.date(2026, 11, 3), dt.date(2026, 11, 16)
APPROVAL = Approval("吉政函〔2026〕61号", dt.date(2026, 10, 30), SINCE)
SHAPE = {
    JILIN: ("province", None),
    CHANGCHUN: ("city", JILIN),
    SIPING: ("city", JILIN),
    GONGZHULING: ("county", SIPING),
}
UNITS = {
    CHANGCHUN: {"长春市不动产登记中心": (601,), "长春市财政局": (401,)},
    SIPING: {"四平市不动产登记中心": (601,)},
    GONGZHULING: {"公主岭农商银行": (1601,)},
}


def administrator(account: int, role: str, at: int = JILIN) -> Actor:
    return Actor(account, f"管理员{account}", at, 0, 0, {role}, permissions_of([role]))


SYSTEM, SECURITY = "system_administrator", "security_administrator"
ENTERS, CONFIRMS = administrator(8, SYSTEM), administrator(9, SECURITY)
PERSON: Row = {
    **{"change": "new", "why": "", "scheme": "subsistence", "ref": "01" * 32},
    **{"content": "02" * 32, "household_ref": "03" * 32, "head": True, "amount": 56000},
    **{"born_month": 197001, "is_male": True, "as_of": BEFORE.isoformat(), "name": "赵国强"},
    **{"id_number": "", "household_no": "H1", "township": ""},
}
DIGITS = "22018219700101902"
SECOND = DIGITS + check_character(DIGITS)


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    return Tree(app, settings, SHAPE, UNITS).open(BEFORE)


def turn(tree: Tree, day: dt.date = SINCE, shape: Mapping[int, object] = SHAPE) -> None:
    """The worker's first round of the day."""
    tree.today(day)
    for id_ in shape:
        with tree.at(id_):
            turn_due()
    tree.work()


def test_open_cases_go_on_and_new_ones_go_to_the_new_parent(tree: Tree) -> None:
    (early,) = tree.entrust(["早先一户"])
    tree.seal(GONGZHULING)
    _, late = tree.entrust(["后来一户"], id_number=SECOND)
    (waiting,) = letters(tree, "prepared")
    _agreed_by_two_of_the_province(tree)
    _counted_for_siping(tree)
    tree.today(SINCE)
    with tree.at(GONGZHULING), pytest.raises(Fault) as told:
        entrusting.seal(waiting.id, waiting.rev, tree.actor(GONGZHULING, 4))
    assert told.value.code == "letter_former_parent", "prepared for 四平, sealed too late"
    turn(tree)
    _told_anew(tree)
    tree.seal(GONGZHULING)
    for city in (SIPING, CHANGCHUN):
        tree.approve(city)
        tree.exchange(city)
        tree.issue(city)
    tree.exchange(GONGZHULING)
    tree.issue(GONGZHULING)
    merged = tree.merge()
    assert sorted(merged.done) == [early, late], merged
    assert issued_by(tree, early) == {GONGZHULING, SIPING}
    assert issued_by(tree, late) == {GONGZHULING, CHANGCHUN}
    with tree.at(SIPING):
        assert db.session.scalars(select(Case.origin_case)).all() == [early]
    with tree.at(CHANGCHUN):
        assert db.session.scalars(select(Case.origin_case)).all() == [late]
    _what_follows_goes_where_the_household_went(tree, early)
    _counts_of_earlier_months_stay(tree)
    for id_ in SHAPE:
        assert not tree.unfinished_jobs(id_)


def letters(tree: Tree, state: str) -> list[LetterOut]:
    with tree.at(GONGZHULING):
        query = select(LetterOut).where(LetterOut.state == state)
        return list(db.session.scalars(query.order_by(LetterOut.id)))


def issued_by(tree: Tree, case: int) -> set[int]:
    with tree.at(GONGZHULING):
        rows = select(Report.by_agency_id).where(Report.case_id == case)
        return set(db.session.scalars(rows))


def _agreed_by_two_of_the_province(tree: Tree) -> None:
    with tree.app.app_context():
        with pytest.raises(Fault) as told:
            service.record_move(GONGZHULING, CHANGCHUN, APPROVAL, administrator(8, SYSTEM, SIPING))
        assert told.value.code == "map.not_province"
        change = service.record_move(GONGZHULING, CHANGCHUN, APPROVAL, ENTERS)
        with pytest.raises(Fault) as told:
            service.record_move(GONGZHULING, CHANGCHUN, APPROVAL, ENTERS)
        assert told.value.code == "map.open"
        with pytest.raises(Fault) as told:
            service.confirm(change, administrator(8, SECURITY))
        assert told.value.code == "map.same_person"
    with tree.at(GONGZHULING):
        assert parent_id(SINCE) == SIPING, "one person changes nothing"
    with tree.app.app_context():
        service.confirm(change, CONFIRMS)
        service.void(change, CONFIRMS)
    with tree.at(GONGZHULING):
        assert parent_id(SINCE) == SIPING, "taken back before its day"
    with tree.app.app_context():
        service.confirm(service.record_move(GONGZHULING, CHANGCHUN, APPROVAL, ENTERS), CONFIRMS)
    with tree.at(GONGZHULING):
        places = [service.place_of(id_) for id_ in (GONGZHULING, SIPING, CHANGCHUN)]
        words = effects_of_move(places[0], places[1], places[2], SINCE)
        assert [first_number(line) for line in words[:3]] == ["2", "1", "1"], words
        assert (parent_id(BEFORE), parent_id(SINCE)) == (SIPING, CHANGCHUN)


def first_number(words: str) -> str:
    return next(part for part in words.replace("份", " ").split() if part.isdecimal())


def parent_id(day: dt.date) -> int:
    found = parent_of(GONGZHULING, day)
    assert found is not None
    return found.id


def _counted_for_siping(tree: Tree) -> None:
    tree.today(dt.date(2026, 11, 15))
    with tree.at(GONGZHULING):
        telling.push()
    with tree.at(SIPING):
        for by in (SIPING, GONGZHULING):
            note_told(by, by, "1号", BEFORE, {"subsistence": {"households": 1, "persons": 1}})
        apply(GONGZHULING, [PERSON], is_full=False)
    tree.work()
    assert tallied(tree, SIPING) == {202609, 202610, 202611}


def tallied(tree: Tree, id_: int) -> set[int]:
    with tree.at(id_):
        rows = select(Tally.period).where(Tally.by_agency_id == GONGZHULING)
        return set(db.session.scalars(rows))


def _told_anew(tree: Tree) -> None:
    with tree.at(GONGZHULING):
        assert coverage_above(SINCE).keys() == {401, 601}, "长春 told what it can check"
    (letter,) = letters(tree, "prepared")
    assert letter.parent_id == CHANGCHUN, "what had not left is addressed anew"
    with tree.at(SIPING):
        assert not list(db.session.scalars(select(CoverageBelow)))
        assert set(db.session.scalars(select(TierCount.by_agency_id))) == {SIPING}
        assert not held_counts(GONGZHULING, ["subsistence"])["subsistence"]["persons"]
    with tree.at(CHANGCHUN):
        assert set(db.session.scalars(select(CoverageBelow.child_id))) == {GONGZHULING}
        assert db.session.scalar(select(Notice.id).where(Notice.kind == "map.in_force").limit(1))
    _what_comes_late_changes_nothing(tree)
    turn(tree)
    with tree.at(CHANGCHUN):
        told = select(func.count()).where(Notice.kind == "map.in_force", Notice.role == "reviewer")
        assert db.session.scalar(told) == 1, "once"


def _what_comes_late_changes_nothing(tree: Tree) -> None:
    """Coverage that was sent on the last day and is taken in after it."""
    line = {"item": 302, "by": GONGZHULING, "tier": "county", "way": "media", "to": None}
    lines = {"lines": [line | {"from": "2026-01-01"}]}
    with tree.at(GONGZHULING):
        coverage.take_in(OpenLetter(uuid4(), SIPING, "coverage", "", 202611, lines))
        assert 302 not in coverage_above(SINCE)
    with tree.at(SIPING):
        coverage_up.take_in(OpenLetter(uuid4(), GONGZHULING, "coverage", "", 202611, lines))
        assert not list(db.session.scalars(select(CoverageBelow)))


def _what_follows_goes_where_the_household_went(tree: Tree, early: int) -> None:
    with tree.at(GONGZHULING):
        person = db.session.scalars(select(Subject.id).where(Subject.case_id == early)).one()
        officer = tree.actor(GONGZHULING, 3)
        (empty,) = [row for row in nothing_found(early) if row.source == TO_PARENT]
        assert as_answer(empty, early).by_agency_id == SIPING, "an objection goes there too"
        assert withdraw_consent(early, person, officer, on=SINCE, reason="own_will").done
    tree.work()
    with tree.at(SIPING):
        assert "withdraw" in set(db.session.scalars(select(LetterUp.kind)))
    with tree.at(CHANGCHUN):
        assert "withdraw" not in set(db.session.scalars(select(LetterUp.kind)))


def _counts_of_earlier_months_stay(tree: Tree) -> None:
    for id_ in (GONGZHULING, SIPING, CHANGCHUN):
        with tree.at(id_):
            telling.push()
        tree.work()
    assert tallied(tree, CHANGCHUN) == {202611}
    for city, month, stands in ((SIPING, 202610, 1), (SIPING, 202611, 0), (CHANGCHUN, 202611, 1)):
        with tree.at(city):
            below = [place for place in analysis.places(month) if place.agency.id == GONGZHULING]
            assert len(below) == stands, (city, month)
    with tree.at(JILIN):
        rows = select(Tally.child_id, Tally.period).where(Tally.by_agency_id == GONGZHULING)
        told = {(child, period) for child, period in db.session.execute(rows)}
    assert told == {(SIPING, 202609), (SIPING, 202610), (CHANGCHUN, 202611)}


SHUANGLIAO, RENAMED = 220382, dt.date(2026, 11, 20)


def test_a_county_goes_on_in_another_and_a_city_gets_another_name(
    app: Flask, settings: Settings
) -> None:
    """双辽 goes on in 公主岭; 四平 is called otherwise afterwards, and has another code."""
    shape = {JILIN: SHAPE[JILIN], SIPING: SHAPE[SIPING], GONGZHULING: SHAPE[GONGZHULING]}
    tree = Tree(app, settings, shape | {SHUANGLIAO: ("county", SIPING)}, UNITS).open(BEFORE)
    tree.entrust(["早先一户"])
    tree.seal(SHUANGLIAO)
    with app.app_context():
        with pytest.raises(Fault) as told:
            service.record_merge(SIPING, SIPING, APPROVAL, ENTERS)
        assert told.value.code == "map.cycle"
        merge = service.record_merge(SHUANGLIAO, GONGZHULING, APPROVAL, ENTERS)
        service.confirm(merge, CONFIRMS)
    turn(tree, SINCE, shape | {SHUANGLIAO: ()})
    with pytest.raises(Fault) as told:
        tree.submit(["后来一户"], id_number=SECOND)
    assert told.value.code == "agency_merged"
    assert "220381核对中心" in str(told.value)
    with tree.at(GONGZHULING):
        units = select(Unit.kind, Unit.name).where(Unit.kind != "sharing").order_by(Unit.id)
        assert [tuple(row) for row in db.session.execute(units)] == [
            ("commissioning", "民政局"),
            ("intake_desk", "受理窗口"),
        ]
        assert not list(db.session.scalars(select(Case))), "nothing but names goes over"
    tree.approve(SIPING)
    tree.exchange(SIPING)
    tree.issue(SIPING)
    assert len(tree.merge().done) == 1, "what was open is finished where it is"
    assert tree.states(SHUANGLIAO) == ["reported", "prepared"]
    _renamed(tree, shape)


def _renamed(tree: Tree, shape: Mapping[int, object]) -> None:
    new = Called("新四平市核对中心", "新四平", "新四平市", 220390)
    approval = Approval("吉政函〔2026〕77号", BEFORE, RENAMED)
    with tree.app.app_context():
        for taken in (Called("新", "220381", "新"), Called("新", "新", "新", GONGZHULING)):
            with pytest.raises(Fault) as told:
                service.record_rename(SIPING, taken, approval, ENTERS)
            assert told.value.code == "map.taken"
        service.confirm(service.record_rename(SIPING, new, approval, ENTERS), CONFIRMS)
    turn(tree, RENAMED, shape)
    with tree.at(SIPING):
        assert agency(SIPING).name == new.name
        assert take_numbers("case", 1)[0].startswith("新四平")
        own = select(Report.code, Report.number).where(Report.kind == "own")
        code, number = db.session.execute(own).one()
        assert number.startswith(str(SIPING)), "old numbers stay"
        assert agency_coded(220390, RENAMED) == SIPING
        assert agency_coded(220390, SINCE) == 220390, "not before its day"
        assert agency_coded(SIPING, RENAMED) == SIPING
    with tree.app.app_context():
        page = authentic(SIPING, code)
        assert page is not None
        assert page.agency_name == "220300核对中心", "as it was called when it issued the report"
        merged = information(SHUANGLIAO)
        assert merged.successor is not None
        assert merged.successor.id == GONGZHULING
