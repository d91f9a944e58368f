"""What the worker does when a unit's system has posted its last page (desk)."""

from sqlalchemy import delete, select

from app.exchange.outbox.models import DoneOnce, UsedNonce
from app.exchange.outbox.once import KEPT_FOR
from app.exchange.service import request_of
from app.exchange.wire.dispatching import dispatch_of, go_on
from app.exchange.wire.kept import take_answers
from app.exchange.wire.models import AnswerPage, Dispatch
from app.exchange.wire.rules import CHECKED_SOON
from hedui_connector.wire.limits import BASE_PATH
from tenants.calendar import instant
from tenants.database import db


def take(request_id: int) -> None:
    """Make a reply of the pages that are kept, once; its check and its two acceptors follow."""
    found = dispatch_of(request_id, lock=True)
    if found is None or found.kept_at is None:
        return
    untaken = select(AnswerPage.id).where(
        AnswerPage.request_id == request_id, AnswerPage.reply_id.is_(None)
    )
    if db.session.scalar(select(untaken.exists())):
        take_answers(request_of(request_id, lock=True))
        go_on(found, CHECKED_SOON)


def open_anew(found: Dispatch) -> None:
    """Who comes for it is to fetch, sign and answer anew: what was posted before counts no more,
    so the same page under the same key acts again."""
    found.received_at, found.lines_answered = None, 0
    posted = f"{BASE_PATH}/outbox/{found.agency_id}-{found.request_id}/"
    targets = [f"{posted}{verb}" for verb in ("receipt", "answers")]
    db.session.execute(
        delete(DoneOnce).where(DoneOnce.unit_id == found.unit_id, DoneOnce.target.in_(targets))
    )


def look_again(request_id: int) -> None:
    """An operator refused what a unit's system had posted: the request stops there."""
    found = dispatch_of(request_id, lock=True)
    if found is not None and found.kept_at is not None and found.taken_at is None:
        go_on(found)


def forget_signatures() -> None:
    """Nonces of signatures that hold no more, and keys of what was posted long ago."""
    now = instant()
    db.session.execute(delete(UsedNonce).where(UsedNonce.until < now))
    db.session.execute(delete(DoneOnce).where(DoneOnce.done_at < now - KEPT_FOR))
