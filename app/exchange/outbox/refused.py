"""Files of the exchange folders that were not taken: listed until an operator has seen them."""

from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved, Skip
from app.exchange.outbox.models import NotTaken, RefusedFile
from tenants.calendar import instant
from tenants.database import db

MOST_SHOWN = 200


def unseen_files() -> list[RefusedFile]:
    """What nobody has seen yet, oldest first."""
    query = select(RefusedFile).where(RefusedFile.seen_at.is_(None)).order_by(RefusedFile.id)
    return list(db.session.scalars(query.limit(MOST_SHOWN)))


def not_taken_of(request_id: int) -> list[NotTaken]:
    """What the unit says of files of this request that it did not take, newest first."""
    query = select(NotTaken).where(NotTaken.request_id == request_id)
    return list(db.session.scalars(query.order_by(NotTaken.id.desc()).limit(MOST_SHOWN)))


def refused_file(refused_id: int) -> RefusedFile:
    """One of them; ``LookupError`` when there is none."""
    query = select(RefusedFile).where(RefusedFile.id == refused_id)
    found = db.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise LookupError(f"no refused file {refused_id}")
    return found


def see(refused_id: int, actor: Actor) -> Moved:
    """An operator has seen it: it leaves the list and stays in the record."""
    actor.must("exchange.operate")
    found = refused_file(refused_id)
    if found.seen_at is not None:
        return Moved((), (Skip(refused_id, "another_state"),))
    found.seen_by, found.seen_at = actor.account_id, instant()
    db.session.flush()
    audit.record(
        *(actor.account_id, "folder.seen"),
        kind="refused_file",
        subject_id=refused_id,
        unit_id=found.unit_id,
    )
    return Moved((refused_id,))
