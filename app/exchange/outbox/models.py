"""What lies ready for units that pull, and what keeps their messages from acting twice."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Wall


class LinePage(TenantRow, Base):
    """A page of a released request's lines in an encrypted file, made by the worker: a unit's own
    role reads it and has no right on subjects. ``items``: how many answers its lines ask for."""

    __tablename__ = "line_page"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id", "first", unique=True),
        {"info": {"wall": Wall({"desk": "select insert", "liaison": "select"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    first: Mapped[int] = mapped_column(Integer)
    count: Mapped[int] = mapped_column(Integer)
    items: Mapped[int] = mapped_column(Integer)
    file_id: Mapped[int] = mapped_column(BigInteger)


class UsedNonce(Base):
    """A nonce that a unit's signature has used up; forgotten when the signature has expired."""

    __tablename__ = "used_nonce"
    __table_args__ = (
        Index(None, "agency_id", "until"),
        {"info": {"wall": Wall({"desk": "select delete", "liaison": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    unit_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    keyid: Mapped[str] = mapped_column(Text, primary_key=True)
    nonce: Mapped[str] = mapped_column(Text, primary_key=True)
    until: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class DoneOnce(Base):
    """What a POST of a unit's system did under its idempotency key, and what it was answered."""

    __tablename__ = "done_once"
    __table_args__ = (
        Index(None, "agency_id", "done_at"),
        {"info": {"wall": Wall({"desk": "select delete", "liaison": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    unit_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    keyid: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    response: Mapped[str] = mapped_column(Text)
    done_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class NotTaken(TenantRow, Base):
    """What a unit behind a gate says, signed, of a file of ours that it did not take."""

    __tablename__ = "not_taken"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id", "id"),
        {"info": {"wall": Wall({"desk": "select", "liaison": "select insert"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    said_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class RefusedFile(TenantRow, Base):
    """A file of an exchange folder that was not taken, until an operator has seen it.

    ``name`` is empty for what is no exchange file, since that may say anything; ``said`` holds the
    reason, as it stands beside the file, and nothing of what was sent.
    """

    __tablename__ = "refused_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "connection_id"], ["connection.agency_id", "connection.id"]
        ),
        Index(
            "ix_refused_file_unseen",
            "agency_id",
            "id",
            postgresql_where=text("seen_at IS NULL"),
        ),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    connection_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    refused_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    seen_by: Mapped[int | None] = mapped_column(BigInteger)
    seen_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
