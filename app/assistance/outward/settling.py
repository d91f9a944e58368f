"""What became of lists: acknowledged, overtaken, refused; which one a difference is against."""

import datetime as dt
import uuid

from sqlalchemy import func, select, update

from app.assistance.outward.models import OutwardList
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.outbox import post


def acknowledged(flow: str) -> OutwardList | None:
    """The last list that its recipient has: what a difference is against."""
    query = select(OutwardList).where(
        OutwardList.flow == flow,
        OutwardList.acknowledged_on.is_not(None),
        OutwardList.ended_why == "",
    )
    return db.session.scalars(query.order_by(OutwardList.as_of.desc()).limit(1)).one_or_none()


def last_full(flow: str) -> dt.date | None:
    """When the last list was made that named everybody and that its recipient has."""
    query = select(func.max(OutwardList.made_on)).where(
        OutwardList.flow == flow,
        OutwardList.base_id == 0,
        OutwardList.acknowledged_on.is_not(None),
        OutwardList.ended_why == "",
    )
    return db.session.scalar(query)


def is_begun(flow: str) -> bool:
    """Whether there ever was a list of a flow."""
    query = select(OutwardList.id).where(OutwardList.flow == flow).limit(1)
    return db.session.scalar(query) is not None


def acknowledge(
    row: OutwardList, received: int | None = None, by: int = 0, receipt: str = ""
) -> None:
    """Its recipient has a list: what was sent before is said again by it, and what was made since
    and has not left is made anew, against it."""
    if row.acknowledged_on is not None and not row.ended_why:
        return
    row.acknowledged_on, row.acknowledged_by = business_date(), by
    row.received, row.receipt = received, receipt
    row.ended_why, row.ended_at = "", None
    db.session.flush()
    others = (
        OutwardList.flow == row.flow,
        OutwardList.ended_why == "",
        OutwardList.acknowledged_on.is_(None),
    )
    over = {"ended_why": "overtaken", "ended_at": instant()}
    db.session.execute(
        update(OutwardList).where(*others, OutwardList.as_of < row.as_of).values(over)
    )
    unsent = (OutwardList.sent_on.is_(None), OutwardList.base_id.not_in((0, row.id)))
    gone = update(OutwardList).where(*others, *unsent).values(over).returning(OutwardList.id)
    if db.session.scalars(gone).all():
        post("outward.make", {"flow": row.flow})


def refuse(flow: str, key: uuid.UUID | None = None) -> None:
    """The agency above did not take a list in; without a key it holds none of them for sure."""
    lists = [OutwardList.flow == flow, OutwardList.ended_why == ""]
    if key is not None:
        lists += [OutwardList.key == key, OutwardList.acknowledged_on.is_(None)]
    over = {"ended_why": "refused", "ended_at": instant()}
    db.session.execute(update(OutwardList).where(*lists).values(over))


def refuse_newer(row: OutwardList) -> None:
    """The agency above holds this list last: a newer one that it had acknowledged is no base."""
    newer = update(OutwardList).where(
        OutwardList.flow == row.flow,
        OutwardList.ended_why == "",
        OutwardList.acknowledged_on.is_not(None),
        OutwardList.as_of > row.as_of,
    )
    db.session.execute(newer.values(ended_why="refused", ended_at=instant()))


def overtake(flow: str) -> None:
    """What was made and has not left is said again by a new list."""
    db.session.execute(
        update(OutwardList)
        .where(
            OutwardList.flow == flow,
            OutwardList.ended_why == "",
            OutwardList.sent_on.is_(None),
        )
        .values(ended_why="overtaken", ended_at=instant())
    )
