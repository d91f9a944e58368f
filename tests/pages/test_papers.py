"""Scans at the desk: one by one and for a whole list, looking at them, mending them."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.audit.models import AuditRow
from app.cases.models import Case
from app.papers.models import Paper
from tenants import files
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tests.pages.desk import Desk, at_work
from tests.pages.test_intake import GONGPENG, entrust, newest, upload
from tests.world.builder import build_world
from tests.world.lists import corrected_list
from tests.world.papers import authorisation, id_card
from tests.world.world import World


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 5), allow=True):
        yield built


@pytest.fixture
def xuchen(app: Flask, world: World) -> Desk:
    """徐晨 of 弓棚镇 has uploaded the list."""
    desk = Desk(app, world, "徐晨")
    upload(desk, GONGPENG)
    return desk


def household_page(desk: Desk) -> str:
    """The page of the sheets of the first household of the newest list."""
    found = re.search(r'href="(/papers/cases/\d+)"', desk.source(newest(desk, "/lists")))
    assert found
    return found[1]


def subjects_on(desk: Desk, page: str) -> list[str]:
    return re.findall(r'<tr id="s(\d+)"', desk.source(page))


def papers(app: Flask, world: World) -> list[Paper]:
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        return list(db.session.scalars(select(Paper).order_by(Paper.id)))


def test_a_clerk_adds_scans_until_nothing_is_missing(
    app: Flask, world: World, xuchen: Desk
) -> None:
    page = household_page(xuchen)
    people = subjects_on(xuchen, page)
    assert f"还缺 {2 * len(people)} 份" in xuchen.read(page)
    for person in people:
        for kind, scan in (
            ("authorisation", authorisation("某某", "2026-10-28")),
            ("id_card", id_card("某某", "2201")),
        ):
            answer = xuchen.send(page, subject=person, kind=kind, files=(scan, "某某.jpg"))
            assert answer.status_code == 303
    assert "授权书、身份证件齐全" in xuchen.read(page)
    shown = re.search(r'<img src="(/papers/\d+/picture)"', xuchen.source(page))
    assert shown
    assert Image.open(io.BytesIO(xuchen.client.get(shown[1]).data)).format == "JPEG"


def test_a_fault_in_one_of_several_files_writes_none(
    app: Flask, world: World, xuchen: Desk
) -> None:
    page = household_page(xuchen)
    person = subjects_on(xuchen, page)[0]
    sent = [(io.BytesIO(authorisation("某某", "2026")), "1.jpg"), (io.BytesIO(b"GIF89a"), "2.gif")]
    answer = xuchen.send(page, subject=person, kind="authorisation", files=sent)
    assert answer.status_code == 422
    assert "第 2 个文件" in answer.text
    given = {"subject": person, "kind": "id_card"}
    for fields, told in (
        ({"kind": "marriage"}, "不属于本户成员"),
        ({"subject": "7"}, "不属于本户成员"),
        ({"files": ""}, "请先选择"),
    ):
        scan = (id_card("某", "2"), "a.jpg")
        answer = xuchen.send(page, **({"files": scan} | given | fields))
        assert answer.status_code == 422
        assert told in answer.text
    assert papers(app, world) == []


def test_a_sheet_is_turned_cropped_and_taken_away(app: Flask, world: World, xuchen: Desk) -> None:
    page = household_page(xuchen)
    person = subjects_on(xuchen, page)[0]
    xuchen.send(page, subject=person, kind="id_card", files=(id_card("某某", "2201"), "a.jpg"))
    (before,) = papers(app, world)
    sheet = f"/papers/{before.id}"
    xuchen.read(sheet)
    assert xuchen.send(f"{sheet}/turn", quarters="1").status_code == 303
    assert (
        xuchen.send(f"{sheet}/crop", left="0", top="50", right="0", bottom="0").status_code == 303
    )
    assert "裁剪范围不对" in xuchen.send(f"{sheet}/crop", left="95").text
    (after,) = papers(app, world)
    assert Image.open(io.BytesIO(xuchen.client.get(f"{sheet}/picture").data)).size == (480, 380)
    assert after.original_file_id == before.file_id
    with app.app_context(), at_work(world, "徐晨"):
        assert Image.open(io.BytesIO(files.read(before.file_id, "paper").data)).size == (760, 480)
    xuchen.send(f"{sheet}/remove")
    assert papers(app, world) == []
    with app.app_context(), at_work(world, "徐晨"):
        assert files.read_many([before.file_id, after.file_id], "paper") == {}
    assert "还缺" in xuchen.read(page)


def test_pictures_are_seen_by_who_opened_them_and_by_nobody_else(
    app: Flask, world: World, xuchen: Desk
) -> None:
    page = household_page(xuchen)
    person = subjects_on(xuchen, page)[0]
    xuchen.send(page, subject=person, kind="id_card", files=(id_card("某某", "2201"), "a.jpg"))
    (row,) = papers(app, world)
    picture = f"/papers/{row.id}/picture"
    luolin = Desk(app, world, "罗琳")
    assert luolin.client.get(picture).status_code == 303
    luolin.act(f"{page}/look")
    assert luolin.client.get(picture).data.startswith(b"\xff\xd8\xff")
    assert Desk(app, world, "孙丽").client.get(picture).status_code == 404
    zhaolei = Desk(app, world, "赵磊")
    zhaolei.read(page, status=404)
    entrust(luolin)
    assert zhaolei.send(f"{page}/look").status_code == 422
    zhaolei.act(f"{page}/look", reason="复审需要核对授权书")
    assert zhaolei.client.get(picture).status_code == 200
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        reasons = set(
            db.session.scalars(select(AuditRow.reason).where(AuditRow.verb == "papers.unmask"))
        )
    assert reasons == {"收集材料", "复审需要核对授权书"}


def test_what_was_submitted_is_no_longer_the_desks_to_change(
    app: Flask, world: World, xuchen: Desk
) -> None:
    page = household_page(xuchen)
    person = subjects_on(xuchen, page)[0]
    given = {"subject": person, "kind": "id_card", "files": (id_card("某", "2"), "a.jpg")}
    xuchen.send(page, **given)
    (row,) = papers(app, world)
    entrust(Desk(app, world, "罗琳"))
    again = given | {"files": (id_card("某", "2"), "a.jpg")}
    for path, fields in (
        (page, again),
        (f"/papers/{row.id}/turn", {}),
        (f"/papers/{row.id}/remove", {}),
    ):
        assert xuchen.send(path, **fields).status_code == 404
    assert len(papers(app, world)) == 1


def test_a_whole_list_is_scanned_proposed_and_then_written(
    app: Flask, world: World, xuchen: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    household = next(h for h in world.households if h.desk == GONGPENG)
    head = household.head.name
    listed = newest(xuchen, "/lists")
    sent = [
        (io.BytesIO(authorisation(head, "2026")), f"{household.no} {head} 授权书.jpg"),
        (io.BytesIO(id_card(head, "2")), f"{household.no}-1-身份证.jpg"),
        (io.BytesIO(id_card(head, "2")), f"不知谁的 {head}.jpg"),
        (io.BytesIO(b"%PDF-1.7 broken"), f"{household.no} {head} 情况说明.pdf"),
    ]
    answer = xuchen.send(f"{listed}/papers", order="named", files=sent)
    page = xuchen.read(answer.location)
    assert "4 个文件，2 个找到对应的人，2 个没有对应" in page
    assert f"不知谁的 {head}.jpg 文件名中没有本名单的户编号" in page
    assert papers(app, world) == []
    xuchen.act(answer.location)
    assert [row.kind for row in papers(app, world)] == ["authorisation", "id_card"]
    assert "未重复写入" in xuchen.send(answer.location).text
    assert Desk(app, world, "孙丽").client.get(answer.location).status_code == 404
    assert head not in caplog.text
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        told = [str(row.detail) + row.reason for row in db.session.scalars(select(AuditRow))]
        assert not [line for line in told if head in line]


def test_the_pictures_of_a_zip_in_the_order_of_the_list(
    app: Flask, world: World, xuchen: Desk
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in (10, 2, 1):
            archive.writestr(f"scan/{number}.jpg", authorisation(str(number), "2026"))
        archive.writestr("__MACOSX/scan/._1.jpg", b"junk")
    listed = newest(xuchen, "/lists")
    answer = xuchen.send(
        f"{listed}/papers", order="authorisation", files=(buffer.getvalue(), "扫描.zip")
    )
    xuchen.act(answer.location)
    page = xuchen.read(newest(xuchen, "/lists"))
    assert len(papers(app, world)) == 3
    assert "扫描件（缺" in page


def test_sheets_follow_their_people_through_a_corrected_list(
    app: Flask, world: World, xuchen: Desk
) -> None:
    luolin, wangfang = Desk(app, world, "罗琳"), Desk(app, world, "王芳")
    entrust(luolin)
    check = newest(wangfang, "/intake")
    household = next(h for h in world.households if h.desk == GONGPENG)
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        case = db.session.scalars(select(Case).where(Case.household_no == household.no)).one()
    wangfang.act(f"{check}/return", ids=f"{case.id}:{case.rev}", reasons=["authorisation_missing"])
    page = f"/papers/cases/{case.id}"
    person = subjects_on(luolin, page)[0]
    luolin.send(
        page, subject=person, kind="authorisation", files=(authorisation("某", "2026"), "a.jpg")
    )
    filename, data = corrected_list(household)
    luolin.act(f"{newest(luolin, '/entrustments')}/corrections", file=(data, filename))
    now = subjects_on(luolin, page)
    assert person not in now
    assert [str(row.subject_id) for row in papers(app, world)] == now[:1]
