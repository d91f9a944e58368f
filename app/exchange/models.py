"""Requests to sharing units, the packages that carry them, and the replies."""

import datetime as dt

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
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import LANES, one_of
from app.cases.transitions import states_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

_RECEIPT = ("state", "rev", "delivered_on", "delivered_how", "due_on", "extended_days")
_DESK_AND_LIAISON: dict[str, str | Grant] = {
    "desk": "select insert update",
    "liaison": Grant("select update", update_columns=_RECEIPT),
}

RECHECK = "recheck"
REQUEST_LANES = (*LANES, RECHECK)
"""A recheck (复核) of what somebody contests leaves by itself, marked as one."""


class ExchangeRequest(TenantRow, Base):
    """One request to one sharing unit: a draft until the window's cut-off, then immutable.

    ``due_on`` counts from the recorded receipt (第十二条: 7 working days in Jilin).
    """

    __tablename__ = "exchange_request"
    __table_args__ = (
        one_of("state", states_of("request")),
        one_of("lane", REQUEST_LANES),
        one_of("way", ("media", "system", "store")),
        CheckConstraint("made_by <> confirmed_by", name="two_operators"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(
            "uq_exchange_request_draft",
            "agency_id",
            "unit_id",
            "period",
            "lane",
            unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        Index(None, "agency_id", "unit_id", "state", "id"),
        Index(None, "agency_id", "state", "id"),
        Index(
            None,
            "agency_id",
            "number",
            unique=True,
            postgresql_where=text("number <> ''"),
        ),
        {"info": {"wall": Wall(_DESK_AND_LIAISON)}},
    )

    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer)
    period: Mapped[int] = mapped_column(Integer)
    lane: Mapped[str] = mapped_column(Text, server_default="regular")
    # Written when the draft is closed: by disc, from system to system, or out of the store.
    way: Mapped[str] = mapped_column(Text, server_default="media")
    number: Mapped[str] = mapped_column(Text, server_default="")
    stamp: Mapped[str] = mapped_column(Text, server_default="")
    subjects: Mapped[int] = mapped_column(Integer, server_default="0")
    items_asked: Mapped[int] = mapped_column(Integer, server_default="0")
    items_answered: Mapped[int] = mapped_column(Integer, server_default="0")
    made_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    made_on: Mapped[dt.date | None] = mapped_column(Date)
    delivered_on: Mapped[dt.date | None] = mapped_column(Date)
    delivered_how: Mapped[str] = mapped_column(Text, server_default="")
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    extended_days: Mapped[int] = mapped_column(SmallInteger, server_default="0")


class Package(TenantRow, Base):
    """The encrypted medium of one request. The password is sealed apart and never travels in it."""

    __tablename__ = "package"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select", columns=("agency_id", "id", "request_id", "file_id")
                        ),
                        "desk": "select insert",
                        "liaison": "select",
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    file_id: Mapped[int] = mapped_column(BigInteger)
    password_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class Reply(TenantRow, Base):
    """One file of a sharing unit in answer to a request; checked whole, accepted by two people."""

    __tablename__ = "reply"
    __table_args__ = (
        one_of("state", states_of("reply")),
        one_of("stamp_from", ("file", "name", "typed")),
        CheckConstraint("first_by <> settled_by", name="settled_apart"),
        CheckConstraint("first_by <> second_by", name="two_operators"),
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id", "part", unique=True),
        Index(None, "agency_id", "unit_id", "state", "id"),
        Index(None, "agency_id", "state", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select",
                            columns=("agency_id", "id", "request_id", "file_id", "rows_file_id"),
                        ),
                        "desk": "select insert update",
                        "liaison": "select insert",
                    }
                )
            }
        },
    )

    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int] = mapped_column(SmallInteger)
    file_id: Mapped[int] = mapped_column(BigInteger)
    # Where the stamp was found: in the file, in its name, or copied from the unit's sealed letter.
    stamp_from: Mapped[str] = mapped_column(Text, server_default="file")
    # A paper that was typed in twice, and who settled what differed by looking at it.
    paper_id: Mapped[int | None] = mapped_column(BigInteger)
    settled_by: Mapped[int | None] = mapped_column(BigInteger)
    # The day as of which the unit answers, where its file does not say it.
    told_as_of: Mapped[dt.date | None] = mapped_column(Date)
    password_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rows_file_id: Mapped[int | None] = mapped_column(BigInteger)
    received_by: Mapped[int] = mapped_column(BigInteger)
    received_on: Mapped[dt.date] = mapped_column(Date)
    received_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    is_late: Mapped[bool] = mapped_column(Boolean, server_default="false")
    hits: Mapped[int] = mapped_column(Integer, server_default="0")
    no_records: Mapped[int] = mapped_column(Integer, server_default="0")
    unable: Mapped[int] = mapped_column(Integer, server_default="0")
    refused: Mapped[int] = mapped_column(Integer, server_default="0")
    missing: Mapped[int] = mapped_column(Integer, server_default="0")
    # What is wrong with a refused file: sentences without private data, as the page shows them.
    faults_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    first_by: Mapped[int | None] = mapped_column(BigInteger)
    second_by: Mapped[int | None] = mapped_column(BigInteger)
