"""周建华 has the register compared, 孙丽 sees to two people, 罗琳 confirms a reason."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.stage import Stage, on_day
from tests.usecases.cells import YUSHU, add_neighbour
from tests.usecases.test_full_coverage import PAID, fill_register, give_back
from tests.world.builder import build_world

pytestmark = pytest.mark.browser


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    with on_day(4):
        stage = Stage(app, settings, build_world(app))
        fill_register(stage)
        with app.app_context():
            unit = add_neighbour("榆树市社会保险事业管理局", YUSHU, [501])
        day = dt.date(2026, 10, 31)
        give_back(stage, unit, "职工", day, {"沈志强": PAID})
        give_back(stage, unit, "城乡居民", day, {"曹建国": PAID})
    with opened(app, settings, stage.world, chromium_path) as portal:
        portal.november(4)
        yield portal


def test_who_is_not_insured_is_seen_to(portal: Portal) -> None:
    with Visitor(portal, "周建华") as zhou:
        zhou.go("应保尽保")
        zhou.reads("还没有比对过")
        zhou.press("开始本月比对")
        zhou.again()
        zhou.reads("截至 2026-10-31", "职工、城乡居民数据中都没有参保缴费", "许秀英")
        zhou.go("应保尽保")
        zhou.reads("各月情况", "40.0%")
    with Visitor(portal, "孙丽") as sun:
        sun.go("应保尽保")
        sun.follow("落实名单")
        sun.follow("查看", row="许秀英")
        sun.page.get_by_label("已办理参保登记").check()
        sun.press("登记")
        sun.reads("须有凭证号")
        sun.fill("凭证号", "榆居保2026-0815")
        sun.press("登记")
        sun.reads("已登记。", "凭证号 榆居保2026-0815")
        sun.follow("返回落实名单")
        sun.follow("查看", row="韩大勇")
        sun.page.get_by_label("本人不愿参保").check()
        sun.fill("说明", "本人称在外打零工，不愿缴费")
        sun.press("登记")
        sun.reads("本人称在外打零工")
    with Visitor(portal, "罗琳") as luo:
        luo.follow("确认", row="确认未参保原因")
        luo.follow("查看", row="韩大勇")
        luo.press("确认原因")
        luo.reads("已办结", "原因有效至")
