"""From a desk's list to the intake check, page by page, in 榆树市."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tenants.calendar import business_date_set_to
from tests.pages.desk import Desk, ids_on
from tests.world.builder import build_world
from tests.world.lists import corrected_list, desk_list
from tests.world.world import World

GONGPENG, WUKESHU = "弓棚镇受理窗口", "五棵树镇受理窗口"


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 5), allow=True):
        yield built


@pytest.fixture
def xuchen(app: Flask, world: World) -> Desk:
    """徐晨 takes people in at 弓棚镇."""
    return Desk(app, world, "徐晨")


@pytest.fixture
def luolin(app: Flask, world: World) -> Desk:
    """罗琳 seals for the department."""
    return Desk(app, world, "罗琳")


@pytest.fixture
def wangfang(app: Flask, world: World) -> Desk:
    """王芳 does the intake check."""
    return Desk(app, world, "王芳")


def upload(desk: Desk, name: str) -> str:
    filename, data = desk_list(name)
    return desk.act("/lists", file=(data, filename))


def entrust(department: Desk, **fields: object) -> str:
    chosen = {"ids": ids_on(department.source("/entrustments/new"))}
    letter = {"letter_number": "榆民救委〔2026〕11号", "letter_on": "2026-11-04"}
    return department.act("/entrustments", **(chosen | letter | fields))


def test_a_clerk_uploads_a_list_and_reads_what_is_wrong(xuchen: Desk) -> None:
    page = upload(xuchen, GONGPENG)
    assert "退回 4 户" in page
    assert "下载错误文件" in page
    assert "“证件号码”" in page
    assert "每户只能有一人" in page
    assert re.search(r"\d{6}\*{8}\w{4}", page)


def test_the_error_file_comes_down_by_post_only(xuchen: Desk) -> None:
    upload(xuchen, GONGPENG)
    path = re.search(r'action="(/lists/\d+/errors)"', xuchen.source(newest(xuchen, "/lists")))
    assert path
    assert xuchen.client.get(path[1]).status_code == 405
    answer = xuchen.send(path[1])
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_a_file_that_is_no_list_is_refused_at_its_field(xuchen: Desk) -> None:
    answer = xuchen.send("/lists", file=(b"%PDF-1.7 no list", "a.pdf"))
    assert answer.status_code == 422
    assert "PDF" in answer.get_data(as_text=True)
    assert "还没有上传过名单" in xuchen.read("/lists")


def test_no_file_at_all(xuchen: Desk) -> None:
    answer = xuchen.send("/lists")
    assert answer.status_code == 422
    assert "请选择要上传的核对名单" in answer.get_data(as_text=True)


def test_sending_the_same_form_twice_takes_the_list_in_once(xuchen: Desk) -> None:
    filename, data = desk_list(GONGPENG)
    form_id = "7d0f7b0e-5a36-4a0e-8a27-0a4f6dbe3f11"
    xuchen.act("/lists", file=(data, filename), form_id=form_id)
    assert "此前已经办理" in xuchen.act("/lists", file=(data, filename), form_id=form_id)
    assert len(re.findall(r"/lists/\d+\"", xuchen.source("/lists"))) == 2  # one row, two links


def test_a_desk_sees_its_own_lists_and_the_department_those_of_all(
    app: Flask, world: World, xuchen: Desk, luolin: Desk
) -> None:
    upload(xuchen, GONGPENG)
    own = newest(xuchen, "/lists")
    sunli = Desk(app, world, "孙丽")
    assert "还没有上传过名单" in sunli.read("/lists")
    sunli.read(own, status=404)
    assert GONGPENG in luolin.read("/lists")
    luolin.read(own)


def test_the_template_is_offered(xuchen: Desk) -> None:
    assert xuchen.client.get("/lists/template").data.startswith(b"PK")


def test_the_department_submits_all_lists_with_its_letter(
    app: Flask, world: World, xuchen: Desk, luolin: Desk
) -> None:
    upload(xuchen, GONGPENG)
    upload(Desk(app, world, "孙丽"), WUKESHU)
    page = entrust(luolin, letter_scan=(b"%PDF-1.7 sealed", "委托书.pdf"))
    assert "榆委 2026-11-000001" in page
    assert "待受理初审" in page
    assert "没有待提交的名单" in luolin.read("/entrustments/new")
    assert "榆民救委〔2026〕11号" in luolin.read("/entrustments")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"letter_number": " "}, "请输入委托书文号"),
        ({"letter_on": "2026-11-06"}, "晚于今天"),
        ({"letter_scan": (b"PK\x03\x04", "a.zip")}, "PDF 文件，或 JPG、PNG 图片"),
        ({"letter_scan": (b"GIF89a", "a.gif")}, "PDF 文件，或 JPG、PNG 图片"),
        ({"ids": []}, "请先选择"),
    ],
)
def test_a_letter_that_will_not_do(
    xuchen: Desk, luolin: Desk, fields: dict[str, object], told: str
) -> None:
    upload(xuchen, GONGPENG)
    letter = {"letter_number": "榆民救委〔2026〕11号", "letter_on": "2026-11-04"}
    chosen = {"ids": ids_on(luolin.source("/entrustments/new"))}
    answer = luolin.send("/entrustments", **(chosen | letter | fields))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert told in page
    if "letter_number" not in fields:
        assert "榆民救委〔2026〕11号" in page  # what was typed is not lost


def test_the_officer_accepts_some_and_returns_one_with_reasons(
    xuchen: Desk, luolin: Desk, wangfang: Desk
) -> None:
    upload(xuchen, GONGPENG)
    entrust(luolin)
    check = newest(wangfang, "/intake")
    first, *others = ids_on(wangfang.source(check))
    asked = wangfang.act(f"{check}/return/reasons", ids=[first])
    assert "退回 1 户" in asked
    assert "授权书缺失" in asked
    nothing = wangfang.send(f"{check}/return", ids=[first])
    assert nothing.status_code == 422
    assert "请至少勾选一项退回原因" in nothing.get_data(as_text=True)
    told = wangfang.act(
        f"{check}/return", ids=[first], reasons=["authorisation_missing"], text="缺配偶一份"
    )
    assert "已办理 1 项" in told
    assert f"已办理 {len(others)} 项" in wangfang.act(f"{check}/accept", ids=others)
    assert "没有这一状态的户" in wangfang.read(check)
    assert "授权书缺失；缺配偶一份" in luolin.read("/returned")


def test_everything_that_waits_is_accepted_at_once_but_not_what_came_later(
    xuchen: Desk, luolin: Desk, wangfang: Desk
) -> None:
    upload(xuchen, GONGPENG)
    entrust(luolin)
    check = newest(wangfang, "/intake")
    ids = [int(value.split(":")[0]) for value in ids_on(wangfang.source(check))]
    told = wangfang.act(f"{check}/accept", all_matching=str(ids[-2]))
    assert f"已办理 {len(ids) - 1} 项" in told
    assert len(ids_on(wangfang.source(check))) == 1


def test_numbers_are_masked_until_the_officer_opens_the_household(
    app: Flask, world: World, xuchen: Desk, luolin: Desk, wangfang: Desk
) -> None:
    upload(xuchen, GONGPENG)
    entrust(luolin)
    path = re.search(r'href="(/intake/cases/\d+)"', wangfang.source(newest(wangfang, "/intake")))
    assert path
    numbers = [s.id_number for h in world.households for s in h.subjects]
    masked = wangfang.source(path[1])
    assert not [n for n in numbers if n in masked]
    opened = wangfang.act(f"{path[1]}/look")
    assert [n for n in numbers if n in opened]
    assert "已记入日志" in opened
    assert looks(app, world) == [("case.unmask", "受理初审")]
    stranger = Desk(app, world, "徐晨")
    stranger.read(path[1], status=403)


def test_a_returned_household_comes_again_corrected_with_its_number_and_history(
    app: Flask, world: World, xuchen: Desk, luolin: Desk, wangfang: Desk
) -> None:
    household = next(h for h in world.households if h.desk == GONGPENG)
    other = next(h for h in world.households if h.desk == GONGPENG and h is not household)
    upload(xuchen, GONGPENG)
    entrust(luolin)
    check = newest(wangfang, "/intake")
    source = wangfang.source(check)
    head = next(s.name for s in household.subjects)
    row = next(part for part in source.split("<tr>") if head in part)
    number = re.search(r"榆核 2026-11-\d{6}", row)
    assert number
    wangfang.act(f"{check}/return", ids=ids_on(row), reasons=["person_incomplete"])
    entrustment = newest(luolin, "/entrustments")
    filename, data = corrected_list(household)
    page = luolin.act(f"{entrustment}/corrections", file=(data, filename))
    assert "受理 1 户" in page
    assert number[0] in page
    assert "待受理初审" in page
    again = next(part for part in wangfang.source(check).split("<tr>") if number[0] in part)
    assert "核对对象个人信息不完整" in again  # its history came with it
    filename, data = corrected_list(other)
    page = luolin.act(f"{entrustment}/corrections", file=(data, filename))
    assert "受理 0 户" in page
    assert "本次委托中这一户没有被退回" in page


def test_a_returned_household_comes_again_as_it_is(
    xuchen: Desk, luolin: Desk, wangfang: Desk
) -> None:
    upload(xuchen, GONGPENG)
    entrust(luolin)
    check = newest(wangfang, "/intake")
    wangfang.act(f"{check}/return", ids=ids_on(wangfang.source(check))[:1], text="授权书未盖章")
    assert "已办理 1 项" in luolin.act("/returned", ids=ids_on(luolin.source("/returned")))
    assert "没有退回的户" in luolin.read("/returned")


def test_the_wrong_people_are_refused(xuchen: Desk, luolin: Desk, wangfang: Desk) -> None:
    for desk, path in (
        (xuchen, "/entrustments/new"),
        (xuchen, "/intake"),
        (luolin, "/intake"),
        (wangfang, "/lists"),
        (wangfang, "/entrustments"),
    ):
        desk.read(path, status=403)
    luolin.read("/entrustments/1", status=404)
    wangfang.read("/intake/1", status=404)


def newest(desk: Desk, index: str) -> str:
    """The first row's page on an index."""
    found = re.search(rf'href="({index}/\d+)"', desk.source(index))
    assert found, desk.read(index)
    return found[1]


def looks(app: Flask, world: World) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from app.audit.models import AuditRow
    from tenants.database import db
    from tenants.scope import acting_for

    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        rows = select(AuditRow.verb, AuditRow.reason).where(AuditRow.verb == "case.unmask")
        return list(db.session.execute(rows).tuples())
