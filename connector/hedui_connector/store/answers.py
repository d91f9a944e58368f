"""Answers, numbered in the order in which they were found."""

import sqlite3
from collections.abc import Sequence

from hedui_connector.store.requests import Kept
from hedui_connector.wire.models import Answer, State
from hedui_connector.wire.pages import to_json


def keep_answers(
    db: sqlite3.Connection, kept: Kept, answers: Sequence[Answer], answered_to: int
) -> None:
    """Add the answers of the lines up to ``answered_to``; with the last line, all is answered."""
    rows = [(kept.key, answer.answer, to_json(answer)) for answer in answers]
    db.executemany("INSERT INTO answer (request, answer, content) VALUES (?, ?, ?)", rows)
    state = State.ANSWERED if answered_to == kept.head.lines else State.ANSWERING
    db.execute(
        "UPDATE request SET lines_answered = ?, answers = answers + ?, state = ?, note = ''"
        " WHERE key = ?",
        (answered_to, len(rows), state, kept.key),
    )


def answers_after(db: sqlite3.Connection, key: int, after: int, most: int) -> list[str]:
    """Up to ``most`` answers that follow answer ``after``, as JSON."""
    rows = db.execute(
        "SELECT content FROM answer WHERE request = ? AND answer > ? ORDER BY answer LIMIT ?",
        (key, after, most),
    )
    return [row["content"] for row in rows]
