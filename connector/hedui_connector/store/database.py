"""The SQLite file: one transaction at a time writes, and what is answered has reached the disk."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

VERSION = 2
PATIENCE_S = 30
SCHEMA = Path(__file__).with_name("schema.sql")
UPGRADE = Path(__file__).with_name("schema_1_to_2.sql")


class StateError(RuntimeError):
    """The state folder cannot be used."""


class Store:
    """The state folder: its database, and the key of the look-up log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "state.sqlite"

    def prepare(self) -> None:
        """Make folder and file if they are not there; only their owner may read them."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        with self.connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version in (0, 1):
                script = (UPGRADE if version else SCHEMA).read_text(encoding="utf-8")
                connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")
            elif version != VERSION:
                raise StateError(f"{self.path} is of another version: {version}")

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection outside of any transaction; each statement sees what is committed."""
        connection = sqlite3.connect(self.path, timeout=PATIENCE_S, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection
        finally:
            connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written within, or nothing of it."""
        with self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def forget_erased(self) -> None:
        """Let nothing that was erased stay in the write-ahead log."""
        with self.connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
