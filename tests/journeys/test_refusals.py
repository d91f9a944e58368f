"""What the pages refuse, in words, and that everybody's pages fit the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert

from app.accounts.models import AccountRole
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.stage import approved

pytestmark = pytest.mark.browser

NAVIGATION = "nav[aria-label=主导航] a"
# The template and the catalogue for machines are files, no pages.
INSIDE = "main a[href^='/']:not([href*='/template']):not([href$='.json'])"


@pytest.fixture
def checked(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """五棵树镇's households are approved in 榆树市: requests are drafts, the letter waits."""
    stage = approved(app, settings)
    with opened(app, settings, stage.world, chromium_path) as portal:
        portal.november(12)
        yield portal


def test_who_makes_a_package_cannot_confirm_it(checked: Portal) -> None:
    with Visitor(checked, "周建华") as maker, Visitor(checked, "吴晓东") as other:
        maker.go("数据交换")
        maker.follow("榆树市残疾人联合会")
        before = maker.page.url
        maker.press("制作交换包")
        maker.again()
        maker.reads("须由另一名交换员确认后才能送出")
        other.open(before)
        form = other.page.locator("form", has=other.page.get_by_role("button", name="确认交换包"))
        action = form.get_attribute("action")
        revision = form.locator("[name=revision]").input_value()
        # 周建华 sends the form of 吴晓东's page all the same.
        maker.forge(action or "", {"revision": revision})
        maker.reads("制作与确认、两次接收须由两名不同的交换员办理", "待确认")
        other.press("确认交换包")
        other.reads("待送达")


def test_who_checked_a_household_cannot_review_it(portal: Portal) -> None:
    """王芳 checked; the day she becomes a reviewer too, these households are still not hers."""
    portal.others("upload_lists", "submit", "check_intake")
    with Visitor(portal, "王芳") as wangfang, Visitor(portal, "赵磊") as zhaolei:
        wangfang.open("/review", status=403)
        assert "没有此项权限" in wangfang.text
        make_reviewer(portal, "王芳")
        zhaolei.go("审核复审")
        choice = zhaolei.page.locator("input[name=ids]").first.input_value()
        wangfang.open("/review")
        wangfang.reads("您已办理本户其他环节，应由他人复审")
        assert wangfang.page.locator("input[name=ids]").count() == 0
        # She sends the form of 赵磊's page all the same.
        wangfang.forge("/review/approve", {"ids": choice})
        wangfang.reads("您已办理过该户的其他环节，三个环节须由不同的人办理")
        zhaolei.tick("全选本页")
        zhaolei.press("复审通过")
        zhaolei.reads("已办理 9 项")


def make_reviewer(portal: Portal, name: str) -> None:
    """Give somebody the role, as the security administrator does."""
    person = portal.world.person(name)
    with portal.app.app_context(), acting_for(person.agency_id, "registrar"):
        given = insert(AccountRole).inline()
        values = {"account_id": person.account_id, "role": "reviewer"}
        db.session.execute(given, [values | {"valid_from": portal.world.month.opened_on}])


def test_a_liaison_sees_nothing_but_the_units_own_requests(checked: Portal) -> None:
    with Visitor(checked, "潘婷") as panting:
        entries = panting.page.locator(NAVIGATION).all_inner_texts()
        assert [entry.split()[0] for entry in entries] == ["待我办理", "数据交换申请", "人员备案"]
        for path in ("/cases", "/intake", "/review", "/exchange", "/reports", "/lists", "/people"):
            panting.open(path, status=403)
            assert "没有此项权限" in panting.text
        panting.open("/my-requests")


def test_wrong_passwords_lock_the_account(portal: Portal) -> None:
    portal.november(5)
    person = portal.world.person("王芳")
    with Visitor(portal) as wangfang:
        wangfang.name = person.name
        for _ in range(5):
            wangfang.sign_in("not the password")
            assert "核对机构代码、用户名或密码不正确" in wangfang.text
        wangfang.sign_in(portal.world.password)
        assert "账号已暂停登录 15 分钟" in wangfang.text
        wangfang.open("/")
        assert wangfang.page.url.endswith("/sign-in")
    with Visitor(portal, "吴晓东") as other:
        other.reads("待我办理")


@pytest.mark.campaign
@pytest.mark.parametrize(
    "names",
    [
        ("孙丽", "罗琳", "王芳"),
        ("赵磊", "周建华", "刘洋"),
        ("郑伟", "潘婷", "程功"),
        ("沙丽", "谭勇"),
    ],
    ids="-".join,
)
def test_every_page_fits(checked: Portal, names: tuple[str, ...]) -> None:
    """Every entry of everybody's navigation, and the pages that stand on those pages."""
    for name in names:
        with Visitor(checked, name) as person:
            for path in paths_for(person):
                person.open(path)


def paths_for(person: Visitor) -> list[str]:
    """The addresses in somebody's navigation and, of each such page, its links of each kind."""
    found: dict[str, str] = {}
    for path in addresses(person, NAVIGATION):
        found.setdefault(kind_of(path), path)
        person.open(path)
        for inner in addresses(person, INSIDE):
            found.setdefault(kind_of(inner), inner)
    return list(found.values())


def addresses(person: Visitor, selector: str) -> list[str]:
    """Where the links of a page lead."""
    return [link.get_attribute("href") or "" for link in person.page.locator(selector).all()]


def kind_of(path: str) -> str:
    """The address without numbers and filters: the kind of page."""
    return "/".join("n" if part.isdigit() else part for part in path.partition("?")[0].split("/"))
