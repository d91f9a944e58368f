"""The connector as a process: conformance, a kill in the middle, what slow and huge clients meet."""

import os
import socket
import sqlite3
import time
from contextlib import closing

import pytest

from hedui_connector.checking.running import ORDER
from hedui_connector.command.main import main
from hedui_connector.wire import pages
from hedui_connector.wire.limits import BYTES_PER_BODY
from hedui_connector.wire.models import Outcome
from tests.connector.unit import LI, WANG, ZHAO, change, head, line

pytestmark = pytest.mark.slow
PERSONS = (WANG, LI, ZHAO)


def test_every_promise_holds(connector, unit, capsys) -> None:
    connector.start()
    assert main(["check", connector.url, "--settings", str(unit / "check.toml")]) == 0
    said = capsys.readouterr().out
    assert said.count("通过  ") == len(ORDER)
    assert "不通过" not in said
    assert f"{len(ORDER)} 条全部通过" in said
    assert connector.stop() == 0
    assert "Traceback" not in connector.log


def test_a_kill_in_the_middle_loses_and_repeats_nothing(connector, agency, unit) -> None:
    """Killed while a page is half sent, again while it answers, and again while it is read."""
    change(unit, ("batch = 200", "batch = 5"), ("pause_ms = 0", "pause_ms = 20"))
    lines = [line(n, PERSONS[n % 3]) for n in range(1, 301)]
    sent = head(300)
    connector.start()
    agency.asker.put("/requests/r-1", sent)
    agency.post(sent, lines[:100], "the-first-page")
    connector.kill()

    connector.start()
    assert agency.post(sent, lines[:100], "the-first-page").lines_received == 100
    assert agency.status().lines_received == 100
    agency.post(sent, lines[100:])
    while agency.status().lines_answered < 50:
        time.sleep(0.01)
    first, end = agency.read(limit=50)
    connector.kill()

    connector.start()
    assert agency.read(limit=50)[0] == first
    assert agency.status().lines_answered < 300
    found = agency.fetch()
    assert found[:50] == first
    assert [answer.line for answer in found] == list(range(1, 301))
    assert [answer.answer for answer in found] == list(range(1, 301))
    kinds = {LI: Outcome.HIT, WANG: Outcome.HIT, ZHAO: Outcome.NO_RECORD}
    assert [a.outcome for a in found] == [kinds[asked.id_number] for asked in lines]


def test_a_slow_client_holds_nobody_up_and_is_let_go(connector, agency, unit) -> None:
    change(unit, ('state = "state"', 'state = "state"\nthreads = 1\npatience_s = 1'))
    connector.start()
    with Connections(str(unit / "socket"), 5) as slow:
        for one in slow:
            one.sendall(b"PUT /exchange/v1/requests/r-1 HTTP/1.1\r\nHost: unit\r\nContent-Le")
        assert agency.send(head(1), [line(1)]).lines_received == 1
        for one in slow:
            one.settimeout(10)
            assert b"HTTP/1.1 200" not in one.recv(1000)


def test_huge_messages_are_refused_before_they_are_read(connector, agency) -> None:
    connector.start()
    agency.asker.put("/requests/r-1", head(1))
    body = b"x" * (BYTES_PER_BODY + 1)
    got = agency.asker.post("/requests/r-1/lines", body, pages.MEDIA_TYPE)
    got.problem("too_large")
    with Connections(str(connector.folder / "socket"), 1) as [one]:
        one.sendall(b"PUT /exchange/v1/requests/r-1 HTTP/1.1\r\nHost: unit\r\n")
        one.sendall(b"Content-Length: 99999999999\r\n\r\n")
        one.settimeout(10)
        assert b" 413 " in one.recv(1000)


def test_the_socket_and_the_state_are_the_unit_s_own(connector, unit) -> None:
    connector.start()
    for name, mode in (("socket", 0o660), ("state", 0o700), ("state/state.sqlite", 0o600)):
        assert os.stat(unit / name).st_mode & 0o777 == mode, name


def test_a_query_that_the_source_refuses_stops_the_start(unit, capsys) -> None:
    change(unit, ("FROM deposits", "FROM deposit"))
    assert main(["serve", "--settings", str(unit / "connector.toml")]) == 1
    said = capsys.readouterr().err
    assert "items.1601.sql" in said
    assert "no such table: deposit" in said


def test_a_column_that_is_missing_stops_the_start(unit, capsys) -> None:
    change(unit, ("account_no, account_kind", "account_no AS account, account_kind"))
    assert main(["serve", "--settings", str(unit / "connector.toml")]) == 1
    said = capsys.readouterr().err
    assert "items.1601.sql" in said
    assert "account_no" in said


def test_when_answering_breaks_down_the_process_ends(connector, agency, unit) -> None:
    """Nothing is taken in that nobody would answer; what watches over it starts it anew."""
    connector.start()
    agency.asker.put("/requests/r-1", head(1))
    with closing(sqlite3.connect(unit / "state" / "state.sqlite")) as db:
        db.execute("ALTER TABLE answer RENAME TO lost")
    agency.post(head(1), [line(1)])
    assert connector.process.wait(timeout=20) == 1
    assert "answering has ended" in connector.log


class Connections:
    """Open connections to a unix socket."""

    def __init__(self, path: str, count: int) -> None:
        self.path, self.count = path, count

    def __enter__(self) -> list[socket.socket]:
        self.open = [socket.socket(socket.AF_UNIX) for _ in range(self.count)]
        for one in self.open:
            one.connect(self.path)
        return self.open

    def __exit__(self, *_error) -> None:
        for one in self.open:
            one.close()


def test_a_signature_of_yesterday_s_process_is_not_new(connector, agency) -> None:
    """Nonces outlive the process."""
    connector.start()
    first = agency.asker.get("/requests/r-1")
    connector.kill()
    connector.start()
    agency.asker.again(first.sent).problem("unauthenticated")
    agency.asker.get("/requests/r-1").problem("not_found")
