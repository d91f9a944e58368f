"""The portal on a port of its own, the world behind it, and a Chromium to look at it."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import Result
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from rq.timeouts import TimerDeathPenalty
from werkzeug.serving import WSGIRequestHandler, make_server

from app.web.limits import limiter
from tenants.calendar import set_process_business_date
from tenants.settings import Settings
from tests.world.demo import EVERY_STEP
from tests.world.month import Month
from tests.world.plan import after_the_month
from tests.world.under_way import under_way
from tests.world.world import World
from worker.working import InlineWorker, drain

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
# On Linux the browser's own words, in a date field for one, follow the environment.
CHINESE = {"LANGUAGE": "zh_CN"}


@dataclass(frozen=True)
class Portal:
    """The running portal: its address, what is in it, its calendar and its worker."""

    app: Flask
    settings: Settings
    world: World
    url: str
    browser: Browser

    def today(self, day: dt.date) -> None:
        """The business date of every page and job that follows."""
        set_process_business_date(day, allow=True)

    def november(self, day: int) -> None:
        """A day of the demonstration's month."""
        self.today(dt.date(2026, 11, day))

    def work(self) -> None:
        """The worker does everything that waits for it."""
        _aside(lambda: drain(self.app, self.settings))

    def others(self, *steps: str) -> None:
        """Steps of the month for everything that the people at their browsers left undone."""
        for code in steps:
            _aside(partial(self._step, code))

    def command(self, *words: str) -> Result:
        """What a ``flask`` command answers."""
        said: list[Result] = []
        _aside(lambda: said.append(self.app.test_cli_runner().invoke(args=words)))
        return said[0]

    def _step(self, code: str) -> None:
        plans = (*self.world.month.steps, *after_the_month(), *under_way().steps)
        day = next(plan.day for plan in plans if plan.code == code)
        self.today(day)
        with self.app.app_context():
            EVERY_STEP[code](Month(self.app, self.world, day))

    def forget_attempts(self) -> None:
        """Everybody here comes from one address; in life it would be one for each."""
        with self.app.app_context():
            limiter.reset()


@contextmanager
def opened(app: Flask, settings: Settings, world: World, chromium: Path) -> Iterator[Portal]:
    """Serve the portal and start the browser, until the block is left."""
    with serving(app) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=ARGUMENTS, env=os.environ | CHINESE
        )
        portal = Portal(app, settings, world, url, browser)
        portal.forget_attempts()
        try:
            yield portal
        finally:
            browser.close()
            set_process_business_date(None, allow=True)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, closing(app), threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, name="portal")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closing(app: WSGIApplication) -> WSGIApplication:
    """The application, closing each answer even when the browser turned away while it was sent.

    Werkzeug's server then leaves it open; a generator that nobody holds any longer ends by itself.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterator[bytes]:
        parts = app(environ, start)
        try:
            yield from parts
        finally:
            if close := getattr(parts, "close", None):
                close()

    return answer


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """No line for each request."""


def _aside(work: Callable[[], object]) -> None:
    """Work in a thread without Playwright's event loop: signatures want one of their own.

    RQ's alarm against jobs that hang works in the main thread only, its timer anywhere.
    """
    alarm, InlineWorker.death_penalty_class = InlineWorker.death_penalty_class, TimerDeathPenalty
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    try:
        thread = threading.Thread(target=run, name="worker")
        thread.start()
        thread.join()
    finally:
        InlineWorker.death_penalty_class = alarm
    if failed:
        raise failed[0]
