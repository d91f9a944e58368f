"""Reads of the notices: how many are unread, and which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.actor import Actor
from app.notices.models import Notice, NoticeRead
from tenants.database import db

PER_PAGE = 50

UNREAD = """SELECT count(*) FROM notice n WHERE n.unit_id = :unit AND n.desk_id = :desk
AND n.role = ANY(:roles) AND (n.account_id = 0 OR n.account_id = :me)
AND NOT EXISTS (SELECT FROM notice_read r WHERE r.agency_id = n.agency_id
  AND r.notice_id = n.id AND r.account_id = :me)"""
"""How many a person has not read, for the one statement that counts what waits."""


def unread_values(who: Actor) -> dict[str, Any]:
    """What ``UNREAD`` wants to know of the person."""
    roles = ["", *sorted(who.roles)]
    return {"me": who.account_id, "unit": who.unit_id, "desk": who.desk_id, "roles": roles}


def mine(who: Actor) -> ColumnElement[bool]:
    """What is told to this person: to a role of theirs at their place, or to them alone."""
    return and_(
        Notice.unit_id == who.unit_id,
        Notice.desk_id == who.desk_id,
        Notice.role.in_(["", *sorted(who.roles)]),
        or_(Notice.account_id == 0, Notice.account_id == who.account_id),
    )


def unread(who: Actor) -> ColumnElement[bool]:
    """What this person has not read."""
    return ~(
        select(NoticeRead.notice_id)
        .where(
            NoticeRead.agency_id == Notice.agency_id,
            NoticeRead.notice_id == Notice.id,
            NoticeRead.account_id == who.account_id,
        )
        .exists()
    )


@dataclass(frozen=True)
class Listed:
    """A page of notices, newest first, and the id before which the next page begins."""

    rows: Sequence[Notice]
    before: int | None


def listed(who: Actor, *, read: bool, before: int | None = None) -> Listed:
    """The notices of this person that are read, or those that are not."""
    query = select(Notice).where(mine(who), ~unread(who) if read else unread(who))
    if before:
        query = query.where(Notice.id < before)
    found = list(db.session.scalars(query.order_by(Notice.id.desc()).limit(PER_PAGE + 1)))
    rows = found[:PER_PAGE]
    return Listed(rows, rows[-1].id if len(found) > PER_PAGE else None)
