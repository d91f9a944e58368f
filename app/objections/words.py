"""What is said about an objection, and who had a hand in it: written and read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.objections.models import Objection, ObjectionDuty, ObjectionWord
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault
from tenants.vault import vault


@dataclass(frozen=True)
class Said:
    """One thing said: ``how`` is a way of telling, or empty; ``name`` is who said or wrote it."""

    id: int
    kind: str
    said_on: dt.date
    name: str
    words: str
    how: str


@dataclass(frozen=True)
class By:
    """Who said or wrote it down on which day; account 0 for what came by letter. ``desk_id``: the
    intake desk that may read it."""

    on: dt.date
    account_id: int
    name: str
    desk_id: int = 0


@dataclass(frozen=True)
class Place:
    """The objection that something is said about, and the unit whose it is."""

    id: int
    unit_id: int = 0


def say_about(objection: Objection | Place, kind: str, words: str, by: By, how: str = "") -> int:
    """Write one thing down; its id. Raises ``Fault("objection.day")`` for a day to come."""
    if by.on > business_date():
        raise Fault("objection.day", today=business_date())
    (id_,) = take_ids(1)
    row = insert(ObjectionWord).values(
        id=id_,
        objection_id=objection.id,
        unit_id=objection.unit_id,
        desk_id=by.desk_id,
        kind=kind,
        said_on=by.on,
        account_id=by.account_id,
        name=by.name,
        at=instant(),
        sealed=vault().seal("objection_word", id_, {"words": words.strip(), "how": how}),
    )
    db.session.execute(row.inline())
    return id_


def said_about(objection_ids: Sequence[int]) -> dict[int, list[Said]]:
    """Objection → everything that was said, oldest first."""
    keys, found = vault(), dict[int, list[Said]]()
    rows = select(ObjectionWord).where(ObjectionWord.objection_id == any_of(objection_ids))
    for row in db.session.scalars(rows.order_by(ObjectionWord.id)):
        told = keys.open("objection_word", row.id, row.sealed)
        said = Said(row.id, row.kind, row.said_on, row.name, told["words"], told["how"])
        found.setdefault(row.objection_id, []).append(said)
    return found


def take_part(step: str, objection_ids: Sequence[int], actor: Actor) -> set[int]:
    """Record who takes part; those of these objections on which this person may not, because
    they have the other part (五: 异议处理 is another person's)."""
    rows = [
        {"objection_id": id_, "account_id": actor.account_id, "step": step} for id_ in objection_ids
    ]
    if rows:
        db.session.execute(pg_insert(ObjectionDuty).on_conflict_do_nothing().inline(), rows)
    barred = select(ObjectionDuty.objection_id).where(
        ObjectionDuty.objection_id == any_of(objection_ids),
        ObjectionDuty.account_id == actor.account_id,
        ObjectionDuty.step != step,
    )
    return set(db.session.scalars(barred))
