"""The worker's part: hand one e-mail to the server, try again later, or give it up and say so."""

from email.message import EmailMessage
from typing import Any

from flask import current_app
from sqlalchemy import and_, select

from app.accounts.models import Account
from app.exchange.models import ExchangeRequest
from app.mail import composing, names
from app.mail.models import Mail, MailPreference
from app.mail.queries import address_of, is_on, preference
from app.mail.rules import CODE, URGENT_KINDS, wait_before_next
from app.mail.server import MailServer, SendingFailed, hand_over, mail_server
from app.mail.service import digits_of
from app.notices.models import Notice, NoticeRead
from tenants.agency.tree import agency
from tenants.calendar import instant
from tenants.database import db
from tenants.outbox import post_later
from tenants.rulebook import rulebook
from tenants.scope import current_scope
from tenants.settings import Settings


def send(mail_id: int) -> None:
    """Hand an e-mail over once. It may arrive twice, under one Message-ID, when the worker dies
    between the server's yes and its own note; it is never lost without a trace on the page."""
    mail = db.session.scalars(select(Mail).where(Mail.id == mail_id).with_for_update()).one()
    if mail.sent_at or mail.given_up_at or mail.dropped_at:
        return
    server, kept = mail_server(), preference(mail.account_id)
    message = None
    if server is not None and kept is not None and is_on():
        message = _message(mail, kept, server)
    mail.tried_at = instant()
    if server is None or kept is None or message is None:
        mail.dropped_at = mail.tried_at
        return
    mail.attempts += 1
    try:
        hand_over(server, message)
    except SendingFailed as failed:
        _note_failure(mail, kept, failed)
        return
    mail.sent_at, mail.failure, mail.answer = mail.tried_at, "", 0


def _note_failure(mail: Mail, kept: MailPreference, failed: SendingFailed) -> None:
    mail.failure, mail.answer = failed.code, failed.answer
    if failed.code == "address":
        kept.refused_at = mail.tried_at
    wait = None if failed.is_final else wait_before_next(mail.attempts)
    if wait is None:
        mail.given_up_at = mail.tried_at
    else:
        post_later("mail.send", {"mail_id": mail.id}, instant() + wait)
    db.session.flush()


def _message(mail: Mail, kept: MailPreference, server: MailServer) -> EmailMessage | None:
    """What to send; None when there is nothing to say any more or nobody to say it to."""
    to = address_of(kept)
    is_active = db.session.scalar(select(Account.is_active).where(Account.id == mail.account_id))
    if not to or not is_active:
        return None
    settings: Settings = current_app.extensions["hedui.settings"]
    envelope = composing.Envelope(
        agency_id=mail.agency_id,
        agency_name=agency(mail.agency_id).name,
        sender=server.sender,
        to=to,
        mail_id=mail.id,
        at=mail.recorded_at,
        url=settings.hedui_public_url.rstrip("/"),
    )
    if mail.kind == CODE:
        return None if kept.confirmed_at else composing.code(envelope, digits_of(kept))
    if kept.confirmed_at is None or kept.refused_at is not None:
        return None
    matters, count = _unread(mail)
    return composing.digest(envelope, matters, count) if count else None


def _unread(mail: Mail) -> tuple[list[composing.Matter], int]:
    """Its reminders of requests and of decisions, and how many notices there are, without those
    read meanwhile."""
    read = select(NoticeRead.notice_id).where(
        NoticeRead.agency_id == Notice.agency_id,
        NoticeRead.notice_id == Notice.id,
        NoticeRead.account_id == mail.account_id,
    )
    asked = and_(
        ExchangeRequest.agency_id == Notice.agency_id,
        ExchangeRequest.id == Notice.object_id,
        Notice.kind.in_(URGENT_KINDS),
    )
    rows = db.session.execute(
        select(Notice.kind, ExchangeRequest.number, ExchangeRequest.due_on, Notice.object_id)
        .outerjoin(ExchangeRequest, asked)
        .where(Notice.id.in_(mail.notice_ids), ~read.exists())
        .order_by(ExchangeRequest.due_on, Notice.id)
    ).all()
    # A person with two roles at a place was told twice of one request.
    told = [_matter(row) for row in rows]
    matters = dict.fromkeys(one for one in told if one)
    return list(matters), len(matters) + told.count(None)


def _matter(row: Any) -> composing.Matter | None:
    """What a notice is told as; None for one that is only counted."""
    if row.number:
        return composing.Matter(row.kind, row.number, row.due_on)
    if row.kind not in names.DECISION_LINES:
        return None
    # A reminder of decisions is about a month of households (``app.decisions.reminding``).
    month = names.MONTH.format(row.object_id // 100, row.object_id % 100)
    by = rulebook(current_scope().agency_id // 10_000).decision_feedback_by.value
    return composing.Matter(row.kind, month, None, by)
