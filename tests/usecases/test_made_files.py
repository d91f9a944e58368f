"""Files made by the worker: what is in them, for whom, and what happens when something goes wrong."""

import datetime as dt
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import pyzipper
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from app.accounts.models import AccountRole
from app.audit.models import AuditRow
from app.cases import paging
from app.cases.models import Case, Entrustment, SubjectList
from app.data_package import exporting
from app.made import making
from app.made.models import MadeFile
from app.made.service import forget_expired
from app.prints import making as print_making
from app.prints import ordering
from tenants import files
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.outbox import Job
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.desk import Desk, at_work, entrusted
from tests.pages.test_data_package import PASSWORD, scanned
from tests.pages.test_prints import printed, uploaded
from tests.world.builder import build_world
from tests.world.lists import desk_list
from tests.world.world import World
from worker import handlers
from worker.working import drain

DAY = dt.date(2026, 11, 5)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(DAY, allow=True):
        yield built


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as large, and a part is two households or three rows."""
    monkeypatch.setattr(ordering, "SHEETS_AT_ONCE", 0)
    monkeypatch.setattr(ordering, "ROWS_AT_ONCE", 0)
    monkeypatch.setattr(print_making, "HOUSEHOLDS_PER_JOB", 2)
    monkeypatch.setattr(paging, "ROWS_AT_ONCE", 3)
    monkeypatch.setattr(exporting, "SCANS_AT_ONCE", 0)


def made(app: Flask, world: World) -> list[MadeFile]:
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        rows = list(db.session.scalars(select(MadeFile).order_by(MadeFile.id)))
        db.session.expunge_all()
        return rows


def everything_of(desk: Desk, list_id: int, paper: str = "authorisations", **more: object) -> str:
    """Ask for a paper of a whole list; where it can be watched."""
    answer = desk.send(f"/prints/lists/{list_id}/{paper}", all_matching=str(10**17 * 9), **more)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def pages_of(pdf: bytes) -> int:
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    found = re.search(r"Pages:\s+(\d+)", done.stdout.decode())
    assert found
    return int(found[1])


def test_a_print_made_by_the_worker_is_the_one_made_at_once(
    app: Flask, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """徐晨 prints the consents of a whole list: once as a small thing, once as a large one."""
    desk, list_id = uploaded(app, world)
    with app.app_context(), at_work(world, "徐晨"):
        ids = [str(id_) for id_ in db.session.scalars(select(Case.id))]
    at_once = desk.send(f"/prints/lists/{list_id}/authorisations", ids=ids)
    assert at_once.mimetype == "application/pdf"
    monkeypatch.setattr(ordering, "SHEETS_AT_ONCE", 0)
    monkeypatch.setattr(print_making, "HOUSEHOLDS_PER_JOB", 2)
    where = everything_of(desk, list_id)
    page = desk.read(where)
    assert "正在生成" in page
    assert f"0 / {len(ids)}" in page
    assert desk.client.get(f"{where}/progress").json["finished"] is False
    assert "正在生成文件（户或行）" in desk.read("/"), "any page shows it, after a reload too"
    assert "正在生成文件" not in Desk(app, world, "罗琳").read("/"), "nobody else waits for it"
    assert desk.send(f"{where}/download").status_code == 422
    drain(app, settings)
    (row,) = made(app, world)
    assert (row.done, row.part_ids, row.unit_id, row.desk_id) == (
        len(ids),
        [],
        world.actor("徐晨").unit_id,
        world.actor("徐晨").desk_id,
    )
    assert "“查询授权书”已生成" in desk.read("/notices")
    assert "已生成，请下载" in desk.read(where)
    assert "查询授权书.pdf" in desk.read("/files")
    fetched = desk.send(f"{where}/download")
    assert fetched.status_code == 200
    assert printed(fetched.data) == printed(at_once.data)
    assert pages_of(fetched.data) == pages_of(at_once.data)
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        kept = select(AuditRow.verb).where(AuditRow.account_id == world.actor("徐晨").account_id)
        verbs = list(db.session.scalars(kept))
    assert {"print.authorisations", "file.ask", "file.download"} <= set(verbs)


@pytest.mark.usefixtures("small_parts")
def test_a_document_over_all_households_is_the_same_too(
    app: Flask, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """罗琳 prints the submitted list; drawn in pieces of a page it numbers its pages through."""
    entrusted(app, world)
    luolin = Desk(app, world, "罗琳")
    with app.app_context(), at_work(world, "罗琳"):
        number = db.session.scalars(select(Entrustment.id)).one()
    monkeypatch.setattr("app.report.paper.render.PAGES_PER_RUN", 1)
    where = luolin.send(f"/prints/entrustments/{number}/list").location
    drain(app, settings)
    by_worker = printed(luolin.send(f"{where}/download").data)
    monkeypatch.setattr(ordering, "ROWS_AT_ONCE", 400)
    monkeypatch.setattr("app.report.paper.render.PAGES_PER_RUN", 100)
    at_once = luolin.send(f"/prints/entrustments/{number}/list")
    assert by_worker == printed(at_once.data)
    assert "第1页" in by_worker


@pytest.mark.usefixtures("small_parts")
def test_sent_twice_it_is_made_once(app: Flask, settings: Settings, world: World) -> None:
    desk, list_id = uploaded(app, world)
    form = {"form_id": "5b0a36ad-3f3c-4f6f-a6a6-6b3c9e1f0a11"}
    everything_of(desk, list_id, **form)
    assert everything_of(desk, list_id, **form) == "/files"
    drain(app, settings)
    assert len(made(app, world)) == 1
    with app.app_context(), acting_for(world.agency("榆树市").id, "relay"):
        jobs = list(db.session.scalars(select(Job.id).where(Job.kind == "file.print")))
        again = update(Job).where(Job.id == jobs[0]).values(state="waiting", lease_until=None)
        db.session.execute(again)
    before = [vars(row)["file_id"] for row in made(app, world)]
    drain(app, settings)
    assert [row.file_id for row in made(app, world)] == before, "an old job changes nothing"


class Killed(BaseException):
    """As if the process had been killed."""


@pytest.mark.usefixtures("small_parts")
def test_a_worker_killed_in_the_middle_loses_one_part(
    app: Flask, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, list_id = uploaded(app, world)
    where = everything_of(desk, list_id, "notices")
    real, calls = print_making.PRINTS.step, []

    def killed_at_the_second(task: making.Task) -> making.Part:
        calls.append(task.reached)
        if len(calls) == 2:
            real(task)
            raise Killed
        return real(task)

    broken = making.Maker(killed_at_the_second, print_making.PRINTS.join)
    monkeypatch.setitem(handlers.HANDLERS, "file.print", lambda id: making.make(broken, id))
    drain(app, settings)
    (row,) = made(app, world)
    assert (row.done, row.file_id, len(row.part_ids)) == (2, None, 1)
    with app.app_context(), acting_for(world.agency("榆树市").id, "relay"):
        ended = update(Job).where(Job.state == "running")
        db.session.execute(ended.values(lease_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
    drain(app, settings)
    assert calls[:3] == [0, 2, 2], "the part that was lost is made again, and no other"
    (row,) = made(app, world)
    pdf = desk.send(f"{where}/download").data
    with app.app_context(), at_work(world, "徐晨"):
        households = len(list(db.session.scalars(select(Case.id))))
    assert printed(pdf).count("您的权利") == households


@pytest.mark.usefixtures("small_parts")
def test_nobody_else_fetches_it_not_in_the_same_unit_either(
    app: Flask, settings: Settings, world: World
) -> None:
    """王芳's export is hers: 赵磊 at the same agency gets the answer of a file that is not there."""
    entrusted(app, world)
    wangfang = Desk(app, world, "王芳")
    where = wangfang.send("/sheet", of="/cases").location
    drain(app, settings)
    for name in ("赵磊", "罗琳", "徐晨"):
        other = Desk(app, world, name)
        assert other.client.get(where).status_code == 404, name
        assert other.client.get(f"{where}/progress").status_code == 404, name
        assert other.send(f"{where}/download").status_code == 404, name
        assert other.send(f"{where}/again").status_code == 404, name
        assert ".xlsx" not in other.read("/files")
    assert wangfang.send(f"{where}/download").status_code == 200


def lines(data: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def test_a_long_list_is_the_same_workbook_row_by_row(
    app: Flask, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entrusted(app, world)
    wangfang = Desk(app, world, "王芳")
    at_once = lines(wangfang.send("/sheet", of="/cases").data)
    assert len(at_once) > 5
    monkeypatch.setattr(paging, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr("app.web.sheet_making.STRETCHES_PER_JOB", 2)
    where = wangfang.send("/sheet", of="/cases").location
    assert f"0 / {len(at_once) - 1}" in wangfang.read(where)
    drain(app, settings)
    assert lines(wangfang.send(f"{where}/download").data) == at_once
    assert made(app, world)[0].done == len(at_once) - 1


@pytest.mark.usefixtures("small_parts")
def test_the_worker_reads_a_list_with_the_persons_own_eyes(
    app: Flask, settings: Settings, world: World
) -> None:
    """徐晨 of 弓棚镇 exports 核对名单 while 五棵树镇 has lists too: only her own desk's rows, though
    the worker itself may read the whole agency; and numbers are masked as on the page."""
    desk, _ = uploaded(app, world)
    at_desk = world.unit("五棵树镇受理窗口").id
    other = next(p.name for p in world.people.values() if p.actor.desk_id == at_desk)
    for _ in range(4):
        name, data = desk_list("五棵树镇受理窗口", with_bad=False)
        Desk(app, world, other).act("/lists", file=(data, name))
        name, data = desk_list("弓棚镇受理窗口")
        desk.act("/lists", file=(data, name))
    with app.app_context(), at_work(world, "徐晨"):
        own = len(list(db.session.scalars(select(SubjectList.id))))
    where = desk.send("/sheet", of="/lists").location
    drain(app, settings)
    assert where.startswith("/files/")
    assert len(lines(desk.send(f"{where}/download").data)) == own + 1


@pytest.mark.usefixtures("small_parts")
def test_who_lost_the_right_gets_nothing_any_more(
    app: Flask, settings: Settings, world: World
) -> None:
    """王芳 leaves her desk between asking and making: nothing is made. And between making and
    fetching: nothing is handed out."""
    entrusted(app, world)
    wangfang = Desk(app, world, "王芳")
    first = wangfang.send("/sheet", of="/cases").location
    drain(app, settings)
    second = wangfang.send("/sheet", of="/cases").location
    agency, account = world.agency("榆树市").id, world.actor("王芳").account_id
    with app.app_context(), acting_for(agency):
        ended = update(AccountRole).where(AccountRole.account_id == account)
        db.session.execute(ended.values(valid_to=dt.date(2026, 11, 4)))
    drain(app, settings)
    assert wangfang.send(f"{first}/download").status_code == 403
    page = wangfang.read(second)
    assert "未能生成" in page
    assert "已没有查看这些内容的权限" in page
    assert "没有生成" in wangfang.read("/notices")
    rows = made(app, world)
    assert [row.file_id is None for row in rows] == [False, True]


@pytest.mark.usefixtures("small_parts")
def test_what_failed_is_made_again_from_the_beginning(
    app: Flask, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, list_id = uploaded(app, world)
    where = everything_of(desk, list_id, "notices")
    real = print_making.PRINTS.step

    def breaks(task: making.Task) -> making.Part:
        if task.reached:
            raise LookupError("a household is not there")
        return real(task)

    broken = making.Maker(breaks, print_making.PRINTS.join)
    whole = handlers.HANDLERS["file.print"]
    monkeypatch.setitem(handlers.HANDLERS, "file.print", lambda id: making.make(broken, id))
    drain(app, settings)
    page = desk.read(where)
    assert "有的已经不在" in page
    assert "重新生成" in page
    monkeypatch.setitem(handlers.HANDLERS, "file.print", whole)
    assert "正在生成" in desk.act(f"{where}/again")
    assert desk.send(f"{where}/again").status_code == 422, "it runs already"
    drain(app, settings)
    pdf = desk.send(f"{where}/download").data
    (row,) = made(app, world)
    assert row.part_ids == []
    assert printed(pdf).count("您的权利") == row.total


@pytest.mark.usefixtures("small_parts")
def test_days_later_the_bytes_are_gone_and_the_page_says_so(
    app: Flask, settings: Settings, world: World
) -> None:
    desk, list_id = uploaded(app, world)
    where = everything_of(desk, list_id, "notices")
    drain(app, settings)
    (row,) = made(app, world)
    agency = world.agency("榆树市").id
    for day, is_there in ((8, True), (9, False)):
        with business_date_set_to(dt.date(2026, 11, day), allow=True), app.app_context():
            with acting_for(agency):
                forget_expired()
            with acting_for(agency, read_only=True):
                kept = select(files.File.id).where(files.File.id == row.file_id)
                assert (db.session.scalar(kept) is not None) is is_there, day
    with business_date_set_to(dt.date(2026, 11, 9), allow=True):
        assert "已过期" in desk.read(where)
        assert "销毁" in desk.send(f"{where}/download").text
    last = dt.date(2026, 12, 31)
    with business_date_set_to(last, allow=True), app.app_context(), acting_for(agency):
        forget_expired()
    assert made(app, world) == []


def test_a_large_entrustment_is_packed_in_volumes_that_come_in_again(
    app: Flask, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """罗琳 exports: every household is in one of the discs, and 王芳 takes each of them in."""
    scanned(app, world)
    luolin = Desk(app, world, "罗琳")
    with app.app_context(), at_work(world, "罗琳"):
        number = db.session.scalars(select(Entrustment.id)).one()
        households = len(list(db.session.scalars(select(Case.id).where(Case.entrustment_id > 0))))
    monkeypatch.setattr(exporting, "MOST_HOUSEHOLDS", 2)
    answer = luolin.send(f"/entrustments/{number}/package", password=PASSWORD)
    assert answer.location == "/files"
    rows = made(app, world)
    assert all(PASSWORD.encode() not in (row.password_sealed or b"") for row in rows)
    drain(app, settings)
    rows = made(app, world)
    assert [row.password_sealed for row in rows] == [None] * len(rows)
    assert sum(row.total for row in rows) == households
    assert f"第 1 包（共 {len(rows)} 包）" in luolin.read("/files")
    wangfang = Desk(app, world, "王芳")
    department = world.unit("榆树市民政局社会救助科").id
    for row in rows:
        package = luolin.send(f"/files/{row.id}/download").data
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            assert all(info.flag_bits & 1 for info in archive.infolist())
        with pyzipper.AESZipFile(io.BytesIO(package)) as archive:
            archive.setpassword(PASSWORD.encode())
            assert archive.testzip() is None
        form = {"unit": department, "file": (package, "光盘.zip"), "password": PASSWORD}
        assert "榆民救委〔2026〕11号" in wangfang.act("/intake/packages", **form)
