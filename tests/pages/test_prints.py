"""Printing at the browser: who finds which paper where, and what the trail keeps of it."""

import datetime as dt
import re
import subprocess
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditRow
from app.cases.models import Case, Entrustment, SubjectList
from tenants.calendar import business_date_set_to
from tenants.database import TenantRow, db
from tenants.scope import acting_for
from tests.pages.desk import Desk, at_work, entrusted, ids_on
from tests.world.builder import build_world
from tests.world.lists import desk_list
from tests.world.world import World

NUMBER = re.compile(r"\d{17}[\dX]")


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 4), allow=True):
        yield built


def newest(app: Flask, world: World, name: str, table: type[TenantRow]) -> int:
    with app.app_context(), at_work(world, name):
        return db.session.scalars(select(table.id).order_by(table.id.desc())).first() or 0


def printed(pdf: bytes) -> str:
    assert pdf.startswith(b"%PDF-")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return re.sub(r"\s+", "", done.stdout.decode())


def trail(app: Flask, world: World, verb: str) -> list[AuditRow]:
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        rows = db.session.scalars(select(AuditRow).where(AuditRow.verb == verb)).all()
        db.session.expunge_all()
        return list(rows)


def uploaded(app: Flask, world: World) -> tuple[Desk, int]:
    """徐晨 uploads the list of 弓棚镇."""
    desk = Desk(app, world, "徐晨")
    name, data = desk_list("弓棚镇受理窗口")
    desk.act("/lists", file=(data, name))
    return desk, newest(app, world, "徐晨", SubjectList)


def test_the_desk_prints_a_consent_for_everybody_it_ticked(app: Flask, world: World) -> None:
    desk, list_id = uploaded(app, world)
    assert "打印材料" in desk.read(f"/lists/{list_id}")
    page = f"/prints/lists/{list_id}"
    first = ids_on(desk.source(page))[:1]
    answer = desk.send(f"{page}/authorisations", ids=first)
    said = printed(answer.data)
    assert answer.mimetype == "application/pdf"
    assert NUMBER.search(said), "the number is whole on the paper that is signed"
    assert "弓棚镇" not in str(answer.headers), "a file's name holds nothing private"
    with app.app_context(), at_work(world, "徐晨"):
        size = db.session.scalars(select(Case.size).where(Case.id == int(first[0]))).one()
    assert said.count("社会救助家庭经济状况查询授权书") == size
    (row,) = trail(app, world, "print.authorisations")
    assert (row.account_id, row.subject_kind, row.subject_id) == (
        world.actor("徐晨").account_id,
        "subject_list",
        list_id,
    )
    assert row.detail["count"] == size
    assert len(row.detail["cases"]) == row.detail["households"] == 1, "which household was printed"
    refusals(app, world, desk, list_id)
    before_sealing(app, world, list_id)


def refusals(app: Flask, world: World, desk: Desk, list_id: int) -> None:
    """Nothing ticked, ids of 五棵树镇 sent with one's own list, a paper of somebody else's desk."""
    page = f"/prints/lists/{list_id}"
    assert desk.send(f"{page}/notices").status_code == 422
    name, data = desk_list("五棵树镇受理窗口", with_bad=False)
    at_desk = world.unit("五棵树镇受理窗口").id
    other = next(p.name for p in world.people.values() if p.actor.desk_id == at_desk)
    Desk(app, world, other).act("/lists", file=(data, name))
    foreign = newest(app, world, other, Case)
    assert desk.send(f"{page}/home-visits", ids=[str(foreign)]).status_code == 404
    own = ids_on(desk.source(page))[:1]
    assert "入户调查表" in printed(desk.send(f"{page}/home-visits", ids=own).data)
    assert desk.send("/prints/entrustments/new/letter", ids=["1"]).status_code == 403
    wangfang = Desk(app, world, "王芳")
    assert wangfang.send(f"{page}/notices", ids=own).status_code == 403
    assert trail(app, world, "print.notices") == []
    assert "您的权利" in printed(Desk(app, world, "罗琳").send(f"{page}/notices", ids=own).data)


def before_sealing(app: Flask, world: World, list_id: int) -> None:
    """罗琳 prints what will be sealed, of 弓棚镇's list alone."""
    luolin = Desk(app, world, "罗琳")
    assert "打印委托书和名单" in luolin.read("/entrustments/new")
    page = "/prints/entrustments/new"
    assert "将要用印的名单" in luolin.read(page)
    fields = {"ids": [str(list_id)], "letter_number": "榆民救委〔2026〕11号"}
    letter = printed(luolin.send(f"{page}/letter", **fields).data)
    listed = printed(luolin.send(f"{page}/list", **fields).data)
    assert "榆民救委〔2026〕11号" in letter
    assert "2026年11月27日前将核对结果反馈" in letter
    with app.app_context(), at_work(world, "罗琳"):
        people = sum(db.session.scalars(select(Case.size).where(Case.list_id == list_id)))
    assert f"户{people}人" in letter
    assert len(NUMBER.findall(listed)) == people
    refused = luolin.send(f"{page}/letter", ids=[str(list_id)], letter_number="文" * 61)
    assert refused.status_code == 422
    assert "不超过 60 个字" in refused.text


def test_the_department_prints_a_submitted_entrustment(app: Flask, world: World) -> None:
    case_id = entrusted(app, world)[0]
    number = newest(app, world, "罗琳", Entrustment)
    luolin = Desk(app, world, "罗琳")
    assert "打印材料" in luolin.read(f"/entrustments/{number}")
    page = f"/prints/entrustments/{number}"
    assert "民主评议表" in luolin.read(page)
    assert "榆民救委〔2026〕11号" in printed(luolin.send(f"{page}/letter").data)
    summary = printed(luolin.send(f"{page}/summary").data)
    assert "合计" in summary
    assert not NUMBER.search(summary)
    sheet = printed(luolin.send(f"{page}/assessment").data)
    assert "核对未完成" in sheet
    assert not NUMBER.search(sheet)
    (row,) = trail(app, world, "print.assessment")
    assert (row.subject_kind, row.subject_id) == ("entrustment", number)
    at_the_agency(app, world, case_id, number)


def at_the_agency(app: Flask, world: World, case_id: int, number: int) -> None:
    """王芳 prints the summary, and no cover before the case is closed."""
    wangfang = Desk(app, world, "王芳")
    source = wangfang.source(f"/cases/{case_id}")
    assert "打印汇总表" in source
    assert "打印档案封面" not in source
    assert "汇总表" in printed(wangfang.send(f"/prints/batches/{number}/summary").data)
    answer = wangfang.send(f"/prints/cases/{case_id}/archive-cover")
    assert answer.status_code == 422
    assert "尚未办结" in answer.text
