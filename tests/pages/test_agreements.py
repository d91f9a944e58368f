"""榆树市 and its bank: without 保密协议 in force nothing is exchanged (第十六条)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from app.exchange.service import reply_days
from tenants.calendar import business_date_set_to
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, approved, on_day

MAKER, SECOND = "周建华", "吴晓东"
IN_JANUARY = dt.date(2027, 1, 5)
TYPED = {
    "number": "榆核协〔2027〕1号",
    "signed_on": "2027-01-04",
    "valid_from": "2027-01-01",
    "valid_to": "2027-12-31",
    "term": "agreed",
    "reply_working_days": "5",
}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def page(stage: Stage) -> str:
    return f"/sharing/{stage.world.unit(BANK).id}"


def test_an_agreement_that_ran_out_stops_the_exchange_until_another_is_confirmed(
    stage: Stage,
) -> None:
    here, request = page(stage), f"/exchange/{stage.request_to(BANK)}"
    assert "没有当日有效的保密协议" not in stage.at_browser(MAKER).read(request)
    with business_date_set_to(IN_JANUARY, allow=True):
        zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
        assert "没有协议" in zhou.read("/sharing")
        assert "没有当日有效的保密协议" in zhou.read(request), "said before it is tried"
        told = zhou.after(zhou.send(request, f"{request}/make"))
        assert "没有当日有效的保密协议，不能交换数据（第十六条）" in told
        assert "待制包" in told

        recorded = zhou.after(
            zhou.send(f"{here}/agreements/new", f"{here}/agreements/new", **TYPED)
        )
        assert "待确认" in recorded
        assert not confirming(zhou.forms(here)), "not by the one who recorded it"
        assert "没有当日有效的保密协议" in zhou.read(request), "not in force yet"
        (confirm,) = confirming(wu.forms(here))
        refused = zhou.send_unasked(here, confirm)
        assert "另一名交换员" in refused.text
        assert "协议有效" in wu.after(wu.send(here, confirm))
        assert "待确认" in zhou.after(zhou.send(request, f"{request}/make"))


def test_the_agreement_sets_the_reply_term_under_the_rulebooks_cap(stage: Stage) -> None:
    here, unit = page(stage), stage.world.unit(BANK)
    form = f"{here}/agreements/new"
    typed = TYPED | {"signed_on": "2026-11-12", "valid_from": "2026-11-12"}
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    over = zhou.send(form, form, **typed | {"reply_working_days": "10"})
    assert over.status_code == 422
    assert "不得超过 7 个工作日（吉民发〔2017〕58号 第十二条）" in over.text
    assert 'value="榆核协〔2027〕1号"' in over.text, "what was typed is not lost"
    open_ended = zhou.send(form, form, **typed | {"term": "none", "reply_working_days": ""})
    assert "不能登记为不限期" in open_ended.text
    turned = zhou.send(form, form, **typed | {"valid_to": "2026-11-01"})
    assert "有效期止日早于起日" in turned.text
    later = zhou.send(form, form, **typed | {"signed_on": "2026-11-13"})
    assert "签订日期不能晚于今天" in later.text
    zhou.after(zhou.send(form, form, **typed))
    assert days(stage, unit.agency_id, unit.id) == 7
    (confirm,) = confirming(wu.forms(here))
    assert "签收后 5 个工作日内" in wu.after(wu.send(here, confirm))
    assert days(stage, unit.agency_id, unit.id) == 5


def test_an_agreement_ends_early_with_a_reason(stage: Stage) -> None:
    here = page(stage)
    zhou = stage.at_browser(MAKER)
    shown = zhou.read(here)
    end = shown.split('href="/sharing/agreements/')[1].split('"')[0]
    path = f"/sharing/agreements/{end}"
    assert zhou.send(path, path, on="2026-11-12", reason="").status_code == 422
    late = zhou.send(path, path, on="2027-11-12", reason="对方停止合作")
    assert "终止日期应在协议起日" in late.text
    zhou.after(zhou.send(path, path, on="2026-11-12", reason="对方停止合作"))
    with on_day(13):
        assert "没有有效协议" in zhou.read(here)


def test_strangers_find_nothing_and_desks_may_not(stage: Stage) -> None:
    here = page(stage)
    assert stage.at_browser(MAKER).open(here).status_code == 200
    stranger = stage.at_browser("秦岚")
    assert stranger.open(here).status_code == 404
    assert stage.at_browser("王芳").open(here).status_code == 403


def confirming(forms: dict[str, dict[str, str]]) -> list[str]:
    return [action for action in forms if action.endswith("/confirm")]


def days(stage: Stage, agency_id: int, unit_id: int) -> int | None:
    with stage.app.app_context(), acting_for(agency_id, read_only=True):
        return reply_days(agency_id, unit_id)


def test_human_resources_and_civil_affairs_have_five_working_days_each(stage: Stage) -> None:
    """民发〔2020〕95号 二(二): in both directions; an agreement may be shorter, never longer."""
    unit = stage.world.unit("吉林省人力资源和社会保障厅")
    first, second = stage.world.people_of("吉林省", "exchange_operator")[:2]
    here = f"/sharing/{unit.id}"
    maker, other = stage.at_browser(first.name), stage.at_browser(second.name)
    shown = maker.read(here)
    assert "签收后 5 个工作日内" in shown
    assert "收到对方核查后 5 个工作日内" in shown
    form, typed = f"{here}/agreements/new", TYPED | {"signed_on": "2026-11-12"}
    typed |= {"valid_from": "2026-11-12", "reply_working_days": "4"}
    over = maker.send(form, form, **typed, answer_working_days="6")
    assert "本级向对方反馈的期限不得超过 5 个工作日" in over.text
    maker.after(maker.send(form, form, **typed, answer_working_days="3"))
    (confirm,) = confirming(other.forms(here))
    shown = other.after(other.send(here, confirm))
    assert "签收后 4 个工作日内" in shown
    assert "收到对方核查后 3 个工作日内" in shown
    bank = f"{page(stage)}/agreements/new"
    zhou = stage.at_browser(MAKER)
    assert "answer_working_days" not in zhou.read(bank)
    refused = zhou.send(bank, bank, **typed, answer_working_days="3")
    assert "对其他单位不用填写本级反馈的工作日数" in refused.text
