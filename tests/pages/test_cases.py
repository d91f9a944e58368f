"""All cases, finding one, and the case page, at 榆树市."""

import datetime as dt
import io
import re
from collections.abc import Iterator

import fastexcel
import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditRow
from app.cases.searching import clean, clean_name, clean_number
from app.intake.cells import read_cells
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.files.lists import ZHANG, sheet_of
from tests.pages.desk import Desk, accepted, ids_on
from tests.world.builder import build_world
from tests.world.world import World
from worker.working import drain


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 6), allow=True):
        yield built


@pytest.fixture
def ids(app: Flask, world: World) -> list[int]:
    return accepted(app, world)


@pytest.fixture
def zhaolei(app: Flask, world: World, ids: list[int]) -> Desk:
    return Desk(app, world, "赵磊")


def trail(app: Flask, world: World, verb: str) -> list[AuditRow]:
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        return list(db.session.scalars(select(AuditRow).where(AuditRow.verb == verb)))


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/cases", 5),
        ("/cases?state=accepted", 5),
        ("/cases?state=submitted", 0),
        ("/cases?state=nonsense", 5),
        ("/cases?scheme=medical", 1),
        ("/cases?period=202611", 5),
        ("/cases?period=202612", 0),
        ("/cases?unit=999999", 0),
    ],
)
def test_filters_stand_in_the_address(zhaolei: Desk, address: str, rows: int) -> None:
    assert len(set(re.findall(r'href="/cases/(\d+)"', zhaolei.source(address)))) == rows


def test_pages_go_on_and_back(app: Flask, world: World, ids: list[int]) -> None:
    from app.cases.models import Case
    from app.cases.paging import Place
    from app.cases.queries import households

    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        everything = Case.id > 0
        first = households(everything, Place(), limit=2)
        assert [row.id for row in first.rows] == ids[:-3:-1]
        assert first.previous is None
        assert first.next
        second = households(everything, first.next, limit=2)
        third = households(everything, second.next or Place(), limit=2)
        assert [row.id for row in third.rows] == ids[:1]
        assert third.next is None
        back = households(everything, second.previous or Place(), limit=2)
        assert [row.id for row in back.rows] == [row.id for row in first.rows]
        assert back.previous is None


def test_the_workbook_holds_what_the_page_shows_masked(
    app: Flask, world: World, zhaolei: Desk
) -> None:
    answer = zhaolei.send("/sheet", of="/cases?scheme=medical")
    sheet = fastexcel.read_excel(io.BytesIO(answer.data).getvalue()).load_sheet(0).to_polars()
    assert sheet.height == 1
    assert re.fullmatch(r"\d{6}\*{8}[\dX]{4}", sheet["证件号码"][0])
    assert zhaolei.client.get("/sheet").status_code in (404, 405)
    assert [row.detail["count"] for row in trail(app, world, "list.export")] == [1]


@pytest.mark.parametrize("typed", ["榆核 2026-11-000001", "榆核2026-11-000001", "2026-11-000001"])
def test_a_number_leads_to_the_case(zhaolei: Desk, ids: list[int], typed: str) -> None:
    answer = zhaolei.send("/search", q=typed)
    assert answer.status_code == 303
    assert answer.location == f"/cases/{ids[0]}"


def test_an_entrustments_number_leads_to_its_cases(zhaolei: Desk) -> None:
    page = zhaolei.act("/search", q="榆委 2026-11-000001")
    assert "委托 榆委 2026-11-000001" in page


def test_an_entrustment_is_drawn_with_its_counts(
    app: Flask, world: World, zhaolei: Desk, ids: list[int]
) -> None:
    """赵磊 sees how many are past each step; 罗琳, whose entrustment it is, sees the same."""
    found = re.search(r'href="(/cases/entrustments/\d+)"', zhaolei.source(f"/cases/{ids[0]}"))
    assert found
    of = len(ids)
    page = zhaolei.read(found[1])
    assert all(words in page for words in (f"提交 {of} 户", f"初审 {of} / {of}", f"复审 0 / {of}"))
    assert "逾期" not in page.partition("图例")[0].partition("自上而下")[0]
    luolin = Desk(app, world, "罗琳")
    theirs = luolin.read(found[1].replace("/cases", ""))
    assert all(
        words in theirs for words in (f"提交 {of} 户", f"初审 {of} / {of}", f"反馈 0 / {of}")
    )
    luolin.read(found[1], status=403)


def test_an_unknown_number_says_so(zhaolei: Desk) -> None:
    answer = zhaolei.send("/search", q="榆核 2026-11-999999")
    assert answer.status_code == 422
    assert "没有找到这个编号" in answer.text


def test_a_person_is_found_behind_an_opaque_address(
    app: Flask, world: World, zhaolei: Desk
) -> None:
    person = world.household("孟宪章").subjects[1]
    for typed in (person.name, f" {person.id_number.lower()} "):
        answer = zhaolei.send("/search", q=typed)
        assert answer.status_code == 303
        assert person.id_number not in answer.location
        assert "孟" not in answer.location
        page = zhaolei.read(answer.location)
        assert "田桂芝" in page  # the head of his household
        assert person.id_number not in page
    assert [row.detail["by"] for row in trail(app, world, "person.search")] == ["name", "id_number"]
    assert "没有找到" in zhaolei.act("/search", q="查无此人")
    other = Desk(app, world, "王芳")
    assert "已过期" in other.read(answer.location, status=422)
    zhaolei.read("/search/AAAA", status=422)
    assert Desk(app, world, "徐晨").send("/search", q="孟宪章").status_code == 403


def test_a_search_cleans_what_was_typed_as_the_lists_do() -> None:
    for name in ("阿卜杜拉 • 买买提", "张  三", "Anna  Li", "买买提.艾力"):
        number = "'22018219 8501011x"
        frame = read_cells(
            sheet_of([ZHANG | {"name": name, "id_number": number}]).frame, lambda places: {}
        )
        assert clean_name(clean(name)) == frame["name"][0]
        assert clean_number(clean(number)) == frame["id_number"][0]


def test_the_case_page_from_review_to_routing(
    app: Flask, settings: Settings, zhaolei: Desk, ids: list[int]
) -> None:
    before = zhaolei.read(f"/cases/{ids[0]}")
    assert "高文斌 一户" in before
    assert "待审核复审" in before
    assert "核对进程" in before
    assert "授权 4 / 4 有效" in before
    assert "受理初审通过 · 王芳" in before
    assert "办理期限" in before
    assert "数据交换 11-11—11-20" in before
    zhaolei.act("/review/approve", ids=ids_on(zhaolei.source("/review"))[:1])
    drain(app, settings)
    after = zhaolei.read(f"/cases/{ids[0]}")
    assert "待上级反馈" in after
    assert "省级" in after
    assert "本级 · 榆树市公安局" in after
    assert "各级均不能核对" in after


def test_a_number_is_shown_for_a_reason_and_to_that_person_only(
    app: Flask, world: World, zhaolei: Desk, ids: list[int]
) -> None:
    numbers = [subject.id_number for subject in world.household("高文斌").subjects]
    page = f"/cases/{ids[0]}"
    look = re.findall(r'action="(/cases/\d+/subjects/\d+/look)"', zhaolei.source(page))
    assert len(look) == len(numbers)
    assert zhaolei.send(look[0], reason="curious").status_code == 422
    opened = zhaolei.act(look[0], reason="compare_paper")
    assert [number in opened for number in numbers] == [True, False, False, False]
    assert [row.reason for row in trail(app, world, "subject.unmask")] == ["与纸质材料比对"]
    assert numbers[0] not in Desk(app, world, "王芳").read(page)
    foreign = look[0].replace(str(ids[0]), str(ids[1]))
    assert zhaolei.send(foreign, reason="compare_paper").status_code == 404


def test_another_agencys_case_is_not_there(app: Flask, world: World, ids: list[int]) -> None:
    stranger = Desk(app, world, "张伟")  # reviews at 双阳区
    foreign, missing = stranger.client.get(f"/cases/{ids[0]}"), stranger.client.get("/cases/1")
    assert foreign.status_code == missing.status_code == 404
    assert "高文斌" not in foreign.text
    assert re.findall(r'href="/cases/(\d+)"', stranger.source("/cases")) == []
    assert "没有找到" in stranger.act("/search", q="高文斌")
