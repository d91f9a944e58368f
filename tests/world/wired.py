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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import create_engine, text

from scripts.places import ROOT
from tenants.catalogue import DataItem, FieldType, catalogue
from tests.world.households import Fact
from tests.world.plan import month

START_S = 20
ROUND_S = 120
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
        """What the unit gives out: its public key, or its secret where there is only that."""
        shown = self.folder / "unit.pub"
        return (shown if shown.exists() else shown.with_suffix(".key")).read_text()

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

    def once(self, *words: str) -> None:
        """Where the unit comes by itself: one round, till all that came is answered."""
        done = subprocess.run(
            [sys.executable, "-m", "hedui_connector", *words, "--once"],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT / "connector")},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=ROUND_S,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout)

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


class Known(Protocol):
    """Somebody of whom a unit may know something."""

    @property
    def id_number(self) -> str: ...
    def facts_at(self, unit: str, item: int) -> tuple[Fact, ...]:
        """What the unit knows that was asked about ``item``."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def install(
    folder: Path,
    unit_name: str,
    items: Sequence[int],
    people: Sequence[Known],
    *,
    source: str = "csv",
    algorithm: str = "ed25519",
) -> Wired:
    """Lay out the unit's folder: its key, its data, its settings without an agency.

    ``source``: ``csv`` for files, ``sqlite``, or the address of an empty database of the unit's own.
    """
    from hedui_connector.wire.keys import make_keys

    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    make_keys(folder / "unit", algorithm)
    make_keys(folder / "unit-box", "x25519")
    wired = Wired(folder, unit_name, free_port())
    address = f"sqlite:///{folder}/unit.db" if source == "sqlite" else source
    data = 'folder = "data"' if source == "csv" else f"database = {json.dumps(address)}"
    parts = [_HEAD.format(name=unit_name, port=wired.port, source=data, algorithm=algorithm)]
    tables: dict[str, Rows] = {}
    for code in items:
        item = catalogue().item(code)
        tables[f"item{code}"] = _rows(item, unit_name, people)
        tables[f"batch{code}"] = [[AS_OF], [month().as_of.isoformat()]]
        parts.append(_item(item))
    if source == "csv":
        _write_csv(folder, tables)
    else:
        _write_tables(address, tables)
    (folder / "connector.toml").write_text("\n".join(parts), encoding="utf-8")
    return wired


def admit(
    wired: Wired,
    agency_id: int,
    name: str,
    keyid: str,
    public: str,
    *,
    algorithm: str = "ed25519",
) -> None:
    """Let an agency ask: its public key (or secret) and its section in the settings."""
    (wired.folder / f"{agency_id}.pub").write_text(public)
    section = _AGENCY.format(code=agency_id, name=name, keyid=keyid, algorithm=algorithm)
    with (wired.folder / "connector.toml").open("a", encoding="utf-8") as settings:
        settings.write(section)


_HEAD = """[unit]
code = "UNIT01"
name = "{name}"
key = {{ keyid = "unit-2026", algorithm = "{algorithm}", file = "unit.key" }}
box = "unit-box.key"

[server]
listen = "127.0.0.1:{port}"
state = "state"

[source]
{source}

[load]
batch = 200
pause_ms = 0
"""
_AGENCY = """
[[agencies]]
code = "{code}"
name = "{name}"
key = {{ keyid = "{keyid}", algorithm = "{algorithm}", file = "{code}.pub" }}
"""


def _item(item: DataItem) -> str:
    columns = ", ".join(
        ["id_number", *(f"f_{field.name} AS {field.name}" for field in item.fields)]
    )
    sql = f"SELECT {columns}, {AS_OF} FROM item{item.code} WHERE id_number IN :id_numbers"
    as_of = f"SELECT MAX({AS_OF}) FROM batch{item.code}"
    return f'[items.{item.code}]\nsql = {json.dumps(sql)}\nas_of = {{ query = "{as_of}" }}\n'


Rows = list[list[Any]]


def _rows(item: DataItem, unit: str, people: Sequence[Known]) -> Rows:
    """A head and a row for each planted record, with the day as of which the unit says it."""
    rows: Rows = [["id_number", *(f"f_{field.name}" for field in item.fields), AS_OF]]
    for person in people:
        for fact in _facts(person, item, unit):
            for record in fact.records:
                cells = [_cell(record.get(f.name), f.type) for f in item.fields]
                as_of = fact.as_of or month().as_of
                rows.append([person.id_number, *cells, as_of.isoformat()])
    return rows


def _write_csv(folder: Path, tables: Mapping[str, Rows]) -> None:
    for name, rows in tables.items():
        with (folder / "data" / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)


def _write_tables(address: str, tables: Mapping[str, Rows]) -> None:
    """Tables of the unit's own database; names come from the catalogue."""
    engine = create_engine(address)
    with engine.begin() as database:
        for name, rows in tables.items():
            columns = ", ".join(f'"{column}" TEXT' for column in rows[0])
            places = ", ".join(f":{column}" for column in rows[0])
            database.execute(text(f'CREATE TABLE "{name}" ({columns})'))
            filled = [
                {
                    column: None if cell == "" else str(cell)
                    for column, cell in zip(rows[0], row, strict=True)
                }
                for row in rows[1:]
            ]
            if filled:
                database.execute(text(f'INSERT INTO "{name}" VALUES ({places})'), filled)
    engine.dispose()


def _facts(person: Known, item: DataItem, unit: str) -> Sequence[Fact]:
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
