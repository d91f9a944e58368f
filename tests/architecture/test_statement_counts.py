"""Verbs work on sets: as many statements for 300 households as for one (DESIGN §1)."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen
from app.cases.models import Ask, Case
from app.delegation import routing
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest
from app.intake import service as intake
from app.report import issuing
from app.report.models import Report
from app.review import service as review
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tests.architecture.catalogue import as_owner
from tests.architecture.counting import counted
from tests.servers import DatabaseUrls
from tests.world.builder import build_world
from tests.world.identity_numbers import id_number
from tests.world.lists import Cell, as_workbook, word
from tests.world.month import at_work
from tests.world.world import World

DAY = dt.date(2026, 11, 5)
MANY = 300
PER_JOB = {"INSERT INTO job": issuing.PER_JOB}


def sheet(households: int, first: int) -> bytes:
    """A list of so many households of one person each."""
    rows: list[dict[str, Cell]] = [
        {
            "row_no": place + 1,
            "household_no": f"S{first + place}",
            "relation": "户主",
            "name": "赵国强",
            "id_type": word("id_type", "resident_id"),
            "id_number": id_number(
                220182, dt.date(1960, 1, 1) + dt.timedelta(first + place), 1, male=True
            ),
            "phone": "13800000000",
            "registered_region": "220182",
            "actual_region": "220182",
            "scheme": word("scheme", "subsistence"),
            "application": word("application", "new"),
            "subject_role": word("subject_role", "member"),
            "authorised_on": dt.date(2026, 10, 20),
            "authorisation_expires_on": dt.date(2027, 4, 19),
            "monthly_income": 1200,
            "deposits": 8000,
            "houses": 1,
            "vehicles": 0,
            "businesses": 0,
        }
        for place in range(households)
    ]
    return as_workbook(rows)


class Desk:
    """榆树市's people, carrying one list through, and counting as they go."""

    def __init__(self, app: Flask, world: World, owner_url: str) -> None:
        self.app, self.world, self.owner_url = app, world, owner_url
        self.agency_id = world.agency("榆树市").id

    def actor(self, role: str) -> Actor:
        return self.world.people_of("榆树市", role)[0].actor

    def count(self, work: Callable[[], object]) -> Counter[str]:
        return Counter(counted(db.engine, work))

    def carry(self, households: int, first: int) -> dict[str, Counter[str]]:
        """From upload to drafted reports; the statements of each verb."""
        counts: dict[str, Counter[str]] = {}
        clerk = self.world.people_of("榆树市", "desk_clerk")[0]
        with at_work(clerk) as actor:
            data = sheet(households, first)
            done: list = []
            counts["upload"] = self.count(
                lambda: done.append(intake.upload_list(data, "名单.xlsx", actor))
            )
            assert (done[0].households, done[0].held_back) == (households, 0)
        with at_work(self.world.people_of("榆树市", "department_clerk")[0]) as actor:
            letter: dict[str, Any] = {"letter_number": "1号", "letter_on": DAY, "actor": actor}
            counts["submit"] = self.count(lambda: intake.submit([done[0].id], **letter))
        return counts | self.decide(done[0].id, households) | self.issue(done[0].id, households)

    def ids(self, list_id: int) -> list[int]:
        return list(db.session.scalars(select(Case.id).where(Case.list_id == list_id)))

    def decide(self, list_id: int, households: int) -> dict[str, Counter[str]]:
        counts = {}
        with acting_for(self.agency_id):
            chosen = Chosen.of(self.ids(list_id))
            assert len(chosen.ids) == households
            officer, reviewer = self.actor("intake_officer"), self.actor("reviewer")
            counts["accept"] = self.count(lambda: intake.accept(chosen, officer))
        with acting_for(self.agency_id):
            counts["approve"] = self.count(lambda: review.approve(chosen, reviewer))
        with acting_for(self.agency_id):
            counts["route"] = self.count(lambda: routing.route_cases(chosen.ids))
            routed = select(func.count(Ask.case_id.distinct())).where(Ask.case_id.in_(chosen.ids))
            assert db.session.scalar(routed) == households
        with acting_for(self.agency_id):
            drafts = select(ExchangeRequest).where(ExchangeRequest.state == "draft")
            draft = db.session.scalars(drafts.limit(1)).one()
            operator = self.actor("exchange_operator")
            counts["make"] = self.count(lambda: exchange.make(draft.id, draft.rev, operator))
        return counts

    def issue(self, list_id: int, households: int) -> dict[str, Counter[str]]:
        """Every unit has answered "no record" (written past the desks), the report is drafted."""
        with as_owner(self.owner_url) as connection:
            connection.execute(
                text("UPDATE ask SET outcomes = array_fill(2::smallint, ARRAY[cardinality(items)])")
            )
            connection.execute(text("UPDATE household_case SET own_answers = 1"))
            connection.execute(text("UPDATE exchange_request SET state = 'answered'"))
        with acting_for(self.agency_id):
            ids, issuer = self.ids(list_id), self.actor("report_issuer")
            count = self.count(lambda: issuing.issue_own(ids, issuer))
            drafted = select(func.count()).where(Report.state == "drafted", Report.case_id.in_(ids))
            assert db.session.scalar(drafted) == households
        return {"issue": count}


@pytest.fixture
def counts(app: Flask, database: DatabaseUrls) -> dict[int, dict[str, Counter[str]]]:
    """Statements per verb: after one household to warm up, for one and for many."""
    desk = Desk(app, build_world(app), database.owner)
    with app.app_context(), business_date_set_to(DAY, allow=True):
        desk.carry(1, 9000)
        return {size: desk.carry(size, size * 10) for size in (1, MANY)}


def test_every_verb_takes_as_many_statements_for_many_as_for_one(
    counts: dict[int, dict[str, Counter[str]]],
) -> None:
    """What is cut into jobs of a fixed size takes one message for each, and nothing more."""
    differing = {}
    for verb, one in counts[1].items():
        many = counts[MANY][verb]
        more = Counter({s: many[s] - one[s] for s in many | one if many[s] != one[s]})
        for begin, size in PER_JOB.items():
            posts = [s for s in more if s.startswith(begin)]
            if verb == "issue" and posts and more[posts[0]] == ceil(MANY / size) - 1:
                del more[posts[0]]
        if more:
            differing[verb] = dict(more)
    assert differing == {}
    assert all(sum(one.values()) < 40 for one in counts[1].values()), counts[1]


def test_the_counter_counts_a_loop(app: Flask) -> None:
    """The control: one statement per row is seen as such."""
    build_world(app, settle=False)
    with app.app_context(), acting_for(220182, read_only=True):

        def loop() -> None:
            for id_ in range(MANY):
                db.session.scalar(select(Case.state).where(Case.id == id_))

        assert len(counted(db.engine, loop)) >= MANY
