"""Ask for a file, fetch it, ask again, throw it away in time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.made.messages import Fault
from app.made.models import MadeFile
from app.made.queries import Shown, own
from app.made.rules import KEPT_DAYS, REMEMBERED_DAYS
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.outbox import post
from tenants.vault import vault

FILE_KIND = "made"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for: ``name`` is what the download is called, ``asked`` holds ids and
    addresses for the maker of its ``kind``, ``total`` counts households or rows."""

    kind: str
    permission: str
    name: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    total: int = 0
    password: str = ""


def ask(wanted: Sequence[Wanted], who: Actor) -> list[int]:
    """Record files to be made, each with its job; their ids. Nothing is made yet."""
    ids = take_ids(len(wanted))
    place = {"unit_id": who.unit_id, "desk_id": who.desk_id, "account_id": who.account_id}
    rows = [
        {
            **place,
            "id": id_,
            "kind": one.kind,
            "permission": one.permission,
            "name": one.name,
            "asked": dict(one.asked),
            "password_sealed": _sealed(id_, one.password),
            "total": one.total,
            "job_id": post(f"file.{one.kind}", {"id": id_}, total=one.total, **place),
            "asked_at": instant(),
            "expires_on": business_date() + dt.timedelta(days=KEPT_DAYS),
        }
        for id_, one in zip(ids, wanted, strict=True)
    ]
    db.session.execute(insert(MadeFile).inline(), rows)
    return ids


def _sealed(id_: int, password: str) -> bytes | None:
    return vault().seal("made_file", id_, {"password": password}) if password else None


def fetch(made_id: int, who: Actor) -> files.StoredFile:
    """The file's bytes and name, for whom it was made and while they hold the right.

    Raises ``LookupError`` for somebody else's, ``Forbidden``, ``Fault``: ``made_expired``,
    ``made_not_yet``. The audit row is written in this transaction.
    """
    shown = own(made_id, who)
    _require(shown, who)
    row = shown.row
    audit.record(
        who.account_id,
        "file.download",
        kind="made_file",
        subject_id=row.id,
        unit_id=who.unit_id,
        made=row.kind,
        size=row.size,
    )
    return files.read(row.file_id or 0, FILE_KIND)


def _require(shown: Shown, who: Actor) -> None:
    who.must(shown.row.permission)
    if shown.state == "expired":
        raise Fault("made_expired")
    if shown.state != "made":
        raise Fault("made_not_yet")


def ask_again(made_id: int, who: Actor) -> int:
    """Have a file made from the beginning that could not be made; its id.

    Raises as ``fetch`` does, and ``Fault("made_runs")`` for one that did not fail.
    """
    shown = own(made_id, who)
    row = shown.row
    who.must(row.permission)
    if shown.state == "expired":
        raise Fault("made_expired")
    if shown.state != "failed":
        raise Fault("made_runs")
    place = {"unit_id": row.unit_id, "desk_id": row.desk_id, "account_id": row.account_id}
    job = post(f"file.{row.kind}", {"id": row.id, "afresh": True}, total=row.total, **place)
    db.session.execute(update(MadeFile).where(MadeFile.id == row.id).values(job_id=job))
    return row.id


def forget_expired() -> None:
    """Bytes, parts and passwords of files whose days are over; later the lines that say so."""
    today = business_date()
    over = MadeFile.expires_on < today
    rows = list(
        db.session.scalars(
            select(MadeFile).where(
                over,
                (MadeFile.file_id.is_not(None))
                | (MadeFile.part_ids != [])
                | (MadeFile.password_sealed.is_not(None)),
            )
        )
    )
    files.forget(
        id_ for row in rows for id_ in (*row.part_ids, *([row.file_id] if row.file_id else ()))
    )
    db.session.execute(
        update(MadeFile)
        .where(MadeFile.id == any_of([row.id for row in rows]))
        .values(file_id=None, part_ids=[], password_sealed=None)
    )
    old = today - dt.timedelta(days=REMEMBERED_DAYS)
    db.session.execute(delete(MadeFile).where(MadeFile.expires_on < old))
