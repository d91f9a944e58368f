"""通知: 罗琳's letter is told to 王芳, 王芳's returns to 罗琳 and 徐晨, and to nobody else."""

import datetime as dt
import re

import pytest
from sqlalchemy import func, select

from app.cases.lifecycle import Chosen
from app.exchange.models import ExchangeRequest
from app.intake import service as intake
from app.notices.models import Notice
from app.notices.service import To, forget_old, tell
from tenants.calendar import business_date_set_to
from tenants.database import db
from tests.architecture.counting import counted
from tests.pages.desk import Desk, at_work, entrusted
from tests.pages.stage import approved, on_day
from tests.pages.test_exchange import delivered
from tests.world.builder import build_world
from worker.daily import look_around

BELL = re.compile(r'class="bell"[^>]*aria-label="通知，([^"]+)"')


@pytest.fixture
def world(app):
    return build_world(app, settle=False)


def bell(desk):
    found = BELL.search(desk.source("/"))
    assert found
    return found[1]


def opened(desk):
    """Where the first notice leads; it is read then."""
    found = re.search(r'action="(/notices/\d+/open)"', desk.source("/notices"))
    assert found
    return desk.send(found[1]).location, found[1]


def test_an_entrustment_is_told_to_the_intake_desk_and_read_once(app, world):
    with on_day(4):
        entrusted(app, world)
        officer = Desk(app, world, "王芳")
        assert bell(officer) == "1 条未读"
        assert "收到委托 榆委 2026-11-000001，共" in officer.read("/notices")
        leads_to, _ = opened(officer)
        assert "受理初审" in officer.read(leads_to)
        assert bell(officer) == "没有未读"
        assert bell(Desk(app, world, "吴晓东")) == "1 条未读", "a colleague has not read it"
        reviewer = Desk(app, world, "赵磊")
        assert bell(reviewer) == "没有未读", "no reviewer's affair"
        assert "收到委托" not in reviewer.read("/notices")


def test_a_return_is_told_to_department_and_desk_with_numbers_only(app, world):
    with on_day(5):
        ids = entrusted(app, world)
        with app.app_context(), at_work(world, "王芳"):
            officer = world.actor("王芳")
            assert intake.return_cases(Chosen.of(ids[:2]), officer, "授权书未签名").done
        for name in ("罗琳", "徐晨"):
            person = Desk(app, world, name)
            page = person.read("/notices")
            assert "委托 榆委 2026-11-000001 退回 2 户" in page
            assert "授权书未签名" not in page
            assert person.client.get(opened(person)[0]).status_code == 200
        assert bell(Desk(app, world, "孙丽")) == "没有未读", "another desk"


def test_all_are_marked_at_once_and_nobody_reads_for_another(app, world):
    with on_day(4):
        entrusted(app, world)
        officer, stranger = Desk(app, world, "王芳"), Desk(app, world, "罗琳")
        _, path = opened(officer)
        assert stranger.send(path).status_code == 404
        assert Desk(app, world, "赵磊").send(path).status_code == 404, "of the same agency"
        colleague = Desk(app, world, "吴晓东")
        newest = re.search(r'name="up_to" value="(\d+)"', colleague.source("/notices"))
        assert newest
        with app.app_context(), at_work(world, "王芳"):
            tell("entrustment.submitted", To(("intake_officer",)), number="榆委 2026-11-000009")
        assert "已全部标为已读" in colleague.act("/notices/read", up_to=newest[1])
        assert bell(colleague) == "1 条未读", "what came after the page was shown is still to read"
        assert "榆委 2026-11-000009" in colleague.read("/notices")


def test_what_is_told_to_one_person_is_told_to_nobody_else(app, world):
    with on_day(4):
        with app.app_context(), at_work(world, "王芳"):
            me = world.person("王芳").account_id
            tell("stand_in.filed", To(account_id=me), number="2026-11-09 ~ 2026-11-13")
        officer, colleague = Desk(app, world, "王芳"), Desk(app, world, "吴晓东")
        assert bell(officer) == "1 条未读"
        assert "已登记岗位代理" in officer.read("/notices")
        assert bell(colleague) == "没有未读"
        assert "已登记岗位代理" not in colleague.read("/notices")
        assert colleague.send(opened(officer)[1]).status_code == 404


def test_a_return_takes_as_many_statements_for_many_as_for_one(app, world):
    with on_day(5), app.app_context():
        ids = entrusted(app, world)
        with at_work(world, "王芳"):
            officer = world.actor("王芳")

            def statements(part):
                chosen = Chosen.of(part)
                return len(
                    counted(db.engine, lambda: intake.return_cases(chosen, officer, "证件不清"))
                )

            statements(ids[:1])
            assert statements(ids[1:2]) == statements(ids[2:])


def told(kind):
    return db.session.scalar(select(func.count()).where(Notice.kind == kind))


def test_an_overdue_request_is_told_once_and_everything_is_forgotten_in_time(
    app, settings, monkeypatch
):
    stage = approved(app, settings)
    with on_day(12):
        delivered(stage)
    with business_date_set_to(dt.date(2026, 12, 20), allow=True):
        look_around(app)
        look_around(app)
        for name in ("周建华", "潘婷"):
            assert "已超过反馈期限" in stage.at_browser(name).read("/notices")
        with app.app_context(), at_work(stage.world, "王芳"):
            late = ExchangeRequest.state == "delivered"
            assert told("request.overdue") == 2 * len(
                db.session.scalars(select(ExchangeRequest).where(late)).all()
            )
            forget_old()
            assert told("request.overdue")
            monkeypatch.setattr("app.notices.service.KEPT_DAYS", -1)
            forget_old()
            assert told("request.overdue") == 0
