"""What a unit's people could do with a database connection of their own: no more than by a page."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from app.delegation import entrusting
from app.delegation.models import LetterOut
from tenants.database import db
from tenants.outbox import Job, post
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.tree import Tree
from worker.queue import connect
from worker.relay import Relay

CITY, COUNTY = 220100, 220182
TWO = {CITY: ("city", None), COUNTY: ("county", CITY)}
UNITS = {CITY: {"市不动产登记中心": (601,)}, COUNTY: {"农商银行": (1601,)}}


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """A county and its city, with one household entrusted and out for an answer."""
    return Tree(app, settings, TWO, UNITS).open()


def test_a_liaison_cannot_start_another_job_than_the_check_of_its_reply(tree: Tree) -> None:
    tree.entrust(["吴凤霞"])
    with tree.app.app_context(), acting_for(COUNTY, "liaison", unit_id=tree.ids["农商银行"]):
        post("coverage.push", {}, unit_id=tree.ids["农商银行"])
    tree.work()
    with tree.at(COUNTY):
        job = db.session.scalars(select(Job).where(Job.unit_id != 0)).one()
        assert (job.state, job.fault) == ("failed", "job_refused")


@pytest.mark.parametrize("role", ["commissioner", "township"])
def test_those_who_entrust_start_no_other_job_than_the_news_of_a_change(
    tree: Tree, role: str
) -> None:
    place = {"unit_id": tree.department, "desk_id": tree.desk if role == "township" else 0}
    with tree.app.app_context(), acting_for(COUNTY, role, **place):
        post("case.route", {"ids": [1]}, **place)
    tree.work()
    with tree.at(COUNTY):
        job = db.session.scalars(select(Job).where(Job.unit_id != 0)).one()
        assert (job.state, job.fault) == ("failed", "job_refused")


FORGERIES = [
    ("liaison", "UPDATE exchange_request SET stamp = 'x'"),
    ("liaison", "UPDATE exchange_request SET items_answered = 9"),
    ("commissioner", "UPDATE household_case SET own_answers = 9"),
    ("commissioner", "UPDATE household_case SET origin = 'below'"),
    ("commissioner", "UPDATE subject SET items = '{601}'"),
    ("commissioner", "UPDATE authorisation SET expires_on = '2099-12-31'"),
    ("commissioner", "UPDATE declaration SET sealed = ''"),
    ("commissioner", "UPDATE entrustment SET submitted_on = NULL"),
    ("township", "UPDATE household_case SET own_answers = 9"),
    ("desk", "SELECT * FROM household_draft"),
    ("township", "UPDATE subject SET sealed = ''"),
    ("township", "UPDATE action SET account_id = 1"),
    ("desk", "UPDATE action SET account_id = 1"),
]


@pytest.mark.parametrize(("role", "sql"), FORGERIES)
def test_what_no_verb_of_a_role_changes_the_role_cannot_change(
    tree: Tree, role: str, sql: str
) -> None:
    unit = tree.ids["农商银行"] if role == "liaison" else tree.department
    scope = acting_for(
        COUNTY,
        role,
        unit_id=0 if role == "desk" else unit,
        desk_id=tree.desk if role == "township" else 0,
    )
    with tree.app.app_context(), pytest.raises(ProgrammingError, match="permission denied"), scope:
        db.session.execute(text(sql))


def test_a_letter_waiting_in_its_box_becomes_one_job_however_often_the_relay_looks(
    tree: Tree,
) -> None:
    tree.entrust(["吴凤霞"])
    with tree.at(COUNTY):
        letter = db.session.scalars(select(LetterOut)).one()
        entrusting.seal(letter.id, letter.rev, tree.actor(COUNTY, 4))
        entrusting.send(letter.id)
    relay = Relay(tree.app, tree.settings, connect(tree.settings))
    for _ in range(3):
        relay.tick()
    with tree.at(CITY):
        kinds = select(func.count()).select_from(Job).where(Job.kind == "letter_up.take_in")
        assert db.session.scalar(kinds.where(Job.state != "done")) == 1
