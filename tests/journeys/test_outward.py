"""榆树's recipients go up by themselves; 吉林省's two operators send them on, and look at the tiers."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.assistance.outward import making
from app.assistance.register import loading
from app.assistance.register.rules import Totals
from app.cases.queries import units_of_kind
from tenants.calendar import SHANGHAI, business_date_set_to
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.stage import Stage
from tests.world.builder import build_world
from tests.world.exports import export
from tests.world.identity_numbers import id_number

pytestmark = pytest.mark.browser

PEOPLE = (("郑玉芬", 1951), ("罗长山", 1978), ("何春生", 1966), ("唐桂英", 1990))
TREE = ("榆树市", "长春市", "吉林省")


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    stage = Stage(app, settings, build_world(app))
    operators = [one.actor for one in stage.world.people_of("榆树市", "exchange_operator")]
    rows = [
        (
            f"2201{n:06}",
            name,
            id_number(220182, dt.date(year, 5, 17), n, male=True),
            "户主",
            "",
            560,
        )
        for n, (name, year) in enumerate(PEOPLE)
    ]
    told = Totals(4, 4, 224_000)
    at = dt.datetime(2026, 12, 1, 8, tzinfo=SHANGHAI)
    with business_date_set_to(dt.date(2026, 12, 1), allow=True):
        with app.app_context(), acting_for(operators[0].agency_id):
            unit = units_of_kind("commissioning")[0][0]
            new = loading.NewLoad(
                unit, "subsistence", "全国低保系统", at, told, export(rows), "在享.xlsx"
            )
            load_id = loading.take_in(new, operators[0])
        stage.work()
        with app.app_context(), acting_for(operators[0].agency_id):
            loading.confirm(load_id, operators[1])
        stage.work()
    for day in (2, 3):
        with business_date_set_to(dt.date(2026, 12, day), allow=True):
            for place in TREE:
                with app.app_context(), acting_for(stage.world.agency(place).id):
                    making.make_due()
                stage.work()
    with opened(app, settings, stage.world, chromium_path) as found:
        found.today(dt.date(2026, 12, 3))
        yield found


def test_two_operators_send_what_the_counties_told(portal: Portal) -> None:
    one, other = (p.name for p in portal.world.people_of("吉林省", "exchange_operator")[:2])
    with Visitor(portal, one) as first, Visitor(portal, other) as second:
        first.go("对外名单")
        first.reads(
            "报送省政务信息资源共享平台", "不需另行授权", "就业服务和代缴城乡居民养老保险费"
        )
        first.follow("办理", row="报送省政务信息资源共享平台")
        first.reads("郑玉芬", "名单推送类，以通知为依据", "共 4 人")
        first.press("确认")
        first.reads("须由另一名交换员送出")

        second.go("对外名单")
        second.follow("办理", row="报送省政务信息资源共享平台")
        second.press("登记送出")
        second.reads("请填写送出方式")
        second.fill("送出方式", "共享平台上传")
        second.fill("送出日期", "2026-12-03")
        second.press("登记送出")
        second.fill("回执编号", "PT-1203")
        second.fill("对方现有人数", "3")
        second.press("登记回执")
        second.reads("人数不符，待说明", "对方现有 3 人，名单为 4 人")
        second.fill("说明", "一人证件号码校验未通过，次日补传。")
        second.press("登记说明")
        second.reads("对方已接收")

        first.go("对外名单")
        first.follow("各级核对")
        first.reads("榆树市", "一致", "共 2 项，0 项不一致")
