"""罗琳 takes recipients into December's entrustment; 王芳 ticks the sampled household's papers, and
reads with the batch summary what changed since the last check."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from app.assistance.periodic.models import PeriodicCase
from app.cases.models import Case
from tenants.database import any_of, db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.reporting import answered, county
from tests.pages.stage import Stage, on_day
from tests.usecases.test_periodic import MONEY, find, recipients_of

pytestmark = pytest.mark.browser

LETTER = "榆民委〔2026〕14号"


@pytest.fixture
def granted(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """Three households under 低保, granted aid on what November found."""
    with on_day(20):
        stage = answered(app, settings)
    with app.app_context(), acting_for(county(stage)):
        db.session.execute(update(Case).values(state="reported"))
    recipients_of(stage, 3)
    with opened(app, settings, stage.world, chromium_path) as portal:
        portal.today(dt.date(2026, 12, 3))
        yield portal


def test_recipients_become_a_batch_whose_sample_is_looked_at(granted: Portal) -> None:
    with Visitor(granted, "罗琳") as clerk, Visitor(granted, "王芳") as officer:
        clerk.go("定期核查")
        clerk.follow("纳入定期核查")
        clerk.page.get_by_label("乡镇（街道）").select_option(label="五棵树镇受理窗口")
        clerk.fill("上次核对早于", "2026-12-01")
        clerk.press("查询")
        clerk.press("将符合条件的全部纳入")
        clerk.reads("已将 3 户纳入 2026 年 12 月")
        clerk.go("提交委托")
        clerk.fill("委托书文号", LETTER)
        clerk.fill("委托书日期", "2026-12-03")
        clerk.attach(("委托书.pdf", b"%PDF-1.7 sealed"), "委托书扫描件")
        clerk.press("提交委托")

        officer.go("受理初审")
        officer.follow("初审", row=LETTER)
        officer.reads("标为“抽查”的")
        officer.tick("全选本页")
        officer.press("初审通过")
        officer.reads("已办理 2 项", "跳过 1 项：定期核查抽查的家庭，纸质材料须全部勾选后才能通过")
        officer.press("逐户初审")
        officer.reads("第一遍：看材料", "全部勾选后才能通过")
        officer.page.keyboard.press("a")
        officer.strike("Enter")
        officer.strike("Enter")
        officer.reads("已办理 1 项", "没有这一状态的户")

        more_and_less(granted)
        officer.go("定期核查")
        officer.follow("汇总表")
        officer.reads(
            "超过限额，可能不再符合", "查得减少，可能可以获得更多救助", "没有需要关注的变化"
        )
        told = officer.download("导出 xlsx")
        rows = [
            row
            for sheet in CalamineWorkbook.from_filelike(io.BytesIO(told)).sheet_names
            for row in CalamineWorkbook.from_filelike(io.BytesIO(told))
            .get_sheet_by_name(sheet)
            .to_python()
        ]
        words = {str(cell) for row in rows for cell in row}
        assert {"超过限额，可能不再符合", "查得减少，可能可以获得更多救助", "抽查"} <= words
        assert officer.download("打印汇总表").startswith(b"%PDF")


def more_and_less(portal: Portal) -> None:
    """As if answers had come: one household has a pension over the limit, one lost what it had."""
    stage = Stage(portal.app, portal.settings, portal.world)
    with portal.app.app_context(), acting_for(county(stage)):
        kept = list(db.session.scalars(select(PeriodicCase).order_by(PeriodicCase.case_id)))
        ids = [one.case_id for one in kept]
        db.session.execute(update(Case).where(Case.id == any_of(ids)).values(state="checking"))
        pairs = [(one.case_id, one.former_case) for one in kept]
    find(stage, pairs[0][0], MONEY)
    find(stage, pairs[1][1], MONEY | {"benefit_amount": 30_000})
