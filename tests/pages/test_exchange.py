"""榆树市 asks 吉林榆树农村商业银行: the operators' pages, from draft to accepted reply."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditRow
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, file_of, on_day
from tests.world.answers import Habits, fill_reply, open_disc

MAKER, SECOND = "周建华", "吴晓东"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def page(stage: Stage) -> str:
    return f"/exchange/{stage.request_to(BANK)}"


def confirmed(stage: Stage) -> tuple[Browser, Browser, str]:
    """周建华 has made the package, 吴晓东 has confirmed it."""
    maker, second, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    maker.after(maker.send(here, f"{here}/make"))
    stage.work()
    second.after(second.send(here, f"{here}/confirm"))
    return maker, second, here


def delivered(stage: Stage) -> tuple[Browser, Browser, str, dict[str, bytes]]:
    """The bank has signed for the disc, and has opened it."""
    maker, second, here = confirmed(stage)
    disc = maker.send(here, f"{here}/package").data
    answer = maker.send(here, f"{here}/password").text
    password = answer.split('class="secret">')[1].split("<")[0]
    fields = {"on": "2026-11-12", "way": "加密光盘", "signed_by": "潘婷"}
    maker.after(maker.send(here, f"{here}/receipt", **fields))
    return maker, second, here, open_disc(disc, password)


def test_a_draft_says_what_is_collected_and_until_when(stage: Stage) -> None:
    zhou = stage.at_browser(MAKER)
    listed = zhou.read("/exchange?state=draft")
    assert BANK in listed
    assert "待制包" in listed
    shown = zhou.read(page(stage))
    assert "存款" in shown
    assert "第七条" in shown
    assert "11 月 20 日" in shown
    assert "操作规程 四" in shown


def test_the_package_is_made_by_one_and_confirmed_by_another(stage: Stage) -> None:
    zhou, wu, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    waiting = zhou.after(zhou.send(here, f"{here}/make"))
    assert f'data-progress-url="{here}/progress"' in waiting
    assert zhou.open(f"{here}/progress").json["finished"] is False
    stage.work()
    assert zhou.open(f"{here}/progress").json["finished"] is True

    own = zhou.read(here)
    assert "制作人是您本人" in own
    assert f"{here}/confirm" not in own
    revision = wu.forms(here)[f"{here}/confirm"]["revision"]
    told = zhou.after(zhou.send_unasked(here, f"{here}/confirm", revision=revision))
    assert "制作与确认、两次接收须由两名不同的交换员办理" in told
    assert "待确认" in told

    assert "周建华" in wu.read(here)
    told = wu.after(wu.send(here, f"{here}/confirm"))
    assert "已办理 1 项" in told
    assert "待送达" in told


def test_before_it_is_confirmed_neither_package_nor_password_leaves(stage: Stage) -> None:
    zhou, here = stage.at_browser(MAKER), page(stage)
    zhou.send(here, f"{here}/make")
    stage.work()
    assert zhou.send_unasked(here, f"{here}/package").status_code == 404
    assert zhou.send_unasked(here, f"{here}/password").status_code == 404


def test_sending_a_form_twice_acts_once(stage: Stage) -> None:
    zhou, here = stage.at_browser(MAKER), page(stage)
    fields = zhou.forms(here)[f"{here}/make"]
    zhou.after(zhou.client.post(f"{here}/make", data=fields))
    told = zhou.after(zhou.client.post(f"{here}/make", data=fields))
    assert "此前已经办理" in told


def test_a_page_that_is_out_of_date_changes_nothing(stage: Stage) -> None:
    zhou, wu, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    stale = wu.forms(here)[f"{here}/make"]
    zhou.after(zhou.send(here, f"{here}/make"))
    assert "已不在此环节" in wu.after(wu.client.post(f"{here}/make", data=stale))


def test_the_receipt_starts_the_clock(stage: Stage) -> None:
    maker, _, here = confirmed(stage)
    fields = {"on": "2026-11-13", "way": "加密光盘", "signed_by": "潘婷"}
    refused = maker.send(here, f"{here}/receipt", **fields)
    assert refused.status_code == 422
    assert "签收日期应在制作日期" in refused.text
    assert 'value="潘婷"' in refused.text, "what was typed is not lost"
    nobody = maker.send(here, f"{here}/receipt", on="2026-11-12", way="加密光盘", signed_by="")
    assert nobody.status_code == 422
    assert "请填写签收人姓名" in nobody.text

    shown = maker.after(maker.send(here, f"{here}/receipt", **fields | {"on": "2026-11-12"}))
    assert "2026-11-23（签收后 7 个工作日内）" in shown
    assert "第十二条" in shown
    assert "还有 7 个工作日" in shown
    assert "加密光盘，签收人 潘婷" in shown


def test_a_reply_with_faults_is_told_in_words_and_a_good_one_is_accepted_by_two(
    stage: Stage,
) -> None:
    zhou, wu, here, files = delivered(stage)

    wrong = fill_reply(files, Habits(wrong_id=1, blank_as_of=2))
    waiting = zhou.send(here, f"{here}/reply", file=file_of(wrong, "反馈.xlsx"))
    assert "data-progress-url" in zhou.after(waiting)
    stage.work()
    told = zhou.read(waiting.location)
    assert "不予接收的原因" in told
    assert "证件号码与名单不一致" in told
    assert "没有填写“数据截至日期”" in told
    assert "第 3 行" in told
    assert f"{waiting.location}/accept" not in told

    good = zhou.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
    stage.work()
    reply = good.location
    checked = zhou.read(reply)
    assert "与所问对账" in checked
    assert "相符" in checked
    first = zhou.after(zhou.send(reply, f"{reply}/accept"))
    assert "待第二人接收" in first
    assert "须由<b>另一名交换员</b>" in first
    revision = wu.forms(reply)[f"{reply}/accept"]["revision"]
    again = zhou.after(zhou.send_unasked(reply, f"{reply}/accept", revision=revision))
    assert "须由两名不同的交换员办理" in again
    assert "待第二人接收" in again

    assert "已接收" in wu.after(wu.send(reply, f"{reply}/accept"))
    stage.work()
    ended = zhou.read(here)
    assert "已反馈" in ended
    assert "反馈齐全" in ended
    assert f"{here}/reply" not in ended


def test_a_file_that_is_no_reply_is_refused_with_what_would_be_right(stage: Stage) -> None:
    zhou, _, here, _ = delivered(stage)
    nothing = zhou.send(here, f"{here}/reply")
    assert nothing.status_code == 422
    assert "请选择反馈文件" in nothing.text
    sent = zhou.send(here, f"{here}/reply", file=file_of(b"%PDF-1.7 nothing", "扫描件.pdf"))
    stage.work()
    assert "不能读取，请改用填好的反馈模板" in zhou.read(sent.location)


def test_an_operator_refuses_with_a_reason(stage: Stage) -> None:
    zhou, wu, here, files = delivered(stage)
    sent = zhou.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx"))
    stage.work()
    reply = sent.location
    empty = wu.send(reply, f"{reply}/refuse", reason="")
    assert empty.status_code == 422
    assert "请填写理由" in empty.text
    told = wu.after(wu.send(reply, f"{reply}/refuse", reason="光盘标签与单位不符，请重新送交"))
    assert "不予接收" in told
    assert "光盘标签与单位不符" in told


def test_waiting_ends_only_when_it_is_overdue(stage: Stage) -> None:
    zhou, _, here, files = delivered(stage)
    assert f"{here}/close" not in zhou.read(here)
    early = zhou.send_unasked(here, f"{here}/close", revision="3", reason="等不及了")
    assert early.status_code == 422
    assert "尚未超过反馈期限" in early.text
    with on_day(24):
        late = zhou.read(here)
        assert "已超期 1 天" in late
        told = zhou.after(zhou.send(here, f"{here}/close", reason="多次催办未反馈"))
        assert "未反馈结束" in told
        assert "多次催办未反馈" in told
        zhou.after(zhou.send(here, f"{here}/reply", file=file_of(fill_reply(files), "反馈.xlsx")))
        stage.work()
        assert "逾期反馈" in zhou.read(here)


def test_another_agency_and_other_desks_find_nothing(stage: Stage) -> None:
    zhou, here = stage.at_browser(MAKER), page(stage)
    assert zhou.open(here).status_code == 200
    stranger = stage.at_browser("秦岚")
    assert stranger.open(here).status_code == 404
    assert stranger.open(f"{here}/progress").status_code == 404
    for action in ("make", "confirm", "package", "password"):
        assert (
            stranger.send_unasked("/exchange", f"{here}/{action}", revision="0").status_code == 404
        )
    assert stage.at_browser("王芳").open(here).status_code == 403


@pytest.mark.parametrize("path", ["/exchange/{}", "/exchange?before={}"])
def test_a_number_that_no_row_can_have_is_not_found(stage: Stage, path: str) -> None:
    zhou = stage.at_browser(MAKER)
    assert zhou.open(path.format(10**30)).status_code == 404
    assert zhou.open("/exchange?unit=99999999999&period=1&state=lost").status_code == 200


def test_looks_at_the_package_and_its_password_are_on_the_trail(stage: Stage) -> None:
    delivered(stage)
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id):
        rows = db.session.execute(
            select(AuditRow.verb, AuditRow.account_id).where(AuditRow.verb.like("package.%"))
        ).all()
    who = stage.world.person(MAKER).account_id
    assert {tuple(row) for row in rows} == {("package.download", who), ("package.password", who)}


def test_what_a_waiting_reply_answered_cannot_be_answered_again(stage: Stage) -> None:
    zhou, wu, here, files = delivered(stage)
    again = {"file": file_of(fill_reply(files), "反馈.xlsx")}
    first = zhou.send(here, f"{here}/reply", **again).location
    stage.work()
    again = {"file": file_of(fill_reply(files), "反馈.xlsx")}
    second = zhou.send(here, f"{here}/reply", **again).location
    stage.work()
    told = zhou.read(second)
    assert "已在以前交回的反馈中答复" in told
    assert f"{second}/accept" not in told

    zhou.after(zhou.send(first, f"{first}/refuse", reason="光盘标签与单位不符，请重新送交"))
    again = {"file": file_of(fill_reply(files), "反馈.xlsx")}
    third = zhou.send(here, f"{here}/reply", **again).location
    stage.work()
    assert "相符" in wu.read(third)
    assert f"{third}/accept" in wu.read(third)
