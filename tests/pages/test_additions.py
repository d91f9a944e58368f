"""追加与更正 at the browser: 罗琳 at the department records, 王芳 at 榆树市 checks."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Subject
from app.changes.models import Addition
from tenants.database import db
from tests.pages.desk import Desk, at_work, entrusted
from tests.pages.stage import on_day
from tests.usecases.test_additions import NEWBORN, number
from tests.world.builder import build_world
from tests.world.papers import blank_sheet
from tests.world.world import World

PAPER = {"on": "2026-11-02", "paper": "y"}


@pytest.fixture
def world(app: Flask) -> World:
    return build_world(app)


def newest(app: Flask, world: World) -> int:
    with app.app_context(), at_work(world, "王芳"):
        return (
            db.session.scalars(
                select(Addition.id).where(Addition.state == "proposed").order_by(Addition.id.desc())
            ).first()
            or 0
        )


def test_a_newborn_is_added_and_checked(app: Flask, world: World) -> None:
    with on_day(5):
        case = entrusted(app, world)[0]
        page = f"/households/{case}/changes"
        head = Desk(app, world, "罗琳")
        assert "追加成员…" in head.read(page)
        assert "自何日起为家庭成员" in head.read(f"{page}/member")
        sent = {**NEWBORN, **PAPER, "reason": "birth"}
        wrong = head.send(f"{page}/member", **{**sent, "id_number": "220182202610200010"})
        assert wrong.status_code == 422
        assert "证件号码" in wrong.get_data(as_text=True)
        assert "赵小宝" in wrong.get_data(as_text=True), "what was typed is kept"
        alone = head.send(f"{page}/member", **{**sent, "guardian_name": ""})
        assert "监护人" in alone.get_data(as_text=True)
        letter = (b"a letter", "授权书.doc")
        unread = head.send(f"{page}/member", **sent, scans=letter)
        assert unread.status_code == 422
        assert "第 1 个文件" in unread.get_data(as_text=True)
        typed = {**sent, "id_number": "220182202610200010", "guardian_name": "", "paper": ""}
        judged = head.send(f"{page}/member/judge", **typed).get_json()
        assert set(judged["faults"]) == {"id_number", "guardian_name"}, "as the sending says it"
        assert "guardian_name" in judged["blank"], "said once somebody has left the field"
        assert "paper" not in judged["judged"], "the box is ticked last"
        assert newest(app, world) == 0, "bad input writes nothing"
        brought = {
            "scans": (blank_sheet(), "授权书.jpg"),
            "register_scans": (blank_sheet(), "户口簿.jpg"),
            "marriage_scans": (blank_sheet(), "结婚证.jpg"),
        }
        said = head.act(f"{page}/member", **sent, **brought)
        assert "待受理初审" in said
        assert "赵小宝" in said
        officer = Desk(app, world, "王芳")
        assert "追加与更正" in officer.read("/")
        assert "赵小宝" in officer.read("/households/additions")
        one = f"/households/additions/{newest(app, world)}"
        shown = officer.read(one)
        assert NEWBORN["id_number"] not in shown
        assert "书面材料扫描件 扫描件 3 张" in shown
        papers = f"/papers/cases/{case}"
        assert "户口簿 第 1 张" not in officer.read(papers), "not before they are checked"
        assert NEWBORN["id_number"] in officer.act(f"{one}/look")
        nothing = officer.send(f"{one}/return", revision="0")
        assert nothing.status_code == 422
        assert "已办理 1 项" in officer.act(f"{one}/take", revision="0")
        kept = officer.client.get(papers).get_data(as_text=True)
        assert "户口簿 第 1 张" in kept, "they join the papers that the household came with"
        assert "婚姻证明 第 1 张" in kept
        of_case = officer.read(f"/cases/{case}")
        assert "赵小宝" in of_case
        assert f"监护人 {NEWBORN['guardian_name']}" in of_case, "who consented for a child"
        assert "追加成员，受理初审通过" in officer.read(f"/cases/{case}")
        assert "已受理" in head.read(page)
        # An issuer neither records nor checks; another window has no such household.
        Desk(app, world, "刘洋").read(one, status=403)
        Desk(app, world, "孙丽").read(page, status=404)


def test_a_number_is_put_right_and_given_back(app: Flask, world: World) -> None:
    with on_day(5):
        case = entrusted(app, world)[0]
        with app.app_context(), at_work(world, "王芳"):
            people = select(Subject.id).where(Subject.case_id == case).order_by(Subject.row_no)
            person = db.session.scalars(people.limit(1)).one()
        page = f"/households/{case}/changes"
        form = f"{page}/{person}/correction"
        head = Desk(app, world, "罗琳")
        name = re.search(r'id="name"[^>]*value="([^"]+)"', head.source(form))
        assert name
        sent = {"reason": "typed", "name": name[1], "id_type": "居民身份证", **PAPER}
        same = head.send(form, **sent)
        assert same.status_code == 422
        assert "没有需要更正的内容" in same.get_data(as_text=True)
        said = head.act(form, **sent, id_number=number("22018219690102402"))
        assert "原号码有误" in said
        assert "更正证件号码" in said
        officer = Desk(app, world, "王芳")
        one = f"/households/additions/{newest(app, world)}"
        given = officer.act(f"{one}/return", revision="0", reasons="authorisation")
        assert "已办理 1 项" in given
        assert "授权书缺签名" in head.read(page)
