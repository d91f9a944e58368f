"""After the reports: 罗琳's department reports by the tenth what it decided, one household by hand, the
rest as a file; and at 五棵树镇's desk somebody contests what a source said."""

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
from tests.world.papers import explanation

pytestmark = pytest.mark.browser

DEPARTMENT, OFFICER, DESK, REVIEWER = "罗琳", "王芳", "孙丽", "赵磊"
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
    somebody_contests_at_the_desk(reported, first[0])


def somebody_contests_at_the_desk(portal: Portal, number: str) -> None:
    """孙丽 writes it down, 王芳 finds the answer, 赵磊 has it rechecked; the desk sees how far it is."""
    scan = ("申请书.jpg", explanation("在农商行还有存款。", "2026-12-08"))
    with Visitor(portal, DESK) as desk, Visitor(portal, OFFICER) as officer:
        desk.go("核对名单")
        desk.follow("查看")
        desk.follow("变动", row=number)
        desk.follow("登记异议")
        assert desk.download("打印异议申请书").startswith(b"%PDF")
        desk.page.get_by_label("对哪类部门的信息有异议").select_option("16")
        desk.fill("当事人的陈述", "在农商行还有一笔定期存款，应当查得到。")
        desk.press("登记异议")
        desk.reads("请上传当事人签字的异议申请书")
        desk.attach(scan, "签字的异议申请书和证明材料")
        desk.press("登记异议")
        desk.reads("待受理", "金融机构", "定期存款")
        assert desk.download("打印回执").startswith(b"%PDF")

        officer.go("待我办理")
        officer.reads("受理窗口转来的异议")
        officer.go("异议")
        officer.follow("受理", row="金融机构")
        officer.reads("定期存款", "无记录")
        officer.page.get_by_role("radio", name="农村商业银行").first.check()
        officer.press("受理")
        officer.reads("待复核", "当时的反馈")
        assert officer.download("打印异议回执").startswith(b"%PDF")
    with Visitor(portal, REVIEWER) as reviewer, Visitor(portal, DESK) as desk:
        reviewer.go("异议")
        reviewer.follow("办理", row="农村商业银行")
        reviewer.press("向来源复核")
        reviewer.reads("来源复核中", "来源单位尚未反馈")
        desk.go("异议登记")
        desk.reads("来源复核中")
