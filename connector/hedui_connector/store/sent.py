"""What the unit has put into the exchange folder, and when."""

import datetime as dt
import sqlite3

from hedui_connector.clock import instant


def sent_at(db: sqlite3.Connection, name: str) -> dt.datetime | None:
    """When a file was put out last; None: never."""
    row = db.execute("SELECT sent_at FROM sent WHERE name = ?", (name,)).fetchone()
    return None if row is None else dt.datetime.fromisoformat(row["sent_at"])


def note_sent(db: sqlite3.Connection, name: str, request: int) -> None:
    """Remember a file that lies in the folder."""
    db.execute(
        "INSERT INTO sent (name, request, sent_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET sent_at = excluded.sent_at",
        (name, request, instant().isoformat()),
    )
