"""Two deployments on this machine: Jilin's, which asks, and Guangdong's, in a process of its own."""

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from pydantic import SecretStr
from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.audit.models import AuditRow
from app.delegation.coverage import announce
from app.exchange.store.commands import load_returned
from app.exchange.store.loading import confirm
from app.exchange.store.models import ReturnedLoad
from app.exchange.wire import connecting
from app.exchange.wire.connecting import Agreed
from app.exchange.wire.models import Connection
from app.sharing.models import Agreement
from app.web.factory import create_app
from hedui_connector.wire.algorithms import ALGORITHMS
from hedui_connector.wire.keys import make_keys
from scripts.places import ROOT
from tenants.agency.models import Capability, Unit
from tenants.calendar import instant
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.provisioning import add_capabilities, add_unit
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Stage, approve_all, on_day
from tests.servers import KEYS, TestServers, own_redis_database
from tests.usecases.wire import FROM, MAKER, SECOND, Wiring
from tests.world.builder import build_world
from tests.world.filings import file_everybody
from tests.world.wired import free_port

SOURCE = "广东省社会保险基金管理局"
ELSEWHERE, ASKER = "广东省核对中心（省外参保）", "吉林省榆树市核对中心"
ASKED_ITEMS = [503, 506]
GUANGDONG, GUANGZHOU, YUSHU = 440000, 440100, 220182
DAY, TWELFTH = "2026-10-31", dt.date(2026, 11, 12)


class Cell:
    """Guangdong's deployment: its own database, queue and files."""

    def __init__(self, settings: Settings, environment: dict[str, str]) -> None:
        self.app, self.environment = create_app(settings), environment
        self.port = free_port()
        self.operator: Actor
        self.process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def here(self, agency_id: int = GUANGDONG) -> Iterator[None]:
        with self.app.app_context(), acting_for(agency_id):
            yield

    def start(self, log: Path, day: dt.date = TWELFTH) -> None:
        """Start it, and wait until it listens."""
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.usecases.cell", str(self.port), str(day)],
                cwd=ROOT,
                env=os.environ | self.environment | {"PYTHONPATH": str(ROOT / "connector")},
                stdout=out,
                stderr=out,
            )
        while "listening on" not in log.read_text(encoding="utf-8"):
            assert self.process.poll() is None, log.read_text(encoding="utf-8")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def load(self, item: int, path: Path, records: dict[str, Any], day: str = DAY) -> str:
        """What the source gave back, by number; as ``flask load-returned`` takes it, and an operator
        confirms it."""
        rows = [{"id_number": number, "record": record} for number, record in records.items()]
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        given = [str(GUANGDONG), str(self._source()), str(item), day, str(path)]
        told = self.app.test_cli_runner().invoke(load_returned, given).output
        with self.here():
            query = select(ReturnedLoad.id).where(ReturnedLoad.confirmed_at.is_(None))
            for load_id in db.session.scalars(query).all():
                confirm(load_id, self.operator)
        return told

    def _source(self) -> int:
        """The unit whose data came back to Guangdong."""
        with self.app.app_context(), acting_for(GUANGDONG):
            query = select(Unit.id).where(Unit.name == SOURCE)
            found = db.session.scalars(query).one_or_none()
        if found is None:
            with self.app.app_context():
                found = add_neighbour(SOURCE, GUANGDONG, [])
        return found

    def audited(self) -> list[str]:
        with self.here():
            query = select(AuditRow.verb).where(
                AuditRow.subject_kind.in_(("connection", "inquiry"))
            )
            return list(db.session.scalars(query.order_by(AuditRow.id)))


def add_neighbour(name: str, agency_id: int, items: list[int]) -> int:
    """A sharing unit with an agreement, the operators filed with it, as two of them set it up."""
    with acting_for(agency_id, "registrar"):
        unit_id = add_unit("sharing", name, category=5)
        if items:
            add_capabilities(unit_id, items, FROM)
    with acting_for(agency_id):
        agreed = {"signed_on": FROM, "valid_from": FROM, "term": "rulebook"}
        signed = {"recorded_by": 1, "confirmed_by": 2, "recorded_at": instant()}
        row = {"unit_id": unit_id, "number": f"{unit_id}号", "confirmed_at": instant()}
        db.session.execute(insert(Agreement).inline(), [agreed | signed | row])
        file_everybody(FROM)
        announce()
    return unit_id


class Crossing(Wiring):
    """榆树市 asks Guangdong's cell as one of its sharing units."""

    def __init__(self, stage: Stage, cell: Cell) -> None:
        self.stage, self.world, self.cell = stage, stage.world, cell
        self.agency_id = YUSHU
        cell.operator = self.world.actor("招子健")
        self.maker, self.second = (self.world.actor(name) for name in (MAKER, SECOND))
        self.unit = self.world.unit(ELSEWHERE)

    @property
    def request_id(self) -> int:
        return self.stage.request_to(ELSEWHERE)

    def connect(self, url: str = "", **changes) -> None:
        """Each side registers the other, and gives it its own key."""
        self.scan()
        self.allow(f"127.0.0.1:{self.cell.port}")
        there = self._asked_there()
        with self.here():
            given = self._agreed(
                f"http://127.0.0.1:{self.cell.port}",
                str(GUANGDONG),
                there.our_keyid,
                there.our_public,
            )
            made = connecting.open_connection(self.unit.id, "asks", "ed25519", given, self.maker)
            db.session.execute(
                update(Capability).where(Capability.unit_id == self.unit.id).values(way="system")
            )
            ours = (made.our_keyid, made.our_public)
        self._register_there(there.id, *ours)

    def _agreed(self, url: str, code: str, keyid: str, key: str) -> Agreed:
        return Agreed(url, code, keyid, key, "", FROM, None)

    def _asked_there(self) -> Connection:
        with self.cell.app.app_context():
            unit_id = add_neighbour(ASKER, GUANGDONG, [])
        with self.cell.here():
            agreed = self._agreed("", str(YUSHU), "", "")
            found = connecting.open_connection(
                *(unit_id, "asked", "ed25519"), agreed, self.world.actor("招子健")
            )
            db.session.expunge(found)
            return found

    def _register_there(self, connection_id: int, keyid: str, key: str) -> None:
        operator = self.world.actor("招子健")
        with self.cell.here():
            connecting.change(connection_id, self._agreed("", str(YUSHU), keyid, key), operator)

    def check_settings(self, folder: Path, item: int, persons: list[str]) -> Path:
        """榆树市 as ``hedui-connector check`` plays it, with a key that Guangdong knows."""
        folder.mkdir()
        make_keys(folder / "asker", "ed25519")
        there = self._asked_there()
        self._register_there(there.id, "check-220182", (folder / "asker.pub").read_text())
        (folder / "there.pub").write_text(there.our_public)
        (folder / "persons.txt").write_text("\n".join(persons))
        given = {"keyid": there.our_keyid, "item": item}
        (folder / "check.toml").write_text(_CHECK.format(**given), encoding="utf-8")
        return folder / "check.toml"

    def connection_of_ours(self) -> Connection:
        with self.here():
            found = db.session.scalars(select(Connection)).one()
            db.session.expunge(found)
            return found

    def end_agreement_there(self) -> None:
        with self.cell.here():
            query = select(Connection.unit_id).where(Connection.direction == "asked")
            unit_id = db.session.scalars(query).one()
            ended = update(Agreement).where(Agreement.unit_id == unit_id)
            db.session.execute(ended.values(valid_to=FROM))

    def page_there(self) -> str:
        """What Guangdong's operator sees."""
        there = Stage(self.cell.app, self.stage.settings, self.world)
        return there.at_browser("招子健").read("/exchange/inquiries")

    def pause(self) -> None:
        time.sleep(0.1)

    def namesake_there(self, keyid: str) -> None:
        """广州市 knows another key by the same name: that opens nothing, and blocks nobody."""
        other = ALGORITHMS["ed25519"].generate()[1].decode()
        with self.cell.app.app_context():
            unit_id = add_neighbour(ASKER, GUANGZHOU, [])
        agreed = self._agreed("", str(YUSHU), keyid, other)
        operator = next(
            person.actor for person in self.world.people_of("广州市", "exchange_operator")
        )
        with self.cell.here(GUANGZHOU):
            connecting.open_connection(unit_id, "asked", "ed25519", agreed, operator)


_CHECK = """agency = "220182"
unit = "440000"
key = {{ keyid = "check-220182", algorithm = "ed25519", file = "asker.key" }}
unit_key = {{ keyid = "{keyid}", algorithm = "ed25519", file = "there.pub" }}
item = {item}
persons = "persons.txt"
patience_s = 30
"""


def blank_record(item: int) -> dict:
    """A record of a data item, as it travels: every field, and nothing told in any."""
    return {field.name: None for field in catalogue().item(item).fields}


@contextmanager
def two_cells(
    app: Flask, settings: Settings, running: TestServers, folder: Path
) -> Iterator[Crossing]:
    """Jilin's households approved, with Guangdong's agency as a unit of theirs; both at work."""
    with running.database() as urls, own_redis_database() as number:
        running.open_world(urls.name, True)
        (folder / "files").mkdir(parents=True)
        environment = KEYS | {
            "DATABASE_URL": urls.login,
            "OWNER_DATABASE_URL": urls.owner,
            "REDIS_URL": running.redis.url(number),
            "HEDUI_FILES_DIR": str(folder / "files"),
            "HEDUI_MODE": "test",
        }
        own = settings.model_copy(
            update={
                "database_url": SecretStr(urls.login),
                "owner_database_url": SecretStr(urls.owner),
                "redis_url": environment["REDIS_URL"],
                "hedui_files_dir": folder / "files",
            }
        )
        cell = Cell(own, environment)
        with on_day(4), app.app_context():
            build_world(app)
            add_neighbour(ELSEWHERE, YUSHU, ASKED_ITEMS)
        with on_day(4):
            stage = approve_all(Stage(app, settings, build_world(app)))
        try:
            with on_day(12):
                yield Crossing(stage, cell)
        finally:
            cell.stop()
