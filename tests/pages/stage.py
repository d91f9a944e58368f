"""五棵树镇's households at 榆树市, approved: drafts for its sharing units, a letter for 长春市.

And people at their browsers: they open a page, fill in the form they see, and send it.
"""

import datetime as dt
import io
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen
from app.cases.models import Case
from app.exchange.models import ExchangeRequest
from app.intake import service as intake
from app.review import service as review
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.world.builder import build_world
from tests.world.lists import desk_list
from tests.world.world import World
from worker.working import drain

DESK = "五棵树镇受理窗口"
BANK = "吉林榆树农村商业银行"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Stage:
    """The portal, the world, and how to let the worker work."""

    app: Flask
    settings: Settings
    world: World

    def work(self) -> None:
        """Everything that waits for the worker is done."""
        drain(self.app, self.settings)

    def at_browser(self, name: str) -> "Browser":
        """Somebody who has signed in."""
        browser = Browser(self.app.test_client())
        person = self.world.person(name)
        token = TOKEN.search(browser.read("/sign-in"))
        assert token
        answer = browser.client.post(
            "/sign-in",
            data={
                "csrf_token": token[1],
                "agency": person.agency_id,
                "login": person.login,
                "password": self.world.password,
            },
        )
        assert answer.status_code == 302, answer.text
        return browser

    def request_to(self, unit: str) -> int:
        """The newest request to a sharing unit."""
        here = self.world.unit(unit)
        with self.app.app_context(), acting_for(here.agency_id, read_only=True):
            query = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == here.id)
            return db.session.scalars(query.order_by(ExchangeRequest.id.desc())).first() or 0

    def approve_all(self, agency: str, reviewer: str) -> None:
        """审核复审 of every accepted case of an agency, and its routing."""
        actor = self.world.actor(reviewer)
        with self.app.app_context(), acting_for(self.world.agency(agency).id):
            review.approve(Chosen.of(_in_state("accepted")), actor)
        self.work()


@dataclass
class Browser:
    """A browser with its cookies."""

    client: FlaskClient
    last: TestResponse | None = field(default=None)

    def open(self, path: str) -> TestResponse:
        """A page, whatever its status."""
        return self.client.get(path)

    def read(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:2000]}"
        return answer.text

    def forms(self, path: str) -> dict[str, dict[str, str]]:
        """The forms of a page that are sent with POST: action → hidden fields."""
        found = _Forms()
        found.feed(self.read(path))
        return found.forms

    def send(self, page: str, action: str, **fields: Any) -> TestResponse:
        """Fill in the form of a page and send it; it must be there."""
        forms = self.forms(page)
        assert action in forms, f"{page} has no form for {action}: {sorted(forms)}"
        return self.client.post(action, data=forms[action] | fields)

    def send_unasked(self, page: str, action: str, **fields: Any) -> TestResponse:
        """A POST that no form of the page offers, with a valid token all the same."""
        token = TOKEN.search(self.read(page))
        assert token
        data = {"csrf_token": token[1], "form_id": str(uuid.uuid4())}
        return self.client.post(action, data=data | fields)

    def after(self, answer: TestResponse) -> str:
        """The page that a form leads to."""
        assert answer.status_code == 303, f"{answer.status_code} {answer.text[:3000]}"
        return self.read(answer.location)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.current: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = {}
            if given.get("method") == "post":
                self.forms[given["action"]] = self.current
        elif tag == "input" and given.get("type") == "hidden" and self.current is not None:
            self.current[given["name"]] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None


@contextmanager
def on_day(day: int) -> Iterator[None]:
    """A day of the demonstration's November."""
    with business_date_set_to(dt.date(2026, 11, day), allow=True):
        yield


def approved(app: Flask, settings: Settings) -> Stage:
    """Open the world and, on the 4th, bring the desk's households to where they are checked."""
    with on_day(4):
        return approve_all(Stage(app, settings, build_world(app)))


def approve_all(stage: Stage) -> Stage:
    """Bring the desk's households of an opened world to where they are checked."""
    app, world, county = stage.app, stage.world, stage.world.agency("榆树市").id
    clerk = next(p for p in world.people.values() if p.actor.desk_id == world.unit(DESK).id).actor
    (department,) = world.people_of("榆树市", "department_clerk")
    with app.app_context():
        with _as("township", clerk):
            name, data = desk_list(DESK, with_bad=False)
            uploaded = intake.upload_list(data, name, clerk).id
        with _as("commissioner", department.actor):
            intake.submit(
                [uploaded],
                letter_number="榆民委〔2026〕11号",
                letter_on=dt.date(2026, 11, 4),
                actor=department.actor,
            )
        with acting_for(county):
            intake.accept(Chosen.of(_in_state("submitted")), world.actor("王芳"))
    stage.approve_all("榆树市", "赵磊")
    return stage


def _as(role: Any, who: Actor) -> Any:
    return acting_for(who.agency_id, role, unit_id=who.unit_id, desk_id=who.desk_id)


def _in_state(state: str) -> list[int]:
    return list(db.session.scalars(select(Case.id).where(Case.state == state)))


def file_of(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file as a form sends it."""
    return io.BytesIO(data), name
