"""总对总: a Jilin request is answered from Guangdong's cell, which is a sharing unit to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditRow
from app.audit.service import broken_links, seal_trail, trail_length
from app.cases.models import Ask, Subject
from app.exchange.asked.models import Inquiry, InquiryPage
from app.exchange.store.models import ReturnedRecord
from app.findings.models import Finding
from hedui_connector.checking.running import ORDER
from hedui_connector.clock import today
from hedui_connector.command.main import main
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.files import File
from tenants.settings import Settings
from tenants.vault import vault
from tests.servers import TestServers
from tests.usecases.cells import GUANGDONG, YUSHU, Crossing, blank_record, two_cells

INSURED = blank_record(506) | {"insurance": "1", "insured_region": "440100"}


@pytest.fixture
def cells(
    app: Flask, settings: Settings, servers: TestServers, tmp_path: Path
) -> Iterator[Crossing]:
    with two_cells(app, settings, servers, tmp_path / "guangdong") as ready:
        yield ready


def numbers_asked(cells: Crossing) -> list[str]:
    """Whom the request is about, by number."""
    with cells.here():
        rows = db.session.execute(
            select(Subject.id, Subject.sealed)
            .join(Ask, (Ask.agency_id == Subject.agency_id) & (Ask.subject_id == Subject.id))
            .where(Ask.request_id == cells.request_id)
            .distinct()
            .order_by(Subject.id)
        )
        return [vault().open("subject", id_, sealed)["id_number"] for id_, sealed in rows]


def count(table: type) -> int:
    return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def test_a_jilin_request_is_answered_from_guangdong(cells: Crossing, tmp_path: Path) -> None:
    cell, people = cells.cell, numbers_asked(cells)
    told = cell.load(506, tmp_path / "506.ndjson", {people[0]: INSURED})
    assert "1 条记录" in told
    cells.connect()
    cells.namesake_there(cells.connection_of_ours().our_keyid)
    cell.start(tmp_path / "log")
    cells.release()
    cells.until("kept")
    cells.stage.work()
    (reply,) = cells.replies
    assert reply.state == "checked", cells.faults
    assert (reply.hits, reply.missing) == (1, 0)
    assert reply.no_records == len(people) - 1
    assert reply.refused == len(people), "503 is not in Guangdong's store: said, not left blank"
    cells.accept()
    assert cells.until("taken") == "taken"
    assert cells.request.state == "answered"
    with cells.here():
        assert db.session.scalars(select(Finding).where(Finding.reply_id == reply.id)).first()
        assert count(Inquiry) == 0

    wait_until_erased(cells)
    with cell.here():
        (inquiry,) = db.session.scalars(select(Inquiry))
        assert (inquiry.lines, inquiry.hits) == (len(people), 1)
        assert inquiry.taken_at is not None
        assert count(ReturnedRecord) == 1, "what it holds stays"
        assert db.session.scalar(select(func.count()).where(File.kind == "inquiry")) == 0
    each_side_has_its_own_trail(cells)
    page = cells.page_there()
    assert "榆树市核对中心" in page
    assert "对方已取走" in page


def wait_until_erased(cells: Crossing) -> None:
    for _ in range(100):
        with cells.cell.here():
            if not count(InquiryPage):
                return
        cells.pause()
    raise AssertionError("not erased")


def each_side_has_its_own_trail(cells: Crossing) -> None:
    """Who asked, in Jilin; who was answered, in Guangdong: and each chained by itself."""
    there = cells.cell.audited()
    assert there.count("interface.put") == 1
    assert there.count("inquiry.looked_up") == 1
    with cells.here():
        asked = select(AuditRow.verb).where(AuditRow.verb == "inquiry.looked_up")
        assert db.session.scalars(asked).first() is None
        assert cells.attempts[0] == ("head", "")
    with cells.cell.here():
        seal_trail()
        assert trail_length() > 0
        assert broken_links() == []
        agencies = set(db.session.scalars(select(AuditRow.agency_id)))
        assert agencies == {GUANGDONG}
    with cells.here():
        assert set(db.session.scalars(select(AuditRow.agency_id))) == {YUSHU}


def test_without_an_agreement_there_everything_is_refused(cells: Crossing, tmp_path: Path) -> None:
    """Guangdong answers, and says why it tells nothing."""
    cells.connect()
    cells.end_agreement_there()
    cells.cell.load(506, tmp_path / "506.ndjson", {numbers_asked(cells)[0]: INSURED})
    cells.cell.start(tmp_path / "log")
    cells.release()
    cells.until("kept", "taken")
    cells.stage.work()
    (reply,) = cells.replies
    assert (reply.hits, reply.no_records) == (0, 0)
    assert reply.refused == cells.request.items_asked


def test_the_asked_half_keeps_every_promise(
    cells: Crossing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What units are checked with that write their own server: ``hedui-connector check``."""
    with business_date_set_to(today(), allow=True):
        insured = {"22010219850505123X": INSURED}
        cells.cell.load(506, tmp_path / "506.ndjson", insured, str(today()))
    settings = cells.check_settings(tmp_path / "check", 506, ["22010219850505123X"])
    # What has expired there has expired by the clock of this machine.
    cells.cell.start(tmp_path / "log", today())
    passed = main(["check", f"http://127.0.0.1:{cells.cell.port}", "--settings", str(settings)])
    said = capsys.readouterr().out
    assert passed == 0, said
    assert f"{len(ORDER)} 条全部通过" in said


def test_a_load_with_a_wrong_row_replaces_nothing(cells: Crossing, tmp_path: Path) -> None:
    cell, number = cells.cell, "22010219850505123X"
    assert "1 条记录" in cell.load(506, tmp_path / "a", {number: INSURED})
    wrong = INSURED | {"no_such_field": 1}
    assert "第 1 行" in cell.load(506, tmp_path / "b", {number: wrong})
    assert "不是" in cell.load(506, tmp_path / "c", {number: "text"})
    assert "全部空着" in cell.load(506, tmp_path / "d", {number: blank_record(506)})
    assert "没有数据项" in cell.load(9999, tmp_path / "e", {number: INSURED})
    with cell.here():
        assert count(ReturnedRecord) == 1
