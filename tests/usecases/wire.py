"""榆树市 and the bank's own system: the real connector on 127.0.0.1, and the two operators."""

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from app.cases.models import Ask
from app.exchange import queries
from app.exchange import service as exchange
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.wire import connecting, deciding, dispatching
from app.exchange.wire.commands import allow
from app.exchange.wire.connecting import Agreed
from app.exchange.wire.dispatching import dispatch_of
from app.exchange.wire.models import Attempt, Connection, Dispatch
from app.exchange.wire.rules import phase_of
from app.papers.models import Paper
from tenants import files
from tenants.agency.models import Capability
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, approved
from tests.world.households import subjects_by_id_number
from tests.world.wired import admit, install

MAKER, SECOND = "周建华", "吴晓东"
PATIENCE_S = 30
FROM = dt.date(2026, 11, 1)


def scan_authorisations(request_id: int, *, all_but: int = 0) -> None:
    """One picture stands for the signed sheet of everybody in a request."""
    asked = db.session.execute(
        select(Ask.subject_id, Ask.case_id)
        .where(Ask.request_id == request_id)
        .distinct()
        .order_by(Ask.subject_id)
    ).all()
    sheet = files.store("paper", "authorisation.jpg", b"a signed sheet")
    for subject_id, case_id in asked[: len(asked) - all_but]:
        db.session.add(
            Paper(
                case_id=case_id,
                subject_id=subject_id,
                kind="authorisation",
                sequence=1,
                file_id=sheet,
                media_type="image/jpeg",
                size=14,
                uploaded_by=1,
                uploaded_at=instant(),
            )
        )


class Wiring:
    """榆树市's bank by wire, and what happens next."""

    def __init__(self, stage: Stage, folder: Path, algorithm: str = "ed25519") -> None:
        self.stage, self.world = stage, stage.world
        self.unit = self.world.unit(BANK)
        self.agency_id = self.unit.agency_id
        people = list(subjects_by_id_number().values())
        self.algorithm = algorithm
        self.bank = install(folder, BANK, [1601], people, algorithm=algorithm)
        self.maker, self.second = (self.world.actor(name) for name in (MAKER, SECOND))

    @contextmanager
    def here(self) -> Iterator[None]:
        with self.stage.app.app_context(), acting_for(self.agency_id):
            yield

    def allow(self, *entries: str) -> None:
        with self.stage.app.app_context(), acting_for(self.agency_id, "registrar"):
            for entry in entries:
                allow(entry)

    def connect(self, url: str = "", **changes) -> None:
        """Allow the address, agree on the keys, say that the bank is asked by wire."""
        self.scan()
        self.allow(f"127.0.0.1:{self.bank.port}")
        given = {
            "url": self.bank.url,
            "unit_code": "UNIT01",
            "their_keyid": "unit-2026",
            "their_key": self.bank.public,
            "hours": "",
            "valid_from": FROM,
            "valid_to": None,
        }
        with self.here():
            made = connecting.open_connection(
                self.unit.id, "asks", self.algorithm, Agreed(**given | changes), self.maker
            )
            name = self.world.agency("榆树市").name
            ours = made.our_public or connecting.show_secret(made.id, self.maker)
            admit(self.bank, self.agency_id, name, made.our_keyid, ours, algorithm=self.algorithm)
            if url:
                made.url = url
            db.session.execute(
                update(Capability).where(Capability.unit_id == self.unit.id).values(way="system")
            )

    def scan(self, *, all_but: int = 0) -> None:
        """The desk scanned the authorisations (one picture stands for all)."""
        with self.here():
            scan_authorisations(self.request_id, all_but=all_but)

    @property
    def request_id(self) -> int:
        return self.stage.request_to(BANK)

    def release(self) -> None:
        """Two operators, one after the other; the worker begins."""
        self.release_to_operators()
        self.stage.work()

    def release_to_operators(self) -> None:
        """Two operators; the worker has not sent anything yet."""
        for verb, actor in ((exchange.make, self.maker), (exchange.confirm, self.second)):
            with self.here():
                request = exchange.request_of(self.request_id)
                assert verb(request.id, request.rev, actor).done
        with self.here():
            dispatching.begin(self.request_id)

    def step(self, turn: int = 0) -> None:
        """One step, as the job of this turn (by default the newest) would do it."""
        with self.here():
            self.step_here(turn)

    def step_and_die(self) -> None:
        """The worker is stopped after the step, before its transaction ends."""
        with self.here():
            self.step_here()
            raise KeyboardInterrupt

    def step_here(self, turn: int = 0) -> None:
        """The same, within a transaction that the test holds."""
        found = dispatching.dispatch_of(self.request_id)
        assert found
        dispatching.step(self.request_id, turn or found.turn)

    def hurry(self) -> None:
        """An operator has the next step done now; the job of it runs, and no other."""
        with self.here():
            deciding.ask_now(self.request_id, self.maker)
        self.step()

    def until(self, *phases: str) -> str:
        """Let time pass until the request is in one of these phases."""
        end = time.monotonic() + PATIENCE_S
        while (phase := self.phase) not in phases:
            assert phase not in ("dead", "dropped"), (self.attempts, self.faults)
            assert time.monotonic() < end, (phase, self.attempts, self.bank.log)
            self.hurry()
            self.stage.work()
            time.sleep(0.05)
        return phase

    def creep(self, phase: str) -> None:
        """One step at a time, with nothing else at work, until the request is in this phase."""
        end = time.monotonic() + PATIENCE_S
        while self.phase != phase:
            assert time.monotonic() < end, (self.phase, self.attempts)
            self.hurry()
            time.sleep(0.05)

    @property
    def phase(self) -> str:
        with self.here():
            return phase_of(dispatch_of(self.request_id))

    @property
    def dispatch(self) -> Dispatch:
        with self.here():
            found = dispatch_of(self.request_id)
            assert found
            db.session.expunge(found)
            return found

    @property
    def request(self) -> ExchangeRequest:
        with self.here():
            found = exchange.request_of(self.request_id)
            db.session.expunge(found)
            return found

    @property
    def attempts(self) -> list[tuple[str, str]]:
        with self.here():
            rows = db.session.execute(select(Attempt.step, Attempt.code).order_by(Attempt.id))
            return [tuple(row) for row in rows]

    @property
    def replies(self) -> list[Reply]:
        with self.here():
            found = list(db.session.scalars(select(Reply).order_by(Reply.id)))
            for reply in found:
                db.session.expunge(reply)
            return found

    @property
    def faults(self) -> list[str]:
        with self.here():
            found = db.session.scalars(select(Reply).order_by(Reply.id)).all()
            return [fault for reply in found for fault in queries.faults_of(reply)]

    def connection(self) -> Connection:
        return db.session.scalars(select(Connection)).one()

    def accept(self) -> None:
        """Both operators accept the newest reply."""
        for actor in (self.maker, self.second):
            with self.here():
                reply = exchange.reply_of(self.replies_ids()[-1])
                assert exchange.accept_reply(reply.id, reply.rev, actor).done
        self.stage.work()

    def replies_ids(self) -> list[int]:
        return list(db.session.scalars(select(Reply.id).order_by(Reply.id)))


def wired(app: Flask, settings: Settings, folder: Path, algorithm: str = "ed25519") -> Wiring:
    """The approved households of 五棵树镇, and the bank's system laid out, not yet connected."""
    return Wiring(approved(app, settings), folder, algorithm)
