"""What somebody without a name can do: tell, and come back with the code (第二十一条).

All of it runs in the ``public`` role, which holds one code at a time: it sees the rows of that
code and no other, and never what was said to the agency.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, Row, func, select
from sqlalchemy.dialects.postgresql import Insert, insert

from app.audit import service as audit
from app.oversight.tipoffs.codes import Key, key_of
from app.oversight.tipoffs.messages import NUMBER_WORD, Fault
from app.oversight.tipoffs.models import TipOff, TipOffWord
from app.oversight.tipoffs.rules import MOST_WORDS, due_on, number_of
from app.oversight.tipoffs.sealing import opened_by_code, to_agency, to_informant
from tenants.agency.models import Agency
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.rulebook import rulebook
from tenants.scope import acting_for

HIGHEST_AGENCY = 999_999


@dataclass(frozen=True)
class Told:
    """A receipt; ``is_new`` is False for a form that was sent a second time."""

    number: str
    due_on: dt.date
    is_new: bool


@dataclass(frozen=True)
class ShownWord:
    """One line of the follow-up page."""

    kind: str
    said_on: dt.date
    words: str


@dataclass(frozen=True)
class Followed:
    """A tip-off as its informant sees it: words to them and by them, oldest first."""

    number: str
    state: str
    received_on: dt.date
    due_on: dt.date
    outcome: str
    words: tuple[ShownWord, ...]


def agency_told(agency_id: int) -> Agency:
    """The agency whose page this is; ``LookupError`` when there is none."""
    if not 0 < agency_id <= HIGHEST_AGENCY:
        raise LookupError(f"no agency {agency_id}")
    with acting_for(agency_id, "public", read_only=True):
        found = db.session.get(Agency, agency_id)
    if found is None:
        raise LookupError(f"no agency {agency_id}")
    return found


def tell(agency_id: int, about: str, words: str, who: str, code: str, nonce: str) -> Told:
    """Register what somebody tells; the same form sent twice gives the same receipt.

    ``who``: a name and a way to be reached, if they want to give one. Sealed like the words.
    """
    agency, key = agency_told(agency_id), key_of(agency_id, code)
    today = business_date()
    with acting_for(agency_id, "public", follow=key.follow_hash):
        tip_off_id, word_id = take_ids(2)
        values = {
            "id": tip_off_id,
            "number": number_of(agency.short_name, NUMBER_WORD, today, key.tail),
            "state": "registered",
            "channel": "web",
            "about": about,
            "received_on": today,
            "due_on": due_on(today, rulebook(agency.province).tip_off_days.value),
            "follow_hash": key.follow_hash,
            "informant_public": key.public,
        }
        # A bare one: naming the columns would ask for the right to read them.
        is_new = _put(insert(TipOff).values(values))
        if is_new:
            _put_word(agency, key, tip_off_id, word_id, "says", {"words": words, "who": who}, nonce)
            audit.record(0, "tipoff.tell", kind="tip_off", subject_id=tip_off_id)
        row = db.session.execute(select(TipOff.number, TipOff.due_on)).one()
    return Told(row.number, row.due_on, is_new)


def follow(agency_id: int, number: str, code: str) -> Followed:
    """How it stands, for whoever has number and code; ``Fault("tipoff.code")`` for anybody else,
    whichever of the two is wrong."""
    key = _key(agency_id, code)
    with acting_for(agency_id, "public", read_only=True, follow=key.follow_hash):
        row = _own(number)
        rows = db.session.execute(
            select(TipOffWord.kind, TipOffWord.said_on, TipOffWord.for_informant)
            .where(TipOffWord.tip_off_id == row.id)
            .order_by(TipOffWord.id)
        ).all()
    is_over = row.state == "closed"
    # What came of it is told once a second person has agreed to it.
    answers = [word for word in rows if word.kind == "answers"][-1:] if is_over else []
    shown = [word for word in rows if word.for_informant and word.kind != "answers"] + answers
    words = tuple(
        ShownWord(word.kind, word.said_on, opened_by_code(key, word.kind, word.for_informant))
        for word in shown
    )
    outcome = row.outcome if is_over else ""
    return Followed(row.number, row.state, row.received_on, row.due_on, outcome, words)


def add(agency_id: int, number: str, code: str, words: str, nonce: str) -> bool:
    """Add to what was told, or answer what was asked; False when this form was sent before.

    Raises ``Fault``: no such number and code, closed already, or too many words.
    """
    agency, key = agency_told(agency_id), _key(agency_id, code)
    with acting_for(agency_id, "public", follow=key.follow_hash):
        row = _own(number)
        if row.state == "closed":
            raise Fault("tipoff.closed")
        mine = TipOffWord.kind.in_(("says", "adds"))
        if (db.session.scalar(select(func.count(TipOffWord.id)).where(mine)) or 0) > MOST_WORDS:
            raise Fault("tipoff.too_many", most=MOST_WORDS)
        (word_id,) = take_ids(1)
        put = _put_word(agency, key, row.id, word_id, "adds", {"words": words, "who": ""}, nonce)
        if put:
            audit.record(0, "tipoff.add", kind="tip_off", subject_id=row.id)
    return put


def _key(agency_id: int, code: str) -> Key:
    if not code:
        raise Fault("tipoff.code")
    return key_of(agency_id, code)


def _own(number: str) -> Row[tuple[int, str, str, dt.date, dt.date, str]]:
    found = db.session.execute(
        select(
            TipOff.id,
            TipOff.number,
            TipOff.state,
            TipOff.received_on,
            TipOff.due_on,
            TipOff.outcome,
        ).where(TipOff.number == number)
    ).one_or_none()
    if found is None:
        raise Fault("tipoff.code")
    return found


def _put_word(
    agency: Agency,
    key: Key,
    tip_off_id: int,
    word_id: int,
    kind: str,
    said: dict[str, str],
    nonce: str,
) -> bool:
    row = insert(TipOffWord).values(
        id=word_id,
        tip_off_id=tip_off_id,
        follow_hash=key.follow_hash,
        kind=kind,
        said_on=business_date(),
        once=f"{key.follow_hash[:16]}:{nonce}",
        for_agency=to_agency(agency.box_public, key.follow_hash, kind, said),
        for_informant=to_informant(key.public, key.follow_hash, kind, said["words"]),
    )
    return _put(row)


def _put(row: Insert) -> bool:
    """Whether the row was not there before."""
    put = row.on_conflict_do_nothing().inline()
    found = db.session.execute(put, execution_options={"preserve_rowcount": True})
    return cast(CursorResult[Any], found).rowcount == 1
