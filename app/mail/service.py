"""邮件提醒: what a person agrees to and where, the code that confirms it, the agency's switch."""

import hmac
import os

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.mail import queries
from app.mail.models import Mail, MailPreference, MailSwitch
from app.mail.rules import (
    CODE,
    CODE_LASTS,
    MOST_CODES_A_DAY,
    MOST_TRIES,
    NOTHING,
    code_of,
    is_address,
)
from app.mail.server import mail_server
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.outbox import post
from tenants.scope import acting_for, current_scope
from tenants.vault import vault

_NONCE_BYTES = 16


def save(wants: str, address: str, who: Actor) -> Moved:
    """Keep what the person wants; a new address gets a code first. No consent: no address kept.

    Raises ``mail.address``, ``mail.not_set_up``, ``mail.switched_off``, ``mail.too_many_codes``.
    """
    known = queries.preference(who.account_id, lock=True)
    if wants == NOTHING:
        _forget(known, who)
        return Moved((who.account_id,))
    if mail_server() is None:
        raise Fault("mail.not_set_up")
    if not queries.is_on():
        raise Fault("mail.switched_off")
    address = address.strip()
    if not is_address(address):
        raise Fault("mail.address")
    kept = known or _new(who)
    is_same = queries.address_of(kept) == address
    if not is_same or kept.confirmed_at is None or kept.refused_at is not None:
        _ask_anew(kept, address, who)
    if kept.wants != wants:
        kept.wants, kept.since = wants, business_date()
    if known is None:
        db.session.add(kept)
    db.session.flush()
    audit.record(who.account_id, "mail.save", unit_id=who.unit_id, wants=wants)
    return Moved((who.account_id,))


def _new(who: Actor) -> MailPreference:
    (row_id,) = take_ids(1)
    return MailPreference(
        id=row_id,
        account_id=who.account_id,
        unit_id=who.unit_id,
        desk_id=who.desk_id,
        wants=NOTHING,
        address_sealed=b"",
        since=business_date(),
    )


def _forget(known: MailPreference | None, who: Actor) -> None:
    if known is None:
        return
    known.wants, known.address_sealed = NOTHING, b""
    known.confirmed_at = known.refused_at = None
    db.session.flush()
    audit.record(who.account_id, "mail.save", unit_id=who.unit_id, wants=NOTHING)


def _ask_anew(kept: MailPreference, address: str, who: Actor) -> None:
    """A fresh code to the address; what was confirmed before counts no more."""
    today = business_date()
    sent = select(func.count()).where(
        Mail.account_id == who.account_id, Mail.kind == CODE, Mail.day == today
    )
    if (db.session.scalar(sent) or 0) >= MOST_CODES_A_DAY:
        raise Fault("mail.too_many_codes", most=MOST_CODES_A_DAY)
    kept.address_sealed = vault().seal("mail_preference", kept.id, {"address": address})
    kept.confirmed_at = kept.refused_at = None
    kept.code_nonce, kept.code_at, kept.code_tries = os.urandom(_NONCE_BYTES), instant(), 0
    (mail_id,) = take_ids(1)
    place = {"unit_id": who.unit_id, "desk_id": who.desk_id, "account_id": who.account_id}
    row = insert(Mail).inline()
    db.session.execute(row.values(id=mail_id, kind=CODE, day=today, recorded_at=instant(), **place))
    post("mail.send", {"mail_id": mail_id}, **place)


def digits_of(kept: MailPreference) -> str:
    """The code of this address: it follows from its nonce and the agency's key, so none is kept."""
    return code_of(vault().look_up(f"mail code {kept.id} {kept.code_nonce.hex()}"))


def confirm(digits: str, who: Actor) -> None:
    """The code from the e-mail: the address is good from now on.

    Raises ``mail.no_code``, ``mail.code_over`` and ``mail.code``. It runs in a transaction of its
    own, because a wrong one counts although the page refuses it.
    """
    scope = current_scope()
    unit_id, desk_id = scope.unit_id, scope.desk_id
    with acting_for(scope.agency_id, scope.role, unit_id=unit_id, desk_id=desk_id):
        wrong, left = _judge(digits, who)
    if wrong == "mail.code":
        raise Fault("mail.code", left=left)
    if wrong:
        raise Fault(wrong)


def _judge(digits: str, who: Actor) -> tuple[str, int]:
    """What is wrong (empty: nothing) and how many tries are left."""
    kept = queries.preference(who.account_id, lock=True)
    if kept is None or kept.wants == NOTHING or kept.confirmed_at is not None:
        return "mail.no_code", 0
    if kept.code_tries >= MOST_TRIES or instant() > kept.code_at + CODE_LASTS:
        return "mail.code_over", 0
    if not hmac.compare_digest(digits.strip().encode(), digits_of(kept).encode()):
        kept.code_tries += 1
        db.session.flush()
        return "mail.code", MOST_TRIES - kept.code_tries
    kept.confirmed_at, kept.since = instant(), business_date()
    db.session.flush()
    audit.record(who.account_id, "mail.confirm", unit_id=who.unit_id)
    return "", 0


def switch(is_on: bool, who: Actor) -> Moved:
    """Let e-mail of this agency go out, or none any more; what waits is then dropped."""
    who.must("mail.oversee")
    values = {"is_on": is_on, "changed_by": who.account_id, "changed_at": instant()}
    row = pg_insert(MailSwitch).values(agency_id=who.agency_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["agency_id"], set_=values))
    audit.record(who.account_id, "mail.switch", is_on=is_on)
    return Moved((who.agency_id,))
