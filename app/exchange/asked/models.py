"""What others ask of this agency over the wire; the store of returned data answers it."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

PARTS = ("lines", "answers")


class Inquiry(TenantRow, Base):
    """A request that another deployment sent us; to it we are a sharing unit.

    ``unit_id`` is the asker as it is registered here; ``head`` holds nothing about a person.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "connection_id"], ["connection.agency_id", "connection.id"]
        ),
        Index(None, "agency_id", "connection_id", "wire_id", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select update",
                        "liaison": Grant(
                            "select insert update",
                            update_columns=("lines_received", "received_on", "due_on", "taken_at"),
                        ),
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    connection_id: Mapped[int] = mapped_column(BigInteger)
    wire_id: Mapped[str] = mapped_column(Text)
    head: Mapped[str] = mapped_column(Text)
    received_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    lines: Mapped[int] = mapped_column(Integer)
    lines_received: Mapped[int] = mapped_column(Integer, server_default="0")
    lines_answered: Mapped[int] = mapped_column(Integer, server_default="0")
    answers: Mapped[int] = mapped_column(BigInteger, server_default="0")
    hits: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # The day on which all its lines were here, and the last one for the answer; None: no term.
    received_on: Mapped[dt.date | None] = mapped_column(Date)
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    answered_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    taken_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class InquiryPage(TenantRow, Base):
    """A page of an inquiry's lines or of its answers, in an encrypted file that is erased when
    the asker has taken the answers."""

    __tablename__ = "inquiry_page"
    __table_args__ = (
        one_of("part", PARTS),
        ForeignKeyConstraint(["agency_id", "inquiry_id"], ["inquiry.agency_id", "inquiry.id"]),
        Index(None, "agency_id", "inquiry_id", "part", "first", unique=True),
        {"info": {"wall": Wall({"desk": "select insert delete", "liaison": "select insert"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    inquiry_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[str] = mapped_column(Text)
    first: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[int] = mapped_column(BigInteger)
