"""Verbs about agreements: one operator records, another confirms (第十六条、操作规程 五(二))."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.sharing.models import Agreement
from tenants import files
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault
from tenants.rulebook import Value, rulebook
from tenants.rulebook.outward import EVERY

SCAN = "agreement.pdf"


@dataclass(frozen=True)
class AgreementTerms:
    """An agreement as it is typed in; ``scan`` a PDF's bytes."""

    number: str
    signed_on: dt.date
    valid_from: dt.date
    valid_to: dt.date | None
    term: str
    reply_working_days: int | None = None
    answer_working_days: int | None = None
    list_every: str = ""
    list_day: int = 0
    scan: bytes | None = None


def record(unit_id: int, terms: AgreementTerms, actor: Actor) -> int:
    """Record an agreement with a sharing unit; it holds once somebody else has confirmed it.

    Raises ``LookupError`` for a unit that is none of this agency's sharing units, and ``Fault`` for
    dates or a reply term that cannot be (第十二条).
    """
    actor.must("source.manage")
    unit = sharing_unit(unit_id)
    _check(unit, terms)
    (id_,) = take_ids(1)
    scan = files.store("agreement", SCAN, terms.scan) if terms.scan else None
    db.session.execute(
        insert(Agreement)
        .values(
            id=id_,
            unit_id=unit_id,
            number=terms.number.strip(),
            signed_on=terms.signed_on,
            valid_from=terms.valid_from,
            valid_to=terms.valid_to,
            term=terms.term,
            reply_working_days=terms.reply_working_days if terms.term == "agreed" else None,
            answer_working_days=terms.answer_working_days,
            list_every=terms.list_every,
            list_day=terms.list_day if terms.list_every else 0,
            scan_file_id=scan,
            recorded_by=actor.account_id,
            recorded_at=instant(),
        )
        .inline()
    )
    return id_


def _check(unit: Unit, terms: AgreementTerms) -> None:
    today = business_date()
    if terms.signed_on > today:
        raise Fault("agreement.signed_later", today=today)
    if terms.valid_to is not None and terms.valid_to < terms.valid_from:
        raise Fault("agreement.dates", first=terms.valid_from)
    law = rulebook(agency(unit.agency_id).province)
    answers = law.answer_days_of(unit.category or 0)
    _check_answer(answers, terms.answer_working_days)
    _check_lists(terms, is_meant=answers is not None)
    cap = law.agreed_reply_days_of(unit.category or 0)
    if terms.term == "agreed" and terms.reply_working_days is None:
        raise Fault("agreement.days_missing")
    if cap.value is None:
        return
    if terms.term == "agreed" and (terms.reply_working_days or 0) > cap.value:
        raise Fault("agreement.days_over", most=cap.value, article=cap.article)
    if terms.term == "none":
        raise Fault("agreement.term_bound", most=cap.value, article=cap.article)


def _check_answer(cap: Value[int] | None, days: int | None) -> None:
    if days is None:
        return
    if cap is None:
        raise Fault("agreement.no_answer")
    if days > cap.value:
        raise Fault("agreement.answer_over", most=cap.value, article=cap.article)


def _check_lists(terms: AgreementTerms, *, is_meant: bool) -> None:
    """Only human resources gets lists at a rhythm (粤民发〔2020〕143号 二)."""
    if not terms.list_every:
        return
    if not is_meant:
        raise Fault("agreement.no_lists")
    if terms.list_day not in EVERY[terms.list_every]:
        is_weekly = terms.list_every == "week"
        raise Fault("agreement.list_week" if is_weekly else "agreement.list_month")


def confirm(agreement_id: int, actor: Actor) -> None:
    """A second operator confirms what the first recorded."""
    actor.must("source.manage")
    found = agreement_of(agreement_id, lock=True)
    if found.recorded_by == actor.account_id:
        raise Fault("agreement.same_person")
    if found.standing(business_date()) != "waiting":
        raise Fault("agreement.not_waiting")
    found.confirmed_by, found.confirmed_at = actor.account_id, instant()
    db.session.flush()


def void(agreement_id: int, actor: Actor, reason: str) -> None:
    """Take back a record that nobody has confirmed; it stays in the list."""
    actor.must("source.manage")
    found = agreement_of(agreement_id, lock=True)
    if found.standing(business_date()) != "waiting":
        raise Fault("agreement.not_waiting")
    found.is_void = True
    _trace("agreement.void", found, actor, reason)


def end(agreement_id: int, actor: Actor, on: dt.date, reason: str) -> None:
    """Let an agreement end before its day; what has left stays as it is."""
    actor.must("source.manage")
    found = agreement_of(agreement_id, lock=True)
    if found.standing(business_date()) not in {"running", "coming"}:
        raise Fault("agreement.not_running")
    if on < found.valid_from or (found.valid_to is not None and on > found.valid_to):
        raise Fault("agreement.end_date", first=found.valid_from)
    found.valid_to = on
    _trace("agreement.end", found, actor, reason)


def download(agreement_id: int, actor: Actor) -> files.StoredFile:
    """The scan; ``LookupError`` where none was recorded. The look is on the audit trail."""
    actor.must("source.read")
    found = agreement_of(agreement_id)
    if found.scan_file_id is None:
        raise LookupError(f"no scan of agreement {agreement_id}")
    _trace("agreement.download", found, actor, "")
    return files.read(found.scan_file_id, "agreement")


def _trace(verb: str, found: Agreement, actor: Actor, reason: str) -> None:
    db.session.flush()
    audit.record(
        actor.account_id,
        verb,
        kind="agreement",
        subject_id=found.id,
        reason=reason,
        unit=found.unit_id,
    )


def agreement_of(agreement_id: int, *, lock: bool = False) -> Agreement:
    """An agreement of this scope; ``LookupError`` when there is none."""
    query = select(Agreement).where(Agreement.id == agreement_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no agreement {agreement_id}")
    return found


def sharing_unit(unit_id: int) -> Unit:
    """A sharing unit of this agency; ``LookupError`` when there is none."""
    query = select(Unit).where(Unit.id == any_of([unit_id]), Unit.kind == "sharing")
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no sharing unit {unit_id}")
    return found
