"""What is said about an entry, written and read; sealed."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.oversight.integrity.messages import Fault
from app.oversight.integrity.models import IntegrityEntry, IntegrityWord
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.vault import vault


@dataclass(frozen=True)
class Said:
    """One thing said: ``way`` is how it was served or told, or empty."""

    kind: str
    said_on: dt.date
    name: str
    words: str
    way: str


def say_about(
    row: IntegrityEntry, kind: str, words: str, on: dt.date, actor: Actor, way: str = ""
) -> None:
    """Write one thing down. Raises ``Fault("integrity.day")`` for a day to come."""
    if on > business_date():
        raise Fault("integrity.day", today=business_date())
    (id_,) = take_ids(1)
    word = insert(IntegrityWord).values(
        id=id_,
        entry_id=row.id,
        kind=kind,
        said_on=on,
        account_id=actor.account_id,
        name=actor.name,
        at=instant(),
        sealed=vault().seal("integrity_word", id_, {"words": words.strip(), "way": way}),
    )
    db.session.execute(word.inline())


def said_about(entry_id: int) -> list[Said]:
    """Everything that was said about an entry, oldest first."""
    keys = vault()
    query = select(IntegrityWord).where(IntegrityWord.entry_id == entry_id)
    found = []
    for row in db.session.scalars(query.order_by(IntegrityWord.id)):
        told = keys.open("integrity_word", row.id, row.sealed)
        found.append(Said(row.kind, row.said_on, row.name, told["words"], told["way"]))
    return found
