"""The unit's log of look-ups: which request asked what about how many, and a hash per person."""

import contextlib
import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hedui_connector.clock import instant
from hedui_connector.wire.models import Head


@dataclass(frozen=True)
class Entry:
    """One look-up as the log shows it."""

    at: str
    agency: str
    request_number: str
    item: int
    persons: int


def log_key(folder: Path) -> bytes:
    """The key of the hashes; made at the first start. Without it the log names nobody."""
    path = folder / "log.key"
    if not path.exists():
        fresh = path.with_name(f"log.key.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()


def log_look_up(
    db: sqlite3.Connection, key: bytes, head: Head, item: int, numbers: Iterable[str]
) -> None:
    """Write down a look-up, before it is made."""
    persons = {person_hash(key, number) for number in numbers}
    made = db.execute(
        "INSERT INTO look_up (at, agency, request_number, item, persons) VALUES (?, ?, ?, ?, ?)",
        (instant().isoformat(), head.agency.code, head.number, item, len(persons)),
    )
    rows = [(person, made.lastrowid) for person in persons]
    db.executemany("INSERT INTO looked_up (person, look_up) VALUES (?, ?)", rows)


def look_ups_of(db: sqlite3.Connection, key: bytes, number: str) -> list[Entry]:
    """When and for whom a person was looked up, oldest first."""
    rows = db.execute(
        "SELECT at, agency, request_number, item, persons FROM looked_up"
        " JOIN look_up ON look_up.key = looked_up.look_up WHERE person = ? ORDER BY look_up.key",
        (person_hash(key, number),),
    )
    return [Entry(*row) for row in rows]


def person_hash(key: bytes, number: str) -> bytes:
    """A person in the log."""
    return hmac.digest(key, number.encode(), hashlib.sha256)[:16]
