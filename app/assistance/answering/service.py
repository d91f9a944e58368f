"""Verbs of a letter that asks: entered with its scan, answered, confirmed by another, sent."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.assistance.answering import names
from app.assistance.answering.looking import Person, look_up
from app.assistance.answering.making import as_package
from app.assistance.answering.messages import Fault
from app.assistance.answering.models import (
    LetterInquiry,
    LetterInquiryAnswer,
    LetterInquiryPerson,
)
from app.assistance.answering.rules import MOST_PEOPLE, Asked
from app.assistance.register.loading import law
from app.audit import service as audit
from app.exchange.asked.terms import due_on
from app.exchange.filed import require_filed
from app.sharing.agreements import in_force
from tenants import files
from tenants.calendar import add_working_days, business_date, instant
from tenants.catalogue import catalogue
from tenants.database import db, take_ids
from tenants.numbers import take_numbers
from tenants.vault import vault

KIND = "letter_inquiry"
PEOPLE, ANSWERS = "letter_inquiry_person", "letter_inquiry_answer"


@dataclass(frozen=True)
class NewInquiry:
    """A letter as it came: who asks, its number and day, when it was here, what for, about which
    data items and people; ``scan`` is its PDF."""

    unit_id: int
    letter_number: str
    letter_on: dt.date
    received_on: dt.date
    purpose: str
    items: tuple[int, ...]
    people: tuple[Asked, ...]
    scan: bytes


@dataclass(frozen=True)
class Said:
    """What an operator found by hand of one person on one item."""

    line: int
    item: int
    outcome: str
    words: str
    source: str
    as_of: dt.date | None


def enter(new: NewInquiry, actor: Actor) -> int:
    """Keep a letter and its people; what the store of returned data knows is answered at once.

    Raises ``Fault`` for days that cannot be, a letter that was entered before, and a unit without
    an agreement in force (第十六条).
    """
    actor.must("outward.operate")
    require_filed(actor, new.unit_id)
    _check(new)
    due = due_on(actor.agency_id, new.unit_id, new.received_on)
    (id_,), (number,) = take_ids(1), take_numbers("answer", 1)
    row = LetterInquiry(
        id=id_,
        unit_id=new.unit_id,
        number=number,
        letter_number=new.letter_number.strip(),
        letter_on=new.letter_on,
        received_on=new.received_on,
        due_on=due or add_working_days(new.received_on, _most_days()),
        purpose=new.purpose.strip(),
        items=sorted(new.items),
        lines=len(new.people),
        scan_file_id=files.store("letter", names.SCAN_FILE, new.scan, unit_id=new.unit_id),
        entered_by=actor.account_id,
        entered_at=instant(),
    )
    db.session.add(row)
    db.session.flush()
    _keep_people(row, new.people)
    _trace("enter", row, actor, people=row.lines)
    return id_


def _most_days() -> int:
    return int(law().answer_to_human_resources_working_days.value)


def _check(new: NewInquiry) -> None:
    today = business_date()
    if not new.letter_on <= new.received_on <= today:
        raise Fault("answering.days", today=today)
    if not new.people:
        raise Fault("answering.nobody")
    if len(new.people) > MOST_PEOPLE:
        raise Fault("answering.too_many", most=MOST_PEOPLE)
    if not new.items:
        raise Fault("answering.no_item")
    if in_force(new.unit_id, new.received_on) is None:
        raise Fault("answering.no_agreement")
    same = select(LetterInquiry.number).where(
        LetterInquiry.unit_id == new.unit_id,
        LetterInquiry.letter_number == new.letter_number.strip(),
        LetterInquiry.void_on.is_(None),
    )
    number = db.session.scalars(same.limit(1)).one_or_none()
    if number is not None:
        raise Fault("answering.same_letter", number=number)


def _keep_people(row: LetterInquiry, people: tuple[Asked, ...]) -> None:
    keys, ids = vault(), take_ids(len(people))
    told = [{"name": one.name, "id_number": one.id_number} for one in people]
    sealed = keys.seal_many(PEOPLE, zip(ids, told, strict=True))
    lines = [
        Person(n, keys.look_up(one.id_number), one.authorised_on)
        for n, one in enumerate(people, start=1)
    ]
    rows = [
        {
            **{"id": id_, "inquiry_id": row.id, "line": line.line, "sealed": closed},
            **{"person_hash": line.person_hash, "authorised_on": line.authorised_on},
        }
        for id_, line, closed in zip(ids, lines, sealed, strict=True)
    ]
    db.session.execute(insert(LetterInquiryPerson).inline(), rows)
    found = look_up(lines, row.items, law())
    ids = take_ids(len(found))
    answers = [
        {
            **{"id": id_, "inquiry_id": row.id, "line": one.line, "item": one.item},
            **{"outcome": one.outcome, "source": one.source, "as_of": one.as_of},
            "sealed": keys.seal(ANSWERS, id_, {"words": one.words}) if one.outcome else None,
        }
        for id_, one in zip(ids, found, strict=True)
    ]
    db.session.execute(insert(LetterInquiryAnswer).inline(), answers)


def answer(inquiry_id: int, said: list[Said], actor: Actor) -> None:
    """Keep what was found by hand; what the store or the rule answered stays.

    Raises ``Fault`` for a hit without words, or a reason or a source that is missing.
    """
    row = _locked(inquiry_id, actor)
    if row.standing != "answering":
        raise Fault("answering.not_open")
    for one in said:
        needs_words = one.outcome in ("hit", "unable", "refused")
        if needs_words and not one.words.strip() or not one.source.strip():
            raise Fault("answering.words", line=one.line, item=catalogue().item(one.item).title)
    here = select(LetterInquiryAnswer).where(LetterInquiryAnswer.inquiry_id == inquiry_id)
    open_ = {
        (found.line, found.item): found
        for found in db.session.scalars(here)
        if found.source in ("", "hand")
    }
    keys = vault()
    for one in said:
        found = open_.get((one.line, one.item))
        if found is None:
            continue
        found.outcome, found.source = one.outcome, "hand"
        found.source_words, found.as_of = one.source.strip(), one.as_of
        found.answered_by = actor.account_id
        found.sealed = keys.seal(ANSWERS, found.id, {"words": one.words.strip()})
    _trace("answer", row, actor, answers=len(said))


def draft(inquiry_id: int, actor: Actor) -> None:
    """Hand a whole answer to a second operator; ``Fault`` while something is not answered."""
    row = _locked(inquiry_id, actor)
    if row.standing != "answering":
        raise Fault("answering.not_open")
    waits = select(LetterInquiryAnswer.id).where(
        LetterInquiryAnswer.inquiry_id == inquiry_id, LetterInquiryAnswer.outcome == ""
    )
    count = len(db.session.scalars(waits).all())
    if count:
        raise Fault("answering.unanswered", count=count)
    row.drafted_by, row.drafted_at, row.returned_why = actor.account_id, instant(), ""
    _trace("draft", row, actor)


def confirm(inquiry_id: int, actor: Actor) -> None:
    """A second operator confirms; the answer is made, stamped and sealed into its package."""
    row = _drafted(inquiry_id, actor)
    row.confirmed_by, row.confirmed_at = actor.account_id, instant()
    made = as_package(row)
    row.stamp, row.package_file_id = made.stamp, made.file_id
    row.password_sealed = vault().seal(KIND, row.id, {"password": made.password})
    _trace("confirm", row, actor)


def return_draft(inquiry_id: int, why: str, actor: Actor) -> None:
    """The second operator gives an answer back, with the reason."""
    row = _drafted(inquiry_id, actor)
    row.drafted_by, row.drafted_at, row.returned_why = None, None, why.strip()
    _trace("return", row, actor, reason=why)


def _drafted(inquiry_id: int, actor: Actor) -> LetterInquiry:
    row = _locked(inquiry_id, actor)
    if row.standing != "drafted":
        raise Fault("answering.not_drafted")
    if row.drafted_by == actor.account_id:
        raise Fault("answering.same_operator")
    return row


def hand_over(inquiry_id: int, how: str, on: dt.date, actor: Actor) -> None:
    """Record when and how the answer reached who asked: what its day is held against."""
    row = _locked(inquiry_id, actor)
    if row.standing != "confirmed":
        raise Fault("answering.not_confirmed")
    if not row.received_on <= on <= business_date():
        raise Fault("answering.handed_day", received=row.received_on)
    row.handed_on, row.handed_how, row.handed_by = on, how.strip(), actor.account_id
    _trace("hand_over", row, actor, late=row.is_late(business_date()))


def give_up(inquiry_id: int, reason: str, actor: Actor) -> None:
    """Take a letter out that was entered wrongly, or taken back by who asked."""
    row = _locked(inquiry_id, actor)
    if row.standing not in ("answering", "drafted"):
        raise Fault("answering.not_open")
    row.void_on, row.void_by, row.void_reason = business_date(), actor.account_id, reason.strip()
    _trace("void", row, actor, reason=reason)


def scan(inquiry_id: int, actor: Actor) -> files.StoredFile:
    """The scan of a letter; the look is on the trail."""
    row = _locked(inquiry_id, actor)
    _trace("scan", row, actor)
    return files.read(row.scan_file_id, "letter")


def package_file(inquiry_id: int, actor: Actor) -> files.StoredFile:
    """The encrypted answer; the download is on the trail."""
    row = _locked(inquiry_id, actor)
    if row.package_file_id is None:
        raise Fault("answering.not_confirmed")
    _trace("download", row, actor)
    return files.read(row.package_file_id, "package")


def password(inquiry_id: int, actor: Actor) -> str:
    """The password of the answer, told apart from it; the look is on the trail."""
    row = _locked(inquiry_id, actor)
    if row.password_sealed is None:
        raise Fault("answering.not_confirmed")
    _trace("password", row, actor)
    return str(vault().open(KIND, row.id, row.password_sealed)["password"])


def inquiry_of(inquiry_id: int, *, lock: bool = False) -> LetterInquiry:
    """A letter of this scope; ``LookupError`` when there is none."""
    query = select(LetterInquiry).where(LetterInquiry.id == inquiry_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no letter {inquiry_id}")
    return found


def _locked(inquiry_id: int, actor: Actor) -> LetterInquiry:
    """The letter for a verb; whoever acts on it is filed with the unit (操作规程 五(三))."""
    actor.must("outward.operate")
    row = inquiry_of(inquiry_id, lock=True)
    require_filed(actor, row.unit_id)
    return row


def _trace(verb: str, row: LetterInquiry, actor: Actor, **detail: Any) -> None:
    db.session.flush()
    audit.record(
        *(actor.account_id, f"answering.{verb}"),
        kind=KIND,
        subject_id=row.id,
        unit_id=row.unit_id,
        **detail,
    )
