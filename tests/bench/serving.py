"""Requests for a signed-in list of 50 cases; beside a Flask page that says one word."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from app.accounts.service import open_account
from scripts.places import ROOT
from tenants.calendar import business_date
from tenants.scope import acting_for
from tests.bench.measure import Figure, seconds
from tests.bench.stage import Stage, folder

PASSWORD = "for measuring only"
LOGIN = "bench"
PATIENCE_S = 30


def measure(stage: Stage, requests: int) -> Figure:
    """One gunicorn worker and one client for each; seconds per ``requests`` requests."""
    county = stage.tree.lowest
    with stage.app.app_context(), acting_for(county, "registrar"):
        open_account(LOGIN, "李敏", PASSWORD, ["reviewer"], valid_from=business_date())
    with served("wsgi:app") as port:
        cookie = sign_in(port, county)
        page = read(port, "/cases", cookie)
        rows = page.count('name="ids"') or page.count("<tr") - 1
        ours = seconds(lambda: [read(port, "/cases", cookie) for _ in range(requests)])
    with served("tests.bench.hello:app") as port:
        read(port, "/")
        bare = seconds(lambda: [read(port, "/") for _ in range(requests)])
    return Figure(
        name="page",
        what=f"{requests} requests for the case list ({rows} rows), signed in",
        against="a Flask page that says “hello”, the same server and client",
        ours=ours,
        bare=bare,
        details={
            "rows": rows,
            "page_bytes": len(page.encode()),
            "ours_per_s": requests / ours,
            "bare_per_s": requests / bare,
        },
    )


@contextmanager
def served(application: str) -> Iterator[int]:
    """An application under gunicorn on a free port of 127.0.0.1."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    log = folder("log") / "bench-web.log"
    command = [sys.executable, "-m", "gunicorn", "--workers", "1", "--no-control-socket"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", application],
            cwd=ROOT,
            env=os.environ,
            stdout=file,
            stderr=file,
        )
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not start; see var/log/bench-web.log")


def sign_in(port: int, agency: int) -> str:
    """The cookies of a signed-in reviewer."""
    first = _ask(port, "GET", "/sign-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', first[1])
    if token is None:
        raise RuntimeError("the sign-in page has no token")
    form = {"csrf_token": token[1], "agency": agency, "login": LOGIN, "password": PASSWORD}
    status, body, cookies = _ask(port, "POST", "/sign-in", urlencode(form), first[2])
    if status not in (302, 303):
        raise RuntimeError(f"signing in ended with {status}: {body[:200]}")
    return cookies or first[2]


def read(port: int, path: str, cookie: str = "") -> str:
    """The body of a page that must be there."""
    status, body, _ = _ask(port, "GET", path, cookie=cookie)
    if status != http.client.OK:
        raise RuntimeError(f"{path} ended with {status}")
    return body


def _ask(
    port: int, verb: str, path: str, body: str | None = None, cookie: str = ""
) -> tuple[int, str, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    headers = {"Cookie": cookie} if cookie else {}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        line.request(verb, path, body, headers)
        answer = line.getresponse()
        kept = [c.split(";")[0] for c in answer.headers.get_all("Set-Cookie", [])]
        return answer.status, answer.read().decode(), "; ".join(kept)
    finally:
        line.close()
