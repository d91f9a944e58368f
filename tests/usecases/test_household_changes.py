"""A household is taken back, a member dies: what stops, at which tier, and what the report says."""

import datetime as dt
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.actor import Actor, Forbidden
from app.accounts.permissions import permissions_of
from app.cases.lifecycle import Chosen, Moved
from app.cases.models import Ask, Event, Subject
from app.changes import applications, persons
from app.delegation.emptied import end_emptied
from app.delegation.models import LetterOut
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding
from app.intake import service as intake
from app.notices.models import Notice
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.test_consent_withdrawn import has_deposits, outcomes
from tests.usecases.test_delegation import (
    CITY,
    COUNTY,
    PROVINCE,
    THREE,
    UNITS,
    owns_a_car,
    words_of,
)
from tests.usecases.tree import Tree, no_record

ZHAO, QIAN = "赵国强", "钱桂芝"


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """A county, its city and its province."""
    return Tree(app, settings, THREE, UNITS).open()


def department(tree: Tree) -> Actor:
    roles = permissions_of(["department_clerk"])
    return Actor(2, "科室", COUNTY, tree.department, 0, permissions=roles)


def take_back(tree: Tree, case_id: int) -> Moved:
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        moved = applications.withdraw_application(
            case_id, department(tree), on=business_date(), reason="improved"
        )
    tree.work()
    return moved


def leave(tree: Tree, case_id: int, on: dt.date) -> Moved:
    with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
        subject = db.session.scalars(select(Subject.id).where(Subject.case_id == case_id)).one()
        moved = persons.record_departure(case_id, subject, department(tree), on=on, reason="died")
    tree.work()
    return moved


def test_a_household_in_check_is_taken_back_at_every_tier(tree: Tree) -> None:
    """赵国强's household: the bank was asked, the land registry's package is made."""
    zhao, _qian = tree.entrust([ZHAO, QIAN])
    tree.climb()
    tree.send_requests(COUNTY)
    with tree.at(CITY):
        (draft,) = tree._requests("draft")
        exchange.make(draft.id, draft.rev, tree.actor(CITY, 5))
    tree.work()
    assert take_back(tree, zhao).done == (zhao,)
    assert tree.states(COUNTY) == ["withdrawn", "checking"]
    assert tree.states(CITY) == tree.states(PROVINCE) == ["recalled", "checking"]
    assert Outcome.PENDING not in outcomes(tree, COUNTY).values()
    assert 0 not in {source for source, _ in outcomes(tree, PROVINCE) if source > 0}
    tree.answer(COUNTY, has_deposits)
    with tree.at(COUNTY):
        assert set(db.session.scalars(select(Finding.case_id))) == {_qian}
        told = select(func.count()).select_from(Notice).where(Notice.kind == "case.withdrawn")
        assert db.session.scalar(told) == 3, "the check, the review and the issue"
        line = db.session.scalars(select(Event).where(Event.action == "withdraw")).one()
        assert line.reason == "家庭经济状况改善，不再需要救助"
    for agency in (CITY, PROVINCE):
        tree.exchange(agency)
        tree.issue(agency)
    assert [skip.code for skip in tree.issue(COUNTY).skipped] == ["another_state"]
    assert tree.merge().done == (_qian,)
    assert take_back(tree, _qian).done == ()
    assert [tree.unfinished_jobs(agency) for agency in THREE] == [[], [], []]


def test_a_household_leaves_every_desk_it_can_wait_at(tree: Tree) -> None:
    submitted, returned, accepted = tree.submit([ZHAO, QIAN, "孙长海"])
    with tree.at(COUNTY):
        officer = tree.actor(COUNTY, 3)
        intake.return_cases(Chosen.of([returned]), officer, "缺授权书")
        intake.accept(Chosen.of([accepted]), officer)
        with pytest.raises(Forbidden):
            applications.withdraw_application(
                accepted, officer, on=business_date(), reason="improved"
            )
    for case_id in (submitted, returned, accepted):
        assert take_back(tree, case_id).done
    assert tree.approve(COUNTY).done == ()
    with tree.at(COUNTY):
        assert db.session.scalar(select(func.count()).select_from(Ask)) == 0


def test_a_death_stops_what_is_under_way_and_makes_a_new_version(
    tree: Tree, tmp_path: Path
) -> None:
    zhao, qian = tree.entrust([ZHAO, QIAN])
    tree.climb()
    for agency in (PROVINCE, CITY, COUNTY):
        if agency == CITY:
            assert leave(tree, zhao, dt.date(2026, 11, 2)).done
            with tree.at(CITY):
                gone = select(Subject.left_reason).order_by(Subject.id)
                assert list(db.session.scalars(gone)) == ["died", ""]
        tree.exchange(agency, owns_a_car if agency == PROVINCE else no_record)
        tree.issue(agency)
    assert len(tree.merge().done) == 2
    mine = outcomes(tree, COUNTY)
    assert mine[0, 302] == Outcome.HIT, "the province had its answer before"
    assert mine[0, 601] == mine[-1, 1601] == Outcome.CEASED
    with tree.at(COUNTY):
        assert list(db.session.scalars(select(LetterOut.state))) == ["answered"]
    said = "".join(words_of(tree.merged_pdf(), tmp_path).split())
    assert "死亡" not in said, "the newest is 钱桂芝's"
    # 钱桂芝 dies after her report: only the covering document is made anew.
    assert leave(tree, qian, dt.date(2026, 11, 3)).done
    assert tree.issue(COUNTY).done == ()
    assert tree.merge().done == (qian,)
    said = "".join(words_of(tree.merged_pdf(), tmp_path).split())
    assert "钱桂芝于2026年11月3日死亡" in said
    assert [skip.code for skip in leave(tree, qian, dt.date(2026, 11, 3)).skipped] == [
        "left_already"
    ]


def test_drafts_and_letters_out_of_which_everything_was_taken_end_by_themselves(
    tree: Tree,
) -> None:
    """赵国强 takes his application back before anything left: nobody makes an empty package."""
    case_id = tree.entrust([ZHAO])[0]
    tree.approve(COUNTY)
    before = waiting(tree)
    assert {state for _, state in before} == {"draft", "prepared"}, "the control"
    take_back(tree, case_id)
    assert {state for _, state in waiting(tree)} == {"stopped"}
    with tree.at(COUNTY):
        ended = select(Event.machine, Event.reason).where(Event.action == "end_empty")
        told = set(db.session.execute(ended).tuples())
    assert {machine for machine, _ in told} == {"request", "letter"}
    assert all("无可查询对象" in reason for _, reason in told)
    tree.entrust([QIAN])
    tree.approve(COUNTY)
    fresh = [state for id_, state in waiting(tree) if id_ not in dict(before)]
    assert set(fresh) == {"draft", "prepared"}, "what comes next opens new ones"
    with tree.at(COUNTY):
        db.session.execute(update(Ask).values(request_id=None, letter_id=None))
        end_emptied()
        db.session.flush()
    assert {state for _, state in waiting(tree)} == {"stopped"}


def waiting(tree: Tree) -> list[tuple[int, str]]:
    """Every request and letter of the county, with its state."""
    with tree.at(COUNTY):
        rows = [
            *db.session.scalars(select(ExchangeRequest)),
            *db.session.scalars(select(LetterOut)),
        ]
        return [(row.id, row.state) for row in rows]
