"""宋建平 of 长春市 sets the year's targets, 韩立新 of 榆树市 assesses himself and looks at his board."""

import pytest

from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


def test_targets_go_down_and_the_self_assessment_comes_up(portal: Portal) -> None:
    portal.november(30)
    with Visitor(portal, "宋建平") as head, Visitor(portal, "韩立新") as director:
        head.go("考评")
        head.follow("下达考评目标")
        head.page.get_by_label("榆树市核对中心").check()
        head.fill("说明", "全年按期反馈，材料规范。")
        head.press("下达目标")
        head.reads("待自评")

        director.go("考评")
        director.follow("2026 年")
        director.fill("自评：队伍、档案和保密管理", "20.5")
        director.fill("说明", "全年工作按要求完成。")
        director.press("报送自评")
        director.reads("0 至 20 分之间")
        director.fill("自评：队伍、档案和保密管理", "18.5")
        director.press("报送自评")
        director.reads("待评分", "98.5")

        head.follow("榆树市核对中心")
        head.reads("全年工作按要求完成。", "评分送达下级")
        director.go("分析")
        for tab in ("核对结果", "覆盖", "各月比较", "各地", "共享单位履约"):
            director.page.get_by_role("navigation", name="分析").get_by_role(
                "link", name=tab
            ).click()
            director.look()
