"""Somebody at a browser: signs in through the page, sends forms with the page's token."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.world.plan import month
from tests.world.world import Person

_addresses = count(1)
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Browser:
    """A signed-in person's client, with the token of a page."""

    client: FlaskClient
    person: Person
    token: str

    def get(self, url: str) -> TestResponse:
        return self.client.get(url, environ_overrides=somewhere())

    def post(self, url: str, fields: Mapping[str, Any] | None = None) -> TestResponse:
        """A form as a page sends it: its token, an id of its own, and its fields."""
        given = {"csrf_token": self.token, "form_id": str(uuid4()), **(fields or {})}
        return self.client.post(url, data=given, environ_overrides=somewhere())


def sign_in(app: Flask, person: Person) -> Browser:
    """Sign in through the page, as anybody does; the session starts with the page's token."""
    client = app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    fields = {"agency": person.agency_id, "login": person.login, "password": month().password}
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token_of(page), **fields},
        environ_overrides=somewhere(),
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)[:500]
    home = client.get("/sign-in").get_data(as_text=True)
    return Browser(client, person, token_of(home))


def somewhere() -> dict[str, str]:
    """Another address each time: the rate limits count by address and are tested elsewhere."""
    number = next(_addresses)
    return {"REMOTE_ADDR": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def token_of(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, "the page has no form with a token"
    return found.group(1)
