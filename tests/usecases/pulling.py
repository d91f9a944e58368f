"""榆树市 and a bank that nobody can reach: its system comes to the portal, a real server here."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update
from werkzeug.serving import make_server

from app.audit.models import AuditRow
from app.exchange import service as exchange
from app.exchange.models import Reply
from app.exchange.wire import connecting
from app.exchange.wire.connecting import Agreed
from app.exchange.wire.models import Connection
from hedui_connector.checking.asking import Asker
from hedui_connector.wire.keys import private_key
from hedui_connector.wire.models import Answer, End, Line, Outcome, Status
from hedui_connector.wire.pages import read_page, to_json, write_page
from hedui_connector.wire.signatures import Key
from scripts.places import ROOT
from tenants.agency.models import Capability
from tenants.calendar import business_date
from tenants.database import db
from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, approved
from tests.usecases.wire import Wiring
from tests.world.households import subjects_by_id_number
from tests.world.own_ways import Quiet
from tests.world.plan import month
from tests.world.wired import admit, install

MAKER, SECOND = "周建华", "吴晓东"
NDJSON = "application/x-ndjson"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The portal on 127.0.0.1; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Pulling(Wiring):
    """The bank's system, and what the two operators do."""

    direction = "pulls"

    def __init__(self, stage: Stage, folder: Path, url: str = "", unit: str = BANK) -> None:
        self.stage, self.world, self.url = stage, stage.world, url
        self.unit_name, self.unit = unit, self.world.unit(unit)
        self.agency_id = self.unit.agency_id
        people = list(subjects_by_id_number().values())
        self.bank = install(folder, unit, self.items, people)
        self.folder = folder
        self.keyid = f"{self.agency_id}.{self.unit.id}.1"
        self.maker, self.second = (self.world.actor(name) for name in (MAKER, SECOND))

    @property
    def items(self) -> list[int]:
        return sorted(self.unit.items)

    def connect(self, url: str = "", **changes) -> None:
        """Agree on the keys; say that the bank answers from system to system."""
        self.scan()
        with self.here():
            made = connecting.open_connection(
                *(self.unit.id, self.direction, "ed25519"),
                self.agreed(url=url, **changes),
                self.maker,
            )
            name = self.world.agency("榆树市").name
            admit(self.bank, self.agency_id, name, made.our_keyid, made.our_public)
            db.session.execute(
                update(Capability).where(Capability.unit_id == self.unit.id).values(way="system")
            )
        with (self.folder / "connector.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'portal = "{self.url}"\nevery_s = 1\n')
            settings.write(f'own_key = {{ keyid = "{self.keyid}", file = "unit.key" }}\n')

    def agreed(self, **changes) -> Agreed:
        """What the two sides agreed on."""
        given = {
            "url": "",
            "unit_code": "UNIT01",
            "their_keyid": self.keyid,
            "their_key": self.bank.public,
            "hours": "",
            "valid_from": month().opened_on,
            "valid_to": None,
        }
        return Agreed(**given | changes)

    def release(self) -> None:
        """Two operators, one after the other; then the worker lays it out."""
        self.make()
        self.confirm()

    def make(self) -> None:
        with self.here():
            request = exchange.request_of(self.request_id)
            assert exchange.make(request.id, request.rev, self.maker).done
        self.stage.work()

    def confirm(self) -> None:
        with self.here():
            request = exchange.request_of(self.request_id)
            assert exchange.confirm(request.id, request.rev, self.second).done
        self.stage.work()

    @property
    def wire_id(self) -> str:
        return f"{self.agency_id}-{self.request_id}"

    @property
    def path(self) -> str:
        return f"/outbox/{self.wire_id}"

    def change_connection(self, **values) -> None:
        with self.here():
            db.session.execute(
                update(Connection).where(Connection.unit_id == self.unit.id).values(**values)
            )

    def audited(self) -> list[str]:
        with self.here():
            query = select(AuditRow.verb).where(AuditRow.unit_id == self.unit.id)
            return list(db.session.scalars(query.order_by(AuditRow.id)))

    def accept(self) -> None:
        """Both operators accept the newest reply."""
        for actor in (self.maker, self.second):
            with self.here():
                query = select(Reply.id).order_by(Reply.id.desc())
                reply = exchange.reply_of(db.session.scalars(query).first())
                assert exchange.accept_reply(reply.id, reply.rev, actor).done
        self.stage.work()

    # the bank's system, written by hand

    def own_key(self) -> Key:
        return private_key(self.folder / "unit.key", self.keyid, "ed25519")

    def speaker(self) -> Asker:
        """Signs as the bank, checks the agency's signature."""
        with self.here():
            made = db.session.scalars(select(Connection)).one()
            row = self.own_key().algorithm
            theirs = Key(made.our_keyid, row, row.read_public(made.our_public.encode()))
        return Asker(self.url, self.own_key(), theirs)

    def lines(self, asker: Asker) -> list[Line]:
        got = asker.get(f"{self.path}/lines?after=0")
        assert got.status == 200, got.body
        asker.verify(got)
        return read_page(got.body, Line)[0]

    def sign_for(self, asker: Asker) -> Status:
        body = f'{{"lines":{self.dispatch.lines}}}'.encode()
        return asker.post(f"{self.path}/receipt", body, "application/json").message(Status)

    def pull(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The real connector: ``hedui-connector pull --once``."""
        return self.connector("pull", "--once", *words)

    def connector(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hedui_connector", *words],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT / "connector")},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
        )


def answers_to(lines: list[Line]) -> list[Answer]:
    """Nothing known about anybody."""
    pairs = [(line.line, item) for line in lines for item in line.items]
    return [
        Answer(
            answer=number,
            line=line,
            item=item,
            outcome=Outcome.NO_RECORD,
            as_of=min(business_date(), month().as_of),
        )
        for number, (line, item) in enumerate(pairs, start=1)
    ]


def page_of(answers: list[Answer], is_last: bool) -> bytes:
    end = End(count=len(answers), next=str(answers[-1].answer), is_last=is_last)
    return write_page(map(to_json, answers), end)


def approved_and_served(app: Flask, settings: Settings, folder: Path) -> Iterator[Pulling]:
    """五棵树镇's households approved, the portal listening, the bank not yet connected."""
    with served(app) as url:
        yield Pulling(approved(app, settings), folder, url)
