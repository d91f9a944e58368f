"""axe-core finds nothing on any page of any role, in Chromium (WCAG 2.0 to 2.2, A and AA).

Pages are enumerated from the program, over planted rows in every state. A page is looked at when
its route is new, or when it holds a kind of element that no page before it held.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, Route, ViewportSize, sync_playwright

from tests.architecture.walk import Looked, Walk
from tests.journeys.markup import kinds_of
from tests.journeys.portal import ARGUMENTS
from tests.journeys.visitor import SCREEN, SPREAD

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
UNFOLD = """where => {
  for (const part of document.querySelectorAll(`${where} details`)) part.open = true;
  scrollTo(0, 0);
}"""
ZOOMED = ViewportSize(width=SCREEN["width"] // 2, height=SCREEN["height"] // 2)
PLACE = "http://portal.test"
LEAST_LOOKED_AT = 60


class Looking:
    """A browser window into which pages are laid that the program has answered with."""

    def __init__(self, app: Flask, page: Page) -> None:
        self.page, self.client, self.html = page, app.test_client(), ""
        self.axe = Axe()
        self.kept: dict[str, tuple[bytes, str]] = {}
        page.route(f"{PLACE}/**", self._answer)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/looked-at":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        else:
            body, kind = self._file(path)
            route.fulfill(body=body, content_type=kind)

    def _file(self, path: str) -> tuple[bytes, str]:
        """A style sheet, script or picture of the program, asked for once."""
        if path not in self.kept:
            with self.client.get(path) as answer:
                self.kept[path] = answer.get_data(), answer.mimetype or ""
        return self.kept[path]

    def spread(self) -> str:
        """What stands out of the window at 200 % zoom, on a screen of 1366 × 768 (WCAG 1.4.10)."""
        self.page.set_viewport_size(ZOOMED)
        width = self.page.evaluate(SPREAD)
        self.page.set_viewport_size(SCREEN)
        return f"{width} px too wide at 200 %" if width > 0 else ""

    def faults(self, html: str, unfold: str = "main") -> list[str]:
        """What axe-core finds wrong with a page, each with the first element that has it.

        What is behind a click is looked at too: in the text, or in the ``header``, whose menu
        lies over the text, so that the header alone is looked at then. A page that has to be
        moved sideways at 200 % zoom is at fault as well.
        """
        self.html = html
        self.page.goto(f"{PLACE}/looked-at")
        self.page.evaluate(UNFOLD, unfold)
        context = None if unfold == "main" else unfold
        found = self.axe.run(self.page, context=context, options=OPTIONS).response["violations"]
        return [
            f"{fault['id']} ({len(fault['nodes'])}): {fault['nodes'][0]['html'][:300]}"
            f" {fault['nodes'][0]['failureSummary'][:300]}"
            for fault in found
        ] + [told for told in [self.spread()] if told]


@pytest.fixture
def looking(walk: Walk, chromium_path: Path) -> Iterator[Looking]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path), args=ARGUMENTS)
        context = browser.new_context(viewport=SCREEN, locale="zh-CN", bypass_csp=True)
        yield Looking(walk.watched.app, context.new_page())
        browser.close()


def unlike(answers: Iterable[Looked]) -> Iterator[Looked]:
    """Pages that hold something new: a route, a status, a kind of element."""
    known: set[str] = set()
    for looked in answers:
        if looked.is_page:
            kinds = kinds_of(looked.html)
            if looked.status in (200, 422):
                kinds.add(f"{looked.endpoint} {looked.method}")
            if kinds - known:
                known |= kinds
                yield looked


def test_axe_finds_nothing_on_any_page(walk: Walk, looking: Looking) -> None:
    looked_at, wrong = 0, []
    for looked in unlike(walk.answers):
        looked_at += 1
        wrong += [f"{looked}: {fault}" for fault in looking.faults(looked.html)]
        if looked.endpoint == "home.show":
            wrong += [f"{looked}: {fault}" for fault in looking.faults(looked.html, "header")]
    assert not wrong, "\n".join(wrong)
    assert looked_at >= LEAST_LOOKED_AT


UNLABELLED = """<!doctype html><html lang="zh-CN"><title>名单</title><main><h1>名单</h1>
<form><input name="name">{label}</form></main></html>"""


def test_the_control_a_page_that_is_too_wide_at_200_percent_is_seen(looking: Looking) -> None:
    wide = UNLABELLED.format(label="").replace(
        "<form>", '<p style="width: 700px">号</p><form hidden>'
    )
    assert [fault for fault in looking.faults(wide) if "too wide" in fault]
    assert not [fault for fault in looking.faults(wide.replace("700", "600")) if "wide" in fault]


def test_the_control_a_field_without_a_label_is_seen(looking: Looking) -> None:
    (fault,) = looking.faults(UNLABELLED.format(label=""))
    assert fault.startswith("label (1)")
    labelled = UNLABELLED.replace('<input name="name">', '<label>姓名 <input name="name"></label>')
    assert looking.faults(labelled.format(label="")) == []
