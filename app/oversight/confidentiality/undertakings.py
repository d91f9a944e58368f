"""Record signed undertakings, and void what was recorded by mistake (第十六条)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor
from app.accounts.undertaking_models import Undertaking
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.oversight.confidentiality.messages import UNDERTAKING_NAME, Fault
from app.oversight.confidentiality.queries import staff
from app.oversight.confidentiality.rules import KEEP, LARGEST_SCAN_MB
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids


@dataclass(frozen=True)
class Signed:
    """An undertaking as it was signed; ``scan`` is a PDF."""

    account_id: int
    signed_on: dt.date
    valid_from: dt.date
    valid_to: dt.date
    scan: bytes


def record_undertaking(given: Signed, actor: Actor) -> Moved:
    """Keep a signed 保密承诺书. Raises ``Fault`` ``undertaking.person``, ``.oneself``, ``.dates``,
    ``.signed_later`` or ``.scan``."""
    actor.must(KEEP)
    if given.account_id not in staff():
        raise Fault("undertaking.person")
    if given.account_id == actor.account_id:
        raise Fault("undertaking.oneself")
    if given.valid_to < given.valid_from:
        raise Fault("undertaking.dates", first=given.valid_from)
    if given.signed_on > business_date():
        raise Fault("undertaking.signed_later", today=business_date())
    too_large = len(given.scan) > LARGEST_SCAN_MB * 1024 * 1024
    if not given.scan.startswith(b"%PDF-") or too_large:
        raise Fault("undertaking.scan", most=LARGEST_SCAN_MB)
    (id_,) = take_ids(1)
    row = insert(Undertaking).values(
        id=id_,
        account_id=given.account_id,
        signed_on=given.signed_on,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        scan_file_id=files.store("undertaking", UNDERTAKING_NAME, given.scan),
        recorded_by=actor.account_id,
        recorded_at=instant(),
    )
    db.session.execute(row.inline())
    audit.record(
        actor.account_id, "undertaking.record", kind="account", subject_id=given.account_id
    )
    return Moved((id_,))


def void_undertaking(undertaking_id: int, reason: str, actor: Actor) -> Moved:
    """What was recorded by mistake counts no more. Raises ``Fault("undertaking.void_already")``."""
    actor.must(KEEP)
    found = undertaking_of(undertaking_id)
    if found.is_void:
        raise Fault("undertaking.void_already")
    changed = update(Undertaking).where(Undertaking.id == found.id)
    db.session.execute(changed.values(is_void=True, void_why=reason.strip()))
    audit.record(
        *(actor.account_id, "undertaking.void"),
        kind="account",
        subject_id=found.account_id,
        reason=reason.strip(),
    )
    return Moved((found.id,))


def undertaking_of(undertaking_id: int) -> Undertaking:
    """An undertaking of this scope; ``LookupError`` when there is none."""
    found = db.session.scalars(
        select(Undertaking).where(Undertaking.id == undertaking_id)
    ).one_or_none()
    if found is None:
        raise LookupError(f"no undertaking {undertaking_id}")
    return found


def scan_of(undertaking_id: int, actor: Actor) -> files.StoredFile:
    """The scan; the look is on the trail."""
    actor.must("confidentiality.read")
    found = undertaking_of(undertaking_id)
    audit.record(
        actor.account_id, "undertaking.download", kind="account", subject_id=found.account_id
    )
    return files.read(found.scan_file_id, "undertaking")
