"""The transport of letters: sealed to the recipient, owned by it, opened once in its scope."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.delegation.models import LetterDown, LetterUp
from tenants.agency.models import Agency
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.scope import current_scope
from tenants.vault import box_letter, vault


@dataclass(frozen=True)
class OpenLetter:
    """A letter as its recipient reads it."""

    key: uuid.UUID
    from_agency_id: int
    kind: str
    number: str
    period: int
    content: dict[str, Any]


def send_up(
    parent: Agency,
    kind: str,
    key: uuid.UUID,
    content: Mapping[str, Any],
    *,
    period: int,
    number: str = "",
    on: dt.date | None = None,
) -> None:
    """Put a letter into the parent's box, dated ``on`` or today. Sending the same key again changes
    nothing. A letter that begins something new goes to the parent of its day only; the database
    refuses it otherwise."""
    _send(LetterUp, parent, kind, key, content, period=period, number=number, on=on)


def send_down(
    child: Agency, kind: str, key: uuid.UUID, content: Mapping[str, Any], *, period: int
) -> None:
    """Put a letter into a child's box. Sending the same key again changes nothing."""
    _send(LetterDown, child, kind, key, content, period=period)


def _send(
    table: type[LetterUp] | type[LetterDown],
    to: Agency,
    kind: str,
    key: uuid.UUID,
    content: Mapping[str, Any],
    on: dt.date | None = None,
    **values: Any,
) -> None:
    sender = current_scope().agency_id
    sealed = box_letter(to.box_public, _bound(sender, to.id, kind, key), content)
    row = insert(table).values(
        agency_id=to.id,
        from_agency_id=sender,
        key=key,
        kind=kind,
        sent_on=on or business_date(),
        sent_at=instant(),
        sealed=sealed,
        **values,
    )
    # Neither ON CONFLICT (columns) nor RETURNING: both would have to read the recipient's rows.
    db.session.execute(row.on_conflict_do_nothing().inline())


def open_letter(
    table: type[LetterUp] | type[LetterDown], from_agency_id: int, key: uuid.UUID
) -> OpenLetter | None:
    """Open a letter and mark it taken in, or None when that happened before.

    The row stays locked until the transaction ends, so a letter is taken in once.
    """
    row: Any = db.session.execute(
        select(table)
        .where(table.from_agency_id == from_agency_id, table.key == key)
        .with_for_update()
    ).scalar_one()
    if row.taken_in:
        return None
    bound = _bound(from_agency_id, row.agency_id, row.kind, key)
    content = vault().open_letter(bound, row.sealed)
    db.session.execute(
        update(table)
        .where(table.from_agency_id == from_agency_id, table.key == key)
        .values(taken_in=True)
    )
    number = row.number if isinstance(row, LetterUp) else ""
    return OpenLetter(key, from_agency_id, row.kind, number, row.period, content)


def _bound(sender: int, recipient: int, kind: str, key: uuid.UUID) -> str:
    return f"{sender}>{recipient}:{kind}:{key}"
