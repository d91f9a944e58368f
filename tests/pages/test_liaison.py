"""潘婷, liaison of 吉林榆树农村商业银行: she sees its requests, and nothing about anybody."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, file_of, on_day
from tests.world.answers import Habits, fill_reply, open_disc

LIAISON = "潘婷"
OTHER_LIAISON = "邹凯"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def confirm(stage: Stage) -> str:
    """The operators have made and confirmed the package; returns the liaison's page."""
    maker, second = stage.at_browser("周建华"), stage.at_browser("吴晓东")
    request = stage.request_to(BANK)
    here = f"/exchange/{request}"
    maker.after(maker.send(here, f"{here}/make"))
    stage.work()
    second.after(second.send(here, f"{here}/confirm"))
    return f"/my-requests/{request}"


def sign(stage: Stage) -> tuple[Browser, str, dict[str, bytes]]:
    """潘婷 has downloaded the package, read its password, and signed."""
    here = confirm(stage)
    pan = stage.at_browser(LIAISON)
    disc = pan.send(here, f"{here}/package").data
    password = pan.send(here, f"{here}/password").text.split('class="secret">')[1].split("<")[0]
    pan.after(pan.send(here, f"{here}/receipt", on="2026-11-12"))
    return pan, here, open_disc(disc, password)


def test_a_request_appears_when_it_has_left_and_not_before(stage: Stage) -> None:
    pan, request = stage.at_browser(LIAISON), stage.request_to(BANK)
    assert "没有数据交换申请" in pan.read("/my-requests")
    assert pan.open(f"/my-requests/{request}").status_code == 404
    confirm(stage)
    listed = pan.read("/my-requests")
    assert "榆交 2026-11-000001" in listed
    assert "签收后起算" in listed
    assert pan.open(f"/my-requests/{request}").status_code == 200


def test_her_receipt_starts_the_clock(stage: Stage) -> None:
    pan, here, files = sign(stage)
    assert "核对名单.xlsx" in files
    shown = pan.read(here)
    assert "2026-11-23（签收后 7 个工作日内）" in shown
    assert "还有 7 个工作日" in shown
    assert "联络员登录下载，签收人 潘婷" in shown
    with on_day(24):
        assert "已超期 1 天" in pan.read("/my-requests")


def test_a_receipt_in_the_future_is_refused(stage: Stage) -> None:
    here = confirm(stage)
    pan = stage.at_browser(LIAISON)
    refused = pan.send(here, f"{here}/receipt", on="2026-11-30")
    assert refused.status_code == 422
    assert "签收日期应在制作日期" in refused.text


def test_the_password_is_no_part_of_the_package_page(stage: Stage) -> None:
    here = confirm(stage)
    pan = stage.at_browser(LIAISON)
    assert "secret" not in pan.read(here)
    revealed = pan.send(here, f"{here}/password")
    assert revealed.headers["Cache-Control"] == "no-store"
    assert pan.open(f"{here}/password").status_code == 405


def test_she_learns_what_is_wrong_and_sends_it_again(stage: Stage) -> None:
    pan, here, files = sign(stage)
    wrong = fill_reply(files, Habits(stranger=True))
    sent = pan.send(here, f"{here}/reply", file=file_of(wrong, "反馈.xlsx"))
    assert "正在检查反馈文件" in pan.after(sent)
    assert pan.open(f"{sent.location}/progress").json["finished"] is False
    stage.work()
    assert pan.open(f"{sent.location}/progress").json["finished"] is True
    assert "不在本次核对名单中" in pan.read(sent.location)

    assert "反馈申请" in pan.read("/"), "a refused file leaves the request waiting"

    part = fill_reply(files, Habits(withhold=frozenset({1})))
    sent = pan.send(here, f"{here}/reply", file=file_of(part, "反馈.xlsx"))
    stage.work()
    told = pan.read(sent.location)
    assert "检查通过" in told
    assert "还有 2 项次未反馈" in told
    assert "第 2 份" in pan.read(here)
    assert "反馈申请" in pan.read("/"), "a part of the answers leaves the rest waiting"


def test_what_waits_to_be_accepted_no_longer_waits_for_her(stage: Stage) -> None:
    pan, here, files = sign(stage)
    assert "反馈申请" in pan.read("/")
    sent = pan.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
    stage.work()
    assert "检查通过" in pan.after(sent)
    with on_day(30):
        assert "目前没有等待您办理的事项" in pan.read("/")
        operator = stage.at_browser("周建华").read("/")
        assert "接收反馈" in operator
        assert "逾期未反馈" not in operator
        assert "反馈待接收" in stage.at_browser("周建华").read("/exchange")


def test_the_reason_of_a_refusal_reaches_her(stage: Stage) -> None:
    pan, here, files = sign(stage)
    sent = pan.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
    stage.work()
    operators_page = sent.location.replace("/my-requests/", "/exchange/")
    zhou = stage.at_browser("周建华")
    zhou.after(
        zhou.send(operators_page, f"{operators_page}/refuse", reason="截至日期过早，请重新查询")
    )
    assert "截至日期过早，请重新查询" in pan.read(sent.location)


def test_sending_a_reply_twice_keeps_one(stage: Stage) -> None:
    pan, here, files = sign(stage)
    fields = pan.forms(here)[f"{here}/reply"]
    for _ in range(2):
        file = file_of(fill_reply(files), "反馈.xlsx")
        answer = pan.client.post(f"{here}/reply", data=fields | {"file": file})
    assert "此前已经办理" in pan.after(answer)
    assert "第 2 份" not in pan.read(here)


def test_another_unit_and_another_agency_find_nothing(stage: Stage) -> None:
    pan, here, files = sign(stage)
    sent = pan.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
    assert pan.open(here).status_code == 200
    for stranger in (OTHER_LIAISON, "任永刚"):
        other = stage.at_browser(stranger)
        assert "榆交 2026-11-000001" not in other.read("/my-requests")
        assert other.open(here).status_code == 404
        assert other.open(sent.location).status_code == 404
        for action in ("package", "password", "receipt", "reply"):
            assert other.send_unasked("/my-requests", f"{here}/{action}").status_code == 404


def test_nobody_of_the_households_is_on_her_pages(stage: Stage) -> None:
    pan, here, files = sign(stage)
    sent = pan.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
    stage.work()
    people = [s for h in stage.world.households for s in h.subjects]
    for path in ("/my-requests", here, sent.location):
        shown = pan.read(path)
        assert not [s.name for s in people if s.name in shown or s.id_number in shown]


def test_the_operators_pages_are_not_hers(stage: Stage) -> None:
    confirm(stage)
    pan = stage.at_browser(LIAISON)
    assert pan.open("/exchange").status_code == 403
    assert pan.open("/delegation/letters").status_code == 403
    assert stage.at_browser("周建华").open("/my-requests").status_code == 403
