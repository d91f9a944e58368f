"""Somebody at a browser: signs in, follows links, fills in forms, and watches for what is amiss."""

import re
from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.sync_api import (
    ConsoleMessage,
    Dialog,
    Error,
    Locator,
    Page,
    Response,
    ViewportSize,
    expect,
)

from scripts.places import VAR
from tests.journeys.portal import Portal

SCREEN = ViewportSize(width=1366, height=768)
PATIENCE_MS = 20_000
# Chromium says this of every page with such a status; that the page was meant to have it, the
# test knows.
_STATUS = "Failed to load resource: the server responded with a status of"
SPREAD = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_FORGE = """({action, fields}) => {
  const form = document.createElement("form");
  const token = document.querySelector("[name=csrf_token]").value;
  Object.assign(form, {method: "post", action});
  for (const [name, value] of Object.entries(
      {csrf_token: token, form_id: crypto.randomUUID(), ...fields})) {
    form.append(Object.assign(document.createElement("input"), {name, value}));
  }
  document.body.append(form);
  form.submit();
}"""

File = tuple[str, bytes]


class Visitor:
    """One person with a browser of their own."""

    def __init__(self, portal: Portal, name: str = "", *, screen: ViewportSize = SCREEN) -> None:
        self.portal, self.name = portal, name
        self.amiss: list[str] = []
        self.context = portal.browser.new_context(
            base_url=portal.url,
            viewport=screen,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_error)
        self.page.on("response", self._on_response)
        self.page.on("dialog", self._on_dialog)
        self.asked: list[str] = []
        if name:
            self.sign_in(portal.world.password)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.keep(VAR / "journeys")
        self.context.close()
        if kind is None:
            assert not self.amiss, f"{self.name}: {self.amiss}"

    def keep(self, folder: Path) -> None:
        """Write the page as it is: a picture and its markup."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / re.sub(r"\W+", "-", f"{self.name}-{self.page.url}")[-80:]
        self.page.screenshot(path=path.with_suffix(".png"), full_page=True)
        path.with_suffix(".html").write_text(self.page.content(), encoding="utf-8")

    def sign_in(self, password: str) -> None:
        """Through the page, as everybody does."""
        person = self.portal.world.person(self.name)
        self.portal.forget_attempts()
        self.open("/sign-in")
        self.fill("核对机构代码", str(person.agency_id))
        self.fill("用户名", person.login)
        self.fill("密码", password)
        self.press("登录")

    def open(self, path: str, status: int = 200) -> None:
        """Type an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}\n{self.text}"
        self.look()

    def arrives(self, path: str) -> None:
        """The page goes on by itself when what it shows the progress of is done."""
        self.page.wait_for_url(f"**{path}")
        self.look()

    def again(self) -> None:
        """Load the page again, after the worker was at it."""
        self.page.reload()
        self.look()

    def go(self, title: str) -> None:
        """Follow an entry of the navigation."""
        navigation = self.page.get_by_role("navigation", name="主导航")
        self._leave(navigation.get_by_role("link", name=re.compile(rf"^{title}( |\d|$)")))

    def follow(self, title: str, row: str = "") -> None:
        """Follow a link of the page, or the one in the row that holds a text."""
        self._leave(self._within(row).get_by_role("link", name=title).first)

    def press(self, title: str, row: str = "") -> None:
        """Press a button that leads to another page; then the worker works."""
        self._leave(self._within(row).get_by_role("button", name=title, exact=True))
        self.portal.work()

    def strike(self, key: str) -> None:
        """Press a key that leads to another page, and wait until that one hears keys as well."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.wait_for_load_state("load")
        self.look()

    def forge(self, action: str, fields: dict[str, str]) -> None:
        """Send a form that the page does not offer, with a token and a form id that are good."""
        with self.page.expect_navigation():
            self.page.evaluate(_FORGE, {"action": action, "fields": fields})
        self.look()

    def download(self, title: str, row: str = "") -> bytes:
        """Press a button that brings a file."""
        with self.page.expect_download() as coming:
            self._within(row).get_by_role("button", name=title).click()
        return Path(coming.value.path()).read_bytes()

    def fill(self, label: str, value: str) -> None:
        """Fill in a field."""
        self.page.get_by_label(label, exact=False).first.fill(value)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.page.get_by_role("checkbox", name=label).check()

    def attach(self, file: File, label: str) -> None:
        """Choose a file."""
        name, data = file
        with self.page.expect_file_chooser() as asked:
            self.page.get_by_label(label, exact=True).last.click()
        asked.value.set_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )

    def reads(self, *texts: str) -> None:
        """What the page must say."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    @property
    def text(self) -> str:
        """What stands on the page."""
        return self.page.locator("body").inner_text()

    def look(self) -> None:
        """Whether the page fits the window."""
        spread = self.page.evaluate(SPREAD)
        if spread > 0:
            self.amiss.append(f"{self.page.url} is {spread} px wider than the window")
            self.keep(VAR / "journeys")

    def _within(self, row: str) -> Page | Locator:
        return self.page.get_by_role("row").filter(has_text=row).first if row else self.page

    def _leave(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()
        self.page.wait_for_load_state("load")
        self.look()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_STATUS):
            self.amiss.append(f"{self.page.url} console: {message.text}")

    def _on_error(self, error: Error) -> None:
        self.amiss.append(f"{self.page.url} script: {error}")

    def _on_response(self, response: Response) -> None:
        is_page = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= (500 if is_page else 400):
            self.amiss.append(f"{response.url}: {response.status}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.asked.append(dialog.message)
        dialog.accept()
