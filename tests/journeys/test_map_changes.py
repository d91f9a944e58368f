"""榆树市 is to come under 吉林市: 吉林省's second administrator confirms, and the county is told."""

import datetime as dt

import pytest

from app.map_changes import service
from app.map_changes.rules import Approval
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

YUSHU, JILIN_CITY = 220182, 220200
APPROVAL = Approval("吉政函〔2026〕61号", dt.date(2026, 10, 30), dt.date(2026, 11, 16))


def test_a_second_administrator_confirms_and_the_county_is_told(portal: Portal) -> None:
    portal.today(dt.date(2026, 11, 3))
    people = portal.world.people_of
    (enters,) = people("吉林省", "system_administrator")
    (confirms,) = people("吉林省", "security_administrator")
    reviewer = people("榆树市", "reviewer")[0]
    with portal.app.app_context():
        change = service.record_move(YUSHU, JILIN_CITY, APPROVAL, enters.actor)
    with Visitor(portal, confirms.name) as second, Visitor(portal, reviewer.name) as county:
        second.go("区划变更")
        second.follow("榆树市核对中心由长春市核对中心改隶吉林市核对中心")
        second.reads("待确认", "登记人")
        second.press("确认")
        second.reads("待生效")
        county.open("/")
        county.reads("区划变更", "改隶吉林市核对中心", "此前送出的委托仍由长春市核对中心办结")
        county.open("/delegation/coverage/tree")
        county.follow("区划变更")
        county.reads("2026-11-16", "长春市核对中心", "吉林市核对中心")
        county.open(f"/map-changes/{change}")
