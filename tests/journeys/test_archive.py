"""刘洋 files what was closed, holds one file, and takes another out as a package."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.reporting import ISSUER, answered, issue_all
from tests.pages.stage import on_day
from tests.pages.test_archive import PASSWORD, REASON, decide_all, unpacked
from tests.pages.test_decisions import december

pytestmark = pytest.mark.browser


@pytest.fixture
def decided(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """五棵树镇's households were decided on 3 December."""
    with on_day(20):
        stage = answered(app, settings)
    with on_day(26):
        issue_all(stage, stage.at_browser(ISSUER))
    with december(3):
        decide_all(stage)
    with opened(app, settings, stage.world, chromium_path) as portal:
        portal.today(dt.date(2026, 12, 9))
        yield portal


def test_closed_cases_are_filed_and_one_is_taken_out(decided: Portal) -> None:
    with Visitor(decided, ISSUER) as issuer:
        issuer.go("核对档案")
        issuer.follow("归档（待归档")
        issuer.reads("查询授权书、身份证扫描件", "本系统默认")
        issuer.page.get_by_label("全选本页").check()
        issuer.fill("架位", "3号柜 2层")
        issuer.press("归档")
        issuer.reads("都不齐全")
        issuer.page.get_by_label("全选本页").check()
        issuer.fill("不齐全的理由", REASON)
        issuer.press("归档")
        issuer.reads("没有待归档的案件")

        issuer.follow("返回核对档案")
        issuer.reads("3号柜 2层", "不予批准", "2036-12-31")
        issuer.follow("查看")
        issuer.page.get_by_text("登记暂停销毁…").click()
        issuer.page.get_by_label("事由").select_option("audit")
        issuer.fill("理由和依据", "审计局调阅函")
        issuer.press("暂停销毁")
        issuer.reads("审计局调阅函", "未解除")

        issuer.follow("导出电子档案")
        issuer.fill("档案包密码", PASSWORD)
        issuer.press("导出电子档案")
        issuer.again()
        contents = unpacked(issuer.download("下载"))
        assert "卷内文件目录" in contents["index.html"].decode()
