"""A stranger on a telephone tells something without a name; 韩立新 gives it away, 刘洋 handles it."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import ViewportSize

from app.oversight.tipoffs.messages import FIGURES
from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.world.builder import build_world

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)
DIRECTOR, HANDLER = "韩立新", "刘洋"
WORDS = "五棵树镇有一户领低保的，家里两辆货车都登记在弟弟名下。"
SUM = re.compile(f"([{FIGURES}])加([{FIGURES}])等于几")


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    world = build_world(app, settle=False)
    with opened(app, settings, world, chromium_path) as portal:
        portal.today(dt.date(2026, 12, 10))
        yield portal


def test_from_a_telephone_to_the_answer(portal: Portal) -> None:
    with (
        Visitor(portal, screen=PHONE) as stranger,
        Visitor(portal, DIRECTOR) as director,
        Visitor(portal, HANDLER) as handler,
    ):
        stranger.open("/info/220182")
        stranger.reads("随时书面撤回", "7 个工作日")
        stranger.follow("我要举报")
        stranger.press("提交举报")
        stranger.reads("请选择举报的是哪一类情况", "10 至 3000 个字")
        stranger.page.get_by_label("申请或者正在享受").check()
        stranger.fill("举报内容", WORDS)
        first, second = (FIGURES.index(sign) for sign in SUM.search(stranger.text).groups())
        stranger.page.locator("#answer").fill(str(first + second))
        stranger.press("提交举报")
        number = re.search(r"榆举 2026-12-\w{7}", stranger.text)[0]
        code = re.search(r"(?:\w{4}-){4}\w{4}", stranger.text)[0]

        director.go("举报")
        director.follow("办理", row=number)
        director.press("打开内容")
        director.reads(WORDS)
        director.page.get_by_label("经办人", exact=True).select_option(HANDLER)
        director.press("分办")
        director.reads("办理中")

        handler.go("举报")
        handler.follow("办理", row=number)
        handler.press("打开内容")
        handler.reads(WORDS)
        handler.page.get_by_label("结果", exact=True).select_option("不属实")
        handler.fill("办理情况", "调取车辆登记和运输合同，车辆由其弟实际使用。")
        handler.fill("给举报人的答复", "经核实，所反映的情况不属实。感谢监督。")
        handler.press("办理完毕，送审核")
        director.again()
        director.press("审核办结")
        director.reads("已办结")

        stranger.follow("查看办理情况")
        stranger.fill("受理编号", number)
        stranger.fill("查询码", code.lower())
        stranger.press("查看")
        stranger.reads(WORDS, "已办结", "不属实", "感谢监督")
