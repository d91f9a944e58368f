"""家庭变动 at the browser: 徐晨 at 弓棚镇's window, 罗琳 at the department, 王芳 at 榆树市."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Subject
from tenants.database import db
from tests.pages.desk import Desk, at_work, entrusted
from tests.pages.stage import on_day
from tests.world.builder import build_world
from tests.world.papers import authorisation
from tests.world.world import World


@pytest.fixture
def world(app: Flask) -> World:
    return build_world(app)


def first_person(app: Flask, world: World, case_id: int) -> int:
    with app.app_context(), at_work(world, "王芳"):
        people = select(Subject.id).where(Subject.case_id == case_id).order_by(Subject.row_no)
        return db.session.scalars(people.limit(1)).one()


def test_a_consent_is_taken_back_on_paper(app: Flask, world: World) -> None:
    with on_day(5):
        case = entrusted(app, world)[0]
        person = first_person(app, world, case)
        page, form = f"/households/{case}/changes", f"/households/{case}/changes/{person}/consent"
        window = Desk(app, world, "徐晨")
        assert "撤回授权…" in window.read(page)
        sent = {"reason": "own_will", "on": "2026-11-05", "remark": "来人口述"}
        refused = window.send(form, **sent)
        assert refused.status_code == 422
        assert "没有签名的书面材料不能登记" in refused.get_data(as_text=True)
        assert "来人口述" in refused.get_data(as_text=True)
        scan = {"scans": (authorisation("撤回书", "2026-11-05"), "撤回书.jpg")}
        wrong = window.send(form, **sent, paper="y", scans=(b"no picture", "撤回书.jpg"))
        assert wrong.status_code == 422
        assert "已撤回" not in window.read(page), "nothing is written"
        said = window.act(form, **sent, **scan, paper="y")
        assert "已办理 1 项" in said
        assert "扫描件 1 张" in said
        assert "已撤回" in said
        assert "来人口述" in said
        assert window.send(form, **sent, paper="y").status_code == 303
        assert "此前已撤回" in window.read(page)
        # The department and the agency's staff see it too; an issuer has no such page.
        assert "本人不再同意查询" in Desk(app, world, "罗琳").read(page)
        officer = Desk(app, world, "王芳")
        assert "本人不再同意查询" in officer.read(page)
        assert "变动证明材料" in officer.read(f"/papers/cases/{case}")
        assert "撤回查询授权" in officer.read(f"/cases/{case}")
        Desk(app, world, "刘洋").read(page, status=403)
        # The other window of the same county has no such household.
        Desk(app, world, "孙丽").read(page, status=404)


def test_a_death_is_recorded_and_an_application_taken_back(app: Flask, world: World) -> None:
    with on_day(5):
        case, other = entrusted(app, world)[:2]
        person = first_person(app, world, case)
        page = f"/households/{case}/changes"
        window = Desk(app, world, "徐晨")
        form = f"{page}/{person}/departure"
        sent = {"reason": "died", "on": "2026-11-06", "paper": "y"}
        late = window.send(form, **sent)
        assert late.status_code == 422
        assert "日期晚于今天" in late.get_data(as_text=True)
        said = window.act(form, **{**sent, "on": "2026-11-03"})
        assert "已办理 1 项" in said
        assert "已死亡" in said
        assert "已死亡" in Desk(app, world, "王芳").read(f"/cases/{case}")
        # The window prepares; only the department takes an application back.
        assert "撤回申请…" not in said
        window.read(f"{page}/application", status=403)
        head = Desk(app, world, "罗琳")
        assert "撤回申请…" in head.read(page)
        taken = head.act(
            f"/households/{other}/changes/application", reason="moved", on="2026-11-05", paper="y"
        )
        assert "全户迁出本行政区域" in taken
        assert "申请已撤回" in taken
        assert "撤回申请…" not in taken
        # It waits at no desk of the agency any more, and its page says why.
        officer = Desk(app, world, "王芳")
        assert "撤回申请" in officer.read(f"/cases/{other}")


def test_the_way_there_is_on_the_lists(app: Flask, world: World) -> None:
    with on_day(5):
        case = entrusted(app, world)[0]
        link = f"/households/{case}/changes"
        lists = Desk(app, world, "徐晨")
        found = re.search(r'href="(/lists/\d+)"', lists.source("/lists"))
        assert found
        assert link in lists.source(found[1])
        assert link in Desk(app, world, "王芳").source(f"/cases/{case}")
