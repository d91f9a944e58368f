"""榆树市 entrusts 长春市: the letter up, its seal and recall, items handed back, and coverage."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case, Event
from app.delegation.models import LetterOut
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Browser, Stage, approved, on_day

REVIEWER = "赵磊"
OF_THE_CITY = "郑伟"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(9):
        yield approved(app, settings)


def letter_page(stage: Stage) -> str:
    """The county's newest letter."""
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id, read_only=True):
        newest = select(LetterOut.id).order_by(LetterOut.id.desc()).limit(1)
        return f"/delegation/letters/{db.session.scalars(newest).one()}"


def seal(stage: Stage) -> tuple[Browser, str]:
    """赵磊 has sealed the letter; it has arrived."""
    zhao, here = stage.at_browser(REVIEWER), letter_page(stage)
    zhao.after(zhao.send(here, f"{here}/seal"))
    stage.work()
    return zhao, here


def entrustment_page(stage: Stage) -> str:
    """What arrived at the city, as its list links to it."""
    listed = stage.at_browser(OF_THE_CITY).read("/delegation/received")
    return "/delegation/received/" + listed.split("/delegation/received/")[1].split('"')[0]


def household_at(stage: Stage, agency: str) -> int:
    """The first household's case at an agency."""
    with stage.app.app_context(), acting_for(stage.world.agency(agency).id, read_only=True):
        return db.session.scalars(select(Case.id).order_by(Case.id).limit(1)).one()


def test_the_letter_says_what_goes_up_and_shows_nobody_openly(stage: Stage) -> None:
    zhao = stage.at_browser(REVIEWER)
    listed = zhao.read("/delegation/letters")
    assert "待用印" in listed
    assert "长春市核对中心" in listed
    shown = zhao.read(letter_page(stage))
    assert "社会救助家庭经济状况核对委托书" in shown
    assert "5 户 13 人" in shown
    assert "吉民发〔2017〕58号" in shown
    assert "共同生活的家庭成员" in shown
    assert "申报月收入" not in shown
    people = [s for h in stage.world.households if h.desk.startswith("五棵树") for s in h.subjects]
    assert not [s.name for s in people if s.name in shown or s.id_number in shown]
    first = people[0]
    assert f"{first.id_number[:6]}********{first.id_number[-4:]}" in shown


def test_a_named_person_seals_and_the_letter_goes(stage: Stage) -> None:
    zhao, here = seal(stage)
    shown = zhao.read(here)
    assert "榆托 2026-11-000001" in shown
    assert "待上级反馈" in shown
    assert "赵磊" in shown
    assert "已用印" in shown
    assert f"{here}/seal" not in shown
    received = stage.at_browser(OF_THE_CITY).read("/delegation/received")
    assert "榆树市核对中心" in received
    assert "榆托 2026-11-000001" in received
    assert "待审核复审 5 户" in received


def test_who_may_not_seal_sees_the_letter_without_the_form(stage: Stage) -> None:
    here = letter_page(stage)
    wang = stage.at_browser("王芳")
    assert f"{here}/seal" not in wang.read(here)
    assert wang.send_unasked(here, f"{here}/seal", revision="0").status_code == 403


def test_sealing_twice_sends_one_letter(stage: Stage) -> None:
    zhao, here = stage.at_browser(REVIEWER), letter_page(stage)
    fields = zhao.forms(here)[f"{here}/seal"]
    zhao.after(zhao.client.post(f"{here}/seal", data=fields))
    assert "此前已经办理" in zhao.after(zhao.client.post(f"{here}/seal", data=fields))


def test_a_recall_wants_a_reason_and_brings_the_items_back(stage: Stage) -> None:
    zhao, here = seal(stage)
    empty = zhao.send(here, f"{here}/recall", reason="")
    assert empty.status_code == 422
    assert "请填写撤回理由" in empty.text
    told = zhao.after(zhao.send(here, f"{here}/recall", reason="名单有误，需更正后重新委托"))
    assert "已撤回" in told
    assert f"{here}/recall" not in told
    stage.work()
    listed = zhao.read("/delegation/letters?state=prepared")
    assert "（用印时编号）" in listed
    assert "下级已撤回 5 户" in stage.at_browser(OF_THE_CITY).read("/delegation/received")


def test_an_item_goes_back_with_its_reason_and_is_asked_below(stage: Stage) -> None:
    seal(stage)
    stage.approve_all("长春市", OF_THE_CITY)
    zheng, case = stage.at_browser(OF_THE_CITY), household_at(stage, "长春市")
    listed, form = entrustment_page(stage), f"/delegation/cases/{case}/hand-back"
    assert form in zheng.read(listed)
    shown = zheng.read(form)
    assert "601 不动产登记（长春市不动产登记中心" in shown

    empty = zheng.send(form, form, items="601", reason="")
    assert empty.status_code == 422
    assert "请填写退回理由" in empty.text
    ticked = [tag for tag in re.findall("<input[^>]*>", empty.text) if " checked" in tag]
    assert ['value="601"' in tag for tag in ticked] == [True], "what was chosen is not lost"
    nothing = zheng.send(form, form, reason="接口检修")
    assert nothing.status_code == 422
    assert "请选择要退回下级核对的数据项" in nothing.text

    told = zheng.after(zheng.send(form, form, items="601", reason="不动产接口检修，本月不能核对"))
    assert "已办理 1 项" in told
    assert "601 不动产登记" not in zheng.read(form)
    stage.work()
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id, read_only=True):
        reasons = db.session.scalars(select(Event.reason).where(Event.action == "be_handed_back"))
        assert list(reasons) == ["不动产接口检修，本月不能核对"]


def test_what_is_in_a_package_is_not_handed_back(stage: Stage) -> None:
    seal(stage)
    stage.approve_all("长春市", OF_THE_CITY)
    case = household_at(stage, "长春市")
    form = f"/delegation/cases/{case}/hand-back"
    qin, request = stage.at_browser("秦岚"), stage.request_to("长春市不动产登记中心")
    assert "601 不动产登记（" in qin.read(form)
    qin.after(qin.send(f"/exchange/{request}", f"/exchange/{request}/make"))
    shown = qin.read(form)
    assert "601 不动产登记（" not in shown
    assert "已发出、尚无结果的数据项" in shown
    refused = qin.send_unasked(form, form, items="601", reason="接口检修")
    assert refused.status_code == 422


def test_other_agencies_find_neither_letter_nor_entrustment(stage: Stage) -> None:
    zhao, here = seal(stage)
    received = entrustment_page(stage)
    assert zhao.open(here).status_code == 200
    zheng = stage.at_browser(OF_THE_CITY)
    assert zheng.open(received).status_code == 200
    assert zheng.open(here).status_code == 404
    assert zheng.send_unasked("/delegation/received", f"{here}/recall").status_code == 404
    assert zhao.open(received).status_code == 404
    case = household_at(stage, "长春市")
    assert zhao.open(f"/delegation/cases/{case}/hand-back").status_code == 404


def test_a_household_of_ones_own_department_cannot_be_handed_back(stage: Stage) -> None:
    zhao, case = stage.at_browser(REVIEWER), household_at(stage, "榆树市")
    assert zhao.open(f"/delegation/cases/{case}/hand-back").status_code == 404


def test_coverage_shows_who_can_check_and_where_nobody_can(stage: Stage) -> None:
    zhao = stage.at_browser(REVIEWER)
    shown = zhao.read("/delegation/coverage")
    assert "吉林榆树农村商业银行、中国邮政储蓄银行榆树市支行" in shown
    assert "省级 吉林省核对中心" in shown
    assert "市级 长春市核对中心" in shown
    assert "操作规程 三" in shown
    assert "第七条" in shown
    gaps = zhao.read("/delegation/coverage?place=nobody")
    assert "证券交易" in gaps
    assert "机动车辆权属" not in gaps
