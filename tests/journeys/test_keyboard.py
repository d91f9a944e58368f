"""赵磊's day without a mouse: to the text, along the rows, tick, approve; and the list of keys."""

import pytest

from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

FOCUS = "() => document.activeElement.className || document.activeElement.id"
NEXT_FRAMES = "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))"
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
