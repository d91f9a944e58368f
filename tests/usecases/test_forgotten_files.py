"""A scan that was taken away cannot be opened any more, and its bytes go; what was sent stays."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from tenants import files
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.world.builder import build_world
from worker.daily import sweep_files

YUSHU, SHUANGYANG = 220182, 220112


@pytest.fixture
def blobs(app: Flask, settings: Settings) -> Iterator[Path]:
    build_world(app)
    with app.app_context():
        yield settings.hedui_files_dir


def on_disc(blobs: Path) -> set[str]:
    return {path.name for path in blobs.glob("??/*")}


def aged(blobs: Path) -> None:
    two_days_ago = (instant() - dt.timedelta(days=2)).timestamp()
    for path in blobs.glob("??/*"):
        os.utime(path, (two_days_ago, two_days_ago))


def kept(kind: str, *, unit_id: int = 0) -> int:
    with acting_for(YUSHU):
        return files.store(kind, "file", b"plain bytes", unit_id=unit_id)


def test_a_forgotten_scan_is_gone_for_its_agency(blobs: Path) -> None:
    scan, other = kept("paper"), kept("paper")
    with acting_for(YUSHU):
        files.forget([scan])
    with acting_for(YUSHU, read_only=True):
        assert files.read(other, "paper").data == b"plain bytes"
        with pytest.raises(LookupError):
            files.read(scan, "paper")


@pytest.mark.parametrize("kind", sorted(set(files.KINDS) - set(files.FORGETTABLE)))
def test_what_was_sent_received_or_issued_stays(blobs: Path, kind: str) -> None:
    sent = kept(kind)
    with acting_for(YUSHU):
        files.forget([sent])
        # Not by way of the function either: the wall itself lets no such row go.
        db.session.execute(delete(files.File).where(files.File.id == sent))
    with acting_for(YUSHU, read_only=True):
        assert files.read(sent, kind).data == b"plain bytes"


def test_nobody_forgets_the_scan_of_another_agency_or_unit(blobs: Path) -> None:
    scan = kept("paper", unit_id=3)
    for agency_id, role, unit_id in ((SHUANGYANG, "desk", 0), (YUSHU, "commissioner", 4)):
        with acting_for(agency_id, role, unit_id=unit_id):
            files.forget([scan])
    with acting_for(YUSHU, read_only=True):
        assert files.read(scan, "paper").data == b"plain bytes"
    with acting_for(YUSHU, "commissioner", unit_id=3):
        files.forget([scan])
    with acting_for(YUSHU, read_only=True), pytest.raises(LookupError):
        files.read(scan, "paper")


def test_the_sweep_takes_bytes_that_nobody_has_a_key_for(app: Flask, blobs: Path) -> None:
    """A shared blob stays as long as one agency can open it; fresh bytes may be somebody's at
    work."""
    before = len(on_disc(blobs))
    forgotten, shared, own = kept("paper"), kept("paper"), kept("paper")
    with acting_for(YUSHU, read_only=True):
        sent = files.share([shared])
    with acting_for(SHUANGYANG):
        (adopted,) = files.adopt(list(sent.values()))
    with acting_for(YUSHU):
        files.forget([forgotten, shared])
    sweep_files(app)
    assert len(on_disc(blobs)) == before + 3
    aged(blobs)
    sweep_files(app)
    assert len(on_disc(blobs)) == before + 2
    with acting_for(SHUANGYANG, read_only=True):
        assert files.read(adopted, "paper").data == b"plain bytes"
    with acting_for(YUSHU, read_only=True):
        assert files.read(own, "paper").data == b"plain bytes"
