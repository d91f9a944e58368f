"""A sharing unit with a system of its own: the real connector before a folder of its own data.

Its data are the planted facts of ``month.toml``, so that what comes by wire is what a disc brings.
"""

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.places import ROOT
from tenants.catalogue import DataItem, FieldType, catalogue
from tests.world.households import Fact, Subject
from tests.world.plan import month

START_S = 20
AS_OF = "hedui_as_of"


@dataclass
class Wired:
    """A unit's folder and its process; ``url`` is where it listens."""

    folder: Path
    unit_name: str
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def public(self) -> str:
        """The unit's public key."""
        return (self.folder / "unit.pub").read_text()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start the connector and wait until it listens."""
        (self.folder / "log").unlink(missing_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hedui_connector", "serve"],
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": str(ROOT / "connector")},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + START_S
        while "listening on" not in self.log:
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(self.log)
            time.sleep(0.02)

    def kill(self) -> None:
        """As when the power goes."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """End it, as the service manager does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def install(
    folder: Path, unit_name: str, items: Sequence[int], people: Sequence[Subject], port: int = 0
) -> Wired:
    """Lay out the unit's folder: its key, its data as csv, its settings without an agency."""
    from hedui_connector.wire.keys import make_keys

    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    make_keys(folder / "unit", "ed25519")
    wired = Wired(folder, unit_name, port or free_port())
    parts = [_HEAD.format(name=unit_name, port=wired.port)]
    for code in items:
        item = catalogue().item(code)
        _write_csv(folder / "data" / f"item{code}.csv", item, unit_name, people)
        parts.append(_item(item))
    (folder / "connector.toml").write_text("\n".join(parts), encoding="utf-8")
    return wired


def admit(wired: Wired, agency_id: int, name: str, keyid: str, public: str) -> None:
    """Let an agency ask: its public key and its section in the settings."""
    (wired.folder / f"{agency_id}.pub").write_text(public)
    section = _AGENCY.format(code=agency_id, name=name, keyid=keyid)
    with (wired.folder / "connector.toml").open("a", encoding="utf-8") as settings:
        settings.write(section)


_HEAD = """[unit]
code = "UNIT01"
name = "{name}"
key = {{ keyid = "unit-2026", algorithm = "ed25519", file = "unit.key" }}

[server]
listen = "127.0.0.1:{port}"
state = "state"

[source]
folder = "data"

[load]
batch = 200
pause_ms = 0
"""
_AGENCY = """
[[agencies]]
code = "{code}"
name = "{name}"
key = {{ keyid = "{keyid}", algorithm = "ed25519", file = "{code}.pub" }}
"""


def _item(item: DataItem) -> str:
    columns = ", ".join(
        ["id_number", *(f"f_{field.name} AS {field.name}" for field in item.fields)]
    )
    sql = f"SELECT {columns}, {AS_OF} FROM item{item.code} WHERE id_number IN :id_numbers"
    as_of = f"SELECT MAX({AS_OF}) FROM batch{item.code}"
    return f'[items.{item.code}]\nsql = {json.dumps(sql)}\nas_of = {{ query = "{as_of}" }}\n'


def _write_csv(path: Path, item: DataItem, unit: str, people: Sequence[Subject]) -> None:
    names = [f"f_{field.name}" for field in item.fields]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id_number", *names, AS_OF])
        for person in people:
            for fact in _facts(person, item, unit):
                for record in fact.records:
                    cells = [_cell(record.get(f.name), f.type) for f in item.fields]
                    table.writerow([person.id_number, *cells, fact.as_of or month().as_of])
    with path.with_name(f"batch{item.code}.csv").open("w", encoding="utf-8") as file:
        file.write(f"{AS_OF}\n{month().as_of}\n")


def _facts(person: Subject, item: DataItem, unit: str) -> Sequence[Fact]:
    facts = person.facts_at(unit, item.code)
    if not facts and item.code in month().defaults:
        return (Fact(item.code, records=(month().defaults[item.code],)),)
    return facts


def _cell(value: Any, kind: FieldType) -> Any:
    if value is None:
        return ""
    if kind is FieldType.YES_NO:
        return "是" if value else "否"
    return value
