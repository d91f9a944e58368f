"""Encrypted files in a directory: a random name, a random key each, the key wrapped per agency.

Sending a file up or down wraps its key anew for the recipient and copies nothing.
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Integer,
    LargeBinary,
    Text,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow, db
from tenants.isolation import Wall
from tenants.settings import Settings
from tenants.vault import CannotOpen, digest, vault

_BLOB_NAME = re.compile(r"[0-9a-f]{32}")

KINDS = (
    "list",
    "errors",
    "letter",
    "authorisation",
    "id_scan",
    "package",
    "reply",
    "reply_rows",
    "report",
)


class File(TenantRow, Base):
    """One stored file as one agency sees it: blob name, wrapped key, digest and size of the
    plain bytes. ``name`` is what a download is called and never holds private data."""

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert",
                        "commissioner": "select insert",
                        "township": "select insert",
                        "liaison": "select insert",
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


def store(kind: str, name: str, data: bytes, *, unit_id: int = 0, desk_id: int = 0) -> int:
    """Encrypt and keep ``data``; returns the file's id. The row follows the transaction; a blob
    whose transaction rolled back is noise that the sweeper removes."""
    key, blob = secrets.token_bytes(32), secrets.token_hex(16)
    _write_blob(blob, key, data)
    return _record(kind, name, blob, key, digest(data), len(data), unit_id, desk_id)


def read(file_id: int, kind: str) -> StoredFile:
    """The plain bytes of a file of this kind; ``LookupError`` when this scope has no such file,
    ``CannotOpen`` when the bytes are not those that were stored."""
    row = db.session.scalar(select(File).where(File.id == file_id, File.kind == kind))
    if row is None:
        raise LookupError(f"no {kind} file {file_id}")
    key = vault().open_bytes(f"file:{row.blob}", row.wrapped_key)
    data = _read_blob(row.blob, key)
    if digest(data) != row.digest:
        raise CannotOpen("file")
    return StoredFile(row.id, row.kind, row.name, data, row.digest)


def share(file_ids: list[int]) -> dict[int, SharedFile]:
    """What to put into a letter for each of these files (it is sealed to its recipient)."""
    keys = vault()
    rows = db.session.scalars(select(File).where(File.id.in_(file_ids)))
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


def adopt(shared: SharedFile, *, unit_id: int = 0) -> int:
    """Take a shared file into this agency: its key is wrapped anew, its bytes stay in place."""
    return _record(
        shared.kind,
        shared.name,
        shared.blob,
        bytes.fromhex(shared.key),
        bytes.fromhex(shared.digest),
        shared.size,
        unit_id,
        0,
    )


def _record(
    kind: str,
    name: str,
    blob: str,
    key: bytes,
    content_digest: bytes,
    size: int,
    unit_id: int,
    desk_id: int,
) -> int:
    wrapped = vault().seal_bytes(f"file:{blob}", key)
    row = insert(File).values(
        kind=kind,
        name=name,
        blob=blob,
        wrapped_key=wrapped,
        digest=content_digest,
        size=size,
        unit_id=unit_id,
        desk_id=desk_id,
    )
    return db.session.execute(row.returning(File.id)).scalar_one()


def _path(blob: str) -> Path:
    if not _BLOB_NAME.fullmatch(blob):
        raise ValueError("a blob's name is 32 hexadecimal digits")
    settings: Settings = current_app.extensions["hedui.settings"]
    return settings.hedui_files_dir / blob[:2] / blob


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
