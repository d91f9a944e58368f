"""罗琳's department reports by the tenth what it decided: one household by hand, the rest as a file."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.reporting import ISSUER, answered, issue_all
from tests.pages.stage import on_day
from tests.world.month_decisions import filled

pytestmark = pytest.mark.browser

DEPARTMENT, OFFICER = "罗琳", "王芳"
DECIDED_ON = dt.date(2026, 12, 3)


@pytest.fixture
def reported(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """五棵树镇's households got their merged reports on 26 November."""
    with on_day(20):
        stage = answered(app, settings)
    with on_day(26):
        issue_all(stage, stage.at_browser(ISSUER))
    with opened(app, settings, stage.world, chromium_path) as portal:
        portal.today(dt.date(2026, 12, 8))
        yield portal


def test_a_department_reports_by_hand_and_as_a_file(reported: Portal) -> None:
    with Visitor(reported, DEPARTMENT) as clerk, Visitor(reported, OFFICER) as officer:
        clerk.go("审批情况反馈")
        clerk.reads("还有 2 个工作日", "操作规程 四")
        sheet = clerk.download("下载反馈表")
        cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
        first, second, third, *_ = [row for row in cells[1:] if row[2] == "低保"] + cells[1:]

        clerk.follow("反馈", row=first[0])
        clerk.page.get_by_label("批准", exact=True).check()
        clerk.fill("审批日期", DECIDED_ON.isoformat())
        clerk.fill("起始月份", "2026-12")
        clerk.press("反馈审批情况")
        clerk.reads("请填写每月金额（元）")
        clerk.fill("金额（元）", "560")
        clerk.press("反馈审批情况")

        clerk.follow("上传反馈表")
        rows = (
            (second[0], "", "", "未决", "", "", "", "申请人住院，待补充材料"),
            (third[0], "", "", "不予批准", DECIDED_ON),
            ("没有这一户", "", "", "不予批准", DECIDED_ON),
        )
        clerk.attach(("反馈表.xlsx", filled(*rows)), "审批情况反馈表")
        clerk.press("上传并检查")
        clerk.reads("其余 2 户已反馈", "没有这个案件编号")

        officer.go("审批情况")
        officer.follow("未决")
        officer.reads("申请人住院，待补充材料")
        officer.follow("已反馈")
        officer.follow("查看", row=first[0])
        officer.reads("560.00 元/月", "审批反馈", "已结案")
