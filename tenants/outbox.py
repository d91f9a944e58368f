"""A message recorded within this transaction, which is also the job that carries it out.

PostgreSQL is the truth, the queue a hint: the relay hands waiting rows to Redis, a worker takes
a lease with a fence, and what was lost on the way is found again here.
"""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Index,
    Integer,
    SmallInteger,
    Text,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.calendar import instant
from tenants.database import Base, TenantRow, db
from tenants.isolation import Grant, Wall

STATES = ("waiting", "queued", "running", "done", "failed")


class Job(TenantRow, Base):
    """One message: its kind, the ids it is about (never personal data), and how far it is."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        Index(
            "ix_job_unfinished",
            "state",
            "run_at",
            postgresql_where=text("state <> 'done'"),
        ),
        Index(None, "agency_id", "once", unique=True, postgresql_where=text("once IS NOT NULL")),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update",
                            update_columns=("state", "done", "total", "lease_until"),
                        ),
                        # The worker refuses a unit all but what worker.handlers lets it start.
                        "commissioner": "select insert",
                        "township": "select insert",
                        "liaison": "select insert",
                        "registrar": "select insert",
                        "relay": Grant("select insert update"),
                    }
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    account_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    state: Mapped[str] = mapped_column(Text, server_default="waiting")
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    run_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    lease_until: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    fence: Mapped[int] = mapped_column(Integer, server_default="0")
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    done: Mapped[int] = mapped_column(Integer, server_default="0")
    total: Mapped[int] = mapped_column(Integer, server_default="0")
    fault: Mapped[str] = mapped_column(Text, server_default="")
    # A message that may be recorded only once (the letter that it takes in) says so here.
    once: Mapped[str | None] = mapped_column(Text)


def post(
    kind: str,
    payload: dict[str, Any],
    *,
    unit_id: int = 0,
    desk_id: int = 0,
    account_id: int = 0,
    total: int = 0,
) -> int:
    """Record a message of ids in this transaction; returns the job's id (for its progress)."""
    now = instant()
    row = insert(Job).values(
        kind=kind,
        payload=payload,
        unit_id=unit_id,
        desk_id=desk_id,
        account_id=account_id,
        total=total,
        recorded_at=now,
        run_at=now,
    )
    return db.session.execute(row.returning(Job.id)).scalar_one()


def post_later(kind: str, payload: dict[str, Any], run_at: dt.datetime) -> None:
    """Record a message of ids that is not carried out before ``run_at``."""
    row = insert(Job).values(kind=kind, payload=payload, recorded_at=instant(), run_at=run_at)
    db.session.execute(row.inline())


def post_unless_waiting(kind: str) -> None:
    """Record a message without ids, unless one of its kind waits already that will do for this too.

    Whoever works the waiting one off begins after this transaction: its row is held until then.
    """
    waiting = select(Job.id).where(Job.kind == kind, Job.state.in_(("waiting", "queued")))
    if db.session.scalar(waiting.limit(1).with_for_update()) is None:
        post(kind, {})
