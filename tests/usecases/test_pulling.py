"""The bank behind its own walls: its connector comes to the portal, asks, answers and goes."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.exchange.wire import connecting
from app.findings.models import Finding
from app.web.limits import limiter
from hedui_connector.checking.asking import Spoiled
from hedui_connector.wire.models import Head, Listing, State, Status
from tenants.calendar import set_process_business_date
from tenants.database import db
from tenants.messages import Fault
from tenants.settings import Settings
from tests.usecases.pulling import (
    NDJSON,
    Pulling,
    answers_to,
    approved_and_served,
    page_of,
)

PAGES = "/outbox"


@pytest.fixture(autouse=True)
def the_twelfth() -> Iterator[None]:
    """The server works in threads of its own, so the day is the whole process's."""
    set_process_business_date(dt.date(2026, 11, 12), allow=True)
    yield
    set_process_business_date(None, allow=True)


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Pulling]:
    yield from approved_and_served(app, settings, tmp_path / "bank")


@pytest.fixture
def open_bank(bank: Pulling) -> Pulling:
    """Connected, and its request released by two operators."""
    bank.connect()
    bank.release()
    return bank


def test_the_connector_comes_asks_answers_and_goes(open_bank: Pulling) -> None:
    """One command of the unit, nobody of the agency: until two operators accept what came."""
    done = open_bank.pull()
    assert done.returncode == 0, done.stdout
    assert open_bank.request.state == "delivered"
    assert open_bank.request.delivered_on == dt.date(2026, 11, 12)
    assert open_bank.request.due_on == dt.date(2026, 11, 23)
    assert "系统签收" in open_bank.request.delivered_how
    shown = open_bank.stage.at_browser("周建华").read(f"/exchange/{open_bank.request_id}")
    assert "立即联系" not in shown, "nobody can be called"
    assert "对方最近一次来" in shown
    assert "还没有来过" not in shown
    open_bank.stage.work()
    (reply,) = open_bank.replies
    assert reply.state == "checked", reply.state
    assert reply.missing == 0
    assert reply.hits > 0
    with open_bank.here():
        assert db.session.scalars(select(Finding)).first() is None, "nothing counts unaccepted"
    open_bank.accept()
    assert open_bank.request.state == "answered"
    assert open_bank.dispatch.kept_at is not None
    with open_bank.here():
        assert db.session.scalars(select(Finding)).first() is not None
    verbs = open_bank.audited()
    assert verbs.count("interface.post") >= 2
    assert verbs.count("interface.get") >= 3

    again = open_bank.pull()
    assert again.returncode == 0, again.stdout
    assert len(open_bank.replies) == 1


def test_nothing_is_listed_before_the_second_operator(bank: Pulling) -> None:
    bank.connect()
    asker = bank.speaker()
    assert asker.get(PAGES).message(Listing).requests == ()
    bank.make()
    assert asker.get(PAGES).message(Listing).requests == ()
    asker.get(bank.path).problem("not_found")
    bank.confirm()
    (status,) = asker.get(PAGES).message(Listing).requests
    assert (status.id, status.state) == (bank.wire_id, State.RECEIVING)
    head = asker.get(bank.path).message(Head)
    assert head.agency.code == str(bank.agency_id)
    assert head.lines == status.lines


def test_a_request_by_disc_is_not_listed(bank: Pulling) -> None:
    """No connection when it was made: it is a disc and stays one."""
    bank.release()
    bank.connect()
    asker = bank.speaker()
    assert asker.get(PAGES).message(Listing).requests == ()
    asker.get(bank.path).problem("not_found")


def test_a_key_id_names_the_agency_and_one_unit(bank: Pulling) -> None:
    """Nobody would be found by any other: the form says so before a message is lost."""
    for keyid in ("unit-2026", "220102.17.1", f"{bank.agency_id}17.1", f"{bank.agency_id}."):
        with pytest.raises(Fault, match=r"220182\.17\.1"):
            bank.connect(their_keyid=keyid)
    bank.connect()
    other = next(
        unit
        for unit in bank.world.units.values()
        if unit.agency_id == bank.agency_id and unit.kind == "sharing" and unit.id != bank.unit.id
    )
    with bank.here(), pytest.raises(Fault, match="另一条未关闭的连接"):
        connecting.open_connection(
            *(other.id, "pulls", "ed25519"), bank.agreed(their_keyid=bank.keyid), bank.maker
        )


def test_a_paused_connection_shows_nothing(open_bank: Pulling) -> None:
    asker = open_bank.speaker()
    assert asker.get(PAGES).message(Listing).requests
    open_bank.change_connection(is_paused=True)
    assert asker.get(PAGES).message(Listing).requests == ()
    asker.get(f"{open_bank.path}/lines").problem("not_found")


def test_every_401_is_the_same(open_bank: Pulling) -> None:
    """Unsigned, altered, too old, replayed, by nobody's key: one answer, unsigned."""
    asker = open_bank.speaker()
    good = asker.get(PAGES)
    assert good.status == 200
    strangers = Spoiled(key=type(asker.key)("220102.1.1", asker.key.algorithm, asker.key.material))
    told = [
        asker.again(good.sent),
        asker.send("GET", PAGES, spoiled=Spoiled(unsigned=True)),
        asker.send("GET", PAGES, spoiled=Spoiled(moved=dt.timedelta(minutes=-10))),
        asker.send("GET", PAGES, spoiled=Spoiled(valid_for_s=3600)),
        asker.send("GET", PAGES, spoiled=Spoiled(target=lambda t: f"{t}?x=1")),
        asker.send("GET", PAGES, spoiled=strangers),
    ]
    bodies = {got.body for got in told}
    assert [got.status for got in told] == [401] * len(told)
    assert len(bodies) == 1
    assert all("signature" not in got.headers for got in told)
    open_bank.change_connection(closed_on=dt.date(2026, 11, 12))
    assert asker.get(PAGES).body in bodies


def test_a_key_of_another_direction_opens_nothing(open_bank: Pulling) -> None:
    open_bank.change_connection(direction="folder")
    asker = open_bank.speaker()
    asker.get(PAGES).problem("unauthenticated")


def test_a_page_of_lines_goes_on_at_its_cursor(open_bank: Pulling) -> None:
    asker = open_bank.speaker()
    whole = open_bank.lines(asker)
    got = asker.get(f"{open_bank.path}/lines?after=1&limit=1")
    asker.verify(got)
    assert f'"line":{whole[1].line}' in got.body.decode()
    assert got.headers["content-length"] == str(len(got.body))
    for query in ("?after=x", "?limit=0", "?limit=5001", "?before=1"):
        asker.get(f"{open_bank.path}/lines{query}").problem("bad_query")


def test_a_page_of_answers_that_is_wrong_writes_nothing(open_bank: Pulling) -> None:
    asker = open_bank.speaker()
    lines = open_bank.lines(asker)
    answers, path = answers_to(lines), f"{open_bank.path}/answers"
    asker.post(path, page_of(answers, True), NDJSON).problem("conflict")
    open_bank.sign_for(asker)
    good = page_of(answers, True)
    for spoiled in (
        good.replace(b'"line":1,', b'"line":999999,', 1),
        page_of(answers[:-1], True),
        page_of(answers, False),
        page_of([*answers, answers[0].model_copy(update={"answer": len(answers) + 1})], True),
        good.replace(b'"no_record"', b'"hit"', 1),
        good[:-1],
    ):
        problem = asker.post(path, spoiled, NDJSON).problem("bad_message")
        assert problem.faults
        assert open_bank.dispatch.answers_kept == 0
    asker.post(path, page_of(answers[1:], True), NDJSON).problem("conflict")
    assert asker.post(path, good, NDJSON).message(Status).state is State.ANSWERED


def test_a_page_that_comes_twice_acts_once(open_bank: Pulling) -> None:
    asker = open_bank.speaker()
    lines = open_bank.lines(asker)
    open_bank.sign_for(asker)
    answers, path = answers_to(lines), f"{open_bank.path}/answers"
    first = page_of(answers[:1], False)
    told = [asker.post(path, first, NDJSON, "the-same-key").message(Status) for _ in range(2)]
    assert told[0] == told[1]
    assert told[0].answers == 1
    asker.post(path, page_of(answers[:2], False), NDJSON, "the-same-key").problem("key_reused")
    rest = page_of(answers[1:], True)
    for _ in range(2):
        assert asker.post(path, rest, NDJSON, "another-key").message(Status).answers == len(answers)
    open_bank.stage.work()
    assert len(open_bank.replies) == 1
    asker.send("POST", path, rest, media_type=NDJSON).problem("key_missing")


def test_a_reply_that_is_not_taken_is_asked_for_anew(open_bank: Pulling) -> None:
    """An operator refuses what came; tried again, the connector fetches and answers anew."""
    from app.exchange import service as exchange
    from app.exchange.wire import deciding

    assert open_bank.pull().returncode == 0
    open_bank.stage.work()
    with open_bank.here():
        (reply,) = open_bank.replies
        found = exchange.reply_of(reply.id)
        exchange.refuse_reply(found.id, found.rev, open_bank.maker, "截至日期过早，请重新查询")
    open_bank.stage.work()
    assert open_bank.dispatch.dead_code == "reply_refused"
    with open_bank.here():
        assert deciding.try_again(open_bank.request_id, open_bank.maker).done
    open_bank.stage.work()
    done = open_bank.pull()
    assert done.returncode == 0, done.stdout
    open_bank.stage.work()
    assert [reply.state for reply in open_bank.replies] == ["refused", "checked"]


def test_too_many_requests_of_one_key_are_told_to_wait(
    open_bank: Pulling, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limits import RateLimitItemPerMinute

    monkeypatch.setattr("app.exchange.outbox.routes.PER_KEY", RateLimitItemPerMinute(2))
    asker = open_bank.speaker()
    assert [asker.get(PAGES).status for _ in range(3)] == [200, 200, 429]
    got = asker.get(PAGES)
    got.problem("too_many")
    assert got.headers["retry-after"] == "60"
    asker.verify(got)
    assert limiter.enabled


def test_addresses_methods_and_sizes_are_answered_in_the_same_form(open_bank: Pulling) -> None:
    asker = open_bank.speaker()
    asker.get("/nowhere").problem("no_such_address")
    asker.send("PUT", PAGES, b"{}", media_type="application/json").problem("wrong_method")
    asker.post(f"{open_bank.path}/receipt", b" " * (1024 * 1024 + 1), "application/json").problem(
        "too_large"
    )
    asker.post(f"{open_bank.path}/receipt", b'{"lines":1}', NDJSON).problem("wrong_type")
    asker.get(f"/outbox/{open_bank.agency_id}-1").problem("not_found")
    asker.get("/outbox/220102-1").problem("not_found")
