"""延期告知: a unit announces in writing that its reply takes longer (Jilin 2017/58, art. 12)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from app.accounts.actor import Actor, Forbidden
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.exchange.filed import require_filed
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.service import request_of
from app.exchange.telling import LIAISON, OPERATORS
from app.exchange.terms.models import Extension
from app.exchange.terms.rules import Asked, refusal
from app.notices.service import To, tell
from tenants import files
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.outbox import post
from tenants.rulebook import rulebook


@dataclass(frozen=True)
class Letter:
    """What a letter says: working days more, and why; a paper one has its own number and dates."""

    days: int
    ground: str
    remark: str = ""
    number: str = ""
    letter_on: dt.date | None = None
    arrived_on: dt.date | None = None


def announce(request_id: int, letter: Letter, actor: Actor) -> Moved:
    """The liaison's own letter: it is here as it is sent, and the portal puts it on paper.

    Raises ``Forbidden``, ``LookupError`` and the faults of ``rules.refusal``; nothing is written.
    """
    actor.must("request.answer")
    kept = _extend(request_id, letter, actor, way="portal")
    post("extension.letter", {"extension_id": kept.id}, unit_id=actor.unit_id)
    return Moved((request_id,))


def register_paper(request_id: int, letter: Letter, scan: tuple[str, bytes], actor: Actor) -> Moved:
    """A sealed paper letter, by the day it arrived; replies taken in since then are judged anew.

    ``scan``: file name and bytes. Raises what ``announce`` raises.
    """
    actor.must("exchange.operate")
    kept = _extend(request_id, letter, actor, way="paper")
    name, data = scan
    kept.file_id = files.store("letter", name, data, unit_id=kept.unit_id)
    db.session.execute(
        update(Reply)
        .where(Reply.request_id == request_id, Reply.received_on <= kept.due_on)
        .values(is_late=False)
    )
    return Moved((request_id,))


def _extend(request_id: int, letter: Letter, actor: Actor, *, way: str) -> Extension:
    request = request_of(request_id, lock=True)
    require_filed(actor, request.unit_id)
    today, most = business_date(), most_days(request.agency_id)
    letter_on, arrived_on = letter.letter_on or today, letter.arrived_on or today
    before = request.due_on
    code = refusal(
        Asked(request.state, request.delivered_on, before, bool(request.extended_days)),
        days=letter.days,
        most=most,
        letter_on=letter_on,
        arrived_on=arrived_on,
        today=today,
    )
    if code or before is None:
        words = {"due": before, "most": most, "delivered": request.delivered_on}
        raise Fault(code, **words, today=today, arrived=arrived_on)
    (id_,) = take_ids(1)
    kept = Extension(
        id=id_,
        unit_id=request.unit_id,
        request_id=request_id,
        way=way,
        days=letter.days,
        ground=letter.ground,
        remark=letter.remark,
        letter_number=letter.number,
        letter_on=letter_on,
        arrived_on=arrived_on,
        due_before=before,
        due_on=add_working_days(before, letter.days),
        recorded_by=actor.account_id,
        recorded_at=instant(),
    )
    db.session.add(kept)
    db.session.execute(
        update(ExchangeRequest)
        .where(ExchangeRequest.id == request_id)
        .values(due_on=kept.due_on, extended_days=letter.days)
    )
    db.session.flush()
    _tell(kept, request.number)
    return kept


def _tell(kept: Extension, number: str) -> None:
    """Both sides learn of the new date."""
    for to in (To(OPERATORS), To(LIAISON, kept.unit_id)):
        tell("request.extended", to, object_id=kept.request_id, number=number, count=kept.days)


def most_days(agency_id: int) -> int:
    """Working days that an extension has at most, by the rulebook of the agency's province."""
    return rulebook(agency(agency_id).province).extension_max_working_days.value


def extension_of(request_id: int) -> Extension | None:
    """The extension of a request in this scope, if it has one."""
    return db.session.scalars(
        select(Extension).where(Extension.request_id == request_id)
    ).one_or_none()


def download(request_id: int, actor: Actor) -> files.StoredFile:
    """The letter as a file, for operators and the unit's liaison; the look is on the audit trail.

    Raises ``LookupError`` without an extension, ``Fault("extension_letter")`` while the worker
    makes the letter.
    """
    if not (actor.may("exchange.read") or actor.may("request.answer")):
        raise Forbidden("forbidden")
    require_filed(actor, request_of(request_id).unit_id)
    kept = extension_of(request_id)
    if kept is None:
        raise LookupError(f"request {request_id} is not extended")
    if kept.file_id is None:
        raise Fault("extension_letter")
    audit.record(
        actor.account_id,
        "extension.download",
        kind="request",
        subject_id=request_id,
        unit_id=actor.unit_id,
    )
    return files.read(kept.file_id, "letter")
