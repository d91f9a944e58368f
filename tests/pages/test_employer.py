"""赵磊 names the employer of somebody whose post nobody else can tell (第七条（十四）)."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.exchange.models import ExchangeRequest
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Stage, approved, on_day

SCHOOL, CODE = "榆树市第一中学", "12220182MB00000178"
LIST, NEW = "/sharing/employers", "/sharing/employers/new"
TYPED = {"name": SCHOOL, "code": CODE, "contact": "郑国栋", "letter_number": "榆一中函〔2026〕1号"}
REVIEWER, OPERATOR, SECOND, ELSEWHERE = "赵磊", "周建华", "吴晓东", "秦岚"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(9):
        yield approved(app, settings)


def test_the_employer_is_opened_by_two_and_named_from_the_case(stage: Stage) -> None:
    here = stage.world.agency("榆树市").id
    with stage.app.app_context(), acting_for(here, read_only=True):
        case = db.session.scalars(select(Case.id).where(Case.scheme == "subsistence")).first()
    zhao, page = stage.at_browser(REVIEWER), f"/delegation/cases/{case}/employer"
    assert page in zhao.read(f"/cases/{case}")
    assert "还没有登记所在单位" in zhao.read(page)
    assert NEW in zhao.read(page)
    for wrong, told in (
        ({"code": CODE[:-1] + "A"}, "末位校验位要相符"),
        ({"code": "12345"}, "末位校验位要相符"),
        ({"code": ""}, "请填写 18 位统一社会信用代码"),
        ({"contact": ""}, "请填写专人姓名"),
        ({"name": "吉林榆树农村商业银行"}, "不用重复登记"),
    ):
        refused = zhao.send(NEW, NEW, **TYPED | wrong)
        assert refused.status_code == 422
        assert told in refused.text
    assert "还没有登记所在单位" in zhao.read(LIST), "nothing was written"
    listed = zhao.after(zhao.send(NEW, NEW, **TYPED | {"code": f" {CODE.lower()} "}))
    assert CODE in listed
    assert "待确认" in listed
    (confirm,) = [form for form in stage.at_browser(OPERATOR).forms(LIST) if "confirm" in form]
    assert confirm not in zhao.forms(LIST)
    assert zhao.send_unasked(LIST, confirm).status_code == 403
    assert "已经登记" in zhao.send(NEW, NEW, **TYPED | {"name": "另一所学校"}).text
    assert "还没有登记所在单位" in zhao.read(page), "not before it is confirmed"

    zhou = stage.at_browser(OPERATOR)
    assert "有新登记的所在单位" in zhou.read("/notices")
    unit_page = zhou.after(zhou.send(LIST, confirm))
    assert f"统一社会信用代码 {CODE}" in unit_page
    assert "没有当日有效的保密协议" in unit_page
    assert "郑国栋" in unit_page, "filed with the confirmation"
    assert "已经确认或者作废" in zhou.send_unasked(LIST, confirm).text

    shown = zhao.read(page)
    assert SCHOOL in shown
    school = re.findall(rf'<option[^>]*value="(\d+)">{SCHOOL}', shown)[0]
    person = re.findall(r'<input[^>]*name="people"[^>]*value="(\d+)"', shown)[0]
    refused = zhao.send(page, page, unit=school)
    assert refused.status_code == 422
    assert "请选择在该单位工作的核对对象" in refused.text
    asked = zhao.after(zhao.send(page, page, people=[person], unit=school))
    assert "向所在单位核对" in asked
    assert f"{SCHOOL}，1 人" in asked
    assert f'value="{person}"' not in zhao.read(page)
    assert zhou.open(page).status_code == 403
    with stage.app.app_context(), acting_for(here, read_only=True):
        drafts = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == int(school))
        draft = db.session.scalars(drafts).one()
    assert SCHOOL in zhou.read(f"/exchange/{draft}")


def test_an_operator_records_too_and_never_confirms_alone(stage: Stage) -> None:
    zhou, wu = stage.at_browser(OPERATOR), stage.at_browser(SECOND)
    assert LIST in zhou.read("/sharing")
    zhou.after(zhou.send(NEW, NEW, **TYPED))
    (confirm,) = [form for form in wu.forms(LIST) if "confirm" in form]
    assert confirm not in zhou.forms(LIST)
    assert "登记人以外的数据交换员" in zhou.send_unasked(LIST, confirm).text
    assert stage.at_browser(ELSEWHERE).send_unasked(LIST, confirm).status_code == 404
    assert stage.at_browser("王芳").open(LIST).status_code == 403
    void = confirm.replace("confirm", "void")
    assert "已作废" in wu.after(wu.send(LIST, void))
    assert "待确认" in zhou.after(zhou.send(NEW, NEW, **TYPED)), "the code is free again"
