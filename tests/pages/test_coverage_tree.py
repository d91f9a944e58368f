"""核对能力分布: 长春市 sees the province above it, its counties below, and where nobody can check."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.web.sheets import sheets_of
from tenants.catalogue import catalogue
from tenants.settings import Settings
from tests.pages.stage import Stage, on_day
from tests.world.builder import build_world

TREE = "/delegation/coverage/tree"
CITY_REVIEWER, COUNTY_REVIEWER = "郑伟", "赵磊"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(9):
        yield Stage(app, settings, build_world(app))


def test_the_city_sees_its_tree_and_its_gaps(stage: Stage) -> None:
    zheng = stage.at_browser(CITY_REVIEWER)
    assert TREE in zheng.read("/delegation/coverage")
    (sheet,) = sheets_of(zheng.read(TREE))
    head, *rows = sheet.rows
    assert head[:4] == ["代码", "数据项", "省级 吉林省", "本级"]
    assert head[4].startswith("县级（")
    assert head[5:] == ["缺口"]
    by_code = {int(row[0]): row for row in rows}
    assert set(by_code) == set(catalogue().items)
    assert by_code[1601][4] == "2 / 2"
    assert by_code[302][2] == "能核对"
    assert by_code[302][5] == "没有"
    assert by_code[1604][5].endswith("个机构")
    gaps = zheng.read(TREE + "?gaps=1")
    assert "证券交易" in gaps
    assert "机动车辆权属" not in gaps


def test_one_item_over_the_whole_tree(stage: Stage) -> None:
    zheng = stage.at_browser(CITY_REVIEWER)
    (sheet,) = sheets_of(zheng.read(f"{TREE}/1601"))
    by_name = {row[1]: row for row in sheet.rows[1:]}
    assert by_name["榆树市核对中心"][2] == "介质"
    assert by_name["榆树市核对中心"][4] == "能核对"
    assert by_name["长春市核对中心 本级"][4] == "缺口"
    assert zheng.open(f"{TREE}/1799").status_code == 404


def test_a_county_sees_nothing_of_other_counties(stage: Stage) -> None:
    shown = stage.at_browser(COUNTY_REVIEWER).read(f"{TREE}/1601")
    assert "双阳区" not in shown
    assert "长春市核对中心" in shown
