"""The machines by their tables: nothing leaves them, nobody holds two duties (DESIGN §3.3, §3.4)."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from app.accounts.actor import Actor
from app.accounts.permissions import ALL_PERMISSIONS
from app.cases.lifecycle import Chosen, move, table_of
from app.cases.messages import EVENT_TITLES, STATE_TITLES
from app.cases.models import Case, CaseDuty, Event
from app.cases.transitions import INITIAL, TRANSITIONS, Machine, states_of
from scripts.lifecycle_picture import PICTURE, draw
from tenants.database import db
from tenants.scope import acting_for
from tests.architecture.catalogue import CHECKS, as_owner, rows
from tests.isolation.canaries.rows import AT, DAY, PERIOD
from tests.servers import DatabaseUrls

AGENCY = 220182
CASE_WAYS = [way for way in TRANSITIONS if way.machine == "case"]
PEOPLE = range(1, 5)


def test_every_state_and_step_has_its_words() -> None:
    assert {m: set(titles) for m, titles in STATE_TITLES.items()} == {
        machine: set(states_of(machine)) for machine in INITIAL
    }
    assert {way.action for way in TRANSITIONS} <= EVENT_TITLES.keys()


@pytest.mark.parametrize("machine", INITIAL)
def test_a_way_is_named_once_and_every_state_is_reached(machine: Machine) -> None:
    ways = [way for way in TRANSITIONS if way.machine == machine]
    assert len({way.action for way in ways}) == len(ways)
    reached = set(INITIAL[machine])
    for _ in ways:
        reached |= {way.target for way in ways if reached & set(way.sources)}
    assert reached == set(states_of(machine))


@pytest.mark.parametrize("machine", INITIAL)
def test_the_database_knows_the_same_states(
    app: Flask, database: DatabaseUrls, machine: Machine
) -> None:
    """The CHECK of the table lists exactly the states of the machine."""
    table = table_of(machine).name
    with as_owner(database.owner) as connection:
        checks = {
            row.name: row.definition for row in rows(connection, CHECKS) if row.table == table
        }
    listed = set(checks[f"ck_{table}_state"].split("'")[1::2])
    assert listed == set(states_of(machine))


def test_the_picture_is_current() -> None:
    """scripts/lifecycle-picture draws it; every transition and state is on it."""
    assert PICTURE.read_text(encoding="utf-8") == draw(), "run scripts/lifecycle-picture"
    words = " ".join(ET.fromstring(draw()).itertext())
    assert all(way.action in words and way.target in words for way in TRANSITIONS)


def person(number: int) -> Actor:
    """Somebody who may do everything: only duty and state can stop them."""
    return Actor(number, f"person {number}", AGENCY, permissions=ALL_PERMISSIONS)


@pytest.fixture
def cases(app: Flask) -> Iterator[list[int]]:
    """Three cases in hand: two newly submitted, one from below that waits for the review."""
    born = [("unit", "submitted"), ("unit", "submitted"), ("below", "accepted")]
    with app.app_context():
        with acting_for(AGENCY):
            ids = []
            for origin, state in born:
                row = text(
                    "INSERT INTO household_case (origin, state, scheme, application, region, size,"
                    " head_sealed, period, due_on) VALUES (:origin, :state, 'medical', 'new',"
                    " 220182, 1, '', :period, :due) RETURNING id"
                )
                values = {"origin": origin, "state": state, "period": PERIOD, "due": DAY}
                ids.append(db.session.scalar(row, values))
        yield ids


steps = st.lists(
    st.tuples(
        st.sampled_from([way.action for way in CASE_WAYS]),
        st.sampled_from(PEOPLE),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_whatever_people_try_the_table_holds(
    cases: list[int], tried: list[tuple[str, int, int]]
) -> None:
    """Random acts by four people who may do everything, in any order, on the same cases."""
    allowed = {(source, way.target) for way in CASE_WAYS for source in way.sources}
    with acting_for(AGENCY):
        before = db.session.scalar(select(func.max(Event.id))) or 0
        for action, who, which in tried:
            move("case", action, Chosen.of([cases[which]]), person(who), reason="a reason")
        history = db.session.execute(
            select(Event.object_id, Event.from_state, Event.to_state, Event.id)
            .where(Event.id > before)
            .order_by(Event.id)
        ).all()
        assert {(row.from_state, row.to_state) for row in history} <= allowed
        states = dict(db.session.execute(select(Case.id, Case.state)).tuples().all())
        assert set(states.values()) <= set(states_of("case"))
        for row in history:
            last = [later for later in history if later.object_id == row.object_id][-1]
            assert states[row.object_id] == last.to_state
        held = select(CaseDuty.case_id, CaseDuty.account_id, func.count(CaseDuty.step.distinct()))
        for case_id, account, duties in db.session.execute(held.group_by("case_id", "account_id")):
            assert duties == 1, (case_id, account)
        db.session.rollback()


def test_one_person_never_takes_a_second_duty(cases: list[int]) -> None:
    """李敏 accepts and then tries to approve: skipped. 周敏 approves: done."""
    with acting_for(AGENCY):
        chosen = Chosen.of(cases[:1])
        assert move("case", "accept", chosen, person(1)).done
        barred = move("case", "approve", chosen, person(1))
        assert [skip.code for skip in barred.skipped] == ["another_duty_on_case"]
        assert move("case", "approve", chosen, person(2)).done


# Raw SQL in the role of the agency's staff: what no verb would do, and the constraint refuses.
TWO_DUTIES = "INSERT INTO case_duty (case_id, account_id, step) VALUES (:case, 1, :step)"
ONE_OPERATOR = (
    "INSERT INTO exchange_request (unit_id, period, state, made_by, confirmed_by)"
    " VALUES (:unit, 202611, 'confirmed', :first, :second)"
)
ONE_ACCEPTOR = (
    "INSERT INTO reply (unit_id, request_id, part, file_id, received_by, received_on, received_at,"
    " state, first_by, second_by) VALUES (:unit, :request, 1, 1, 1, :day, :at, 'accepted', :first, :second)"
)


def test_the_database_refuses_a_second_duty(cases: list[int]) -> None:
    take = text(TWO_DUTIES)
    with acting_for(AGENCY):
        db.session.execute(take, {"case": cases[0], "step": "intake_check"})
    with pytest.raises(IntegrityError, match="pk_case_duty"), acting_for(AGENCY):
        db.session.execute(take, {"case": cases[0], "step": "review"})
    with acting_for(AGENCY):
        for case, step in zip(cases[1:], ("review", "issue"), strict=True):
            db.session.execute(text(TWO_DUTIES), {"case": case, "step": step})


def test_nobody_can_take_a_duty_back(cases: list[int]) -> None:
    """For the case's whole life: staff can neither change nor delete who held a step."""
    for act in ("UPDATE case_duty SET account_id = 9", "DELETE FROM case_duty"):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_for(AGENCY):
            db.session.execute(text(act))


@pytest.fixture
def request_row(cases: list[int], database: DatabaseUrls) -> dict:
    """A request to a sharing unit, for the replies."""
    with as_owner(database.owner) as connection:
        connection.execute(
            text(
                "INSERT INTO agency (id, name, short_name, region_name, tier, box_public)"
                " VALUES (220182, '榆树市核对中心', '榆', '榆树市', 'county', '')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO unit (agency_id, id, kind, name, category) VALUES (220182, 501, 'sharing', '房产', 7)"
            )
        )
    with acting_for(AGENCY):
        made = text(ONE_OPERATOR + " RETURNING id")
        id_ = db.session.scalar(made, {"unit": 501, "first": 1, "second": 2})
    return {"unit": 501, "request": id_, "day": DAY, "at": AT}


@pytest.mark.parametrize("sql", [ONE_OPERATOR, ONE_ACCEPTOR])
def test_the_database_refuses_one_operator_twice(request_row: dict, sql: str) -> None:
    with pytest.raises(IntegrityError, match="two_operators"), acting_for(AGENCY):
        db.session.execute(text(sql), request_row | {"first": 3, "second": 3})
    with acting_for(AGENCY):
        db.session.execute(text(sql), request_row | {"first": 3, "second": 4})
