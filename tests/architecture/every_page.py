"""Every page that anybody can open, taken from the program: routes × roles × own rows.

Routes come from ``app.url_map``, people from the world, ids from what was planted in every state.
What a form answers with a page (a second question, a fault said beside its field) is a page too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.current import ANYONE, DECLARED
from tests.isolation.browser import sign_in
from tests.isolation.conftest import Watched
from tests.isolation.test_pages import (
    MOST_STATES,
    NAMES,
    NOBODYS,
    TEXTS,
    Seat,
    arguments,
    call,
    codes_of,
    own_choices,
    routes,
    seats,
    url_for,
)


@dataclass(frozen=True)
class Opened:
    """One answer: who asked for what, and what came."""

    role: str
    endpoint: str
    method: str
    url: str
    answer: TestResponse

    @property
    def is_page(self) -> bool:
        """Whether it is a page to look at, not a file, a redirect or the progress of work."""
        return self.answer.mimetype == "text/html" and self.answer.status_code not in (302, 303)

    def __str__(self) -> str:
        return f"{self.role} {self.method} {self.url}"


def every_page(
    watched: Watched,
    region: str,
    methods: tuple[str, ...],
    most: int = MOST_STATES,
    signed_in: Callable[[], None] = lambda: None,
) -> Iterator[Opened]:
    """What each role of an agency and its units gets by these methods, over rows in every state;
    of each route at most so many. ``signed_in`` is called before somebody's first page."""
    for seat in seats(watched, region):
        browser = sign_in(watched.app, seat.person)
        signed_in()
        for rule, method in routes(watched):
            if method not in methods or not _may_open(watched, seat, rule):
                continue
            for url, id_ in islice(_addresses(watched, seat, rule), most):
                answer = call(browser, method, url, id_)
                yield Opened(seat.role, rule.endpoint, method, url, answer)
    if "GET" in methods:
        yield from _anybodys(watched, region)


def _may_open(watched: Watched, seat: Seat, rule: Rule) -> bool:
    permission = getattr(watched.app.view_functions[rule.endpoint], DECLARED)
    return permission != ANYONE and seat.person.actor.may(permission)


def _addresses(watched: Watched, seat: Seat, rule: Rule) -> Iterator[tuple[str, int]]:
    if rule.arguments & TEXTS.keys():
        return
    named = sorted(name for name in rule.arguments if name in NAMES)
    choices = own_choices(watched, seat, named) if named else iter([{}])
    for choice in choices:
        ids = arguments(rule, {**codes_of(rule), **choice}, seat.person.agency_id)
        yield url_for(watched, rule, ids), next(iter(choice.values()), NOBODYS)


def _anybodys(watched: Watched, region: str) -> Iterator[Opened]:
    """Pages for which nobody signs in, and what a page says that is not there."""
    agency_id = watched.world.agency(region).id
    codes = [
        code
        for place, found in watched.planted.codes.items()
        for code in found[:MOST_STATES]
        if place.agency_id == agency_id
    ]
    client = watched.app.test_client()
    urls = ["/sign-in", "/nowhere", "/info", f"/info/{agency_id}"]
    urls += [f"/tip-off/{agency_id}", f"/tip-off/{agency_id}/follow"]
    urls += [*(f"/v/{agency_id}/{code}" for code in codes[:MOST_STATES])]
    for url in urls:
        yield Opened("anybody", url.split("/")[1], "GET", url, client.get(url))
