"""Two people, or two messages, at the same moment: neither undoes the other's work."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts import sign_in
from app.accounts.actor import Actor
from app.accounts.permissions import permissions_of
from app.accounts.service import open_account
from app.cases.models import Case, Entrustment
from app.delegation.coverage import announce, coverage_above
from app.delegation.models import LetterDown
from app.intake import service as intake
from app.people import service as people
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.usecases.tree import OPENED, Tree, _list
from worker.handlers import take_in_letter_down

CITY, COUNTY = 220100, 220182
TWO = {CITY: ("city", None), COUNTY: ("county", CITY)}
UNITS = {CITY: {"市不动产登记中心": (601,)}, COUNTY: {"农商银行": (1601,)}}


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    """A county and its city."""
    return Tree(app, settings, TWO, UNITS).open()


def test_two_clerks_who_entrust_one_list_at_once_entrust_it_once(tree: Tree) -> None:
    roles = permissions_of(["desk_clerk", "department_clerk"])
    clerk = Actor(1, "窗口", COUNTY, tree.department, tree.desk, permissions=roles)
    head = Actor(2, "科室", COUNTY, tree.department, 0, permissions=roles)
    place = {"unit_id": tree.department, "desk_id": tree.desk}
    with tree.app.app_context(), acting_for(COUNTY, "township", **place):
        uploaded = intake.upload_list(_list(["吴凤霞"], {}), "名单.xlsx", clerk).id
    first_is_in, codes = threading.Event(), []

    def entrust(wait: bool) -> Iterator[None]:
        with tree.app.app_context(), acting_for(COUNTY, "commissioner", unit_id=tree.department):
            intake.submit([uploaded], letter_number="1号", letter_on=business_date(), actor=head)
            if wait:
                yield

    def second() -> None:
        first_is_in.wait(10)
        try:
            list(entrust(wait=False))
        except Fault as fault:
            codes.append(fault.code)

    other = threading.Thread(target=second)
    other.start()
    for _ in entrust(wait=True):
        first_is_in.set()
        other.join(1)
    other.join(20)
    assert codes == ["nothing_to_submit"]
    with tree.at(COUNTY):
        first = db.session.scalars(select(Entrustment.id)).one()
        assert db.session.scalars(select(Case.entrustment_id)).one() == first


def test_an_older_word_on_coverage_does_not_undo_a_newer_one(tree: Tree) -> None:
    with tree.at(CITY):
        db.session.execute(update(Capability).where(Capability.item == 601).values(valid_to=OPENED))
        announce()
    tree.work()
    with tree.at(COUNTY):
        assert coverage_above(business_date()) == {}
        oldest = select(LetterDown.key).where(LetterDown.kind == "coverage")
        key = db.session.scalars(oldest.order_by(LetterDown.sent_at).limit(1)).one()
        db.session.execute(update(LetterDown).where(LetterDown.key == key).values(taken_in=False))
    with tree.at(COUNTY):
        take_in_letter_down(CITY, str(key))
        assert coverage_above(business_date()) == {}


def test_a_new_password_from_the_administrator_ends_the_sessions_opened_with_the_old(
    tree: Tree,
) -> None:
    with tree.app.app_context():
        with acting_for(COUNTY, "registrar"):
            clerk = open_account("li", "李敏", "correct horse 1", ["reviewer"], valid_from=OPENED)
        person = sign_in.sign_in(COUNTY, "li", "correct horse 1")
        assert sign_in.resume(person.cookie)
        keeper = Actor(99, "赵", COUNTY, permissions=permissions_of(["system_administrator"]))
        with acting_for(COUNTY):
            people.set_password(clerk, "another horse 2", keeper)
        assert sign_in.resume(person.cookie) is None
