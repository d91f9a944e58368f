"""孙丽 moves from 五棵树镇 to 弓棚镇; roles are filed ahead; one human is one person at the desks."""

import datetime as dt
import re

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.people.moving import move_person
from app.people.service import set_active
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.messages import Fault
from tests.pages.desk import Desk, at_work
from tests.pages.stage import TOKEN, on_day
from tests.world.builder import build_world
from tests.world.lists import desk_list

SYSTEM, SECURITY = "程功", "沙丽"
OLD, NEW = "五棵树镇受理窗口", "弓棚镇受理窗口"


@pytest.fixture
def world(app):
    return build_world(app, settle=False)


def page_of(world, name):
    return f"/people/{world.person(name).account_id}"


def move(app, world, name, **fields):
    here = page_of(world, name)
    return Desk(app, world, SYSTEM).send(f"{here}/move", **fields)


def signs_in(app, world, login):
    client = app.test_client()
    token = TOKEN.search(client.get("/sign-in").text)
    assert token
    fields = {"agency": 220182, "login": login, "password": world.password}
    answer = client.post("/sign-in", data={"csrf_token": token[1], **fields})
    return client if answer.status_code == 302 else None


def test_the_desk_keeps_its_rows_and_the_person_gets_the_new_desk_on_the_day(app, world):
    with on_day(3):
        clerk = Desk(app, world, "孙丽")
        filename, data = desk_list(OLD)
        assert clerk.send("/lists", file=(data, filename)).status_code == 303
        new = {"place": str(world.unit(NEW).id), "on": "2026-11-09", "login": "sunli2"}
        answer = move(app, world, "孙丽", **new)
        assert answer.status_code == 303
        security = Desk(app, world, SECURITY)
        assert "调岗人员的新账号 sunli2" in security.read("/notices")
        told = security.act(f"{answer.location}/roles/give", role="desk_clerk", first="2026-11-09")
        assert "2026-11-09" in told
        assert "sunli" in told, "the same person's other account"
        assert signs_in(app, world, "sunli2") is None, "not before the day"
        assert clerk.client.get("/lists").status_code == 200
    with on_day(8):
        assert Desk(app, world, "孙丽")
    with on_day(9):
        assert clerk.client.get("/lists").status_code == 302, "the old desk's session is over"
        assert signs_in(app, world, "sunli") is None
        moved = signs_in(app, world, "sunli2")
        listed = moved.get("/lists").text
        assert "还没有上传过名单" in listed, "the rows stay with the old desk"
        assert NEW in listed
    with app.app_context(), at_work(world, "王芳"):
        both = db.session.scalars(
            select(Account).where(Account.name == "孙丽").order_by(Account.id)
        ).all()
        assert len({account.person_id for account in both}) == 1
        assert [account.desk_id for account in both] == [world.unit(OLD).id, world.unit(NEW).id]


REFUSED = [
    ("孙丽", {"on": "2026-11-01"}, "不能早于今天"),
    ("孙丽", {"place": OLD}, "此人已在该单位"),
    ("孙丽", {"login": "wangfang"}, "已被使用"),
    ("孙丽", {"login": "孙丽"}, "小写字母"),
]


def test_a_move_that_cannot_be_is_refused_in_words(app, world):
    with on_day(3):
        for name, wrong, words in REFUSED:
            fields = {"place": NEW, "on": "2026-11-09", "login": "sunli2"} | wrong
            fields["place"] = str(world.unit(fields["place"]).id)
            answer = move(app, world, name, **fields)
            assert answer.status_code == 422
            assert words in answer.get_data(as_text=True), wrong
        own = Desk(app, world, SYSTEM).send(
            f"{page_of(world, SYSTEM)}/move",
            place=str(world.unit(NEW).id),
            on="2026-11-09",
            login="x-1",
        )
        assert "不能对本人的账号" in own.get_data(as_text=True)
        assert (
            Desk(app, world, SECURITY).client.get(f"{page_of(world, '孙丽')}/move").status_code
            == 403
        )


def test_duties_follow_the_person_for_there_is_one_account_at_the_desks(app, world):
    """吴晓东 leaves for the department and comes back: he takes his old account up again."""
    me, admin = world.person("吴晓东").account_id, world.actor(SYSTEM)
    department = world.unit("榆树市民政局社会救助科").id
    with on_day(3), app.app_context(), at_work(world, SYSTEM):
        away = move_person(me, department, "wxd2", dt.date(2026, 11, 3), admin)
    with on_day(5), app.app_context(), at_work(world, SYSTEM):
        with pytest.raises(Fault, match="此人在本机构已有账号“wuxiaodong”"):
            move_person(away, 0, "wxd3", dt.date(2026, 11, 5), admin)
        person_id = db.session.scalar(select(Account.person_id).where(Account.id == away))
        db.session.add(
            Account(
                person_id=person_id, login="wxd4", name="吴晓东", kind="staff", password_hash="x"
            )
        )
        with pytest.raises(IntegrityError, match="ix_account_one_desk_each"):
            db.session.flush()
        db.session.rollback()
    with on_day(5), app.app_context(), at_work(world, SYSTEM):
        assert set_active(me, True, admin).done == (me,)
    with on_day(5):
        assert Desk(app, world, "吴晓东").client.get("/exchange").status_code == 200


def test_a_role_begins_and_ends_on_days_filed_ahead_and_its_history_stays(app, world):
    officer = page_of(world, "王芳")
    with on_day(3):
        security, wangfang = Desk(app, world, SECURITY), Desk(app, world, "王芳")
        security.act(f"{officer}/roles/end", role="intake_officer", last="2026-11-08")
        security.act(
            f"{officer}/roles/give", role="reviewer", first="2026-11-09", last="2026-11-20"
        )
        assert wangfang.client.get("/review").status_code == 403
        wrong = security.send(f"{officer}/roles/give", role="report_issuer", first="2026-11-02")
        assert wrong.status_code == 422
        ahead = security.send(
            f"{officer}/roles/give", role="audit_administrator", first="2026-11-15"
        )
        assert ahead.status_code == 422, "they would meet on the 15th"
        after = security.send(
            f"{officer}/roles/give", role="audit_administrator", first="2026-11-21"
        )
        assert after.status_code == 303
    for day, works in ((8, "/intake"), (9, "/review"), (20, "/review"), (21, "/audit")):
        with on_day(day):
            found = Desk(app, world, "王芳")
            paths = ("/intake", "/review", "/audit")
            open_now = [path for path in paths if found.client.get(path).status_code == 200]
            assert open_now == [works], day
    with business_date_set_to(dt.date(2026, 11, 25), allow=True):
        page = Desk(app, world, SECURITY).read(officer)
        assert re.search("受理初审 2026-01-01 2026-11-08 审核复审 2026-11-09 2026-11-20", page)
