"""周建华 brings the system's export, 吴晓东 confirms it; the register and its changes are read."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.world.builder import build_world
from tests.world.exports import HEADINGS, Row, export
from tests.world.identity_numbers import id_number

pytestmark = pytest.mark.browser

ROWS: tuple[Row, ...] = tuple(
    (f"2201{n // 2:06}", name, id_number(220182, dt.date(1955 + n, 5, 17), n, male=True),
     "户主" if n % 2 == 0 else "妻子", "五棵树镇", 560)
    for n, name in enumerate(("赵桂兰", "钱永福", "孙长海", "李秀英"))
)  # fmt: skip


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    with opened(app, settings, build_world(app), chromium_path) as portal:
        portal.november(4)
        yield portal


def bring(operator: Visitor, headings: tuple[str, ...], persons: str) -> None:
    operator.go("救助对象名册")
    operator.follow("系统导出")
    operator.follow("装入导出的数据")
    operator.page.get_by_label("救助项目").select_option("subsistence")
    operator.fill("导出时间", "2026-11-03T09:30")
    operator.fill("户数合计", "2")
    operator.fill("人数合计", persons)
    operator.fill("金额合计", "1120")
    operator.attach(("在享.xlsx", export(ROWS, headings)), "文件")
    operator.press("装入")
    operator.again()


def test_two_operators_build_the_register(portal: Portal) -> None:
    with Visitor(portal, "周建华") as zhou, Visitor(portal, "吴晓东") as wu:
        bring(zhou, HEADINGS, "5")
        zhou.reads("填报 5 人，文件中 4 人", "没有写入任何记录")
        bring(zhou, ("号", "甲", "乙", "丙", "丁", "戊", "己"), "4")
        zhou.follow("说明栏目")
        for key, place in (
            ("household_no", "B"),
            ("name", "C"),
            ("id_number", "D"),
            ("amount", "G"),
        ):
            heading = dict(zip("BCDG", "甲乙丙己", strict=True))[place]
            zhou.page.locator(f"#place-{key}").select_option(label=f"{place} 列 · {heading}")
        zhou.press("试读")
        zhou.reads("共 2 户 4 人", "每月 1,120.00 元")
        zhou.press("保存并读取")
        zhou.again()
        zhou.reads("合计相符")

        wu.again()
        wu.follow("确认", row="名册数据待确认")
        wu.press("确认")
        wu.again()
        wu.reads("新增 4 人，退出 0 人，变更 0 人")
        wu.go("救助对象名册")
        wu.reads("钱永福", "1,120.00", "系统导出")
        wu.follow("每日变化")
        wu.reads("新增", "560.00")
