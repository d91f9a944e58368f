"""延期告知 at 榆树市: 潘婷 of the bank announces by her login, 周建华 registers a paper letter."""

import datetime as dt
import io
import subprocess
from collections.abc import Iterator

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, file_of, on_day
from tests.world.answers import fill_reply, open_disc

LIAISON, OTHER_LIAISON, OPERATOR = "潘婷", "邹凯", "周建华"
PAPER = {
    "days": "5",
    "ground": "volume",
    "letter_number": "榆农商函〔2026〕3号",
    "letter_on": "2026-11-20",
}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def delivered(stage: Stage) -> tuple[Browser, str, dict[str, bytes]]:
    """The bank signed on the 12th: its reply is due on the 23rd."""
    maker, second = stage.at_browser(OPERATOR), stage.at_browser("吴晓东")
    request = stage.request_to(BANK)
    here = f"/exchange/{request}"
    maker.after(maker.send(here, f"{here}/make"))
    stage.work()
    second.after(second.send(here, f"{here}/confirm"))
    pan, own = stage.at_browser(LIAISON), f"/my-requests/{request}"
    disc = pan.send(own, f"{own}/package").data
    password = pan.send(own, f"{own}/password").text.split('class="secret">')[1].split("<")[0]
    pan.after(pan.send(own, f"{own}/receipt", on="2026-11-12"))
    return pan, own, open_disc(disc, password)


def text_of(pdf: bytes) -> str:
    found = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return "".join(found.stdout.decode().split())


def test_the_liaison_s_letter_moves_the_date_at_once(stage: Stage) -> None:
    pan, own, _ = delivered(stage)
    with on_day(20):
        pan = stage.at_browser(LIAISON)
        assert "2026-11-23" in pan.read(f"{own}/extension")
        told = pan.after(
            pan.send(f"{own}/extension", f"{own}/extension", days="5", ground="volume")
        )
        assert "2026-11-30（已延期 5 个工作日）" in told
        assert "已延期至 11-30" in pan.read("/my-requests")
        assert "已延期 5 个工作日" in pan.read("/notices")
        zhou = stage.at_browser(OPERATOR)
        assert "已延期至 11-30" in zhou.read("/exchange")
        assert "已延期 5 个工作日" in zhou.read("/notices")
        stage.work()
        letter = pan.send(f"{own}/extension", f"{own}/extension/letter")
        said = text_of(letter.data)
        for words in ("数据交换延期告知书", "第十二条", "2026年11月30日", LIAISON, "校验码"):
            assert words in said
        here = own.replace("my-requests", "exchange")
        assert zhou.send(f"{here}/extension", f"{here}/extension/letter").data == letter.data
    with on_day(24):
        assert "已超期" not in stage.at_browser(OPERATOR).read("/exchange")


@pytest.mark.parametrize(
    ("day", "days", "why"),
    [(20, "6", "延期应为 1 至 5 个工作日"), (20, "0", "延期的工作日数应为整数")],
)
def test_too_many_days_are_refused(stage: Stage, day: int, days: str, why: str) -> None:
    _, own, _ = delivered(stage)
    with on_day(day):
        pan = stage.at_browser(LIAISON)
        refused = pan.send(f"{own}/extension", f"{own}/extension", days=days, ground="volume")
        assert refused.status_code == 422
        assert why in refused.text
        assert "2026-11-23" in pan.read(own)


def test_there_is_one_extension_and_no_second(stage: Stage) -> None:
    _, own, _ = delivered(stage)
    with on_day(20):
        pan = stage.at_browser(LIAISON)
        pan.after(pan.send(f"{own}/extension", f"{own}/extension", days="2", ground="volume"))
        assert f'action="{own}/extension"' not in pan.read(f"{own}/extension")
        fields = {"days": "2", "ground": "volume"}
        again = pan.send_unasked(own, f"{own}/extension", **fields)
        assert again.status_code == 422
        assert "2026-11-25" in pan.read(own)
        here = own.replace("my-requests", "exchange")
        zhou = stage.at_browser(OPERATOR)
        assert f'action="{here}/extension"' not in zhou.read(f"{here}/extension")


def test_what_is_announced_after_the_due_date_leaves_the_reply_overdue(stage: Stage) -> None:
    _, own, files = delivered(stage)
    with on_day(24):
        pan = stage.at_browser(LIAISON)
        assert "不能再延期" in pan.read(f"{own}/extension")
        late = pan.send_unasked(own, f"{own}/extension", days="5", ground="volume")
        assert late.status_code == 422
        assert "已超期 1 天" in pan.read(own)
        sent = pan.send(own, f"{own}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
        stage.work()
        assert "逾期" in stage.at_browser(OPERATOR).read(
            sent.location.replace("my-requests", "exchange")
        )


def test_a_paper_letter_counts_by_the_day_it_arrived(stage: Stage) -> None:
    _, own, files = delivered(stage)
    here = own.replace("my-requests", "exchange")
    page = f"{here}/extension"
    with on_day(25):
        pan, zhou = stage.at_browser(LIAISON), stage.at_browser(OPERATOR)
        sent = pan.send(own, f"{own}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
        stage.work()
        reply = sent.location.replace("my-requests", "exchange")
        assert "逾期" in zhou.read(reply)

        def scan() -> tuple[io.BytesIO, str]:
            return file_of(b"%PDF-1.4 scan", "扫描.pdf")

        refused = zhou.send(page, page, **PAPER, arrived_on="2026-11-24", scan=scan())
        assert refused.status_code == 422
        assert "2026-11-23）届满前送达" in refused.text
        assert 'value="榆农商函〔2026〕3号"' in refused.text, "what was typed is not lost"
        wrong = zhou.send(page, page, **PAPER, arrived_on="2026-11-19", scan=scan())
        assert "日期不合理" in wrong.text
        nothing = zhou.send(page, page, **PAPER, arrived_on="2026-11-20")
        assert "请上传延期告知书的扫描件" in nothing.text
        page_of_zip = file_of(b"PK\x03\x04 no picture", "扫描.pdf")
        other = zhou.send(page, page, **PAPER, arrived_on="2026-11-20", scan=page_of_zip)
        assert other.status_code == 422

        told = zhou.after(zhou.send(page, page, **PAPER, arrived_on="2026-11-20", scan=scan()))
        assert "2026-11-30（已延期 5 个工作日）" in told
        assert "逾期" not in zhou.read(reply), "the reply came within the extended term"
        assert "榆农商函〔2026〕3号" in zhou.read(page)
        assert zhou.send(page, f"{page}/letter").data == b"%PDF-1.4 scan"


def test_another_unit_s_liaison_finds_nothing(stage: Stage) -> None:
    pan, own, _ = delivered(stage)
    with on_day(20):
        stranger = stage.at_browser(OTHER_LIAISON)
        assert stranger.open(f"{own}/extension").status_code == 404
        fields = {"days": "2", "ground": "volume"}
        assert (
            stranger.send_unasked("/my-requests", f"{own}/extension", **fields).status_code == 404
        )
        assert pan.open(f"{own}/extension").status_code == 200


def test_the_extension_is_counted_over_the_holidays() -> None:
    from tenants.calendar import add_working_days

    assert add_working_days(dt.date(2026, 9, 30), 5) == dt.date(2026, 10, 13)
