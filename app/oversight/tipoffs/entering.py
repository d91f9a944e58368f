"""Writing a tip-off into the register at the agency, and every word of the agency's people."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.oversight.tipoffs.codes import key_of
from app.oversight.tipoffs.messages import NUMBER_WORD, Fault
from app.oversight.tipoffs.models import TipOff, TipOffWord
from app.oversight.tipoffs.rules import due_on, number_of
from app.oversight.tipoffs.sealing import to_informant
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.rulebook import rulebook
from tenants.vault import vault


@dataclass(frozen=True)
class Entry:
    """A tip-off that somebody of the agency writes down (电话、邮箱、微信、微博、来访、来信)."""

    channel: str
    about: str
    received_on: dt.date
    words: str
    who: str = ""


def enter(entry: Entry, code: str, actor: Actor) -> Moved:
    """Write it into the same register; ``code`` is given to the informant, if they want it.

    Raises ``Fault("tipoff.day")`` for a day to come.
    """
    actor.must("tipoff.enter")
    if entry.received_on > business_date():
        raise Fault("tipoff.day", today=business_date())
    own, key = agency(actor.agency_id), key_of(actor.agency_id, code)
    (id_,) = take_ids(1)
    row = TipOff(
        agency_id=actor.agency_id,
        id=id_,
        number=number_of(own.short_name, NUMBER_WORD, entry.received_on, key.tail),
        state="registered",
        channel=entry.channel,
        about=entry.about,
        received_on=entry.received_on,
        due_on=due_on(entry.received_on, rulebook(own.province).tip_off_days.value),
        follow_hash=key.follow_hash,
        informant_public=key.public,
        entered_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    write(row, "says", entry.words, actor, who=entry.who, is_shown=True)
    trail(actor, "enter", row)
    return Moved((id_,))


def receipt_of(tip_off_id: int) -> tuple[str, dt.date]:
    """Number and last day of what was just entered, for the informant's receipt."""
    query = select(TipOff.number, TipOff.due_on).where(TipOff.id == tip_off_id)
    number, last = db.session.execute(query).tuples().one()
    return number, last


def write(
    row: TipOff, kind: str, words: str, actor: Actor, *, who: str = "", is_shown: bool = False
) -> None:
    """One word of the agency's, sealed; ``is_shown``: to the informant as well."""
    (id_,) = take_ids(1)
    said = {"words": words.strip(), "who": who.strip()}
    boxed = to_informant(row.informant_public, row.follow_hash, kind, said["words"])
    word = insert(TipOffWord).values(
        id=id_,
        tip_off_id=row.id,
        follow_hash=row.follow_hash,
        kind=kind,
        said_on=business_date(),
        account_id=actor.account_id,
        name=actor.name,
        once=str(uuid.uuid4()),
        for_agency=vault().seal("tip_off_word", id_, said),
        for_informant=boxed if is_shown else b"",
    )
    db.session.execute(word.inline())


def trail(actor: Actor, verb: str, row: TipOff) -> None:
    """Who did what with which tip-off: no more than that."""
    audit.record(actor.account_id, f"tipoff.{verb}", kind="tip_off", subject_id=row.id)
