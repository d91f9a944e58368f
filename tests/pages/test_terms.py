"""What the days say about awaited replies: reminded before, told after, and no term at all."""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.current import DECLARED
from app.exchange.models import ExchangeRequest
from app.notices.models import Notice
from tenants.calendar import business_date_set_to
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, approved, on_day
from worker.daily import look_around

LIAISON, OPERATOR = "潘婷", "周建华"
SEATS = ("周建华", "潘婷", "王芳", "赵磊")


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        stage = approved(app, settings)
        deliver(stage)
        yield stage


def deliver(stage: Stage) -> None:
    """The bank signed on the 12th: its reply is due on the 23rd."""
    maker, second = stage.at_browser(OPERATOR), stage.at_browser("吴晓东")
    here = f"/exchange/{stage.request_to(BANK)}"
    maker.after(maker.send(here, f"{here}/make"))
    stage.work()
    second.after(second.send(here, f"{here}/confirm"))
    fields = {"on": "2026-11-12", "way": "加密光盘", "signed_by": LIAISON}
    maker.after(maker.send(here, f"{here}/receipt", **fields))


def county(stage: Stage) -> int:
    return stage.world.agency("榆树市").id


def told(stage: Stage, kind: str) -> int:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        count = select(func.count()).where(Notice.kind == kind)
        return db.session.execute(count).scalar_one()


def set_term(stage: Stage, due_on: dt.date | None, on: dt.date | None = None) -> None:
    """As an agreement would have set it."""
    values = {"due_on": due_on} | ({"delivered_on": on} if on else {})
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(
            update(ExchangeRequest)
            .where(ExchangeRequest.id == stage.request_to(BANK))
            .values(values)
        )


def looked(stage: Stage, day: int) -> None:
    """The worker looks around twice on a day: the second time changes nothing."""
    with on_day(day):
        look_around(stage.app)
        look_around(stage.app)


def test_both_sides_are_reminded_once_and_told_once_when_it_is_late(stage: Stage) -> None:
    looked(stage, 18)
    assert told(stage, "request.due_soon") == 0
    for day in (19, 20, 23):
        looked(stage, day)
        assert told(stage, "request.due_soon") == 2
    assert "即将到反馈期限" in stage.at_browser(LIAISON).read("/notices")
    assert "即将到反馈期限" in stage.at_browser(OPERATOR).read("/notices")
    assert told(stage, "request.overdue") == 0
    for day in (24, 25):
        looked(stage, day)
        assert (told(stage, "request.overdue"), told(stage, "request.escalated")) == (2, 0)
    for day in (26, 27):
        looked(stage, day)
        assert told(stage, "request.escalated") == 1
    director = stage.world.people_of("榆树市", "director")
    if director:
        assert "请督促" in stage.at_browser(director[0].name).read("/notices")


def test_an_extended_term_is_reminded_of_anew(stage: Stage) -> None:
    looked(stage, 20)
    own = f"/my-requests/{stage.request_to(BANK)}/extension"
    with on_day(20):
        pan = stage.at_browser(LIAISON)
        pan.after(pan.send(own, own, days="5", ground="volume"))
    looked(stage, 24)
    assert (told(stage, "request.due_soon"), told(stage, "request.overdue")) == (2, 0)
    looked(stage, 27)
    assert told(stage, "request.due_soon") == 4


def test_without_a_term_every_page_stands_and_nothing_is_late(stage: Stage) -> None:
    """不限期: no reminder, no overdue, no extension; every page that a desk has still opens."""
    set_term(stage, None)
    request = stage.request_to(BANK)
    with business_date_set_to(dt.date(2026, 12, 20), allow=True):
        look_around(stage.app)
        for kind in ("request.due_soon", "request.overdue", "request.escalated"):
            assert told(stage, kind) == 0, kind
        for name in SEATS:
            browser = stage.at_browser(name)
            may = stage.world.actor(name).may
            for rule in stage.app.url_map.iter_rules():
                view = stage.app.view_functions[rule.endpoint]
                wanted = {"request_id"} >= rule.arguments
                if "GET" in (rule.methods or ()) and wanted and may(getattr(view, DECLARED, "")):
                    url = rule.rule.replace("<int:request_id>", str(request))
                    answer = browser.open(url)
                    assert answer.status_code < 500, f"{name} {url}"
        assert "不限期" in stage.at_browser(OPERATOR).read("/exchange")
        assert "不限期" in stage.at_browser(OPERATOR).read(f"/exchange/{request}")
        assert "不限期" in stage.at_browser(LIAISON).read("/my-requests")
        assert "没有约定反馈期限" in stage.at_browser(LIAISON).read(
            f"/my-requests/{request}/extension"
        )
        fields = {"days": "2", "ground": "volume"}
        refused = stage.at_browser(LIAISON).send_unasked(
            "/my-requests", f"/my-requests/{request}/extension", **fields
        )
        assert refused.status_code == 422


def test_a_date_that_no_notice_covers_is_marked(stage: Stage) -> None:
    pan, request = stage.at_browser(LIAISON), stage.request_to(BANK)
    assert "暂定" not in pan.read("/my-requests")
    set_term(stage, dt.date(2029, 1, 9))
    assert "暂定" in pan.read("/my-requests")
    assert "暂按周末推算，待国务院放假通知" in pan.read(f"/my-requests/{request}")
    assert "暂定" in stage.at_browser(OPERATOR).read("/exchange")
