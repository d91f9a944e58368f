"""What goes wrong between the worker and a unit's server: said in Chinese, nothing half-counted."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app.exchange.wire.addresses import pin
from app.exchange.wire.client import Limits, Wire
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.messages import FAILURES
from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.models import Status
from hedui_connector.wire.signatures import Key
from tenants.settings import Settings
from tests.pages.stage import on_day
from tests.usecases.wire import Wiring, wired


@pytest.fixture
def bank(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Wiring]:
    with on_day(12):
        ready = wired(app, settings, tmp_path / "bank")
        yield ready
        ready.bank.stop()


def nothing_counted(bank: Wiring) -> bool:
    return bank.replies == [] and bank.request.items_answered == 0


def test_killed_in_mid_stream_it_goes_on_where_it_was(bank: Wiring, monkeypatch) -> None:
    """Small pages; the bank's server dies while lines go out, and again while answers come."""
    monkeypatch.setattr("app.exchange.wire.asking.LINES_PER_PAGE", 3)
    bank.connect()
    bank.bank.start()
    bank.release_to_operators()
    bank.step()
    assert bank.dispatch.lines_sent == 3
    bank.bank.kill()
    bank.hurry()
    assert bank.attempts[-1] == ("lines", "unreachable")
    assert bank.dispatch.failures == 1
    assert nothing_counted(bank)

    bank.bank.start()
    bank.creep("fetching")
    bank.step()
    kept = bank.dispatch.answers_kept
    assert kept == 3
    bank.bank.kill()
    bank.hurry()
    assert bank.dispatch.answers_kept == kept
    assert nothing_counted(bank)
    bank.bank.start()
    bank.until("taken")
    [reply] = bank.replies
    asked = bank.request
    answered = reply.hits + reply.no_records + reply.unable + reply.refused
    assert answered == asked.items_asked == bank.dispatch.answers_kept


def test_a_worker_that_dies_in_mid_fetch_leaves_no_half_page(bank: Wiring, monkeypatch) -> None:
    monkeypatch.setattr("app.exchange.wire.asking.LINES_PER_PAGE", 5)
    bank.connect()
    bank.bank.start()
    bank.release_to_operators()
    bank.creep("fetching")
    with pytest.raises(KeyboardInterrupt):
        bank.step_and_die()
    assert bank.dispatch.answers_kept == 0
    bank.until("taken")
    assert len(bank.replies) == 1


def test_the_same_step_again_does_nothing(bank: Wiring) -> None:
    """A job that is delivered twice: the turn has gone on."""
    bank.connect()
    bank.bank.start()
    bank.release_to_operators()
    turn = bank.dispatch.turn
    bank.step()
    before = bank.attempts
    bank.step(turn)
    assert bank.attempts == before


def test_a_server_that_is_down_is_tried_less_and_less_and_then_given_up(bank: Wiring) -> None:
    bank.connect()
    bank.release_to_operators()
    for _ in range(8):
        bank.hurry()
    assert bank.phase == "dead"
    assert bank.dispatch.dead_code == "unreachable"
    assert bank.request.state == "confirmed"
    wu = bank.stage.at_browser("吴晓东")
    listed = wu.read("/exchange/undelivered")
    assert FAILURES["unreachable"] in listed
    bank.bank.start()
    here = f"/exchange/{bank.request_id}"
    wu.after(wu.send("/exchange/undelivered", f"{here}/wire/retry", back="list"))
    bank.until("taken")
    assert "没有发送失败的申请" in wu.read("/exchange/undelivered")


def test_two_operators_use_a_disc_instead(bank: Wiring) -> None:
    bank.connect("http://127.0.0.1:9")
    bank.release_to_operators()
    bank.hurry()
    assert bank.phase == "dead"
    assert bank.dispatch.dead_code == "address_not_allowed"
    zhou, wu = bank.stage.at_browser("周建华"), bank.stage.at_browser("吴晓东")
    here = f"/exchange/{bank.request_id}"
    assert FAILURES["address_not_allowed"] in zhou.read(here)
    zhou.after(zhou.send(here, f"{here}/wire/drop"))
    assert bank.request.way == "system"
    assert f"{here}/wire/drop" not in zhou.forms(here)
    wu.after(wu.send(here, f"{here}/wire/drop"))
    assert bank.request.way == "media"
    bank.stage.work()
    assert f"{here}/receipt" in wu.forms(here)


def test_a_changed_key_is_not_believed(bank: Wiring) -> None:
    from hedui_connector.wire.keys import make_keys

    bank.connect()
    (bank.bank.folder / "unit.key").unlink()
    (bank.bank.folder / "unit.pub").unlink()
    make_keys(bank.bank.folder / "unit", "ed25519")
    bank.bank.start()
    bank.release_to_operators()
    bank.hurry()
    assert (bank.phase, bank.dispatch.dead_code) == ("dead", "unverified")
    assert bank.request.state == "confirmed"


def test_an_agency_that_the_unit_does_not_know(bank: Wiring) -> None:
    bank.connect()
    for key in bank.bank.folder.glob(f"{bank.agency_id}.pub"):
        key.write_bytes(ALGORITHMS["ed25519"].generate()[1])
    bank.bank.start()
    bank.release_to_operators()
    bank.hurry()
    assert (bank.phase, bank.dispatch.dead_code) == ("dead", "rejected")


OURS, THEIRS = (ALGORITHMS["ed25519"].generate() for _ in "ab")


def wire(url: str, *allowed: str, limits: Limits | None = None) -> Wire:
    row = ALGORITHMS["ed25519"]
    return Wire(
        url,
        Key("ours", row, row.read_private(OURS[0])),
        Key("theirs", row, row.read_public(THEIRS[1])),
        allowed or (url.removeprefix("http://"),),
        limits or Limits(silent_s=1, whole_s=2, most=10_000),
    )


Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server on 127.0.0.1 that answers every GET so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # what the library calls
            answer(self)

        def log_message(self, *_args) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        served.daemon_threads = True
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def refused(answer: Answer) -> str:
    with server(answer) as url, pytest.raises(WireFailure) as failure:
        wire(url).get("/requests/r-1", Status)
    return failure.value.code


def test_a_redirect_is_not_followed() -> None:
    reached: list[str] = []

    def inside(handler: http.server.BaseHTTPRequestHandler) -> None:
        reached.append(handler.path)

    with server(inside) as secret:

        def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
            handler.send_response(302)
            handler.send_header("Location", f"{secret}/admin")
            handler.end_headers()

        assert refused(answer) == "redirected"
    assert reached == []


def test_a_huge_answer_is_cut_off() -> None:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 1000)

    assert refused(answer) == "too_big"


def test_a_slow_answer_is_not_waited_for() -> None:
    ended = threading.Event()

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not ended.wait(0.3):
            handler.wfile.write(b"x")

    try:
        assert refused(answer) == "too_slow"
    finally:
        ended.set()


def test_a_clock_that_is_wrong_is_named() -> None:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response_only(401)
        handler.send_header("Date", "Tue, 01 Jan 2019 00:00:00 GMT")
        handler.end_headers()

    assert refused(answer) == "clock"


def test_an_unsigned_answer_is_not_used() -> None:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"{}")

    assert refused(answer) == "unverified"


def test_a_proxy_of_the_environment_is_not_used(monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(503)
        handler.end_headers()

    assert refused(answer) == "unavailable"


def resolving(monkeypatch, *found: str) -> None:
    def resolved(_host, port, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


NAMED = "https://exchange.example.gov.cn:8443"
ENTRY = "exchange.example.gov.cn:8443"


@pytest.mark.parametrize(
    ("url", "allowed", "found", "code"),
    [
        (NAMED, (ENTRY,), "8.8.8.8", ""),
        (NAMED, (), "8.8.8.8", "address_not_allowed"),
        (NAMED, ("exchange.example.gov.cn:443",), "8.8.8.8", "address_not_allowed"),
        (NAMED, (ENTRY,), "10.1.2.3", "address_inside"),
        (NAMED, (ENTRY,), "127.0.0.1", "address_inside"),
        (NAMED, (ENTRY,), "169.254.169.254", "address_inside"),
        (NAMED, (ENTRY,), "::ffff:10.1.2.3", "address_inside"),
        (NAMED, (ENTRY, "10.1.0.0/16"), "10.1.2.3", ""),
        (NAMED, ("10.1.0.0/16",), "10.1.2.3", ""),
        (NAMED, ("10.1.0.0/16",), "10.2.2.3", "address_not_allowed"),
        ("http://exchange.example.gov.cn:8443", (ENTRY,), "8.8.8.8", "plain_http"),
        ("http://127.0.0.1:80", ("127.0.0.1:80",), "", ""),
        ("http://127.0.0.1:81", ("127.0.0.1:80",), "", "address_not_allowed"),
        ("https://user@exchange.example.gov.cn:8443", (ENTRY,), "8.8.8.8", "address_form"),
        (f"{NAMED}/path", (ENTRY,), "8.8.8.8", "address_form"),
        ("file:///etc/passwd", (), "", "address_form"),
        ("unix:/run/other.sock", ("unix:/run/hedui.sock",), "", "address_not_allowed"),
        ("unix:/run/hedui.sock", ("unix:/run/hedui.sock",), "", ""),
    ],
)
def test_only_what_is_allowed_is_called(monkeypatch, url, allowed, found, code) -> None:
    if found:
        resolving(monkeypatch, found)
    if code:
        with pytest.raises(WireFailure) as failure:
            pin(url, allowed)
        assert failure.value.code == code
        assert code in FAILURES
    else:
        assert pin(url, allowed).address == found.removeprefix("::ffff:") or not found


def test_a_name_with_one_address_inside_is_not_called(monkeypatch) -> None:
    resolving(monkeypatch, "8.8.8.8", "192.168.1.1")
    with pytest.raises(WireFailure) as failure:
        pin(NAMED, (ENTRY,))
    assert failure.value.code == "address_inside"


def test_a_call_goes_to_the_address_that_was_looked_at(monkeypatch) -> None:
    """The name is resolved once: what it says a moment later changes nothing."""
    looked: list[str] = []
    real = socket.getaddrinfo

    def counted(host, *args, **more):
        looked.append(host)
        return real("127.0.0.1" if host == "bank.test" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", counted)

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        looked.append(handler.headers["Host"])
        handler.send_response(503)
        handler.end_headers()

    with server(answer) as url:
        port = url.rpartition(":")[2]
        named = wire(f"http://bank.test:{port}", f"bank.test:{port}", "127.0.0.0/8")
        with pytest.raises(WireFailure) as failure:
            named.get("/requests/r-1", Status)
    assert failure.value.code == "unavailable"
    assert looked.count("bank.test") == 1
    assert f"bank.test:{port}" in looked
