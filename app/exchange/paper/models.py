"""A sealed paper reply, typed in twice by two people who do not see each other's entries."""

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

from tenants.database import Base, TenantRow
from tenants.isolation import Wall

FIRST, SECOND, SETTLED = 1, 2, 3
"""Whose entries: the first typist's, the second's, and those settled by looking at the paper."""


class PaperReply(TenantRow, Base):
    """One paper of a sharing unit in answer to a request: its scan, and who typed it in.

    Two different people type (操作规程 五（二）). With both done and all differences settled it
    becomes a reply, which is accepted by two like any other. One at a time is open.
    """

    __tablename__ = "paper_reply"
    __table_args__ = (
        CheckConstraint("first_by <> second_by", name="two_typists"),
        CheckConstraint("(settled_by IS NULL) = (settled_why = '')", name="settled"),
        CheckConstraint("reply_id IS NULL OR discarded_on IS NULL", name="ended_once"),
        CheckConstraint("reply_id IS NULL OR second_done_at IS NOT NULL", name="typed_twice"),
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id", "id"),
        Index(
            "uq_paper_reply_open",
            "agency_id",
            "request_id",
            unique=True,
            postgresql_where=text("reply_id IS NULL AND discarded_on IS NULL"),
        ),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    scan_file_id: Mapped[int] = mapped_column(BigInteger)
    letter_number: Mapped[str] = mapped_column(Text)
    as_of: Mapped[dt.date] = mapped_column(Date)
    first_by: Mapped[int] = mapped_column(BigInteger)
    first_done_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    second_by: Mapped[int | None] = mapped_column(BigInteger)
    second_done_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    settled_by: Mapped[int | None] = mapped_column(BigInteger)
    settled_why: Mapped[str] = mapped_column(Text, server_default="")
    reply_id: Mapped[int | None] = mapped_column(BigInteger)
    discarded_on: Mapped[dt.date | None] = mapped_column(Date)


class TypedLine(TenantRow, Base):
    """What one look at the paper brought for one line of the list, sealed."""

    __tablename__ = "typed_line"
    __table_args__ = (
        CheckConstraint("look IN (1, 2, 3)", name="look"),
        ForeignKeyConstraint(
            ["agency_id", "paper_id"], ["paper_reply.agency_id", "paper_reply.id"]
        ),
        Index(None, "agency_id", "paper_id", "look", "line_no", unique=True),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    paper_id: Mapped[int] = mapped_column(BigInteger)
    look: Mapped[int] = mapped_column(SmallInteger)
    line_no: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
