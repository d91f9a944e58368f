"""列对应 at 弓棚镇: a register with headings of its own is explained once, and read ever after."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cases.models import Case, SubjectList
from app.intake.models import ListLayout
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.files import File
from tests.files.ooxml import WPS, Page, workbook
from tests.pages.desk import Desk, at_work, ids_on
from tests.pages.stage import on_day
from tests.rules.test_list_columns import OWN_HEADINGS, SENT_KEYS, TITLE, said
from tests.world.builder import build_world
from tests.world.households import Household, households
from tests.world.lists import rows_of
from tests.world.world import World
from worker.daily import look_around

GONGPENG = "弓棚镇受理窗口"


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 5), allow=True):
        yield built


@pytest.fixture
def xuchen(app: Flask, world: World) -> Desk:
    """徐晨 keeps 弓棚镇's register in WPS, as the street always did."""
    return Desk(app, world, "徐晨")


def register(count: int = 2, first: int = 0, **wrong: object) -> tuple[bytes, str]:
    """Some households of 弓棚镇 as its own register, deposits in ten thousands."""
    grown = [h for h in households() if h.desk == GONGPENG and not h.returned and of_age(h)]
    chosen = grown[first : first + count]
    rows = [dict(row) | wrong for row in rows_of(chosen, first=False)]
    for row in rows:
        if row.get("deposits"):
            row["deposits"] = float(str(row["deposits"])) / 10_000
    cells: list[list[Any]] = [[_cell(row.get(key)) for key in SENT_KEYS] for row in rows]
    page = Page("花名册", [[TITLE], [OWN_HEADINGS[key] for key in SENT_KEYS], *cells])
    return workbook(WPS, [page]), "花名册.xlsx"


def of_age(household: Household) -> bool:
    """Whether nobody in it consents through a guardian, whom the register has no column for."""
    return not any(row.get("guardian_name") for row in rows_of([household], first=False))


def _cell(cell: object) -> object:
    return str(cell) if cell is not None and not isinstance(cell, dt.date | float) else cell


def counted(world: World, table: type) -> int:
    with at_work(world, "徐晨"):
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def waiting(desk: Desk, **more: object) -> str:
    """Upload the register; the address of the page that asks about its columns."""
    answer = desk.send("/lists", file=register(**more))
    assert answer.status_code == 303
    assert "/lists/columns/" in answer.location
    return answer.location


def test_a_register_is_explained_once_and_read_ever_after(
    app: Flask, world: World, xuchen: Desk
) -> None:
    path = waiting(xuchen)
    asked, source = xuchen.read(path), xuchen.source(path)
    assert "没有认全表头" in asked
    assert "家庭代码" in asked
    numbers = [s.id_number for h in households() for s in h.subjects]
    assert not [number for number in numbers if number in source]
    with app.app_context():
        assert (counted(world, SubjectList), counted(world, ListLayout)) == (0, 0)
    told = xuchen.act(path, **said())
    assert "受理 2 户" in told
    assert "没有发现问题" in told
    with app.app_context():
        assert (counted(world, SubjectList), counted(world, ListLayout)) == (1, 1)
    again = xuchen.act("/lists", file=register(count=1, first=2))
    assert "受理 1 户" in again
    assert "按上次的列对应读取" in again


def test_what_is_missing_is_told_at_its_column_and_what_was_chosen_is_kept(
    app: Flask, world: World, xuchen: Desk
) -> None:
    path = waiting(xuchen)
    answer = xuchen.send(path, **said(**{"fixed-id_type": "", "place-phone": "3"}))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "没有指明哪一列是“证件类型”" in page
    assert "选了同一列(D 列)" in page
    assert 'href="#place-id_type"' in page
    assert re.search(r'name="fixed-application".*?<option selected>新申请', page, re.S)
    with app.app_context():
        assert counted(world, Case) == 0


def test_rows_are_judged_as_ever_once_the_columns_are_known(xuchen: Desk) -> None:
    told = xuchen.act(waiting(xuchen, authorised_on="2026-02-30"), **said())
    assert "退回 2 户" in told
    assert "“授权日期”：不是日期，或没有这一天" in told


def test_another_heading_row_and_a_choice_that_was_not_offered(xuchen: Desk) -> None:
    path = waiting(xuchen)
    assert "某某街道" in xuchen.read(f"{path}?row=1")
    assert xuchen.client.get(f"{path}?row=4000").status_code == 422
    assert xuchen.client.get(f"{path}?sheet=7").status_code == 422
    assert xuchen.send(path, **said(**{"place-name": "77"})).status_code == 422


def test_a_waiting_file_is_its_desk_s_alone(app: Flask, world: World, xuchen: Desk) -> None:
    path = waiting(xuchen)
    for name, status in (("孙丽", 404), ("罗琳", 404), ("王芳", 403)):
        assert Desk(app, world, name).client.get(path).status_code == status
        assert Desk(app, world, name).send(path, **said()).status_code == status
    xuchen.read(path)


def test_the_layout_is_changed_for_the_lists_to_come(
    app: Flask, world: World, xuchen: Desk
) -> None:
    xuchen.act(waiting(xuchen), **said())
    shown = xuchen.source("/lists")
    first = re.search(r'href="(/lists/\d+)"', shown)
    assert first
    link = re.search(r'href="(/lists/columns/\d+)"', xuchen.source(first[1]))
    assert link
    assert "这份名单已经受理" in xuchen.read(link[1])
    told = xuchen.act(link[1], **said(**{"unit-deposits": "yuan"}))
    assert "列对应已保存" in told
    with app.app_context(), at_work(world, "徐晨"):
        kept = db.session.scalars(select(ListLayout)).one()
        assert kept.layout["in_ten_thousand"] == []
        assert set(kept.layout["places"]) == set(SENT_KEYS) - {"row_no"}
    with app.app_context():
        assert counted(world, SubjectList) == 1


def test_a_corrected_list_may_be_explained_too(app: Flask, world: World, xuchen: Desk) -> None:
    luolin, wangfang = Desk(app, world, "罗琳"), Desk(app, world, "王芳")
    xuchen.act(waiting(xuchen), **said())
    letter = {"letter_number": "榆民救委〔2026〕11号", "letter_on": "2026-11-04"}
    luolin.act("/entrustments", ids=ids_on(luolin.source("/entrustments/new")), **letter)
    check = re.search(r'href="(/intake/\d+)"', wangfang.source("/intake"))
    assert check
    wangfang.act(f"{check[1]}/return", ids=ids_on(wangfang.source(check[1])), text="补齐")
    entrustment = re.search(r'href="(/entrustments/\d+)"', luolin.source("/entrustments"))
    assert entrustment
    answer = luolin.send(f"{entrustment[1]}/corrections", file=register())
    assert f"entrustment={entrustment[1].split('/')[-1]}" in answer.location
    hidden = {"entrustment": entrustment[1].split("/")[-1]}
    assert "受理 2 户" in luolin.act(answer.location, **said(), **hidden)


def test_a_file_that_nobody_explains_is_told_of_and_then_thrown_away(
    app: Flask, world: World, xuchen: Desk
) -> None:
    """徐晨 forgets two registers; one she explains after the notice, the other is destroyed."""
    path, other = waiting(xuchen), waiting(xuchen, count=1)
    told = "有一份名单文件的列还没有对应，2 天后销毁"
    for day, notices in ((16, 0), (17, 2), (18, 2)):
        with on_day(day):
            look_around(app)
            assert xuchen.read("/notices").count(told) == notices
    with on_day(18):
        xuchen.act(other, **said())
    with on_day(19):
        look_around(app)
        look_around(app)
        assert xuchen.read("/notices").count("14 天没有完成列对应，已经销毁") == 1
        xuchen.read(path, status=404)
    with app.app_context(), at_work(world, "徐晨"):
        lists = select(File.id).where(File.kind == "list")
        assert list(db.session.scalars(lists)) == [int(other.rsplit("/", 1)[1])]


def test_no_file_goes_before_its_sender_was_told(app: Flask, world: World, xuchen: Desk) -> None:
    """The worker stood still for a month: first the notice, the file the day after."""
    path = waiting(xuchen)
    with on_day(28):
        look_around(app)
        assert "2 天后销毁" in xuchen.read("/notices")
        xuchen.read(path)
    with on_day(29):
        look_around(app)
        xuchen.read(path, status=404)
