"""回避: 徐晨 and 罗琳 move to the agency and meet the households they prepared and submitted."""

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, take_duty
from app.cases.models import CaseDuty, SubjectList
from app.intake import service as intake
from app.intake import ticking
from app.people.moving import move_person
from tenants.database import db
from tenants.messages import Fault, say
from tests.pages.desk import at_work, entrusted
from tests.pages.stage import on_day
from tests.world.builder import build_world
from tests.world.world import World

LOGINS = {"徐晨": "xuchen2", "罗琳": "luolin2"}


@pytest.fixture
def world(app: Flask) -> World:
    return build_world(app)


def moved(world: World, name: str) -> Actor:
    """The person as an officer of the agency from the 9th on: 王芳's rights, their own account."""
    old, ninth = world.person(name).account_id, dt.date(2026, 11, 9)
    account = move_person(old, 0, LOGINS[name], ninth, world.actor("程功"))
    return replace(world.actor("王芳"), account_id=account, name=name)


def test_nobody_checks_reviews_or_issues_what_they_handed_in(app: Flask, world: World) -> None:
    with on_day(5):
        ids = entrusted(app, world)
    with on_day(9), app.app_context(), at_work(world, "王芳"):
        for name in LOGINS:
            mover = moved(world, name)
            for duty in ("intake_check", "review", "issue"):
                barred = take_duty(duty, ids, mover)
                assert barred == dict.fromkeys(ids, "handed_in_by_self"), (name, duty)
            outcome = intake.accept(Chosen.of(ids), mover)
            assert not outcome.done
            assert {skip.code for skip in outcome.skipped} == {"handed_in_by_self"}
            with pytest.raises(Fault) as fault:
                ticking.tick(ids[0], set(), mover)
            assert str(fault.value) == say("tick_own_work")
        assert db.session.scalars(select(CaseDuty)).all() == [], "no duty is taken"
        colleague = world.actor("王芳")
        assert len(intake.accept(Chosen.of(ids), colleague).done) == len(ids), "the control"


def test_what_others_of_the_old_desk_handed_in_is_no_conflict(app: Flask, world: World) -> None:
    """The same person, and a list that a colleague at the window had prepared."""
    with on_day(5):
        ids = entrusted(app, world)
    with on_day(9), app.app_context(), at_work(world, "王芳"):
        mover = moved(world, "徐晨")
        db.session.execute(update(SubjectList).values(uploaded_by=1))
        assert take_duty("intake_check", ids, mover) == {}
        assert len(intake.accept(Chosen.of(ids), mover).done) == len(ids)
