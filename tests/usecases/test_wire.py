"""榆树市 asks 吉林榆树农村商业银行 from system to system: the bank's own connector answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.findings.models import Finding
from tenants.database import db
from tenants.settings import Settings
from tests.pages.stage import on_day
from tests.usecases.wire import Wiring, wired


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Wiring]:
    with on_day(12):
        ready = wired(app, settings, tmp_path / "bank")
        yield ready
        ready.bank.stop()


def test_a_request_goes_and_its_answers_come(bank: Wiring) -> None:
    bank.connect()
    bank.bank.start()
    bank.release()
    assert bank.until("taken") == "taken"
    asked = bank.request
    assert asked.way == "system"
    assert asked.state == "delivered"
    assert str(asked.delivered_on) == "2026-11-12"
    assert asked.delivered_how.startswith("系统签收")
    assert str(asked.due_on) == "2026-11-23"
    [reply] = bank.replies
    assert reply.state == "checked"
    answered = reply.hits + reply.no_records + reply.unable + reply.refused
    assert answered == asked.items_asked
    assert reply.hits > 0
    assert reply.missing == 0
    bank.accept()
    assert bank.request.state == "answered"
    with bank.here():
        found = db.session.scalars(select(Finding).where(Finding.reply_id == reply.id)).all()
    assert len(found) >= reply.hits
