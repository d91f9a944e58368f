"""谭勇 inspects the month's looks; 王芳 explains an evening on a page of her own; the report is printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.stage import approved, on_day
from tests.pages.test_inspections import AUDITOR, OFFICER, WHY, people_of, plant

pytestmark = pytest.mark.browser


@pytest.fixture
def looked_at(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """王芳 opened one person's data on an evening of November."""
    stage = approved(app, settings)
    plant(stage, OFFICER, "12 22:40", id_=people_of(stage)[1][0])
    with on_day(20), opened(app, settings, stage.world, chromium_path) as portal:
        yield portal


def test_an_evening_is_asked_about_explained_and_reported(looked_at: Portal) -> None:
    with Visitor(looked_at, AUDITOR) as auditor, Visitor(looked_at, OFFICER) as officer:
        auditor.go("数据使用检查")
        auditor.follow("开展检查")
        auditor.fill("自", "2026-11-01")
        auditor.press("开展检查")
        auditor.reads("请填写检查事由")
        auditor.fill("检查事由", "第四季度例行检查")
        auditor.press("开展检查")
        auditor.again()
        auditor.reads("工作时间以外", "随机数")
        auditor.follow("核实", row="工作时间以外")
        auditor.fill("需要说明的情况", "请说明当晚查看该户的工作事由。")
        auditor.press("请其说明")

        officer.go("待我办理")
        officer.follow("说明", row="检查中请您说明的查看（1 次）")
        officer.follow("说明", row="查看完整身份信息")
        officer.reads("请说明当晚查看该户的工作事由。", "不表示有不当行为")
        officer.fill("说明", WHY)
        officer.press("提交说明")
        officer.reads("已说明")

        auditor.go("数据使用检查")
        auditor.follow("办理", row="第四季度例行检查")
        auditor.follow("核实", row="工作时间以外")
        auditor.reads(WHY)
        auditor.page.get_by_label("说明后认可").check()
        auditor.fill("核实意见", "与窗口登记一致")
        auditor.press("登记核实结论")
        auditor.fill("检查结论", "查看有工作事由，没有发现违规。")
        auditor.press("办结检查")
        auditor.reads("已办结")
        assert auditor.download("打印检查报告").startswith(b"%PDF")
