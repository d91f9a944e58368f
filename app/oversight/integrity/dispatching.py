"""Notices of an entry to departments and other agencies, each a file with the record of its way."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.cases.lifecycle import Moved
from app.oversight.integrity.messages import DISPATCH_TITLES, Fault
from app.oversight.integrity.models import IntegrityDispatch, IntegrityEntry
from app.oversight.integrity.rules import is_shown, still_to_tell
from app.oversight.integrity.service import entry_of, trail
from tenants import files
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.files import StoredFile


@dataclass(frozen=True)
class Outward:
    """Who gets it, how and when it leaves; ``kind``: disclosed or withdrawn."""

    kind: str
    recipient: str
    way: str
    on: dt.date


def dispatch(
    entry_id: int,
    outward: Outward,
    actor: Actor,
    as_file: Callable[[IntegrityEntry], bytes],
) -> Moved:
    """Make the notice and record that it left; ``as_file`` gives its PDF.

    Raises ``Fault``: an entry that is not in force (or, of a withdrawal, not withdrawn), whoever
    was told already, and whoever was never told of what is withdrawn.
    """
    actor.must("integrity.decide")
    row = entry_of(entry_id, lock=True)
    recipient = outward.recipient.strip()
    if outward.on > business_date():
        raise Fault("integrity.day", today=business_date())
    sent = dispatches(row.id)
    told = {kind: [one.recipient for one in sent if one.kind == kind] for kind in DISPATCH_TITLES}
    if outward.kind == "disclosed" and not is_shown(row.state, row.ends_on, business_date()):
        raise Fault("integrity.not_in_force")
    if outward.kind == "withdrawn" and row.state != "withdrawn":
        raise Fault("integrity.not_withdrawn")
    if recipient in told[outward.kind]:
        raise Fault("integrity.told_already", recipient=recipient)
    if outward.kind == "withdrawn" and recipient not in told["disclosed"]:
        raise Fault("integrity.not_told", recipient=recipient)
    name = f"{DISPATCH_TITLES[outward.kind]} {row.number}.pdf"
    (id_,), file_id = take_ids(1), files.store("letter", name, as_file(row))
    put = insert(IntegrityDispatch).values(
        id=id_,
        entry_id=row.id,
        kind=outward.kind,
        recipient=recipient,
        way=outward.way,
        sent_on=outward.on,
        sent_by=actor.account_id,
        file_id=file_id,
    )
    db.session.execute(put.inline())
    trail(actor, f"dispatch_{outward.kind}", row.id)
    return Moved((row.id,))


def dispatches(entry_id: int) -> list[IntegrityDispatch]:
    """The notices that left about an entry, oldest first."""
    query = select(IntegrityDispatch).where(IntegrityDispatch.entry_id == entry_id)
    return list(db.session.scalars(query.order_by(IntegrityDispatch.id)))


def to_recall(row: IntegrityEntry, sent: list[IntegrityDispatch]) -> list[str]:
    """Whom a withdrawal has still to be told."""
    if row.state != "withdrawn":
        return []
    told = [one.recipient for one in sent if one.kind == "disclosed"]
    return still_to_tell(told, [one.recipient for one in sent if one.kind == "withdrawn"])


def notice_file(entry_id: int, dispatch_id: int, actor: Actor) -> StoredFile:
    """A notice as it left; the download is on the trail. ``LookupError`` for another entry's."""
    found = next((one for one in dispatches(entry_id) if one.id == dispatch_id), None)
    if found is None:
        raise LookupError(f"no notice {dispatch_id} of {entry_id}")
    trail(actor, "download", entry_id)
    return files.read(found.file_id, "letter")
