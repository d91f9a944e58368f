"""The province's ledger of who is paid: asked and written for an application of the own, blindly.

No role reads another county's row. That somebody is in the ledger already is told by the one index
over all of the province's rows, which refuses a second one; two counties at the same moment cannot
both get theirs in (ADR 28).
"""

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.assistance.temporary.messages import Fault
from app.assistance.temporary.models import Application
from app.assistance.temporary.paying_models import Claim, LedgerAsk
from app.assistance.temporary.rules import MOST_ASKS, MOST_ASKS_A_DAY, claim_hash, ledger_key
from app.audit import service as audit
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.settings import Settings


def ask(row: Application, id_number: str, actor: Actor) -> bool:
    """Whether somebody else is paid, or about to be, with the same number in the same period.

    Only while the own application is being looked into, so many times for one application and so
    many a day; each question is kept and audited. Raises ``Fault`` beyond.
    """
    _require_measure(row)
    with db.session.begin_nested() as probe:
        is_taken = not _insert(row, id_number)
        probe.rollback()
    asked = insert(LedgerAsk).values(
        application_id=row.id,
        account_id=actor.account_id,
        asked_on=business_date(),
        at=instant(),
        is_taken=is_taken,
    )
    db.session.execute(asked.inline())
    audit.record(
        *(actor.account_id, "temporary.ask_ledger"),
        kind="temporary_application",
        subject_id=row.id,
        is_taken=is_taken,
    )
    return is_taken


def take(row: Application, id_number: str) -> bool:
    """Hold the place of an application that both bureaus agree to; False where it is taken."""
    return _insert(row, id_number)


def mark_paid(application_id: int) -> None:
    """The money went out."""
    _write(application_id, standing="paid")


def ask_release(application_id: int, actor: Actor) -> None:
    """One person says that the money came back; the claim stays until another one agrees."""
    _write(application_id, asked_by=actor.account_id)


def release(application_id: int, actor: Actor) -> None:
    """Another person agrees: the place is free again; a check holds that they are two."""
    _write(application_id, standing="released", released_by=actor.account_id)


def _write(application_id: int, **values: object) -> None:
    live = (Claim.application_id == application_id) & (Claim.standing != "released")
    db.session.execute(update(Claim).where(live).values(changed_on=business_date(), **values))


def asker_of(application_id: int) -> int:
    """Who asked for the release; 0 for nobody."""
    live = (Claim.application_id == application_id) & (Claim.standing != "released")
    return db.session.scalar(select(Claim.asked_by).where(live)) or 0


def _insert(row: Application, id_number: str) -> bool:
    settings: Settings = current_app.extensions["hedui.settings"]
    province = row.agency_id // 10_000
    key = ledger_key(settings.master_key, province)
    claim = insert(Claim).values(
        application_id=row.id,
        province=province,
        period=row.period,
        claim_hash=claim_hash(key, row.period, id_number),
        standing="held",
        held_on=business_date(),
    )
    # Bare: an ON CONFLICT with columns would have to read rows of other counties.
    made = db.session.execute(claim.on_conflict_do_nothing().returning(Claim.id))
    return made.first() is not None


def _require_measure(row: Application) -> None:
    if row.state != "visited":
        raise Fault("temporary.ask_closed")
    of_this = select(func.count()).where(LedgerAsk.application_id == row.id)
    if (db.session.scalar(of_this) or 0) >= MOST_ASKS:
        raise Fault("temporary.asked_often", most=MOST_ASKS)
    today = select(func.count()).where(LedgerAsk.asked_on == business_date())
    if (db.session.scalar(today) or 0) >= MOST_ASKS_A_DAY:
        raise Fault("temporary.asked_today", most=MOST_ASKS_A_DAY)
