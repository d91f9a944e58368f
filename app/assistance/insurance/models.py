"""应保尽保: rounds that compare the register with what sources gave back, and the work list."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.assistance.insurance.rules import CLOSINGS, INSURANCES, KINDS, RESULTS
from app.cases.models import one_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall


class InsuranceRound(TenantRow, Base):
    """One comparison of everybody in the register with the store of returned data, as of a month.

    ``sources``: the loads that were looked into, {"part", "load", "unit", "as_of"}; ``from_age``
    and ``fresh_days`` are the rulebook's of the day. ``asked_by`` is 0 where a confirmed file of
    the source brought it about.
    """

    __tablename__ = "insurance_round"
    __table_args__ = (
        one_of("insurance", tuple(INSURANCES)),
        Index(None, "agency_id", "insurance", "id"),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    insurance: Mapped[str] = mapped_column(Text)
    period: Mapped[int] = mapped_column(Integer)
    from_age: Mapped[int] = mapped_column(SmallInteger)
    fresh_days: Mapped[int] = mapped_column(Integer)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    opened: Mapped[int] = mapped_column(Integer, server_default="0")
    closed: Mapped[int] = mapped_column(Integer, server_default="0")
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_on: Mapped[dt.date] = mapped_column(Date)
    asked_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    done_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class InsuranceResult(TenantRow, Base):
    """What a round found about one person; kept until the next round of the same insurance.

    ``assisted_id`` is the row of the register that names the person; ``as_of`` the day as of which
    the source speaks, None where nothing can be said.
    """

    __tablename__ = "insurance_result"
    __table_args__ = (
        one_of("result", RESULTS),
        ForeignKeyConstraint(
            ["agency_id", "round_id"], ["insurance_round.agency_id", "insurance_round.id"]
        ),
        Index(None, "agency_id", "round_id", "result", "id"),
        Index(None, "agency_id", "round_id", "person_hash"),
        {"info": {"wall": Wall({"desk": "select insert delete"})}},
    )

    round_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    assisted_id: Mapped[int] = mapped_column(BigInteger)
    result: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    as_of: Mapped[dt.date | None] = mapped_column(Date)


class InsuranceCount(Base):
    """How many people of a department's intake desk stood how in a month: the rate over time."""

    __tablename__ = "insurance_count"
    __table_args__ = (
        one_of("insurance", tuple(INSURANCES)),
        one_of("result", RESULTS),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert delete",
                        "commissioner": "select",
                        "township": "select",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    insurance: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    desk_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    result: Mapped[str] = mapped_column(Text, primary_key=True)
    persons: Mapped[int] = mapped_column(Integer)
    as_of: Mapped[dt.date | None] = mapped_column(Date)


class InsuranceTask(TenantRow, Base):
    """Somebody who is not insured, and who sees to it: the desk, or the department where no desk
    is known. Open until a source shows them insured, or a reason is confirmed.

    ``step`` is the last entry's kind, ``step_by`` who wrote it; ``has_reason``: it is a reason that
    waits to be confirmed; ``reason_until``: the day up to which a confirmed reason
    keeps the person off the list.
    """

    __tablename__ = "insurance_task"
    __table_args__ = (
        one_of("insurance", tuple(INSURANCES)),
        one_of("step", ("", *KINDS)),
        one_of("closed_why", ("", *CLOSINGS)),
        CheckConstraint("(closed_why = '') = (closed_on IS NULL)", "closed"),
        Index(
            "uq_insurance_task_open",
            *("agency_id", "insurance", "person_hash"),
            unique=True,
            postgresql_where=text("closed_on IS NULL"),
        ),
        Index(None, "agency_id", "insurance", "reason_until"),
        Index(None, "agency_id", "insurance", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "commissioner": Grant(
                            "select update",
                            update_columns=(
                                *("step", "step_by", "has_reason", "next_due", "closed_on"),
                                *("closed_why", "reason_until"),
                            ),
                        ),
                        "township": Grant(
                            "select update",
                            update_columns=("step", "step_by", "has_reason", "next_due"),
                        ),
                    }
                )
            }
        },
    )

    insurance: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    assisted_id: Mapped[int] = mapped_column(BigInteger)
    opened_on: Mapped[dt.date] = mapped_column(Date)
    opened_as_of: Mapped[dt.date] = mapped_column(Date)
    step: Mapped[str] = mapped_column(Text, server_default="")
    step_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    has_reason: Mapped[bool] = mapped_column(Boolean, server_default="false")
    next_due: Mapped[dt.date] = mapped_column(Date)
    closed_on: Mapped[dt.date | None] = mapped_column(Date)
    closed_why: Mapped[str] = mapped_column(Text, server_default="")
    reason_until: Mapped[dt.date | None] = mapped_column(Date)


class InsuranceEntry(TenantRow, Base):
    """What was done about somebody who is not insured; written once, never changed. Only its owner
    moves with the person."""

    __tablename__ = "insurance_entry"
    __table_args__ = (
        one_of("kind", KINDS),
        ForeignKeyConstraint(
            ["agency_id", "task_id"], ["insurance_task.agency_id", "insurance_task.id"]
        ),
        Index(None, "agency_id", "task_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update", update_columns=("unit_id", "desk_id")
                        ),
                        "commissioner": "select insert",
                        "township": "select insert",
                    }
                )
            }
        },
    )

    task_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    kind: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[dt.date] = mapped_column(Date)
    next_due: Mapped[dt.date | None] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(BigInteger)
    written_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    # {"note", "proof"}: what was said and done, and the number on the proof.
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
