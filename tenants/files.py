"""Encrypted files in a directory: a random name, a random key each, the key wrapped per agency.

Sending a file up or down wraps its key anew for the recipient and copies nothing.
"""

import datetime as dt
import os
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Integer,
    LargeBinary,
    Text,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from tenants.calendar import business_date
from tenants.database import Base, TenantRow, any_of, db, take_ids
from tenants.isolation import Grant, Wall
from tenants.settings import Settings
from tenants.vault import CannotOpen, digest, vault

_BLOB_NAME = re.compile(r"[0-9a-f]{32}")

KINDS = (
    "list",
    "errors",
    "letter",
    "paper",
    "package",
    "reply",
    "reply_rows",
    "report",
    "made",
    "agreement",
    "inquiry",
    "basis",
    "returned",
    "undertaking",
    "look_list",
)

FORGETTABLE = ("list", "errors", "paper", "made", "inquiry", "returned")
"""What its own people may throw away, what others asked and were told, and a source's file once its
rows are kept. What was sent, received or issued stays: the wall refuses."""

_OWN = Grant("select insert delete", delete_kinds=FORGETTABLE)


class File(TenantRow, Base):
    """One stored file as one agency sees it: blob name, wrapped key, digest and size of the
    plain bytes. ``name`` is what a download is called and never holds private data."""

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind"),
        Index("ix_file_blob", "blob"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id")),
                        "desk": _OWN,
                        "commissioner": _OWN,
                        "township": _OWN,
                        "liaison": "select insert",
                        "relay": Grant("select", columns=("blob",)),
                    }
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    blob: Mapped[str] = mapped_column(Text)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    stored_on: Mapped[dt.date] = mapped_column(Date)


@dataclass(frozen=True)
class StoredFile:
    """A file's plain bytes with its name and digest."""

    id: int
    kind: str
    name: str
    data: bytes
    digest: bytes


@dataclass(frozen=True)
class SharedFile:
    """What a letter carries so that the recipient can open the same blob: no bytes are copied."""

    kind: str
    name: str
    blob: str
    key: str
    digest: str
    size: int


@dataclass(frozen=True)
class NewFile:
    """Bytes to keep, what a download of them is called, and whose wall they stand behind."""

    name: str
    data: bytes
    unit_id: int = 0
    desk_id: int = 0


def store(kind: str, name: str, data: bytes, *, unit_id: int = 0, desk_id: int = 0) -> int:
    """Encrypt and keep ``data``; returns the file's id. The row follows the transaction; a blob
    whose transaction rolled back is noise that ``sweep`` removes."""
    return store_many(kind, [NewFile(name, data, unit_id, desk_id)])[0]


def store_many(kind: str, new: Sequence[NewFile]) -> list[int]:
    """``store`` for several files of one kind; their ids, in the order given."""
    rows = []
    for file in new:
        key, blob = secrets.token_bytes(32), secrets.token_hex(16)
        _write_blob(blob, key, file.data)
        shared = SharedFile(
            kind, file.name, blob, key.hex(), digest(file.data).hex(), len(file.data)
        )
        rows.append((shared, file.unit_id, file.desk_id))
    return _record(rows)


def read(file_id: int, kind: str) -> StoredFile:
    """The plain bytes of a file of this kind; ``LookupError`` when this scope has no such file,
    ``CannotOpen`` when the bytes are not those that were stored."""
    found = read_many([file_id], kind)
    if file_id not in found:
        raise LookupError(f"no {kind} file {file_id}")
    return found[file_id]


def read_many(file_ids: Sequence[int], kind: str) -> dict[int, StoredFile]:
    """Those of these files that this scope has, by id; ``CannotOpen`` as ``read``."""
    rows = db.session.scalars(select(File).where(File.id == any_of(file_ids), File.kind == kind))
    return {row.id: _opened(row) for row in rows}


def _opened(row: File) -> StoredFile:
    key = vault().open_bytes(f"file:{row.blob}", row.wrapped_key)
    data = _read_blob(row.blob, key)
    if digest(data) != row.digest:
        raise CannotOpen("file")
    return StoredFile(row.id, row.kind, row.name, data, row.digest)


def share(file_ids: list[int]) -> dict[int, SharedFile]:
    """What to put into a letter for each of these files (it is sealed to its recipient)."""
    keys = vault()
    rows = db.session.scalars(select(File).where(File.id == any_of(file_ids)))
    return {
        row.id: SharedFile(
            kind=row.kind,
            name=row.name,
            blob=row.blob,
            key=keys.open_bytes(f"file:{row.blob}", row.wrapped_key).hex(),
            digest=row.digest.hex(),
            size=row.size,
        )
        for row in rows
    }


def adopt(shared: Sequence[SharedFile], *, unit_id: int = 0) -> list[int]:
    """Take shared files into this agency, in the order given: their keys are wrapped anew, their
    bytes stay in place."""
    return _record([(file, unit_id, 0) for file in shared])


def _record(new: Sequence[tuple[SharedFile, int, int]]) -> list[int]:
    """Rows for files whose bytes are in place, each with its unit and desk; two statements."""
    if not new:
        return []
    keys, ids = vault(), take_ids(len(new))
    rows = [
        {
            "id": id_,
            "kind": file.kind,
            "name": file.name,
            "blob": file.blob,
            "wrapped_key": keys.seal_bytes(f"file:{file.blob}", bytes.fromhex(file.key)),
            "digest": bytes.fromhex(file.digest),
            "size": file.size,
            "unit_id": unit_id,
            "desk_id": desk_id,
            "stored_on": business_date(),
        }
        for id_, (file, unit_id, desk_id) in zip(ids, new, strict=True)
    ]
    db.session.execute(insert(File).inline(), rows)
    return ids


def forget(file_ids: Iterable[int]) -> None:
    """Throw files away (kinds of ``FORGETTABLE``; others stay): their keys go with the rows, so
    nobody of this agency can open them again. The bytes follow with the next sweep."""
    chosen = any_of(sorted(set(file_ids)))
    db.session.execute(delete(File).where(File.id == chosen, File.kind.in_(FORGETTABLE)))


def sweep(written_before: dt.datetime) -> int:
    """Remove the bytes that no agency has a row for (relay's scope); returns how many files.

    ``written_before`` leaves alone what may belong to a transaction that is still at work.
    """
    removed = 0
    for shelf in sorted(_root().glob("[0-9a-f]" * 2)):
        old = [
            path
            for path in shelf.iterdir()
            if _BLOB_NAME.fullmatch(path.name) and path.stat().st_mtime < written_before.timestamp()
        ]
        names = literal([path.name for path in old], ARRAY(Text))
        known = set(db.session.scalars(select(File.blob).where(File.blob == func.any(names))))
        for path in old:
            if path.name not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _root() -> Path:
    settings: Settings = current_app.extensions["hedui.settings"]
    return settings.hedui_files_dir


def _path(blob: str) -> Path:
    if not _BLOB_NAME.fullmatch(blob):
        raise ValueError("a blob's name is 32 hexadecimal digits")
    return _root() / blob[:2] / blob


def _write_blob(blob: str, key: bytes, data: bytes) -> None:
    path = _path(blob)
    path.parent.mkdir(parents=True, exist_ok=True)
    nonce = os.urandom(12)
    with path.open("xb") as file:
        file.write(nonce + AESGCM(key).encrypt(nonce, data, blob.encode()))
        file.flush()
        os.fsync(file.fileno())


def _read_blob(blob: str, key: bytes) -> bytes:
    content = _path(blob).read_bytes()
    try:
        return AESGCM(key).decrypt(content[:12], content[12:], blob.encode())
    except InvalidTag as error:
        raise CannotOpen("file") from error
