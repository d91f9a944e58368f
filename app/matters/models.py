"""What a household is asked about before anything is said against it: matters, what the household
explained, and what a signed exclusion takes out of the sums. Nothing here is ever deleted."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

_ONLY_STATE = Grant("select update", update_columns=("state", "rev"))


class Matter(TenantRow, Base):
    """One thing of one household that a person looks at: a measure over what was declared or over
    the limit, sources that disagree, or a spouse who was not declared.

    ``topic`` says which, without private data (a measure, or subject and items); what was compared
    is sealed. A household's department and desk see their own, so that it can explain.
    """

    __tablename__ = "matter"
    __table_args__ = (
        one_of("kind", ("measure", "conflict", "relation")),
        one_of("state", states_of("matter")),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        Index(None, "agency_id", "case_id", "kind", "topic", unique=True),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "state", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert update",
                        "commissioner": _ONLY_STATE,
                        "township": _ONLY_STATE,
                    }
                )
            }
        },
    )

    case_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    kind: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    opened_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # Who looked at it and signed, and whether the household had explained itself by then.
    signed_by: Mapped[int | None] = mapped_column(BigInteger)
    signer_name: Mapped[str] = mapped_column(Text, server_default="")
    signed_on: Mapped[dt.date | None] = mapped_column(Date)
    signed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class Explanation(TenantRow, Base):
    """What the household said about one matter, as somebody of its desk, its department or the
    agency wrote it down. Append-only; the words are sealed."""

    __tablename__ = "explanation"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "matter_id"], ["matter.agency_id", "matter.id"]),
        Index(None, "agency_id", "matter_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "matter_id")
                        ),
                        "desk": "select insert",
                        "commissioner": "select insert",
                        "township": "select insert",
                    }
                )
            }
        },
    )

    matter_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    told_on: Mapped[dt.date] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(BigInteger)
    recorder_name: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Exclusion(TenantRow, Base):
    """A finding, or a part of it, that does not enter the sums: the ground, who prepared it and who
    signed it, two different people. The finding itself stays in every report."""

    __tablename__ = "exclusion"
    __table_args__ = (
        one_of("state", states_of("exclusion")),
        CheckConstraint("signed_by <> prepared_by", name="two_people"),
        ForeignKeyConstraint(["agency_id", "matter_id"], ["matter.agency_id", "matter.id"]),
        ForeignKeyConstraint(["agency_id", "finding_id"], ["finding.agency_id", "finding.id"]),
        Index(None, "agency_id", "case_id", "state"),
        Index(None, "agency_id", "matter_id", "id"),
        Index(None, "agency_id", "state", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert update",
                    }
                )
            }
        },
    )

    case_id: Mapped[int] = mapped_column(BigInteger)
    matter_id: Mapped[int] = mapped_column(BigInteger)
    finding_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    ground: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    # {"amount": fen or a count, "note": what shows it}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    prepared_by: Mapped[int] = mapped_column(BigInteger)
    preparer_name: Mapped[str] = mapped_column(Text)
    prepared_on: Mapped[dt.date] = mapped_column(Date)
    prepared_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    signed_by: Mapped[int | None] = mapped_column(BigInteger)
    signer_name: Mapped[str] = mapped_column(Text, server_default="")
    signed_on: Mapped[dt.date | None] = mapped_column(Date)
    signed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
