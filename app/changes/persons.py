"""撤回授权, 死亡、迁出: of somebody nothing more is asked, at any tier."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip
from app.cases.models import Authorisation, Subject
from app.changes.following import tell_worker
from app.changes.marking import mark_left, take_back
from app.changes.messages import CONSENT_REASONS, DEPARTURE_REASONS
from app.changes.recording import case_of, check_day, record, subject_of
from tenants.database import db


def withdraw_consent(
    case_id: int,
    subject_id: int,
    actor: Actor,
    *,
    on: dt.date,
    reason: str,
    remark: str = "",
    scans: Sequence[bytes] = (),
) -> Moved:
    """Record on a signed paper that a subject takes the consent back.

    ``reason``: a code of ``CONSENT_REASONS``; ``remark`` is kept sealed. Whoever holds no consent
    any more is skipped. Raises ``LookupError``, and ``Fault`` for a day to come or before the
    consent was given.
    """
    actor.must("consent.withdraw")
    case = case_of(case_id, actor)
    subject = subject_of(case, subject_id)
    given = select(func.min(Authorisation.signed_on)).where(Authorisation.subject_id == subject.id)
    check_day(on, db.session.scalar(given))
    if not take_back({subject.id: on}):
        return Moved((), (Skip(subject_id, "no_consent_in_force"),))
    record(
        "consent",
        case,
        actor,
        on=on,
        action="withdraw_consent",
        reason=CONSENT_REASONS[reason],
        subject=subject,
        sealed={"remark": remark},
        scans=scans,
    )
    return _told(subject, actor, "consent.withdraw")


def record_departure(
    case_id: int,
    subject_id: int,
    actor: Actor,
    *,
    on: dt.date,
    reason: str,
    remark: str = "",
    scans: Sequence[bytes] = (),
) -> Moved:
    """Record a death or a move (``reason``: a code of ``DEPARTURE_REASONS``) as of a day.

    Whoever left already is skipped. What was found before stays; from that day the person does
    not count as a member. Raises ``LookupError``, and ``Fault`` for a day to come.
    """
    actor.must("member.leave")
    case = case_of(case_id, actor)
    subject = subject_of(case, subject_id)
    check_day(on)
    if not mark_left({subject.id: on}, reason):
        return Moved((), (Skip(subject_id, "left_already"),))
    record(
        "departure",
        case,
        actor,
        on=on,
        action=f"member_{reason}",
        reason=DEPARTURE_REASONS[reason],
        subject=subject,
        sealed={"remark": remark},
        scans=scans,
    )
    return _told(subject, actor, "member.leave")


def _told(subject: Subject, actor: Actor, verb: str) -> Moved:
    """Leave the audit row, and the message that stops what is under way."""
    unit = actor.unit_id
    audit.record(actor.account_id, verb, kind="subject", subject_id=subject.id, unit_id=unit)
    tell_worker(subject.id, actor)
    return Moved((subject.id,))
