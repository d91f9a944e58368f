"""赵磊's day without a mouse: to the text, along the rows, tick, approve; and the list of keys.
罗琳 types a new member of a household, who is judged while she types."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.cases.models import Case
from tenants.database import db
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor
from tests.pages.desk import at_work
from tests.world.identity_numbers import check_character

pytestmark = pytest.mark.browser

FOCUS = "() => document.activeElement.className || document.activeElement.id"
NEXT_FRAMES = "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))"
NUMBER = "22018220261020001"
TICKED = "main input[data-select]:checked"


def test_a_household_is_approved_by_keys_alone(portal: Portal) -> None:
    portal.others("upload_lists", "submit", "check_intake")
    portal.november(6)
    with Visitor(portal, "赵磊") as zhaolei:
        page, keys = zhaolei.page, zhaolei.page.keyboard
        zhaolei.open("/review")
        keys.press("Tab")
        assert page.evaluate(FOCUS) == "skip"
        keys.press("Enter")
        assert page.evaluate(FOCUS) == "main"
        keys.press("j")
        keys.press("j")
        keys.press("k")
        keys.press("x")
        keys.press("ArrowDown")
        keys.press("Space")
        assert page.locator(TICKED).count() == 2
        keys.press("a")
        keys.press("a")
        assert page.locator(TICKED).count() == 0
        keys.press("x")
        keys.press("b")
        zhaolei.strike("Enter")
        zhaolei.reads("已办理 1 项")
        look_at_the_keys(zhaolei)


def look_at_the_keys(zhaolei: Visitor) -> None:
    """? opens them, Esc closes them; who turns single keys off is left alone by them."""
    page, keys = zhaolei.page, zhaolei.page.keyboard
    dialog = page.get_by_role("dialog", name="快捷键")
    keys.press("?")
    assert dialog.is_visible()
    dialog.get_by_role("checkbox").check()
    keys.press("Escape")
    assert not dialog.is_visible()
    keys.press("?")
    assert not dialog.is_visible()
    page.get_by_text("赵磊").first.click()
    page.get_by_role("link", name="快捷键").click()
    assert dialog.is_visible()
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="关闭").click()
    dialog.wait_for(state="hidden")
    # The browser gives the focus back a moment after the dialog is gone; no hand is faster.
    page.evaluate(NEXT_FRAMES)
    keys.press("/")
    assert page.evaluate("() => document.activeElement.name") == "q"
    keys.type("?")
    assert not dialog.is_visible()


def test_a_new_member_is_judged_while_one_types(portal: Portal) -> None:
    portal.others("upload_lists", "submit")
    portal.november(5)
    with Visitor(portal, "罗琳") as luolin:
        page, keys = luolin.page, luolin.page.keyboard
        luolin.open(f"/households/{_submitted(portal)}/changes/member")
        assert page.evaluate("() => document.activeElement.name") == "reason", "the first to answer"
        number = page.locator("#id_number")
        number.fill(NUMBER + "0")
        keys.press("Tab")
        fault = page.locator("#id_number-error")
        expect(fault).to_contain_text("校验不符")
        expect(number).to_have_attribute("aria-invalid", "true")
        assert "id_number-error" in (number.get_attribute("aria-describedby") or "")
        assert page.locator("#name-error").count() == 0, "nobody was there yet"
        number.fill(NUMBER + check_character(NUMBER))
        expect(fault).to_be_hidden()
        expect(number).not_to_have_attribute("aria-invalid", "true")


def _submitted(portal: Portal) -> int:
    """A household that has been handed in to 榆树市."""
    with portal.app.app_context(), at_work(portal.world, "王芳"):
        first = select(Case.id).where(Case.state == "submitted").order_by(Case.id)
        return db.session.scalars(first).first() or 0
