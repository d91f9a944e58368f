"""Every page of every role in Chromium: axe-core finds nothing (WCAG 2.0 to 2.2, A and AA), it fits
the window at twice the size and a sheet of A4, and it keeps its policy.

Pages are enumerated from the program, over planted rows in every state. A page is looked at when
its route is new, or when it holds a kind of element that no page before it held.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Route, ViewportSize, sync_playwright

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
SHEET = ViewportSize(width=703, height=1000)
"""What A4 leaves between its margins."""
PRINTED = """() => [...document.querySelectorAll("nav a, .find, .menu, .bar, .btn")]
  .filter((one) => one.offsetParent).map((one) => one.className)"""
PLACE = "http://portal.test"
LEAST_LOOKED_AT = 60


class Looking:
    """A browser window into which pages are laid that the program has answered with."""

    def __init__(self, app: Flask, page: Page) -> None:
        self.page, self.client, self.html = page, app.test_client(), ""
        self.axe = Axe()
        self.kept: dict[str, tuple[bytes, str]] = {}
        self.said: list[str] = []
        self.policy = self.client.get("/sign-in").headers["Content-Security-Policy"]
        page.route(f"{PLACE}/**", self._answer)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"console: {message.text}")

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/looked-at":
            route.fulfill(
                body=self.html,
                headers={
                    "Content-Type": "text/html; charset=utf-8",
                    "Content-Security-Policy": self.policy,
                },
            )
        else:
            body, kind = self._file(path)
            route.fulfill(body=body, content_type=kind)

    def _file(self, path: str) -> tuple[bytes, str]:
        """A style sheet, script or picture of the program, asked for once."""
        if path not in self.kept:
            with self.client.get(path) as answer:
                self.kept[path] = answer.get_data(), answer.mimetype or ""
        return self.kept[path]

    def unfit_on_paper(self) -> Iterator[str]:
        """What stands out of a sheet of A4, or is printed though it can only be pressed."""
        self.page.emulate_media(media="print")
        self.page.set_viewport_size(SHEET)
        yield from self._spread("on A4")
        yield from (f"prints {name}" for name in self.page.evaluate(PRINTED))
        self.page.emulate_media(media="screen")
        self.page.set_viewport_size(SCREEN)

    def unfit_at_200_percent(self) -> Iterator[str]:
        """What stands out of a screen of 1366 × 768 at twice the size (WCAG 1.4.10)."""
        self.page.set_viewport_size(ZOOMED)
        yield from self._spread("at 200 %")
        self.page.set_viewport_size(SCREEN)

    def _spread(self, where: str) -> Iterator[str]:
        width = self.page.evaluate(SPREAD)
        if width > 0:
            yield f"{width} px too wide {where}"

    def wrong_by_axe(self, within: str | None = None) -> list[str]:
        """What axe-core finds wrong with the page, each with the first element that has it."""
        run = self.axe.run(self.page, context=within, options=OPTIONS)
        return [
            f"{fault['id']} ({len(fault['nodes'])}): {fault['nodes'][0]['html'][:300]}"
            f" {fault['nodes'][0]['failureSummary'][:300]}"
            for fault in run.response["violations"]
        ]

    def faults(self, html: str) -> list[str]:
        """Everything wrong with a page; what is behind a click in its text is looked at too."""
        self.open(html)
        found = list(self.unfit_on_paper())
        self.page.evaluate(UNFOLD, "main")
        return [*found, *self.wrong_by_axe(), *self.unfit_at_200_percent(), *self.said]

    def faults_of_menu(self, html: str) -> list[str]:
        """What is wrong with the header's menu, which lies over the text when it is open."""
        self.open(html)
        self.page.evaluate(UNFOLD, "header")
        return self.wrong_by_axe("header")

    def open(self, html: str) -> None:
        """Lay a page into the window; what it says on the way is kept."""
        self.html, self.said = html, []
        self.page.goto(f"{PLACE}/looked-at")


@pytest.fixture
def looking(walk: Walk, chromium_path: Path) -> Iterator[Looking]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path), args=ARGUMENTS)
        context = browser.new_context(viewport=SCREEN, locale="zh-CN")
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


def test_nothing_is_wrong_with_any_page(walk: Walk, looking: Looking) -> None:
    looked_at, wrong = 0, []
    for looked in unlike(walk.answers):
        looked_at += 1
        wrong += [f"{looked}: {fault}" for fault in looking.faults(looked.html)]
        if looked.endpoint == "home.show":
            wrong += [f"{looked}: {fault}" for fault in looking.faults_of_menu(looked.html)]
    assert not wrong, "\n".join(wrong)
    assert looked_at >= LEAST_LOOKED_AT


UNLABELLED = """<!doctype html><html lang="zh-CN"><title>名单</title><main><h1>名单</h1>
<form><input name="name">{label}</form></main></html>"""


def test_the_control_a_page_that_is_too_wide_is_seen(looking: Looking) -> None:
    wide = UNLABELLED.format(label="").replace(
        "<form>", '<p class="bar btn"><svg width="1400" height="9"></svg></p><form hidden>'
    )
    told = [fault for fault in looking.faults(wide) if not fault.startswith(("label", "region"))]
    assert [fault.split(" ", 1)[1] for fault in told] == [
        "px too wide on A4",
        "bar btn",
        "px too wide at 200 %",
    ]
    narrow = wide.replace("1400", "600").replace('class="bar btn"', "")
    assert not [fault for fault in looking.faults(narrow) if "wide" in fault or "prints" in fault]


def test_the_control_a_style_or_a_script_in_a_page_is_seen(looking: Looking) -> None:
    styled = UNLABELLED.format(label="").replace("<input", '<input style="color: red"')
    assert any("Content Security Policy" in fault for fault in looking.faults(styled))
    scripted = UNLABELLED.format(label="").replace("<input", "<script>1</script><input")
    assert any("Content Security Policy" in fault for fault in looking.faults(scripted))


def test_the_control_a_field_without_a_label_is_seen(looking: Looking) -> None:
    (fault,) = looking.faults(UNLABELLED.format(label=""))
    assert fault.startswith("label (1)")
    labelled = UNLABELLED.replace('<input name="name">', '<label>姓名 <input name="name"></label>')
    assert looking.faults(labelled.format(label="")) == []
