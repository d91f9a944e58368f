"""Human resources asks the province: answered within five working days, told before and after.

民发〔2020〕95号 二(二): the same term in both directions.
"""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from app.exchange.asked.models import Inquiry
from app.exchange.asked.terms import due_on
from app.exchange.wire.models import Connection
from app.notices.models import Notice
from tenants.database import db
from tenants.outbox import Job
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.isolation.canaries.exchange import _HEAD
from tests.pages.stage import BANK, Stage, on_day
from tests.world.builder import build_world
from worker.daily import look_around

HERE = "/exchange/inquiries"
ASKED = dt.date(2026, 11, 12)
DUE = dt.date(2026, 11, 19)


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield Stage(app, settings, build_world(app))


def province(stage: Stage) -> int:
    return stage.world.agency("吉林省").id


def asked(stage: Stage, *, due: dt.date | None = DUE, number: str = "人社查1号") -> int:
    """All lines of an inquiry are here, and the worker has not answered it."""
    unit = stage.world.unit("吉林省人力资源和社会保障厅")
    at = dt.datetime(2026, 11, 12, 2, tzinfo=dt.UTC)
    with stage.app.app_context(), acting_for(province(stage)):
        known = db.session.scalar(select(Connection.id).where(Connection.unit_id == unit.id))
        connection = known or connected(unit.id)
    with stage.app.app_context(), acting_for(province(stage), "liaison", unit_id=unit.id):
        found = Inquiry(
            unit_id=unit.id,
            connection_id=connection,
            wire_id=number,
            head=_HEAD.replace("TAG", number),
            received_at=at,
            lines=3,
            lines_received=3,
            received_on=ASKED,
            due_on=due,
        )
        db.session.add(found)
        db.session.flush()
        return found.id


def connected(unit_id: int) -> int:
    """The unit's system may ask."""
    return db.session.execute(
        insert(Connection)
        .values(
            unit_id=unit_id,
            direction="asked",
            unit_code="220000",
            algorithm="ed25519",
            our_keyid="here-1",
            their_keyid="there-1",
            keys_sealed=b"",
            valid_from=ASKED,
            changed_by=1,
            changed_at=dt.datetime(2026, 11, 12, tzinfo=dt.UTC),
        )
        .returning(Connection.id)
    ).scalar_one()


def told(stage: Stage) -> list[str]:
    with stage.app.app_context(), acting_for(province(stage), read_only=True):
        query = select(Notice.kind).where(Notice.kind.like("inquiry.%")).order_by(Notice.id)
        return list(db.session.scalars(query))


def test_an_inquiry_is_due_in_five_working_days_and_waits_among_ones_work(stage: Stage) -> None:
    unit, bank = stage.world.unit("吉林省人力资源和社会保障厅"), stage.world.unit(BANK)
    with stage.app.app_context():
        with acting_for(province(stage), "liaison", unit_id=unit.id, read_only=True):
            assert due_on(province(stage), unit.id, ASKED) == DUE, "as the unit's own role sees it"
        with acting_for(bank.agency_id, read_only=True):
            assert due_on(bank.agency_id, bank.id, ASKED) is None, "nobody promised a bank anything"
    later, first = asked(stage, due=None, number="无期限"), asked(stage)
    operator = stage.world.people_of("吉林省", "exchange_operator")[0]
    browser = stage.at_browser(operator.name)
    home, page = browser.read("/"), browser.read(HERE)
    assert "答复外来查询" in home
    assert "还有 5 个工作日" in home
    assert page.index("人社查1号") < page.index("无期限"), "the urgent one first"
    assert "还有 5 个工作日" in page

    kinds = ["inquiry.due_soon", "inquiry.overdue", "inquiry.escalated"]
    for day, count in ((13, 0), (17, 1), (20, 2), (25, 3)):
        with on_day(day):
            look_around(stage.app)
            look_around(stage.app)
            assert told(stage) == kinds[:count], f"on the {day}th, each once"
    with on_day(20):
        again = f"{HERE}/{first}/answer"
        assert "已超期 1 天" in browser.read(HERE)
        browser.after(browser.send(HERE, again))
        with stage.app.app_context(), acting_for(province(stage), read_only=True):
            jobs = select(func.count()).where(Job.kind == "inquiry.answer")
            assert db.session.execute(jobs).scalar_one() == 1
    with stage.app.app_context(), acting_for(province(stage)):
        db.session.execute(update(Inquiry).values(answered_at=dt.datetime.now(dt.UTC)))
    assert "已答复" in browser.read(HERE)
    assert "答复外来查询" not in browser.read("/")
    assert later
