"""核对电子数据包: out of an entrustment, and in again as a disc that is carried to the agency."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest
import pyzipper
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditRow
from app.cases.models import Case, CaseDuty, Entrustment, Subject
from app.data_package.models import DataPackage
from app.papers.models import Paper
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tests.pages.desk import Desk
from tests.pages.test_intake import GONGPENG, entrust, newest, upload
from tests.world.builder import build_world
from tests.world.papers import blank_sheet
from tests.world.world import World

PASSWORD = "yu-shu-2026-1105"
Files = dict[str, bytes]
LIST, MANIFEST, FIRST = "核对名单.xlsx", "数据包清单.json", "扫描件/00001.jpg"


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    built = build_world(app)
    with business_date_set_to(dt.date(2026, 11, 5), allow=True):
        yield built


def scanned(app: Flask, world: World) -> None:
    """徐晨 uploads 弓棚镇's list and all its scans; 罗琳 entrusts it with letter and sealed list."""
    xuchen = Desk(app, world, "徐晨")
    upload(xuchen, GONGPENG)
    sent = [
        (io.BytesIO(scan), f"{h.no} {subject.name} {word}.jpg")
        for h in world.households
        if h.desk == GONGPENG
        for subject in h.subjects
        for word, scan in (("授权书", blank_sheet()), ("身份证", blank_sheet(220)))
    ]
    answer = xuchen.send(f"{newest(xuchen, '/lists')}/papers", order="named", files=sent)
    xuchen.act(answer.location)
    letter = {
        "letter_scan": (b"%PDF-1.7 sealed", "委托书.pdf"),
        "list_scan": (blank_sheet(), "名单.jpg"),
    }
    entrust(Desk(app, world, "罗琳"), **letter)


def exported(app: Flask, world: World) -> bytes:
    luolin = Desk(app, world, "罗琳")
    page = f"{newest(luolin, '/entrustments')}/package"
    assert "数据包密码" in luolin.read(page)
    short = luolin.send(page, password="1234")
    assert short.status_code == 422
    answer = luolin.send(page, password=PASSWORD)
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


def files_in(package: bytes) -> Files:
    with pyzipper.AESZipFile(io.BytesIO(package)) as archive:
        archive.setpassword(PASSWORD.encode())
        return {name: bytes(archive.read(name)) for name in archive.namelist()}


def zipped(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def counts(app: Flask, world: World) -> list[int]:
    tables = (Case, Subject, Entrustment, Paper, DataPackage)
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_disc_is_exported_carried_and_imported_on_behalf(app: Flask, world: World) -> None:
    scanned(app, world)
    package = exported(app, world)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert all(info.flag_bits & 1 for info in archive.infolist())
        names = [s.name for h in world.households for s in h.subjects]
        assert not [n for n in archive.namelist() for name in names if name in n]
    before = counts(app, world)
    wangfang = Desk(app, world, "王芳")
    department = world.unit("榆树市民政局社会救助科").id
    form = {"unit": department, "file": (package, "光盘.zip")}
    wrong = wangfang.send("/intake/packages", password="not-the-password", **form)
    assert wrong.status_code == 422
    assert "密码不正确" in wrong.text
    form["file"] = (package, "光盘.zip")
    page = wangfang.act("/intake/packages", password=PASSWORD, **form)
    assert "榆民救委〔2026〕11号" in page
    assert "齐全" in page
    cases, subjects, entrustments, papers, packages = (
        now - then for now, then in zip(counts(app, world), before, strict=True)
    )
    assert (cases, entrustments, packages) == (before[0], 1, 1)
    assert subjects == before[1]
    assert papers == before[3]
    told = wangfang.read("/intake/packages")
    assert "王芳 代导入" in told
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        sealed = db.session.scalars(select(Paper.id).where(Paper.entrustment_id.is_not(None)))
        sealed_lists = {f"/papers/{paper_id}/picture" for paper_id in sealed}
    # Seen by who opened a household in the intake check, and by no colleague who did not.
    assert {wangfang.client.get(path).status_code for path in sealed_lists} == {303}
    papers_page = wangfang.send(f"{newest(wangfang, '/intake')}/next").location
    shown = re.findall(r'src="(/papers/\d+/picture)"', wangfang.source(papers_page))
    assert len(shown) > 2
    assert {wangfang.client.get(path).mimetype for path in shown} == {"image/jpeg"}
    (sealed_list,) = sealed_lists & set(shown)
    assert Desk(app, world, "赵磊").client.get(sealed_list).status_code == 303
    form["file"] = (package, "光盘.zip")
    again = wangfang.send("/intake/packages", password=PASSWORD, **form)
    assert "已经导入过" in again.text
    with app.app_context(), acting_for(world.agency("榆树市").id, read_only=True):
        officer = world.actor("王芳").account_id
        newest_one = select(Entrustment).order_by(Entrustment.id.desc()).limit(1)
        made = db.session.scalars(newest_one).one()
        held = select(CaseDuty.account_id, CaseDuty.step).join(
            Case, (Case.agency_id == CaseDuty.agency_id) & (Case.id == CaseDuty.case_id)
        )
        duties = set(db.session.execute(held.where(Case.entrustment_id == made.id)).tuples())
        assert duties == {(officer, "intake_check")}
        assert (made.unit_id, made.sealed_by) == (department, None)
        told_audit = select(AuditRow.account_id, AuditRow.unit_id).where(
            AuditRow.verb == "package.import"
        )
        assert list(db.session.execute(told_audit).tuples()) == [(officer, department)]


def test_a_department_uploads_a_package_instead_of_everything_by_itself(
    app: Flask, world: World
) -> None:
    scanned(app, world)
    files = files_in(exported(app, world))
    luolin = Desk(app, world, "罗琳")
    page = luolin.act("/packages", file=(zipped(files), "数据包.zip"))
    assert "待受理初审" in page
    assert "榆委 2026-11-000002" in page
    assert "扫描件（缺" not in page
    Desk(app, world, "徐晨").read("/packages/new", status=403)
    luolin.read("/intake/packages", status=403)
    Desk(app, world, "王芳").read("/packages/new", status=403)


Change = Callable[[Files], Files]


def listed(change: Callable[[dict], object]) -> Change:
    """A change of the manifest alone."""

    def changed(files: Files) -> Files:
        content = json.loads(files[MANIFEST])
        change(content)
        return files | {MANIFEST: json.dumps(content).encode()}

    return changed


def without(kind: str) -> Change:
    """The package without its first file of a kind, the manifest agreeing."""

    def changed(files: Files) -> Files:
        content = json.loads(files[MANIFEST])
        gone = next(file for file in content["files"] if file["kind"] == kind)
        content["files"].remove(gone)
        kept = {name: data for name, data in files.items() if name != gone["name"]}
        return kept | {MANIFEST: json.dumps(content).encode()}

    return changed


def with_file(name: str, data: bytes) -> Change:
    """One file with other bytes, the manifest agreeing."""

    def changed(files: Files) -> Files:
        content = json.loads(files[MANIFEST])
        for file in content["files"]:
            if file["name"] == name:
                file["sha256"] = hashlib.sha256(data).hexdigest()
        return files | {name: data, MANIFEST: json.dumps(content).encode()}

    return changed


def first_scan(content: dict) -> dict:
    return next(file for file in content["files"] if file["kind"] == "authorisation")


BAD: list[tuple[Change, str]] = [
    (lambda f: {n: d for n, d in f.items() if n != MANIFEST}, "不是核对电子数据包"),
    (lambda f: f | {MANIFEST: b"{}"}, "数据包清单的“format”"),
    (lambda f: f | {MANIFEST: b"not json"}, "数据包清单的“json”"),
    (listed(lambda c: c.update(version=2)), "第 1 版"),
    (listed(lambda c: c.update(agency=220112)), "送核对机构 220112"),
    (listed(lambda c: c.update(letter_on="2026-11-31")), "“letter_on”"),
    (listed(lambda c: c.update(letter_on="2026-11-06")), "晚于今天"),
    (listed(lambda c: c.update(households=99)), "与清单所写不一致"),
    (listed(lambda c: c.update(surprise=1)), "“surprise”"),
    (listed(lambda c: first_scan(c).update(kind="virus")), ".kind”"),
    (listed(lambda c: first_scan(c).update(person=0)), ".kind”"),
    (listed(lambda c: first_scan(c).update(person=9)), "第 9 人不在核对名单中"),
    (listed(lambda c: first_scan(c).update(household="ZZ-1")), "户编号 ZZ-1"),
    (lambda f: f | {FIRST: f[FIRST] + b"x"}, "与导出时不一致"),
    (lambda f: {n: d for n, d in f.items() if n != FIRST}, "不在数据包内"),
    (lambda f: f | {"另加.exe": b"MZ"}, "1 个清单以外或重复的文件"),
    (lambda f: f | {"../../etc/passwd": b"root"}, "路径不安全"),
    (without("list_file"), "应有且只有一份核对名单"),
    (without("letter"), "应有且只有一份委托书扫描件"),
    (without("authorisation"), "缺 1 份扫描件"),
    (without("id_card"), "身份证件"),
    (with_file(FIRST, b"GIF89a"), "个文件：这是图片"),
    (with_file(FIRST, blank_sheet()[:700]), "不完整或已损坏"),
    (with_file(LIST, b"PK\x03\x04 no list"), "不完整或已损坏"),
    (with_file("委托书.pdf", b"MZ\x00\x01"), "不能读取"),
]


def test_a_package_that_is_not_right_writes_nothing_and_says_why(app: Flask, world: World) -> None:
    scanned(app, world)
    files = files_in(exported(app, world))
    assert {LIST, MANIFEST, FIRST, "委托书.pdf", "盖章名单/1.jpg"} <= files.keys()
    luolin = Desk(app, world, "罗琳")
    before = counts(app, world)
    bomb = zipped({MANIFEST: b"{}", "a": bytes(20 * 1024 * 1024)})
    sent = [(zipped(change(files)), told) for change, told in BAD]
    sent += [
        (bomb, "压缩比异常"),
        (b"", "0 字节"),
        (b"%PDF-1.7", "不能读取"),
        (b"PK\x03\x04", "损坏"),
    ]
    for data, told in sent:
        answer = luolin.send("/packages", file=(data, "数据包.zip"))
        assert answer.status_code == 422, told
        assert told in answer.text, (told, re.findall(r'class="error"[^>]*>([^<]*)', answer.text))
    assert counts(app, world) == before
    assert luolin.send("/packages").status_code == 422
    assert luolin.send("/packages", file=(zipped(files), "数据包.zip")).status_code == 303
