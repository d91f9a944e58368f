"""Tell a desk something within the transaction that caused it; mark it read; forget it in time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    delete,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.accounts.actor import Actor
from app.notices.kinds import KINDS
from app.notices.models import Notice, NoticeRead
from app.notices.queries import mine, unread
from tenants.calendar import business_date, instant
from tenants.database import db

KEPT_DAYS = 90

_COLUMNS = (
    *("kind", "role", "account_id", "day", "at"),
    *("unit_id", "desk_id", "object_id", "number", "count"),
)


@dataclass(frozen=True)
class To:
    """Whom: everybody with one of the roles at a place (the agency itself, a unit, a desk of a
    unit), or one person."""

    roles: tuple[str, ...] = ()
    unit_id: int = 0
    desk_id: int = 0
    account_id: int = 0


def tell(kind: str, to: To, *, object_id: int = 0, number: str = "", count: int = 0) -> None:
    """One message, in this transaction. ``number`` is a document's; nothing private goes in."""
    _known(kind)
    rows = [
        {
            **{"kind": kind, "role": role, "account_id": to.account_id},
            **{"unit_id": to.unit_id, "desk_id": to.desk_id},
            **{"object_id": object_id, "number": number, "count": count},
            **{"day": business_date(), "at": instant()},
        }
        for role in to.roles or ("",)
    ]
    db.session.execute(insert(Notice).inline(), rows)


def tell_from(kind: str, roles: Iterable[str], about: Select[Any]) -> None:
    """As many messages as ``about`` has rows, in one statement for each role.

    ``about`` selects (unit_id, desk_id, object_id, number, count) in this order.
    """
    _known(kind)
    found = about.subquery()
    for role in roles:
        row = select(
            literal(kind, Text),
            literal(role, Text),
            literal(0, BigInteger),
            literal(business_date(), Date),
            literal(instant(), DateTime(timezone=True)),
            *found.c,
        )
        db.session.execute(insert(Notice).from_select(_COLUMNS, row))


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise LookupError(f"no kind of notice is called {kind}")


def read(notice_id: int, who: Actor) -> Notice:
    """The notice, from now on read by this person; ``LookupError`` when it is not theirs."""
    found = db.session.scalars(
        select(Notice).where(Notice.id == notice_id, mine(who))
    ).one_or_none()
    if found is None:
        raise LookupError(f"no notice {notice_id}")
    _mark(select(literal(notice_id, BigInteger)), who)
    return found


def read_all(who: Actor, up_to: int) -> None:
    """Everything that the page showed as unread counts as read."""
    _mark(select(Notice.id).where(mine(who), unread(who), Notice.id <= up_to), who)


def _mark(ids: Select[tuple[int]], who: Actor) -> None:
    found = ids.subquery()
    row = select(
        *found.c,
        literal(who.account_id, BigInteger),
        literal(who.unit_id, Integer),
        literal(who.desk_id, Integer),
    )
    marked = pg_insert(NoticeRead).from_select(
        ["notice_id", "account_id", "unit_id", "desk_id"], row
    )
    db.session.execute(marked.on_conflict_do_nothing())


def forget_old() -> None:
    """Delete what is older than ``KEPT_DAYS``: what happened stays in the history and the trail."""
    db.session.execute(delete(Notice).where(Notice.at < instant() - dt.timedelta(days=KEPT_DAYS)))
