"""What is said twice on the wire: by a worker, by somebody in between, by a server."""

import http.client
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.exchange.wire.kept import keep_page
from tenants.settings import Settings
from tests.pages.stage import on_day
from tests.usecases.wire import Wiring, wired

Said = tuple[int, list[tuple[str, str]], bytes]
KEPT_BACK = {"connection", "date", "server", "transfer-encoding", "content-length"}


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Wiring]:
    with on_day(12):
        ready = wired(app, settings, tmp_path / "bank")
        yield ready
        ready.bank.stop()


class Between:
    """Somebody between the worker and the bank, who hears everything and can say it again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.heard: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answered: list[Said] = []
        self.repeats = False

    def pass_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Said:
        """What the bank says to this."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        there.request(method, path, body or None, headers)
        answer = there.getresponse()
        found = (answer.status, answer.getheaders(), answer.read())
        there.close()
        return found


@contextmanager
def listening(between: Between) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard = (self.command, self.path, dict(self.headers.items()), body)
            between.heard.append(heard)
            if not between.repeats:
                between.answered.append(between.pass_on(*heard))
            status, headers, data = between.answered[-1]
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in KEPT_BACK:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST = answer

        def log_message(self, *_args) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        served.daemon_threads = True
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def test_an_answer_that_was_heard_before_is_not_believed(bank: Wiring) -> None:
    """The bank's own signed answer, said again to another question, is bound to the first one."""
    between = Between(bank.bank.port)
    with listening(between) as url:
        bank.connect(url)
        bank.allow(url.removeprefix("http://"))
        bank.bank.start()
        bank.release_to_operators()
        bank.creep("fetching")
        between.repeats = True
        bank.hurry()
    assert (bank.phase, bank.dispatch.dead_code) == ("dead", "unverified")
    assert bank.replies == []


def test_a_question_that_was_heard_before_is_not_answered(bank: Wiring) -> None:
    """The worker's own signed questions, said again by somebody else: 401, whatever they ask."""
    between = Between(bank.bank.port)
    with listening(between) as url:
        bank.connect(url)
        bank.allow(url.removeprefix("http://"))
        bank.bank.start()
        bank.release_to_operators()
        bank.until("taken")
    statuses = {between.pass_on(*heard)[0] for heard in between.heard}
    assert {heard[0] for heard in between.heard} == {"GET", "PUT", "POST"}
    assert statuses == {401}


def test_lines_that_are_sent_twice_are_asked_once(bank: Wiring) -> None:
    """The worker dies after the bank took the lines and before it knew: it sends them again."""
    bank.connect()
    bank.bank.start()
    bank.release_to_operators()
    with pytest.raises(KeyboardInterrupt):
        bank.step_and_die()
    assert bank.dispatch.lines_sent == 0
    bank.until("taken")
    [reply] = bank.replies
    answered = reply.hits + reply.no_records + reply.unable + reply.refused
    assert answered == bank.request.items_asked


def test_a_page_of_answers_that_comes_twice_is_kept_once(bank: Wiring, monkeypatch) -> None:
    monkeypatch.setattr("app.exchange.wire.asking.LINES_PER_PAGE", 3)
    bank.connect()
    bank.bank.start()
    bank.release_to_operators()
    bank.creep("fetching")
    bank.step()
    with bank.here():
        again = keep_page(bank.request, b"another page", 0)
    assert again.count == bank.dispatch.answers_kept
