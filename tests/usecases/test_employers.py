"""(十四) 在编: 赵国强's own school is asked about him, and about nobody else (第七条)."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Ask, Case, Event
from app.delegation import employers, rerouting
from tenants import provisioning
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.test_own_items import CITY, COUNTY
from tests.usecases.tree import OPENED, Tree
from tests.world.agreements import agree_with_all
from tests.world.filings import file_everybody

SCHOOL, POST = "榆树市第一中学", 1401


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    shape = {CITY: ("city", None), COUNTY: ("county", CITY)}
    tree = Tree(app, settings, shape, {COUNTY: {"农商银行": (1601,)}}).open()
    with app.app_context(), acting_for(COUNTY, "registrar"):
        tree.ids[SCHOOL] = provisioning.add_unit("sharing", SCHOOL, category=14)
    return tree


def cases(tree: Tree) -> list[int]:
    with tree.at(COUNTY):
        return list(db.session.scalars(select(Case.id).order_by(Case.id)))


def ask_the_school(tree: Tree, case: int) -> None:
    with tree.at(COUNTY):
        (him,) = employers.unasked(case)
        assert him.name != "赵国强", "masked"
        people = [him.subject_id]
        employers.ask_employer(case, people, tree.ids[SCHOOL], tree.actor(COUNTY, 4))
    tree.work()


def test_the_school_is_asked_about_him_alone_and_answers(tree: Tree) -> None:
    tree.entrust(["赵国强", "孙丽"])
    assert tree.ids[SCHOOL] not in tree.asked(COUNTY), "routing asks no employer by itself"
    first, second = cases(tree)
    ask_the_school(tree, first)
    with tree.at(COUNTY):
        (ask,) = db.session.scalars(select(Ask).where(Ask.source == tree.ids[SCHOOL]))
        assert (ask.case_id, ask.items) == (first, [POST])
        assert not employers.unasked(first)
        assert len(employers.unasked(second)) == 1, "nobody asked about her"
        told = db.session.scalars(select(Event.reason).where(Event.action == "employer_asked"))
        assert list(told) == ["榆树市第一中学，1 人"]
    with tree.at(COUNTY):
        agree_with_all(OPENED, (5, 6))
        file_everybody(OPENED, (5, 6))
    tree.exchange(COUNTY)
    assert tree.asked(COUNTY)[tree.ids[SCHOOL]] == {POST: Outcome.NO_RECORD}
    assert not tree.unfinished_jobs(COUNTY)


def test_without_an_agreement_the_school_gets_nothing(tree: Tree) -> None:
    tree.entrust(["赵国强"])
    ask_the_school(tree, cases(tree)[0])
    with tree.at(COUNTY):
        file_everybody(OPENED, (5, 6))
    with pytest.raises(AssertionError, match="no_agreement"):
        tree.send_requests(COUNTY)


def test_what_a_person_named_is_not_routed_anew(tree: Tree) -> None:
    tree.entrust(["赵国强"])
    ask_the_school(tree, cases(tree)[0])
    with tree.at(COUNTY):
        rerouting.reroute([POST], 0)
    assert tree.asked(COUNTY)[tree.ids[SCHOOL]] == {POST: Outcome.PENDING}


def test_only_an_employer_can_be_named_and_once(tree: Tree) -> None:
    tree.entrust(["赵国强"])
    (case,) = cases(tree)
    reviewer = tree.actor(COUNTY, 4)
    with tree.at(COUNTY):
        people = [person.subject_id for person in employers.unasked(case)]
        with pytest.raises(Fault, match="按人核对"):
            employers.ask_employer(case, people, tree.ids["农商银行"], reviewer)
    ask_the_school(tree, case)
    with tree.at(COUNTY), pytest.raises(Fault, match="已经提出核对"):
        employers.ask_employer(case, people, tree.ids[SCHOOL], reviewer)
