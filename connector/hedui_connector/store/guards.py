"""What keeps a message from acting twice: nonces and idempotency keys."""

import datetime as dt
import sqlite3

from hedui_connector.clock import instant
from hedui_connector.store.database import Store

KEYS_KEPT_FOR = dt.timedelta(days=7)


class StoredNonces:
    """Nonces in the store: a restart forgets none."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def use(self, keyid: str, nonce: str, until: dt.datetime) -> bool:
        """Whether the nonce is new; it is remembered until then."""
        with self.store.transaction() as db:
            return NoncesHere(db).use(keyid, nonce, until)


class NoncesHere:
    """Nonces in a transaction that is open: used up only together with what the message did."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def use(self, keyid: str, nonce: str, until: dt.datetime) -> bool:
        """Whether the nonce is new; it is remembered until then."""
        self.db.execute("DELETE FROM nonce WHERE until < ?", (instant().isoformat(),))
        added = self.db.execute(
            "INSERT INTO nonce (keyid, nonce, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (keyid, nonce, until.isoformat()),
        )
        return added.rowcount == 1


def earlier_response(
    db: sqlite3.Connection, keyid: str, key: str, target: str, digest: bytes
) -> str | None:
    """The response that was given under this key; ``KeyError`` when it was for something else."""
    row = db.execute(
        "SELECT target, digest, response FROM done WHERE keyid = ? AND idempotency_key = ?",
        (keyid, key),
    ).fetchone()
    if row is None:
        return None
    if (row["target"], row["digest"]) != (target, digest):
        raise KeyError(key)
    return str(row["response"])


def remember_response(
    db: sqlite3.Connection, keyid: str, key: str, target: str, digest: bytes, response: str
) -> None:
    """Keep what was answered, in the transaction that did it; what is old goes."""
    now = instant()
    db.execute("DELETE FROM done WHERE done_at < ?", ((now - KEYS_KEPT_FOR).isoformat(),))
    db.execute(
        "INSERT INTO done (keyid, idempotency_key, target, digest, response, done_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (keyid, key, target, digest, response, now.isoformat()),
    )
