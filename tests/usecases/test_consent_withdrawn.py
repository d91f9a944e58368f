"""赵国强 takes his consent back: nothing more leaves about him, on a tree of four tiers."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.actor import Actor, Forbidden
from app.accounts.permissions import permissions_of
from app.cases.lifecycle import Chosen, Moved
from app.cases.models import Ask, Authorisation, Case, Event, Subject
from app.changes import persons
from app.changes.models import HouseholdChange
from app.delegation import entrusting
from app.delegation.models import LetterOut
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding
from app.intake import service as intake
from app.notices.models import Notice
from app.report.models import Report
from tenants import files
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.test_delegation import (
    CITY,
    COUNTY,
    FOUR,
    PROVINCE,
    TOWN,
    UNITS,
    owns_a_car,
    words_of,
)
from tests.usecases.tree import Tree

ZHAO, QIAN = "赵国强", "钱桂芝"


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """A township, its county, city and province."""
    return Tree(app, settings, FOUR, UNITS).open()


def clerk(tree: Tree, role: str = "desk_clerk") -> Actor:
    desk = tree.desk if role == "desk_clerk" else 0
    return Actor(1, "窗口", TOWN, tree.department, desk, permissions=permissions_of([role]))


def withdraw(tree: Tree, who: Actor | None = None) -> Moved:
    """The desk records 赵国强's paper: the first household's person."""
    who = who or clerk(tree)
    place = {"unit_id": tree.department, "desk_id": who.desk_id}
    role = "township" if who.desk_id else "commissioner"
    with tree.app.app_context(), acting_for(TOWN, role, **place):
        case, subject = db.session.execute(
            select(Subject.case_id, Subject.id).order_by(Subject.id)
        ).first()
        moved = persons.withdraw_consent(
            case, subject, who, on=business_date(), reason="own_will", remark="电话确认过"
        )
    tree.work()
    return moved


def outcomes(tree: Tree, agency: int, name_order: int = 0) -> dict[tuple[int, int], int]:
    """(source, item) → outcome of one person, in the order in which the people were listed."""
    with tree.at(agency):
        subject = db.session.scalars(select(Subject.id).order_by(Subject.id)).all()[name_order]
        asks = db.session.scalars(select(Ask).where(Ask.subject_id == subject))
        return {
            (ask.source, item): outcome
            for ask in asks
            for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        }


def test_before_the_review_nothing_is_asked_at_all(tree: Tree) -> None:
    tree.submit([ZHAO, QIAN])
    assert withdraw(tree).done
    with tree.at(TOWN):
        intake.accept(Chosen.of(tree.case_ids()), tree.actor(TOWN, 3))
    tree.approve(TOWN)
    mine = outcomes(tree, TOWN)
    assert {source for source, _ in mine} == {-1}
    assert set(mine.values()) == {Outcome.WITHDRAWN}
    assert Outcome.PENDING in outcomes(tree, TOWN, 1).values()


def test_drafts_and_letters_in_preparation_lose_him_and_nobody_else(tree: Tree) -> None:
    tree.entrust([ZHAO, QIAN])
    assert withdraw(tree, clerk(tree, "department_clerk")).done
    mine, hers = outcomes(tree, TOWN), outcomes(tree, TOWN, 1)
    assert not any(source >= 0 for source, _ in mine)
    assert Outcome.PENDING not in mine.values()
    assert hers[tree.ids["镇残联"], 1501] == hers[0, 302] == Outcome.PENDING
    tree.climb()
    with tree.at(PROVINCE):
        assert db.session.scalar(select(func.count()).select_from(Subject)) == 1


def test_what_went_up_is_stopped_at_every_tier_and_said_in_every_report(
    tree: Tree, tmp_path: Path
) -> None:
    """The county's bank has been asked, the city's package is made, the province's is a draft."""
    tree.entrust([ZHAO, QIAN])
    tree.climb()
    tree.send_requests(COUNTY)
    with tree.at(CITY):
        (draft,) = tree._requests("draft")
        assert exchange.make(draft.id, draft.rev, tree.actor(CITY, 5)).done
    tree.work()
    assert withdraw(tree).done
    for agency in (PROVINCE, CITY):
        own = outcomes(tree, agency)
        assert set(own.values()) == {Outcome.WITHDRAWN}, agency
        assert not any(source > 0 for source, _ in own), agency
    bank = tree.ids["农商银行"]
    assert outcomes(tree, COUNTY)[bank, 1601] == Outcome.WITHDRAWN
    with tree.at(CITY):
        states = select(ExchangeRequest.state, ExchangeRequest.number != "")
        found = sorted(db.session.execute(states.order_by(ExchangeRequest.id)).tuples())
        assert found == [("draft", False), ("stopped", True)]
        notices = {"request.stopped", "household.changed"}
        assert notices <= set(db.session.scalars(select(Notice.kind)))
    # The unit's answer about him still comes, and is taken, but nothing of it is used.
    tree.answer(COUNTY, has_deposits)
    assert outcomes(tree, COUNTY)[bank, 1601] == Outcome.WITHDRAWN
    assert outcomes(tree, COUNTY, 1)[bank, 1601] == Outcome.HIT
    with tree.at(COUNTY):
        assert len(list(db.session.scalars(select(Finding.id)))) == 1
        told = select(func.count()).select_from(Event).where(Event.action == "answer_not_used")
        assert db.session.scalar(told) == 1
    for agency in (PROVINCE, CITY, TOWN):
        tree.exchange(agency)
    for agency in FOUR:
        tree.issue(agency)
    assert len(tree.merge().done) == 2
    assert set(outcomes(tree, TOWN).values()) == {Outcome.WITHDRAWN, Outcome.UNCOVERED}
    assert {agency: set(tree.states(agency)) for agency in FOUR} == dict.fromkeys(
        FOUR, {"reported"}
    )
    with tree.at(TOWN):
        first = select(Report.file_id).where(Report.kind == "merged").order_by(Report.case_id)
        pdf = files.read(db.session.scalars(first.limit(1)).one(), "report").data
    said = "".join(words_of(pdf, tmp_path).split())
    assert "授权已撤回" in said
    assert "撤回查询授权" in said
    assert [tree.unfinished_jobs(agency) for agency in FOUR] == [[], [], [], []]


def has_deposits(_name: str, item: Any) -> tuple[Outcome, Mapping[str, Any]]:
    values = {"money": "50000.00", "date": "2026-11-01", "text": "甲", "number": "1"}
    return Outcome.HIT, {
        f.name: next(iter(f.codes.values()), values.get(str(f.type), "")) for f in item.fields
    }


def test_what_was_answered_before_stays(tree: Tree) -> None:
    tree.entrust([ZHAO])
    tree.climb()
    tree.exchange(PROVINCE, owns_a_car)
    tree.issue(PROVINCE)
    assert outcomes(tree, TOWN)[0, 302] == Outcome.HIT
    withdraw(tree)
    mine = outcomes(tree, TOWN)
    assert mine.pop((0, 302)) == Outcome.HIT
    assert Outcome.PENDING not in mine.values()
    assert outcomes(tree, PROVINCE)[tree.ids["省公安厅"], 302] == Outcome.HIT


def test_the_paper_is_kept_with_who_when_and_why(tree: Tree) -> None:
    tree.submit([ZHAO])
    assert withdraw(tree).done
    assert [skip.code for skip in withdraw(tree).skipped] == ["no_consent_in_force"]
    with tree.at(TOWN):
        change = db.session.scalars(select(HouseholdChange)).one()
        assert (change.kind, change.recorded_by, change.unit_id) == ("consent", 1, tree.department)
        line = db.session.scalars(select(Event).where(Event.action == "withdraw_consent")).one()
        assert line.reason == "户主（名单第 2 行）：本人不再同意查询"
        assert "电话" not in line.reason


def test_a_day_to_come_and_a_day_before_the_consent_are_refused(tree: Tree) -> None:
    tree.submit([ZHAO])
    with tree.at(TOWN):
        case, subject = db.session.execute(select(Subject.case_id, Subject.id)).one()
        refused = {"2026-11-04": "日期不能晚于今天", "2026-10-19": "不能早于授权书签署日期"}
        for day, words in refused.items():
            with pytest.raises(Fault, match=words):
                persons.withdraw_consent(
                    case, subject, tree.actor(TOWN, 3), on=_day(day), reason="own_will"
                )
        with pytest.raises(Forbidden):
            persons.withdraw_consent(
                case, subject, tree.actor(TOWN, 7), on=business_date(), reason="own_will"
            )


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_an_expired_consent_is_seen_when_the_package_is_made_and_the_letter_sealed(
    tree: Tree,
) -> None:
    """孙长海's consent runs out while his asks lie in drafts; 钱桂芝's goes on."""
    tree.entrust(["孙长海", QIAN])
    with tree.at(TOWN):
        first = select(func.min(Subject.id)).scalar_subquery()
        yesterday = _day("2026-11-02")
        db.session.execute(
            update(Authorisation)
            .where(Authorisation.subject_id == first)
            .values(expires_on=yesterday)
        )
    tree.send_requests(TOWN)
    tree.seal(TOWN)
    assert set(outcomes(tree, TOWN).values()) == {Outcome.UNAUTHORISED, Outcome.UNCOVERED}
    with tree.at(COUNTY):
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1
    with tree.at(TOWN):
        assert db.session.scalars(select(ExchangeRequest.subjects)).one() == 1


def test_a_draft_and_a_letter_with_nobody_left_are_not_made(tree: Tree) -> None:
    tree.entrust([ZHAO])
    with tree.at(TOWN):
        db.session.execute(update(Authorisation).values(expires_on=_day("2026-11-02")))
    with tree.at(TOWN):
        letter = db.session.scalars(select(LetterOut)).one()
        moved = entrusting.seal(letter.id, letter.rev, tree.actor(TOWN, 4))
        (draft,) = tree._requests("draft")
        made = exchange.make(draft.id, draft.rev, tree.actor(TOWN, 5))
        codes = [skip.code for outcome in (moved, made) for skip in outcome.skipped]
        assert codes == ["nothing_left_to_ask"] * 2
    tree.work()
    assert Outcome.PENDING not in outcomes(tree, TOWN).values()
