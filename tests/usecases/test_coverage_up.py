"""吉林 sees where nobody can check an item: coverage goes up the tree by letters, each tier a copy."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from app.delegation.coverage import announce, coverage_above
from app.delegation.models import CoverageBelow, LetterUp
from app.delegation.tree_map import ItemRow, TreeMap, tree_map
from tenants.agency.models import Capability
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import db
from tenants.outbox import Job, post_unless_waiting
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.architecture.catalogue import as_owner
from tests.servers import DatabaseUrls
from tests.usecases.tree import Tree
from worker.handlers import take_in_letter_up

PROVINCE, CITY, OTHER, COUNTY = 220000, 220100, 220182, 220183
SHAPE = {
    PROVINCE: ("province", None),
    CITY: ("city", PROVINCE),
    OTHER: ("county", CITY),
    COUNTY: ("county", CITY),
}
UNITS = {
    PROVINCE: {"省公安厅": (302,)},
    CITY: {"市不动产登记中心": (601,), "市财政局": (401,)},
    OTHER: {"邻县农商银行": (1601,)},
    COUNTY: {"农商银行": (1601,), "邮储银行": (1601, 1602)},
}


@pytest.fixture
def tree(app: Flask, settings: Settings) -> Tree:
    return Tree(app, settings, SHAPE, UNITS).open()


def seen_by(tree: Tree, id_: int, day: dt.date | None = None) -> TreeMap:
    with tree.at(id_):
        return tree_map(agency(id_), day or business_date())


def row_of(tree: Tree, id_: int, item: int, day: dt.date | None = None) -> ItemRow:
    return next(row for row in seen_by(tree, id_, day).rows if row.item.code == item)


def letters_up(tree: Tree, to: int) -> int:
    with tree.at(to):
        kind = LetterUp.kind == "coverage"
        return db.session.scalar(select(func.count()).select_from(LetterUp).where(kind)) or 0


def test_the_province_sees_the_counties_and_who_lacks_what(tree: Tree) -> None:
    bank = row_of(tree, PROVINCE, 1601)
    assert bank.ways == {COUNTY: {"media"}, OTHER: {"media"}}
    assert bank.gaps == {PROVINCE, CITY}, "what a county can check helps nobody above it"
    loans = row_of(tree, PROVINCE, 1602)
    assert loans.gaps == {PROVINCE, CITY, OTHER}
    assert row_of(tree, PROVINCE, 601).gaps == {PROVINCE}, "the city checks for its counties"
    assert not row_of(tree, PROVINCE, 302).gaps
    map_ = seen_by(tree, PROVINCE)
    assert {tier: len(places) for tier, places in map_.below.items()} == {"city": 1, "county": 2}


def test_a_county_sees_what_is_above_it_and_nothing_of_its_neighbour(tree: Tree) -> None:
    map_ = seen_by(tree, COUNTY)
    assert [place.agency.id for place in map_.above] == [PROVINCE, CITY]
    assert map_.below == {}
    assert row_of(tree, COUNTY, 601).ways == {CITY: frozenset()}
    assert row_of(tree, COUNTY, 1601).ways == {COUNTY: {"media"}}
    with tree.at(COUNTY):
        assert not list(db.session.scalars(select(CoverageBelow)))


def test_another_way_and_a_day_to_come_are_told(tree: Tree) -> None:
    later = business_date() + dt.timedelta(days=9)
    with tree.at(COUNTY):
        post = Capability.unit_id == tree.ids["邮储银行"]
        db.session.execute(update(Capability).where(post).values(way="system"))
        loans = update(Capability).where(Capability.item == 1602)
        db.session.execute(loans.values(valid_to=later))
        announce()
    tree.work()
    assert row_of(tree, PROVINCE, 1601).ways[COUNTY] == {"media", "system"}
    assert COUNTY in row_of(tree, PROVINCE, 1602, later).ways
    assert COUNTY in row_of(tree, PROVINCE, 1602, later + dt.timedelta(days=1)).gaps


def test_of_two_units_the_one_that_can_longer_is_what_is_told(tree: Tree) -> None:
    """Both of the city's units begin on one day and end on two; below and above hear of one."""
    with tree.at(CITY):
        unit = tree.ids["市财政局"]
        begun = select(Capability.valid_from).where(Capability.item == 601)
        first = db.session.scalars(begun).one()
        ended = business_date() - dt.timedelta(days=1)
        db.session.add(Capability(item=601, unit_id=unit, valid_from=first, valid_to=ended))
        db.session.flush()
        announce()
    tree.work()
    assert not tree.unfinished_jobs(COUNTY)
    with tree.at(COUNTY):
        assert coverage_above(business_date())[601] == {"city"}
    assert CITY in row_of(tree, PROVINCE, 601).ways


def test_many_changes_at_once_are_one_letter(tree: Tree) -> None:
    before = letters_up(tree, CITY), letters_up(tree, PROVINCE)
    for _ in range(3):
        with tree.at(COUNTY):
            announce()
            announce()
    tree.work()
    assert (letters_up(tree, CITY), letters_up(tree, PROVINCE)) == (before[0] + 1, before[1] + 1)


def test_a_message_is_not_left_to_one_that_has_begun(tree: Tree) -> None:
    """The waiting row is held: who takes it up begins after the change that relies on it."""
    with tree.at(COUNTY):
        post_unless_waiting("coverage.push_up")
    begin = text("UPDATE job SET state = 'running' WHERE kind = 'coverage.push_up'")

    def take_up() -> None:
        with tree.app.app_context(), acting_for(COUNTY, "relay"):
            db.session.execute(begin)

    with ThreadPoolExecutor(1) as other:
        with tree.at(COUNTY):
            post_unless_waiting("coverage.push_up")
            begun = other.submit(take_up)
            with pytest.raises(TimeoutError):
                begun.result(timeout=1)
        begun.result(timeout=20)
    with tree.at(COUNTY):
        post_unless_waiting("coverage.push_up")
        waiting = select(func.count()).select_from(Job).where(Job.state == "waiting")
        assert db.session.scalar(waiting.where(Job.kind == "coverage.push_up")) == 1


def test_an_older_letter_does_not_undo_a_newer_one(tree: Tree) -> None:
    with tree.at(COUNTY):
        db.session.execute(
            update(Capability).where(Capability.item == 1602).values(valid_to=dt.date(2026, 1, 1))
        )
        announce()
    tree.work()
    assert COUNTY in row_of(tree, CITY, 1602).gaps
    with tree.at(CITY):
        sent = select(LetterUp.key).where(LetterUp.from_agency_id == COUNTY)
        oldest = db.session.scalars(sent.order_by(LetterUp.sent_at).limit(1)).one()
        db.session.execute(update(LetterUp).where(LetterUp.key == oldest).values(taken_in=False))
    with tree.at(CITY):
        take_in_letter_up(COUNTY, str(oldest))
    assert COUNTY in row_of(tree, CITY, 1602).gaps


def test_who_was_moved_elsewhere_is_no_part_of_the_tree(tree: Tree, database: DatabaseUrls) -> None:
    with as_owner(database.owner) as connection:
        ended = "UPDATE agency_edge SET valid_to = :day WHERE child_id = :county"
        day = business_date() - dt.timedelta(days=1)
        connection.execute(text(ended), {"day": day, "county": COUNTY})
    assert row_of(tree, CITY, 1601).ways == {OTHER: {"media"}}
    with tree.at(CITY):
        announce()
    tree.work()
    with tree.at(PROVINCE):
        told = set(db.session.scalars(select(CoverageBelow.by_agency_id)))
    assert told == {CITY, OTHER}
