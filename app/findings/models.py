"""Findings: one fact about one subject from one source, append-only."""

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
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall


class Finding(TenantRow, Base):
    """A fact to be looked at, never a verdict: source, request, as-of date and period with it.

    It comes from a reply to an own request (``request_id``) or from a higher tier's letter, with
    ``by_agency_id`` the agency that checked and ``origin_finding`` its own row. The facts
    themselves are sealed.
    """

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint("(request_id IS NULL) <> (letter_key IS NULL)", name="one_origin"),
        ForeignKeyConstraint(["agency_id", "subject_id"], ["subject.agency_id", "subject.id"]),
        Index(None, "agency_id", "case_id", "id"),
        Index(None, "agency_id", "subject_id"),
        Index(None, "agency_id", "request_id"),
        Index(None, "agency_id", "reply_id"),
        # A finding that comes down again with a later version of its report is kept once.
        Index(
            None,
            "agency_id",
            "by_agency_id",
            "origin_finding",
            unique=True,
            postgresql_where=text("origin_finding <> 0"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert",
                    }
                )
            }
        },
    )

    case_id: Mapped[int] = mapped_column(BigInteger)
    subject_id: Mapped[int] = mapped_column(BigInteger)
    item: Mapped[int] = mapped_column(SmallInteger)
    by_agency_id: Mapped[int] = mapped_column(Integer)
    source_name: Mapped[str] = mapped_column(Text)
    request_number: Mapped[str] = mapped_column(Text)
    request_id: Mapped[int | None] = mapped_column(BigInteger)
    reply_id: Mapped[int | None] = mapped_column(BigInteger)
    origin_finding: Mapped[int] = mapped_column(BigInteger, server_default="0")
    letter_key: Mapped[str | None] = mapped_column(Text)
    as_of: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class FindingReplaced(Base):
    """A finding that the same source answered anew when it was contested: kept, and not used any
    more (粤民发〔2020〕143号 五). Append-only."""

    __tablename__ = "finding_replaced"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "finding_id"], ["finding.agency_id", "finding.id"]),
        Index(None, "agency_id", "case_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "finding_id", "case_id")
                        ),
                        "desk": "select insert",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    finding_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger)
    replaced_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
