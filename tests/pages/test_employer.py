"""赵磊 names the employer of somebody whose post nobody else can tell (第七条（十四）)."""

import re

from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.exchange.models import ExchangeRequest
from tenants import provisioning
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import approved, on_day

SCHOOL = "榆树市第一中学"


def test_the_employer_is_named_from_the_case(app: Flask, settings: Settings) -> None:
    with on_day(9):
        stage = approved(app, settings)
        here = stage.world.agency("榆树市").id
        with app.app_context(), acting_for(here, read_only=True):
            case = db.session.scalars(select(Case.id).where(Case.scheme == "subsistence")).first()
        zhao, page = stage.at_browser("赵磊"), f"/delegation/cases/{case}/employer"
        assert page in zhao.read(f"/cases/{case}")
        assert "还没有登记所在单位" in zhao.read(page)
        with app.app_context(), acting_for(here, "registrar"):
            school = provisioning.add_unit("sharing", SCHOOL, category=14)
        shown = zhao.read(page)
        assert SCHOOL in shown
        boxes = re.findall(r'<input[^>]*name="people"[^>]*value="(\d+)"', shown)
        person = boxes[0]
        told = zhao.send(page, page, unit=str(school))
        assert told.status_code == 422
        assert "请选择在该单位工作的核对对象" in told.text
        asked = zhao.after(zhao.send(page, page, people=[person], unit=str(school)))
        assert "向所在单位核对" in asked
        assert f"{SCHOOL}，1 人" in asked
        assert f'value="{person}"' not in zhao.read(page)
        zhou = stage.at_browser("周建华")
        assert zhou.open(page).status_code == 403
        with app.app_context(), acting_for(here, read_only=True):
            drafts = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == school)
            draft = db.session.scalars(drafts).one()
        assert SCHOOL in zhou.read(f"/exchange/{draft}")
