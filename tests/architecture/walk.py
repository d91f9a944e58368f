"""Every page of a county and of a city, walked once, for all tests that only look at answers.

Looking comes before acting: what somebody takes out is not there to be looked at any more.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.architecture.every_page import Opened, every_page
from tests.isolation.canaries.planting import seen
from tests.isolation.canaries.rows import Place
from tests.isolation.conftest import Watched, planted_world
from tests.isolation.test_pages import OWN_CITY, OWN_COUNTY, words_of
from tests.servers import TestServers


@dataclass(frozen=True)
class Looked:
    """One answer as it is kept: who asked for what, what came, and whose canaries it showed."""

    region: str
    role: str
    endpoint: str
    method: str
    url: str
    status: int
    is_page: bool
    shown: frozenset[Place]
    packed: bytes

    @cached_property
    def html(self) -> str:
        return zlib.decompress(self.packed).decode()

    def __str__(self) -> str:
        return f"{self.role} {self.method} {self.url}"


@dataclass(frozen=True)
class Walk:
    """The world that was walked through, and every answer, in order."""

    watched: Watched
    answers: tuple[Looked, ...]


def walk_through(servers: TestServers, files: Path) -> Walk:
    """Open a world, walk through it, and close it again."""
    with planted_world(servers, files) as watched:
        return Walk(watched, tuple(_walked(watched)))


def _walked(watched: Watched) -> Iterator[Looked]:
    # What a form answers looks the same at every tier; who may see what does not.
    for region, method in ((OWN_COUNTY, "GET"), (OWN_COUNTY, "POST"), (OWN_CITY, "GET")):
        for opened in every_page(watched, region, (method,)):
            yield _kept(region, opened)


def _kept(region: str, opened: Opened) -> Looked:
    page = opened.answer.get_data() if opened.is_page else b""
    return Looked(
        region=region,
        role=opened.role,
        endpoint=opened.endpoint,
        method=opened.method,
        url=opened.url,
        status=opened.answer.status_code,
        is_page=opened.is_page,
        shown=frozenset(seen(words_of(opened.answer))),
        packed=zlib.compress(page, 1),
    )
