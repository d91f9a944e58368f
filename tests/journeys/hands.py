"""Somebody who has a keyboard and no mouse: Tab until the focus is there, then a key."""

import contextlib
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

from playwright.sync_api import FileChooser, Keyboard, Page, TimeoutError

from tests.journeys.portal import Portal
from tests.journeys.visitor import File, Visitor

MOST_TABS = 150
# What is read out where the focus is: the name that was given, the label, or the text.
_SAID = """() => {
  const at = document.activeElement;
  const said = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || "";
  return said.trim().replace(/\\s+/g, " ");
}"""
_FIELD = "() => document.activeElement.name ?? ''"
_OPTION = "() => document.activeElement.selectedOptions?.[0]?.text ?? null"


class Hands:
    """One person at a keyboard; ``keys`` counts what was pressed, without what was typed."""

    def __init__(self, portal: Portal, name: str) -> None:
        self.visitor, self.keys = Visitor(portal), 0
        self.visitor.name = name
        self.page: Page = self.visitor.page
        self.board: Keyboard = self.page.keyboard

    def __enter__(self) -> Self:
        self.visitor.__enter__()
        self._sign_in()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.visitor.__exit__(kind, error, trace)

    def press(self, *keys: str) -> None:
        """Keys that stay on the page."""
        for key in keys:
            self.keys += 1
            self.board.press(key)

    def go(self, *keys: str) -> None:
        """Keys of which the last leads to another page; then the worker works."""
        with self.page.expect_navigation():
            self.press(*keys)
        self.page.wait_for_load_state("load")
        self.visitor.look()
        self.visitor.portal.work()

    def to(self, said: str) -> None:
        """Tab until what is read out begins like this."""
        self._tab_until(_SAID, said, whole=False)

    def follow(self, said: str) -> None:
        """Tab to a link or a button, and Enter."""
        self.to(said)
        self.go("Enter")

    def main(self) -> None:
        """``b`` finds the main button of the page, Enter presses it."""
        self.go("b", "Enter")

    def write(self, fields: Mapping[str, str], then: str = "Tab") -> None:
        """Fields by their names, one after the other; ``then`` is the key that leaves one."""
        for name, words in fields.items():
            self._tab_until(_FIELD, name, whole=True)
            self._write_here(words)
            self.press(then)

    def attach(self, file: File, said: str, *, sends: bool) -> None:
        """Choose a file; ``sends``: the page sends it at once."""
        chooser = self._chooser(said)
        name, data = file
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        if not sends:
            chooser.set_files([chosen])
            return
        before = self.page.locator("main").element_handle()
        chooser.set_files([chosen])
        self.page.wait_for_function("before => !before.isConnected", arg=before)
        self.page.wait_for_load_state("networkidle")
        self.visitor.look()

    def _chooser(self, said: str) -> FileChooser:
        """The window in which files are chosen. On a crowded machine Chromium has been seen to
        swallow the key that opens it; whoever sees no window presses the key again."""
        self.to(said)
        for timeout in (5_000, 20_000):
            with contextlib.suppress(TimeoutError):
                with self.page.expect_file_chooser(timeout=timeout) as asked:
                    self.press("Space")
                return asked.value
        raise AssertionError(f"nothing opens at {said}")

    def download(self, said: str) -> bytes:
        """A button that brings a file."""
        self.to(said)
        with self.page.expect_download() as coming:
            self.press("Enter")
        return coming.value.path().read_bytes()

    def reads(self, *texts: str) -> None:
        """What the page must say."""
        self.visitor.reads(*texts)

    def _sign_in(self) -> None:
        portal = self.visitor.portal
        person = portal.world.person(self.visitor.name)
        portal.forget_attempts()
        self.visitor.open("/sign-in")
        for words in (str(person.agency_id), person.login, portal.world.password):
            self.board.type(words)
            if words != portal.world.password:
                self.press("Tab")
        self.go("Enter")

    def _tab_until(self, where: str, wanted: str, *, whole: bool) -> None:
        passed = []
        for _ in range(MOST_TABS):
            here = self.page.evaluate(where)
            if here == wanted or (not whole and here.startswith(wanted)):
                return
            passed.append(here)
            self.press("Tab")
        raise AssertionError(f"{wanted} is nowhere among {_told(passed)}")

    def _write_here(self, words: str) -> None:
        shown = self.page.evaluate(_OPTION)
        if shown is None:
            self.press("Control+a")
            self.board.insert_text(words)
        elif shown != words:
            self.press("Home")
            for _ in range(MOST_TABS):
                if self.page.evaluate(_OPTION) == words:
                    break
                self.press("ArrowDown")


def _told(passed: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(words[:20] for words in passed if words))
