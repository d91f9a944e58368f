"""The operator rehearses and records a move of 榆树市; 吉林省's second administrator confirms."""

import re

import pytest

from tests.pages.desk import Desk, text_of
from tests.pages.stage import on_day
from tests.world.builder import build_world

WORDS = (
    *("move-agency", "220182", "--to", "220200", "--from", "2026-11-16"),
    *("--document", "吉政函〔2026〕61号", "--document-on", "2026-10-30"),
)


@pytest.fixture
def world(app):
    return build_world(app, settle=False)


def one(world, region, role):
    return world.people_of(region, role)[0]


def test_a_change_is_rehearsed_recorded_and_confirmed_by_another(app, world):
    enters = one(world, "吉林省", "system_administrator")
    confirms = one(world, "吉林省", "security_administrator")
    county = one(world, "榆树市", "reviewer")

    def move(*more, password=world.password):
        return app.test_cli_runner().invoke(args=[*WORDS, *more], input=f"{password}\n")

    with on_day(3):
        said = move().output
        assert "自2026年11月16日起，榆树市核对中心由长春市核对中心改隶吉林市核对中心" in said
        assert "只是预演" in said
        assert "没有区划变更" in Desk(app, world, confirms.name).read("/map-changes")
        assert "不正确" in move("--enter", "--by", enters.login, password="wrong").output
        assert "没有登记区划变更的岗位，" in move("--enter", "--by", confirms.login).output
        assert "已登记，编号" in move("--enter", "--by", enters.login).output
        again = move("--enter", "--by", enters.login)
        assert again.exit_code == 1
        assert "正待确认" in again.output

        others = app.test_cli_runner()
        paper = ("--from", "2026-11-16", "--document", "函1号", "--document-on", "2026-10-30")
        named = ("--name", "双阳区核对所", "--short-name", "双阳", "--region-name", "双阳区")
        said = others.invoke(args=["rename-agency", "220112", *named, *paper]).output
        assert "双阳区核对中心改称双阳区核对所" in said
        assert "签章证书" in said
        said = others.invoke(args=["merge-agencies", "220112", "--into", "220182", *paper]).output
        assert "双阳区核对中心并入榆树市核对中心" in said
        assert "只登记单位名称" in said
        desk = Desk(app, world, confirms.name)
        assert "待确认" in desk.read("/map-changes")
        (url,) = re.findall(r'href="(/map-changes/[0-9]+)"', desk.source("/map-changes"))
        assert "榆树市核对中心由长春市核对中心改隶" in desk.read(url)
        assert f"{url}/confirm" not in Desk(app, world, enters.name).source(url)
        theirs = Desk(app, world, county.name)
        assert f"{url}/confirm" not in theirs.source(url), "the county reads it only"
        assert "区划变更" not in theirs.read("/")
        assert "待生效" in desk.act(f"{url}/confirm")
        assert "榆树市核对中心由长春市核对中心改隶" in theirs.read("/")
        stranger = one(world, "增城区", "reviewer")
        assert "没有区划变更" in Desk(app, world, stranger.name).read("/map-changes")
    with on_day(17):
        assert "不能作废" in text_of(desk.send(f"{url}/void"))
        assert "已生效" in desk.read(url)
