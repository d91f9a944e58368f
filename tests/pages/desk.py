"""A browser without windows: signs in through the page, follows forms, and says what it read."""

import html
import io
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cases.lifecycle import Chosen
from app.cases.models import Case
from app.intake import service as intake
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import DatabaseRole, Scope, acting_for
from tests.world.lists import desk_list
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

    def send(self, path: str, /, **fields: object) -> TestResponse:
        """POST a form with the csrf token and a form id of its own; files as (bytes, name)."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.source("/sign-in"))
        assert found
        data = {"csrf_token": found[1], "form_id": str(uuid4()), **files(fields)}
        return self.client.post(path, data=data, content_type="multipart/form-data")

    def act(self, path: str, /, **fields: object) -> str:
        """POST a form, follow where it leads, and read what it says."""
        answer = self.send(path, **fields)
        return self.read(answer.location) if answer.location else self._page(answer)

    def _page(self, answer: TestResponse) -> str:
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


def at_work(world: World, name: str) -> AbstractContextManager[Scope]:
    """A person's own scope, to act there through the services."""
    person = world.person(name)
    who = person.actor
    roles: dict[str, DatabaseRole] = {
        "staff": "desk",
        "department": "commissioner",
        "desk": "township",
    }
    return acting_for(who.agency_id, roles[person.kind], unit_id=who.unit_id, desk_id=who.desk_id)


def entrusted(app: Flask, world: World) -> list[int]:
    """弓棚镇's households, submitted by 罗琳 to 榆树市; the ids of their cases."""
    with app.app_context():
        with at_work(world, "徐晨"):
            filename, data = desk_list("弓棚镇受理窗口")
            listed = intake.upload_list(data, filename, world.actor("徐晨")).id
        with at_work(world, "罗琳"):
            intake.submit(
                [listed],
                letter_number="榆民救委〔2026〕11号",
                letter_on=business_date(),
                actor=world.actor("罗琳"),
            )
        with at_work(world, "王芳"):
            return list(db.session.scalars(select(Case.id).order_by(Case.id)))


def accepted(app: Flask, world: World) -> list[int]:
    """The same households after 王芳's intake check."""
    ids = entrusted(app, world)
    with app.app_context(), at_work(world, "王芳"):
        intake.accept(Chosen.of(ids), world.actor("王芳"))
    return ids
