"""Requests as they come in: head, lines in order, how far they are, and their end."""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from hedui_connector.clock import instant
from hedui_connector.wire.limits import INTERFACE
from hedui_connector.wire.models import Head, Line, State, Status
from hedui_connector.wire.pages import to_json


@dataclass(frozen=True)
class Kept:
    """A request as it is kept; ``key`` is the store's own."""

    key: int
    head: Head
    status: Status


def keep_head(db: sqlite3.Connection, head: Head) -> bool:
    """Keep a new request; whether the same head was there already or is now.

    ``False``: another head has this id.
    """
    content = head.model_dump_json()
    digest = hashlib.sha256(content.encode()).digest()
    db.execute(
        "INSERT INTO request (agency, id, head, head_digest, state, lines, received_at)"
        " VALUES (?, ?, ?, ?, 'receiving', ?, ?) ON CONFLICT DO NOTHING",
        (head.agency.code, head.id, content, digest, head.lines, instant().isoformat()),
    )
    (kept,) = db.execute(
        "SELECT head_digest FROM request WHERE agency = ? AND id = ?", (head.agency.code, head.id)
    ).fetchone()
    return bool(kept == digest)


def find_request(db: sqlite3.Connection, agency: str, request_id: str) -> Kept | None:
    """The request that this agency sent by this id."""
    row = db.execute(
        "SELECT * FROM request WHERE agency = ? AND id = ?", (agency, request_id)
    ).fetchone()
    return None if row is None else _kept(row)


def next_to_answer(db: sqlite3.Connection) -> Kept | None:
    """The oldest request of which all lines are there and not all are answered."""
    row = db.execute(
        "SELECT * FROM request WHERE state = 'answering' ORDER BY key LIMIT 1"
    ).fetchone()
    return None if row is None else _kept(row)


def keep_lines(db: sqlite3.Connection, kept: Kept, lines: Iterable[Line]) -> None:
    """Add lines that follow those that are there; with the last, answering begins."""
    rows = [(kept.key, line.line, to_json(line)) for line in lines]
    db.executemany("INSERT INTO line (request, line, content) VALUES (?, ?, ?)", rows)
    received = kept.status.lines_received + len(rows)
    state = State.ANSWERING if received == kept.head.lines else State.RECEIVING
    db.execute(
        "UPDATE request SET lines_received = ?, state = ? WHERE key = ?",
        (received, state, kept.key),
    )


def lines_after(db: sqlite3.Connection, key: int, after: int, most: int) -> list[str]:
    """Up to ``most`` lines that follow line ``after``, as JSON."""
    rows = db.execute(
        "SELECT content FROM line WHERE request = ? AND line > ? ORDER BY line LIMIT ?",
        (key, after, most),
    )
    return [row["content"] for row in rows]


def note(db: sqlite3.Connection, key: int, words: str) -> None:
    """Say in the request's status what it waits for; nothing: it waits for nothing."""
    db.execute("UPDATE request SET note = ? WHERE key = ?", (words, key))


def forget(db: sqlite3.Connection, kept: Kept) -> None:
    """Take a request out, so that it can come anew: the agency did not take its answers."""
    db.execute("DELETE FROM line WHERE request = ?", (kept.key,))
    db.execute("DELETE FROM answer WHERE request = ?", (kept.key,))
    db.execute("DELETE FROM sent WHERE request = ?", (kept.key,))
    db.execute("DELETE FROM request WHERE key = ?", (kept.key,))


def answer_anew(db: sqlite3.Connection, kept: Kept) -> None:
    """Throw away the answers of a request whose lines are all there: they are asked for anew."""
    db.execute("DELETE FROM answer WHERE request = ?", (kept.key,))
    db.execute("DELETE FROM sent WHERE request = ?", (kept.key,))
    db.execute(
        "UPDATE request SET state = ?, lines_answered = 0, answers = 0 WHERE key = ?",
        (State.ANSWERING, kept.key),
    )


def answered(db: sqlite3.Connection, agency: str) -> list[Kept]:
    """The requests of an agency that are answered and not taken yet, oldest first."""
    return [kept for kept in received(db, agency) if kept.status.state is State.ANSWERED]


def received(db: sqlite3.Connection, agency: str) -> list[Kept]:
    """The requests of an agency of which all lines are here and the answers not taken yet."""
    rows = db.execute(
        "SELECT * FROM request WHERE agency = ? AND state IN ('answering', 'answered')"
        " ORDER BY key",
        (agency,),
    )
    return [_kept(row) for row in rows]


def erase(db: sqlite3.Connection, kept: Kept) -> None:
    """The answers have been taken: lines and answers go, the head stays."""
    db.execute("DELETE FROM line WHERE request = ?", (kept.key,))
    db.execute("DELETE FROM answer WHERE request = ?", (kept.key,))
    db.execute("DELETE FROM sent WHERE request = ?", (kept.key,))
    db.execute("UPDATE request SET state = ? WHERE key = ?", (State.TAKEN, kept.key))


def _kept(row: sqlite3.Row) -> Kept:
    status = Status(
        interface=INTERFACE,
        id=row["id"],
        state=State(row["state"]),
        lines=row["lines"],
        lines_received=row["lines_received"],
        lines_answered=row["lines_answered"],
        answers=row["answers"],
        note=row["note"],
    )
    return Kept(row["key"], Head.model_validate_json(row["head"]), status)
