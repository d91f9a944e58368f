"""One act of a person, once: forms carry an id, and sending one twice acts once."""

import uuid
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.cases.models import Action
from tenants.calendar import instant
from tenants.database import db


class AlreadyDone(Exception):
    """This form was carried out before; ``action`` says by whom, when and with what outcome."""

    def __init__(self, action: Action) -> None:
        super().__init__(str(action.form_id))
        self.action = action


def begin(actor: Actor, verb: str, form_id: uuid.UUID, *, reason: str = "") -> None:
    """Record the act; raises ``AlreadyDone`` when a form with this id was carried out.

    A second request with the same id waits for the first one's transaction to end.
    """
    row = insert(Action).values(
        form_id=form_id,
        account_id=actor.account_id,
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        verb=verb,
        reason=reason,
        at=instant(),
    )
    # The row count of an INSERT is not known here (-1), so the row itself is asked for.
    inserted = db.session.execute(row.on_conflict_do_nothing().returning(Action.form_id))
    if inserted.first() is None:
        raise AlreadyDone(db.session.scalars(select(Action).where(Action.form_id == form_id)).one())


def finish(
    actor: Actor,
    verb: str,
    form_id: uuid.UUID,
    moved: Moved,
    *,
    reason: str = "",
    absent_id: int = 0,
) -> None:
    """Note the outcome on the act and in the audit trail, and in whose stead it was done."""
    stood_in: dict[str, Any] = {"absent_id": absent_id} if absent_id else {}
    db.session.execute(
        update(Action)
        .where(Action.form_id == form_id)
        .values(done=len(moved.done), skipped=len(moved.skipped))
    )
    audit.record(
        actor.account_id,
        verb,
        unit_id=actor.unit_id,
        reason=reason,
        done=list(moved.done[:200]),
        done_count=len(moved.done),
        skipped_count=len(moved.skipped),
        **stood_in,
    )
