"""刘洋 at 榆树市 files what was closed: what is missing is named, a package opens by itself."""

import datetime as dt
import hashlib
import io
from pathlib import Path

import pytest
import pyzipper
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.decisions.rules import Entry
from app.decisions.service import decide
from app.made.models import MadeFile
from app.oversight.archive import names
from app.oversight.archive.models import ArchiveFile, ArchiveHold
from app.oversight.archive.verifying import verify_archive
from tenants import files
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.reporting import ISSUER, answered, cases, county, issue_all
from tests.pages.stage import Browser, Stage, on_day
from tests.pages.test_decisions import december

PASSWORD = "one-long-password"
REASON = "当事人已迁出，无法补签授权书"


def archived(stage: Stage) -> list[ArchiveFile]:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        return list(db.session.scalars(select(ArchiveFile).order_by(ArchiveFile.id)))


def hold_of(stage: Stage) -> int:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        return db.session.scalars(select(ArchiveHold.id)).one()


def decide_all(stage: Stage) -> None:
    """Every household is granted, all in one day."""
    clerk = stage.world.actor("罗琳")
    with (
        stage.app.app_context(),
        acting_for(clerk.agency_id, "commissioner", unit_id=clerk.unit_id),
    ):
        for case in list(db.session.scalars(select(Case).where(Case.state == "reported"))):
            entry = Entry("refused", dt.date(2026, 12, 3))
            decide(case.id, entry, clerk, "")
    stage.work()


def package_of(stage: Stage, browser: Browser, archive_id: int) -> bytes:
    here = f"/archive/{archive_id}/package"
    assert "密码应为 12 至 64 位" in browser.send(here, here, password="short").text
    answer = browser.send(here, here, password=PASSWORD)
    assert answer.status_code == 303, answer.text
    stage.work()
    page = browser.read(answer.location)
    assert "已生成" in page
    assert PASSWORD not in page
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        made = db.session.scalars(select(MadeFile).order_by(MadeFile.id.desc())).first()
        assert made.kind == "archive"
        assert made.password_sealed is None
        return files.read(made.file_id, "made").data


def unpacked(data: bytes) -> dict[str, bytes]:
    with pyzipper.AESZipFile(io.BytesIO(data)) as whole:
        whole.setpassword(PASSWORD.encode())
        return {name: whole.read(name) for name in whole.namelist()}


def packed(contents: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as whole:
        whole.setpassword(PASSWORD.encode())
        for name, data in contents.items():
            whole.writestr(name, data)
    return buffer.getvalue()


def test_a_closed_case_is_filed_held_and_taken_out_whole(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    with on_day(20):
        stage = answered(app, settings)
    with on_day(26):
        issue_all(stage, stage.at_browser(ISSUER))
    issuer = stage.at_browser(ISSUER)
    with december(3):
        assert "没有待归档的案件" in issuer.read("/archive/filing")
        decide_all(stage)
    with december(9):
        page = issuer.read("/archive/filing")
        assert "查询授权书、身份证扫描件" in page, "what is missing is named"
        every = [str(id_) for id_ in cases(stage)]
        here = "/archive/filing?month=202611"
        form = next(action for action in issuer.forms(here) if "filing" in action)
        refused = issuer.send(here, form, ids=every, shelf="3号柜 2层")
        assert refused.status_code == 422
        assert "都不齐全" in refused.text
        assert "3号柜 2层" in refused.text
        assert archived(stage) == []
        issuer.after(issuer.send(here, form, ids=every, shelf="3号柜 2层", reason=REASON))
        rows = archived(stage)
        assert {row.case_id for row in rows} == {int(id_) for id_ in every}
        assert len({row.number for row in rows}) == len(rows)
        assert all(row.number.startswith("榆") and row.shelf == "3号柜 2层" for row in rows)
        first = rows[0]
        assert (first.basis, first.kept_years, first.keep_until) == (
            "refused",
            10,
            dt.date(2036, 12, 31),
        )
        assert list(first.missing) == ["letter", "papers"]
        assert first.incomplete_reason == REASON
        assert "没有待归档的案件" in issuer.read("/archive/filing")
        assert "归档" in issuer.read(f"/cases/{first.case_id}")

        page = issuer.read(f"/archive/{first.id}")
        for words in ("统一反馈报告", "核对委托书", "10 年", "2036-12-31", REASON):
            assert words in page
        cover = issuer.send(f"/archive/{first.id}", f"/prints/cases/{first.case_id}/archive-cover")
        assert cover.data.startswith(b"%PDF")

        held = issuer.send(
            f"/archive/{first.id}",
            f"/archive/{first.id}/hold",
            **{"hold-kind": "audit", "hold-reason": ""},
        )
        assert "请填写理由和依据" in held.text
        issuer.after(
            issuer.send(
                f"/archive/{first.id}",
                f"/archive/{first.id}/hold",
                **{"hold-kind": "audit", "hold-reason": "审计局调阅"},
            )
        )
        assert first.number in issuer.read("/archive?list=held")
        assert rows[1].number not in issuer.read("/archive?list=held")

        lifting = f"/archive/{first.id}/holds/{hold_of(stage)}/lift"
        assert "请填写理由" in issuer.send(f"/archive/{first.id}", lifting).text
        other = lifting.replace(str(first.id), str(rows[1].id))
        asked = {"lift-reason": "审计已结束"}
        assert issuer.send_unasked(f"/archive/{first.id}", other, **asked).status_code == 404
        assert "审计已结束" in issuer.after(issuer.send(f"/archive/{first.id}", lifting, **asked))
        assert first.number not in issuer.read("/archive?list=held")

        data = package_of(stage, issuer, first.id)
        _is_whole(app, data, tmp_path, first)
        # A reviewer reads what there is, and neither files nor takes anything out.
        reviewer = stage.at_browser("赵磊")
        assert first.number in reviewer.read("/archive")
        for path in ("/archive/filing", f"/archive/{first.id}/package"):
            assert reviewer.open(path).status_code == 403
        assert stage.at_browser("王芳").open("/archive").status_code == 403


def _is_whole(app: Flask, data: bytes, tmp_path: Path, row: ArchiveFile) -> None:
    """The package opens with its password, says all about itself, and no byte of it can change."""
    with pytest.raises(RuntimeError), pyzipper.AESZipFile(io.BytesIO(data)) as whole:
        whole.read(names.INDEX)
    contents = unpacked(data)
    index = contents[names.INDEX].decode()
    for words in (
        row.number,
        row.case_number,
        "卷内文件目录",
        "不予批准",
        REASON,
        "文件/001",
    ):
        assert words in index
    assert not [word for word in ("src=", "http") if word in index], "it needs no network"
    reports = [name for name, body in contents.items() if body.startswith(b"%PDF")]
    assert len(reports) >= 2
    assert b"BEGIN CERTIFICATE" in contents[names.CERTIFICATE.format(number=1)]
    for line in contents[names.MANIFEST].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(contents[name]).hexdigest() == digest
    run, file = app.test_cli_runner(), tmp_path / "package.zip"

    def verified(changed: dict[str, bytes]) -> tuple[int, str]:
        file.write_bytes(packed(changed))
        result = run.invoke(verify_archive, [str(file), "--password", PASSWORD])
        return result.exit_code, result.output

    code, said = verified(contents)
    assert code == 0
    assert f"{len(contents) - 1} 个文件" in said
    report = contents[reports[-1]]
    altered = report[:500] + bytes([report[500] ^ 1]) + report[501:]
    code, said = verified(contents | {reports[-1]: altered})
    assert code == 1
    assert f"{reports[-1]}：内容已改动" in said
    assert reports[0] not in said
    code, said = verified({name: body for name, body in contents.items() if name != names.EVENTS})
    assert code == 1
    assert f"{names.EVENTS}：缺少" in said
    assert run.invoke(verify_archive, [str(file), "--password", "another-password"]).exit_code == 1
