"""A browser without windows: signs in through the page, follows forms, and says what it read."""

import html
import io
import re
from collections.abc import Mapping
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from tests.world.world import World


class Desk:
    """One signed-in person at the portal."""

    def __init__(self, app: Flask, world: World, name: str) -> None:
        self.client = app.test_client()
        person = world.person(name)
        answer = self.send(
            "/sign-in", agency=str(person.agency_id), login=person.login, password=world.password
        )
        assert answer.status_code == 302, text_of(answer)

    def read(self, path: str, status: int = 200) -> str:
        """The text of a page."""
        answer = self.client.get(path)
        assert answer.status_code == status, text_of(answer)
        return text_of(answer)

    def source(self, path: str) -> str:
        """The markup of a page."""
        return self.client.get(path).get_data(as_text=True)

    def send(self, path: str, /, follow: bool = False, **fields: object) -> TestResponse:
        """POST a form with the csrf token and a form id of its own; files as (bytes, name)."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.source("/sign-in"))
        assert found
        data = {"csrf_token": found[1], "form_id": str(uuid4()), **files(fields)}
        return self.client.post(
            path, data=data, content_type="multipart/form-data", follow_redirects=follow
        )

    def act(self, path: str, /, **fields: object) -> str:
        """POST a form, follow where it leads, and read what it says."""
        answer = self.send(path, follow=True, **fields)
        assert answer.status_code == 200, text_of(answer)
        return text_of(answer)



def files(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields with the files among them as the test client wants them."""
    return {
        key: (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        for key, value in fields.items()
    }


def text_of(answer: TestResponse) -> str:
    """What a person reads: no tags, one space between words."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.get_data(as_text=True), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def ids_on(source: str) -> list[str]:
    """The values of the row checkboxes on a page, ``id:revision`` each."""
    return re.findall(r'name="ids" value="([^"]+)"', source)
