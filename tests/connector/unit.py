"""A bank with a connector: its folder, its data, its requests, and the connector as a process."""

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from hedui_connector.catalogue import known_items
from hedui_connector.checking.asking import Asker
from hedui_connector.clock import today
from hedui_connector.settings.loading import load_check_settings, others_key, own_key
from hedui_connector.wire import pages
from hedui_connector.wire.models import Answer, Authorisation, End, Head, Line, Party, Status
from hedui_connector.wire.pages import read_page, to_json, write_page
from scripts.places import ROOT

DEPOSIT = known_items()[1601]
LOAN = known_items()[1602]
DIGEST = f"sha-256=:{b64encode(hashlib.sha256(b'scan').digest()).decode()}:"
# 王芳 has two accounts, 李强 one; of 赵敏 the bank knows nothing.
WANG, LI, ZHAO = "220102199001011234", "22010219850505123X", "220102197001010011"
PATIENCE_S = 20


def consent(**changes) -> Authorisation:
    day = today()
    given = {"signed_on": day - dt.timedelta(days=30), "expires_on": day + dt.timedelta(days=90)}
    return Authorisation(**({"scope": "all", "digest": DIGEST} | given | changes))


def line(number: int, id_number: str = WANG, items=(1601,), **changes) -> Line:
    return Line(
        line=number,
        name="王芳",
        id_number=id_number,
        items=tuple(items),
        authorisation=consent(**changes),
    )


def head(lines: int, request_id: str = "r-1", items=(DEPOSIT,), **changes) -> Head:
    given = {
        "interface": "hedui-exchange/1",
        "id": request_id,
        "number": "榆交换〔2026〕1 号",
        "agency": Party(code="000000", name="榆树市核对中心"),
        "unit": Party(code="BANK01", name="示例银行"),
        "period": "2026-11",
        "sent_at": dt.datetime(2026, 11, 11, 8, tzinfo=dt.UTC),
        "due_on": dt.date(2026, 11, 20),
        "lines": lines,
        "items": items,
    }
    return Head(**(given | changes))


def page(lines: list[Line], whole: int) -> bytes:
    end = End(count=len(lines), next=str(lines[-1].line), is_last=lines[-1].line == whole)
    return write_page(map(to_json, lines), end)


@dataclass
class Connector:
    """The connector as a process of its own, on a unix socket, started and killed at will."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix:{self.folder}/socket"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def start(self) -> None:
        (self.folder / "socket").unlink(missing_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hedui_connector", "serve"],
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": str(ROOT / "connector")},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE_S
        while "listening on" not in self.log:
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until, self.log
            time.sleep(0.02)

    def kill(self) -> None:
        """As when the power goes."""
        self.process.kill()
        self.process.wait()
        (self.folder / "log").unlink()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait()


@dataclass
class Agency:
    """The agency's side, as the portal will be: sends a request and fetches the answers."""

    asker: Asker

    def send(self, sent: Head, lines: list[Line], page_size: int = 5000) -> Status:
        self.asker.put(f"/requests/{sent.id}", sent).message(Status)
        for first in range(0, len(lines), page_size):
            status = self.post(sent, lines[first : first + page_size])
        return status

    def post(self, sent: Head, lines: list[Line], key: str = "") -> Status:
        body = page(lines, sent.lines)
        got = self.asker.post(f"/requests/{sent.id}/lines", body, pages.MEDIA_TYPE, key)
        return got.message(Status)

    def status(self, request_id: str = "r-1") -> Status:
        return self.asker.get(f"/requests/{request_id}").message(Status)

    def read(self, request_id: str = "r-1", after: int = 0, limit: int = 5000):
        got = self.asker.get(f"/requests/{request_id}/answers?after={after}&limit={limit}")
        assert got.status == 200, got.body
        return read_page(got.body, Answer)

    def fetch(self, request_id: str = "r-1") -> list[Answer]:
        """All answers, as soon as they are there."""
        found: list[Answer] = []
        until = time.monotonic() + PATIENCE_S
        while True:
            answers, end = self.read(request_id, len(found))
            found += answers
            if end.is_last:
                return found
            assert time.monotonic() < until, self.status(request_id)
            time.sleep(0 if answers else 0.02)


def agency_of(folder: Path, url: str) -> Agency:
    path = folder / "check.toml"
    settings = load_check_settings(path)
    key = own_key(path, "key", settings.key)
    return Agency(Asker(url, key, others_key(path, "unit_key", settings.unit_key)))


def with_app(agency: Agency, app) -> None:
    """Let the agency speak to an application within this process."""
    agency.asker.client.close()
    agency.asker.client = httpx.Client(
        transport=httpx.WSGITransport(app=app), base_url="http://unit"
    )


def change(folder: Path, *changes: tuple[str, str]) -> None:
    """Replace text in the unit's settings."""
    path = folder / "connector.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@contextlib.contextmanager
def new_unit(folder: Path, template: Path) -> Iterator[Path]:
    shutil.copytree(template, folder, dirs_exist_ok=True)
    change(folder, ("127.0.0.1:8470", f"unix:{folder}/socket"), ("pause_ms = 100", "pause_ms = 0"))
    yield folder
