"""Verbs about 互相备案: one operator files, another confirms, a change has its day.

Both sides' people are filed here: this agency's operators with the unit, the unit's people with
this agency. What came on paper is named by the number of the unit's letter.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.accounts.filing_models import Filing
from app.accounts.filings import in_force_on
from app.accounts.models import Account, AccountRole
from app.audit import service as audit
from app.sharing.service import sharing_unit
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """Whom to file: ``account_id`` 0 for somebody of the unit without a login, then by ``name``."""

    side: str
    account_id: int
    letter_number: str
    valid_from: dt.date
    name: str = ""
    replaces: int = 0


def people_to_file(unit_id: int) -> list[Account]:
    """This agency's operators, and those of the unit who have a login."""
    holds = select(AccountRole.account_id).where(AccountRole.role == "exchange_operator")
    query = select(Account).where(
        ((Account.kind == "staff") & Account.id.in_(holds))
        | ((Account.kind == "liaison") & (Account.unit_id == unit_id))
    )
    return list(db.session.scalars(query.order_by(Account.kind.desc(), Account.id)))


def filings_of(unit_id: int) -> list[Filing]:
    """Everybody who was ever filed for a unit, those of this agency first."""
    query = select(Filing).where(Filing.unit_id == unit_id)
    return list(db.session.scalars(query.order_by(Filing.side, Filing.id.desc())))


def current(unit_id: int) -> Sequence[Filing]:
    """Who can be replaced: the filings that hold today."""
    query = select(Filing).where(Filing.unit_id == unit_id, *in_force_on(business_date()))
    return db.session.scalars(query.order_by(Filing.side, Filing.id)).all()


def file(unit_id: int, entry: Entry, actor: Actor) -> int:
    """File somebody ahead; it counts once another operator has confirmed it.

    Raises ``LookupError`` for a unit, person or filing that is not of here, ``Fault`` for days that
    cannot be.
    """
    actor.must("source.manage")
    sharing_unit(unit_id)
    return _file(unit_id, entry, actor)


def _file(unit_id: int, entry: Entry, actor: Actor) -> int:
    if entry.valid_from < business_date():
        raise Fault("filing.past", today=business_date())
    name = _name_of(unit_id, entry)
    if entry.replaces:
        _require_replaceable(unit_id, entry)
    (id_,) = take_ids(1)
    db.session.execute(
        insert(Filing)
        .values(
            id=id_,
            unit_id=unit_id,
            side=entry.side,
            account_id=entry.account_id,
            name=name,
            letter_number=entry.letter_number.strip(),
            valid_from=entry.valid_from,
            replaces=entry.replaces,
            filed_by=actor.account_id,
            filed_at=instant(),
        )
        .inline()
    )
    return id_


def file_successor(entry: Entry, actor: Actor) -> int:
    """The unit's liaison names somebody of their own unit ahead, with the day; an operator of the
    agency confirms. ``entry.side`` is the unit's. Raises what ``file`` raises."""
    actor.must("request.answer")
    return _file(actor.unit_id, entry, actor)


def colleagues(unit_id: int) -> list[tuple[int, str]]:
    """(id, name) of the people of a unit who have a login."""
    query = select(Account.id, Account.name).where(Account.unit_id == unit_id)
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Account.id))]


def _name_of(unit_id: int, entry: Entry) -> str:
    if not entry.account_id:
        if entry.side != "unit" or not entry.name.strip():
            raise Fault("filing.nobody")
        return entry.name.strip()
    if entry.side == "unit":
        name = dict(colleagues(unit_id)).get(entry.account_id)
        if name is None:
            raise LookupError(f"nobody to file: {entry.account_id}")
        return name
    kind = "staff"
    for person in people_to_file(unit_id):
        if person.id == entry.account_id and person.kind == kind:
            return person.name
    raise LookupError(f"nobody to file: {entry.account_id}")


def _require_replaceable(unit_id: int, entry: Entry) -> None:
    old = filing_of(entry.replaces)
    if old.unit_id != unit_id or old.side != entry.side:
        raise Fault("filing.other_side")
    if old.standing(business_date()) != "running" or entry.valid_from <= old.valid_from:
        raise Fault("filing.replace_date", first=old.valid_from)


def confirm(filing_id: int, actor: Actor) -> None:
    """Another operator confirms; whom it replaces is filed until the day before."""
    actor.must("source.manage")
    _confirm(filing_of(filing_id, lock=True), actor)


def confirm_operator(filing_id: int, actor: Actor) -> None:
    """The unit's liaison, signed in, confirms whom the agency named: the other side of 互相备案.

    Raises ``LookupError`` for a filing of another unit, ``Fault("filing.own_side")`` for one of
    the unit's own people, which the agency confirms.
    """
    actor.must("request.answer")
    found = filing_of(filing_id, lock=True)
    if found.side != "agency":
        raise Fault("filing.own_side")
    _confirm(found, actor)


def _confirm(found: Filing, actor: Actor) -> None:
    if actor.account_id in (found.filed_by, found.account_id):
        raise Fault("filing.same_person")
    if found.standing(business_date()) != "waiting":
        raise Fault("filing.not_waiting")
    if found.replaces:
        old = filing_of(found.replaces, lock=True)
        if old.standing(business_date()) != "running":
            raise Fault("filing.replace_date", first=old.valid_from)
        old.valid_to = max(found.valid_from - _DAY, old.valid_from)
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    _trace("filing.in_force", found, actor)


def void(filing_id: int, actor: Actor) -> None:
    """Take back a filing that nobody has confirmed; it stays in the list."""
    actor.must("source.manage")
    found = filing_of(filing_id, lock=True)
    if found.standing(business_date()) != "waiting":
        raise Fault("filing.not_waiting")
    found.is_void = True
    db.session.flush()


def end(filing_id: int, actor: Actor, on: dt.date, reason: str) -> None:
    """Let a filing end without a successor; ``on`` is its last day."""
    actor.must("source.manage")
    found = filing_of(filing_id, lock=True)
    if found.standing(business_date()) not in {"running", "coming"}:
        raise Fault("filing.not_running")
    if on < max(found.valid_from, business_date() - _DAY):
        raise Fault("filing.end_date", first=found.valid_from, today=business_date())
    found.valid_to = on
    _trace("filing.ended", found, actor, reason)


def _trace(verb: str, found: Filing, actor: Actor, reason: str = "") -> None:
    db.session.flush()
    audit.record(
        actor.account_id,
        verb,
        kind="filing",
        subject_id=found.id,
        reason=reason,
        unit=found.unit_id,
        person=found.account_id,
        unit_id=actor.unit_id,
    )


def filing_of(filing_id: int, *, lock: bool = False) -> Filing:
    """A filing of this scope; ``LookupError`` when there is none."""
    query = select(Filing).where(Filing.id == filing_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no filing {filing_id}")
    return found
