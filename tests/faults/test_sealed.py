"""What is sealed opens in its own place, under its own keys, unaltered, or not at all."""

import base64
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Subject
from tenants import files
from tenants.database import db
from tenants.files import File
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import CannotOpen, unwrap, vault, wrap
from tests.faults.conftest import Yushu

OTHER_KEY = base64.b64encode(b"another master key, of 32 bytes!").decode()


def two_subjects(yushu: Yushu) -> list[Subject]:
    return list(db.session.scalars(select(Subject).order_by(Subject.id).limit(2)))


def test_a_sealed_value_moved_to_another_row_does_not_open(yushu: Yushu) -> None:
    with acting_for(yushu.agency_id, read_only=True):
        first, second = two_subjects(yushu)
        assert vault().open("subject", first.id, first.sealed)["name"]
        with pytest.raises(CannotOpen):
            vault().open("subject", second.id, first.sealed)
        with pytest.raises(CannotOpen):
            vault().open("declaration", first.id, first.sealed)


def test_a_sealed_value_does_not_open_in_another_agency(yushu: Yushu) -> None:
    with acting_for(yushu.agency_id, read_only=True):
        first = two_subjects(yushu)[0]
    other = yushu.world.agency("双阳区").id
    with acting_for(other, read_only=True), pytest.raises(CannotOpen):
        vault().open("subject", first.id, first.sealed)


def test_an_altered_or_truncated_value_is_noticed(yushu: Yushu) -> None:
    """Version, algorithm, key id, nonce, ciphertext, tag: all of them are bound."""
    with acting_for(yushu.agency_id, read_only=True):
        first = two_subjects(yushu)[0]
        for place in (0, 1, 2, 3, 4, 20, -1):
            altered = bytearray(first.sealed)
            altered[place] ^= 1
            with pytest.raises(CannotOpen):
                vault().open("subject", first.id, bytes(altered))
        for cut in (0, 3, 15, 20):
            with pytest.raises(CannotOpen):
                vault().open("subject", first.id, first.sealed[:cut])


def test_another_master_key_opens_nothing(
    yushu: Yushu, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEDUI_MASTER_KEY", OTHER_KEY)
    yushu.app.extensions["hedui.settings"] = Settings()
    with acting_for(yushu.agency_id, read_only=True), pytest.raises(CannotOpen):
        vault()
    yushu.app.extensions["hedui.settings"] = settings
    with acting_for(yushu.agency_id, read_only=True):
        assert vault().agency_id == yushu.agency_id


def test_a_wrapped_key_belongs_to_one_agency_and_purpose() -> None:
    wrapped = wrap(bytes(32), 220182, "data", 1, b"k" * 32)
    assert unwrap(bytes(32), 220182, "data", 1, wrapped) == b"k" * 32
    for agency, purpose, key_id in [
        (220100, "data", 1),
        (220182, "lookup", 1),
        (220182, "data", 2),
    ]:
        with pytest.raises(CannotOpen):
            unwrap(bytes(32), agency, purpose, key_id, wrapped)


def blob_of(app: Flask, file_id: int) -> Path:
    settings: Settings = app.extensions["hedui.settings"]
    blob = db.session.scalars(select(File.blob).where(File.id == file_id)).one()
    return settings.hedui_files_dir / blob[:2] / blob


def test_a_file_altered_on_disk_is_noticed(yushu: Yushu) -> None:
    with acting_for(yushu.agency_id):
        file_id = files.store("report", "报告.pdf", b"%PDF-1.7 as it was signed")
        path = blob_of(yushu.app, file_id)
        assert files.read(file_id, "report").data.startswith(b"%PDF")
        stored = path.read_bytes()
        assert b"signed" not in stored, "nothing lies on the disk in the clear"
        for place in (0, 12, -1):
            altered = bytearray(stored)
            altered[place] ^= 1
            path.write_bytes(bytes(altered))
            with pytest.raises(CannotOpen):
                files.read(file_id, "report")
        path.write_bytes(stored)
        assert files.read(file_id, "report").data.startswith(b"%PDF")


def test_two_files_exchanged_on_disk_are_noticed(yushu: Yushu) -> None:
    with acting_for(yushu.agency_id):
        one, two = (files.store("report", "报告.pdf", data) for data in (b"one", b"two"))
        first, second = blob_of(yushu.app, one), blob_of(yushu.app, two)
        kept = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(kept)
        for file_id in (one, two):
            with pytest.raises(CannotOpen):
                files.read(file_id, "report")
