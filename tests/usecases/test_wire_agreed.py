"""What an agency and a unit agreed on: a shared secret, hours, a pause, no amounts, two operators."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.exchange import service as exchange
from app.exchange.wire import connecting
from app.findings.models import Finding
from tenants.catalogue.limits import limits_in
from tenants.database import db
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.stage import on_day
from tests.usecases.wire import Wiring, wired

NIGHT = dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 11, 13, 1, 0, tzinfo=dt.UTC)
HOURS = "08:30-17:00"


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Wiring]:
    with on_day(12):
        ready = wired(app, settings, tmp_path / "bank")
        yield ready
        ready.bank.stop()


@contextmanager
def at(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> Iterator[None]:
    """The worker looks at the clock, and it is ``now``."""
    with monkeypatch.context() as patched:
        patched.setattr("app.exchange.wire.dispatching.instant", lambda: now)
        yield


def test_both_sign_with_secrets_where_a_unit_can_do_no_better(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    """HMAC-SHA-256: each side's secret is handed over in person; the look at ours is audited."""
    with on_day(12):
        bank = wired(app, settings, tmp_path / "bank", "hmac-sha256")
        bank.connect()
        bank.bank.start()
        try:
            bank.release_to_operators()
            bank.until("taken")
        finally:
            bank.bank.stop()
        here = f"/exchange/connections/{_connection_id(bank)}"
        zhou = bank.stage.at_browser("周建华")
        assert "BEGIN PUBLIC KEY" not in zhou.read(here)
        shown = zhou.send(here, f"{here}/secret").text
        assert (bank.bank.folder / f"{bank.agency_id}.pub").read_text().strip() in shown


def _connection_id(bank: Wiring) -> int:
    with bank.here():
        return bank.connection().id


def test_nothing_is_sent_outside_the_agreed_hours(bank: Wiring, monkeypatch) -> None:
    bank.connect(hours=HOURS)
    bank.bank.start()
    bank.release_to_operators()
    with at(monkeypatch, NIGHT):
        bank.step()
    assert bank.attempts == []
    assert bank.dispatch.next_at == dt.datetime(2026, 11, 13, 0, 30, tzinfo=dt.UTC)
    with at(monkeypatch, MORNING):
        bank.step()
    assert bank.attempts == [("head", ""), ("lines", "")]


def test_nothing_is_sent_on_a_day_off(bank: Wiring, monkeypatch) -> None:
    bank.connect(hours=HOURS)
    bank.bank.start()
    bank.release_to_operators()
    with on_day(14), at(monkeypatch, MORNING):
        bank.step()
    assert bank.attempts == []


def test_a_paused_connection_waits_and_goes_on(bank: Wiring) -> None:
    bank.connect()
    bank.bank.start()
    with bank.here():
        connecting.pause(bank.connection().id, bank.maker, is_paused=True)
    bank.release_to_operators()
    bank.hurry()
    assert bank.attempts == []
    with bank.here():
        connecting.pause(bank.connection().id, bank.maker, is_paused=False)
    bank.until("taken")


def test_a_unit_that_may_tell_no_amounts_says_above_or_not(bank: Wiring) -> None:
    """ "Above 4,000 yuan: yes" is shown as that; no sum and no comparison takes it for an amount."""
    bank.connect()
    settings = bank.bank.folder / "connector.toml"
    text = settings.read_text(encoding="utf-8")
    rule = 'threshold = { field = "balance", above_yuan = "4000.00" }\n'
    settings.write_text(text.replace("[items.1601]\n", f"[items.1601]\n{rule}"), encoding="utf-8")
    bank.bank.start()
    bank.release_to_operators()
    bank.until("taken")
    bank.accept()
    with bank.here():
        found = db.session.scalars(select(Finding).where(Finding.item == 1601)).all()
        told = [(f.case_id, vault().open("finding", f.id, f.sealed)) for f in found]
    assert {limit.limit_fen for _, fields in told for limit in limits_in(fields)} == {400_000}
    assert {limit.is_above for _, fields in told for limit in limits_in(fields)} == {True, False}
    assert not [fields for _, fields in told if "balance" in fields]
    liu = bank.stage.at_browser("刘洋")
    above = next(case for case, f in told if any(limit.is_above for limit in limits_in(f)))
    compared = liu.read(f"/cases/{above}/comparison")
    assert "余额超过 4,000.00 元（来源只答是否超过，未提供金额），未计入合计" in compared


def test_two_operators_release_and_two_accept(bank: Wiring) -> None:
    """With exchange on a schedule nobody may be alone: neither at the release nor at the reply."""
    bank.connect()
    bank.bank.start()
    with bank.here():
        request = exchange.request_of(bank.request_id)
        assert exchange.make(request.id, request.rev, bank.maker).done
    with bank.here():
        request = exchange.request_of(bank.request_id)
        alone = exchange.confirm(request.id, request.rev, bank.maker)
        assert [skip.code for skip in alone.skipped] == ["same_operator"]
    bank.stage.work()
    assert bank.attempts == []
    with bank.here():
        request = exchange.request_of(bank.request_id)
        assert exchange.confirm(request.id, request.rev, bank.second).done
    bank.stage.work()
    bank.until("taken")
    for actor, done in ((bank.maker, True), (bank.maker, False), (bank.second, True)):
        with bank.here():
            reply = exchange.reply_of(bank.replies_ids()[-1])
            assert bool(exchange.accept_reply(reply.id, reply.rev, actor).done) is done
    assert bank.replies[0].state == "accepted"
