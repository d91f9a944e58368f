"""How long the server takes for every page of every role, with 100,000 cases in the agency.

Pages are enumerated from the program as the tests do it: routes × roles × rows in every state, and
from what they lead to: filters, further pages, tabs. Each is asked for until it is fast enough or
has been slow often enough; its best time counts, for others may be at work on the machine.
"""

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Engine, event

from app.accounts.current import ANYONE, DECLARED
from tenants.database import db
from tests.bench.leads import leads_from
from tests.bench.many import Filled
from tests.bench.measure import Figure
from tests.bench.stage import folder
from tests.isolation.browser import Browser, sign_in
from tests.isolation.test_pages import NAMES, Seat, own_choices, routes, seats, url_for

AIM_MS = 300
TRIES = 4
MOST_CHOICES = 4
WORST = 15


@dataclass
class Timed:
    """One page: its best time, and of that what the database took, in milliseconds."""

    role: str
    url: str
    page_ms: float = float("inf")
    database_ms: float = 0.0

    def __str__(self) -> str:
        took = f"{self.page_ms:6.0f} ms ({self.database_ms:.0f} in the database)"
        return f"{took}  {self.role} {self.url}"


def measure(filled: Filled) -> Figure:
    """The slowest page beside the cheapest; all of them in ``var/bench/pages.txt``."""
    found = sorted(timed_pages(filled), key=lambda page: -page.page_ms)
    over = [page for page in found if page.page_ms > AIM_MS]
    (folder("bench") / "pages.txt").write_text("\n".join(map(str, found)) + "\n", encoding="utf-8")
    slowest, cheapest = found[0], found[-1]
    return Figure(
        name="pages",
        what=f"{slowest.role} {slowest.url}, the slowest of {len(found)} pages,"
        f" {filled.cases:,} cases in the agency; {len(over)} over {AIM_MS} ms",
        against=f"{cheapest.role} {cheapest.url}, the fastest of them",
        ours=slowest.page_ms / 1000,
        bare=cheapest.page_ms / 1000,
        details={
            "cases": filled.cases,
            "pages": len(found),
            "over": len(over),
            **{f"{page.role} {page.url}": round(page.page_ms, 1) for page in found[:WORST]},
        },
        lines=[str(page) for page in found[: max(len(over), WORST)]],
    )


def timed_pages(filled: Filled, only: str = "") -> Iterator[Timed]:
    """Every page of every role once; ``only`` narrows them to addresses that begin so."""
    clock = _DatabaseClock()
    with filled.watched.app.app_context():
        clock.listen(db.engine)
    for seat in seats(filled.watched, filled.region):
        browser = sign_in(filled.watched.app, seat.person)
        asked = list(_addresses(filled, seat))
        seen = set(asked)
        while asked:
            url = asked.pop(0)
            if not url.startswith(only):
                continue
            page = _timed(browser, seat, url, clock)
            if page is None:
                continue
            timed, words = page
            yield timed
            leads = [lead for lead in leads_from(url, words) if lead not in seen]
            seen |= set(leads)
            asked += leads


def _addresses(filled: Filled, seat: Seat) -> Iterator[str]:
    for rule, method in routes(filled.watched):
        permission = getattr(filled.watched.app.view_functions[rule.endpoint], DECLARED)
        if method != "GET" or permission == ANYONE or not seat.person.actor.may(permission):
            continue
        named = sorted(name for name in rule.arguments if name in NAMES)
        if rule.arguments - NAMES.keys():
            continue
        choices = own_choices(filled.watched, seat, named) if named else iter([{}])
        for choice in islice(choices, MOST_CHOICES):
            yield url_for(filled.watched, rule, dict(choice))


def _timed(
    browser: Browser, seat: Seat, url: str, clock: "_DatabaseClock"
) -> tuple[Timed, str] | None:
    """The page with its words, or None when it is no page (a file, a way on, nothing there)."""
    best, words = Timed(seat.role, url), ""
    for _ in range(TRIES):
        gc.collect()
        clock.spent = 0.0
        began = time.perf_counter()
        answer = browser.get(url)
        took = (time.perf_counter() - began) * 1000
        if answer.mimetype != "text/html" or answer.status_code != 200:
            return None
        words = answer.text
        if took < best.page_ms:
            best.page_ms, best.database_ms = took, clock.spent * 1000
        if best.page_ms < AIM_MS / 2:
            break
    return best, words


class _DatabaseClock:
    """Adds up what the statements of an engine take."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._began = 0.0

    def listen(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._start)
        event.listen(engine, "after_cursor_execute", self._stop)

    def _start(self, *_: object) -> None:
        self._began = time.perf_counter()

    def _stop(self, *_: object) -> None:
        self.spent += time.perf_counter() - self._began
