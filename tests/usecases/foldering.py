"""榆树市 and a bank behind a one-way gate: both ends of the exchange folder on this machine."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.exchange.outbox.folders import look_into_folders
from app.exchange.outbox.models import RefusedFile
from hedui_connector.wire import boxes
from hedui_connector.wire.folder import PARTIAL_FOR_S, REASON, REFUSED
from tenants.agency.tree import agency
from tenants.database import db
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.stage import Stage, approved
from tests.usecases.pulling import Pulling


class Foldering(Pulling):
    """``out`` is what the portal puts in, ``in`` what the bank does; the gate takes no time."""

    direction = "folder"

    def __init__(self, stage: Stage, folder: Path) -> None:
        super().__init__(stage, folder, "http://127.0.0.1:9")
        self.place = folder.with_name("gate")
        self.out, self.into = self.place / "out", self.place / "in"
        for box in (self.out, self.into):
            box.mkdir(parents=True)

    def connect(self, url: str = "", **changes) -> None:
        self.allow(f"dir:{self.place}")
        given = {"their_box": (self.folder / "unit-box.pub").read_text()}
        super().connect(url or str(self.place), **given | changes)
        (self.folder / "agency-box.pub").write_bytes(boxes.to_pem(self.agency_box[1]))
        with (self.folder / "connector.toml").open("a", encoding="utf-8") as settings:
            settings.write('box = "agency-box.pub"\n')

    @property
    def agency_box(self) -> tuple[bytes, bytes]:
        """The agency's own pair: what files for it are opened with, and sealed to."""
        with self.here():
            return vault().box_private, agency(self.agency_id).box_public

    @property
    def unit_box(self) -> tuple[bytes, bytes]:
        """The bank's pair."""
        private, public = ((self.folder / f"unit-box.{end}").read_bytes() for end in ("key", "pub"))
        return boxes.read_private(private), boxes.read_public(public)

    def look(self) -> None:
        """The worker looks into the folders, and works off what follows."""
        look_into_folders(self.stage.app)
        self.stage.work()

    def bank_turn(self) -> None:
        """``hedui-connector folder`` as the bank runs it."""
        done = self.connector("folder", str(self.out), str(self.into), "--once")
        assert done.returncode == 0, done.stdout

    def there_and_back(self) -> None:
        """The bank takes what is out, answers it, and the portal takes that."""
        self.bank_turn()
        self.look()

    @property
    def refused(self) -> list[tuple[str, str]]:
        """What the portal refused: name and code."""
        with self.here():
            rows = db.session.execute(
                select(RefusedFile.name, RefusedFile.code).order_by(RefusedFile.id)
            )
            return [(row.name, row.code) for row in rows]


def names(box: Path) -> list[str]:
    """The parts of what lies in a directory, without the request's id."""
    found = sorted(path.name for path in box.iterdir() if path.is_file())
    return [name.partition(".")[2] for name in found]


def only(box: Path, part: str) -> Path:
    """The one file in a directory that is this part of a request."""
    (found,) = box.glob(f"*.{part}*.msg")
    return found


def reason_beside(box: Path, name: str) -> str:
    """Why a file was refused."""
    assert not (box / name).exists()
    assert (box / REFUSED / name).exists()
    return (box / REFUSED / f"{name}{REASON}").read_text(encoding="utf-8")


def long_ago(path: Path) -> None:
    """As if nothing had been written to it for a while."""
    then = time.time() - PARTIAL_FOR_S - 1
    os.utime(path, (then, then))


def approved_behind_a_gate(app: Flask, settings: Settings, folder: Path) -> Iterator[Foldering]:
    """五棵树镇's households approved, the folder empty, the bank not yet connected."""
    yield Foldering(approved(app, settings), folder)
