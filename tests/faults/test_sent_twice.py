"""Sending a form twice acts once: one after the other, and both at the same moment."""

import threading
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app.cases.models import Action, Case, Event
from tenants.database import db
from tenants.scope import acting_for
from tests.faults.conftest import Yushu
from tests.isolation.browser import Browser, sign_in


def entrustment_of(yushu: Yushu) -> int:
    with yushu.app.app_context(), acting_for(yushu.agency_id, read_only=True):
        found = db.session.get(Case, (yushu.agency_id, yushu.submitted[0]))
        assert found is not None
        assert found.entrustment_id is not None
        return found.entrustment_id


def form(yushu: Yushu) -> tuple[str, dict]:
    ids = [f"{id_}" for id_ in yushu.submitted]
    return f"/intake/{entrustment_of(yushu)}/accept", {"form_id": str(uuid4()), "ids": ids}


def happened(yushu: Yushu) -> dict[str, int]:
    """How often it was done: acts, events of acceptance, accepted cases."""
    with yushu.app.app_context(), acting_for(yushu.agency_id, read_only=True):
        acts = select(func.count()).select_from(Action).where(Action.verb == "case.accept")
        events = select(func.count()).select_from(Event).where(Event.action == "accept")
        accepted = select(func.count()).select_from(Case).where(Case.state == "accepted")
        return {
            "acts": db.session.scalar(acts) or 0,
            "events": db.session.scalar(events) or 0,
            "accepted": db.session.scalar(accepted) or 0,
        }


def test_a_form_sent_twice_acts_once(portal: Yushu) -> None:
    """李敏 double-clicks: the second answer says that it was done before."""
    limin = sign_in(portal.app, portal.officer())
    url, fields = form(portal)
    first, second = limin.post(url, fields), limin.post(url, fields)
    assert (first.status_code, second.status_code) == (303, 303)
    count = len(portal.submitted)
    assert happened(portal) == {"acts": 1, "events": count, "accepted": count}
    page = limin.get("/intake").get_data(as_text=True)
    assert "该操作此前已经办理" in page


def test_another_form_id_is_another_act(portal: Yushu) -> None:
    """The control: two forms are two acts, and the second finds nothing left to do."""
    limin = sign_in(portal.app, portal.officer())
    url, fields = form(portal)
    limin.post(url, fields)
    limin.post(url, fields | {"form_id": str(uuid4())})
    count = len(portal.submitted)
    assert happened(portal) == {"acts": 2, "events": count, "accepted": count}


def test_a_form_sent_twice_at_the_same_moment_acts_once(portal: Yushu) -> None:
    limin = sign_in(portal.app, portal.officer())
    url, fields = form(portal)
    together = threading.Barrier(2)
    answers: list[int] = []

    def send(browser: Browser) -> None:
        together.wait(timeout=10)
        answers.append(browser.post(url, fields).status_code)

    threads = [threading.Thread(target=send, args=(twin(portal.app, limin),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers == [303, 303]
    count = len(portal.submitted)
    assert happened(portal) == {"acts": 1, "events": count, "accepted": count}


def twin(app: Flask, browser: Browser) -> Browser:
    """A second connection of the same browser: the same cookie, a client of its own."""
    client = app.test_client()
    cookie = browser.client.get_cookie("hedui")
    assert cookie is not None
    client.set_cookie("hedui", cookie.value)
    return Browser(client, browser.person, browser.token)
