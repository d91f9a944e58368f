"""Connections to the units' systems, and how each request travels over them."""

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

from app.cases.models import one_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

DIRECTIONS = ("asks", "pulls", "folder", "asked")
"""The worker asks the unit's server; the unit's system pulls from here; files in a folder; another
deployment asks this agency."""
ALGORITHMS = ("ed25519", "hmac-sha256")


# Whoever signs a message is looked up by the key's id; the rest is read in the unit's own role.
_PULLED: dict[str, str | Grant] = {
    "liaison": Grant("select update", update_columns=("met_at",)),
    "relay": Grant(
        "select",
        columns=(
            *("agency_id", "id", "unit_id", "direction", "their_keyid"),
            *("valid_from", "valid_to", "closed_on"),
        ),
    ),
    "public": Grant(
        "select",
        columns=(
            *("agency_id", "id", "unit_id", "direction", "their_keyid"),
            *("valid_from", "valid_to", "closed_on"),
        ),
    ),
}
_BY_PULLING = ("received_at", "lines_answered", "answers_kept", "kept_at")


class Connection(TenantRow, Base):
    """The agreed wire to one sharing unit: where, whose keys, when, and how it has been lately.

    Where files are exchanged, ``url`` is the directory. Both keys are sealed; ``our_public`` is
    what the unit is given (empty where a secret is shared). Files for the unit are sealed to
    ``their_box``. ``met_at``: when the unit's own system last came, to the minute.
    After too many failures in a row nothing is sent before ``open_until`` (the circuit breaker).
    """

    __tablename__ = "connection"
    __table_args__ = (
        one_of("direction", DIRECTIONS),
        one_of("algorithm", ALGORITHMS),
        CheckConstraint("valid_to >= valid_from", name="dates"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(
            "uq_connection_open",
            "agency_id",
            "unit_id",
            unique=True,
            postgresql_where=text("closed_on IS NULL"),
        ),
        Index(None, "agency_id", "their_keyid"),
        {"info": {"wall": Wall({"desk": "select insert update", **_PULLED})}},
    )

    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer)
    direction: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text, server_default="")
    # What the unit's server calls itself and us; by default our own codes.
    unit_code: Mapped[str] = mapped_column(Text)
    algorithm: Mapped[str] = mapped_column(Text)
    our_keyid: Mapped[str] = mapped_column(Text)
    our_public: Mapped[str] = mapped_column(Text, server_default="")
    their_keyid: Mapped[str] = mapped_column(Text, server_default="")
    keys_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # Hours of a working day, e.g. 08:30-17:00; empty: at once.
    hours: Mapped[str] = mapped_column(Text, server_default="")
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    is_paused: Mapped[bool] = mapped_column(Boolean, server_default="false")
    closed_on: Mapped[dt.date | None] = mapped_column(Date)
    changed_by: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    tested_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    tested_code: Mapped[str] = mapped_column(Text, server_default="")
    failures: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    open_until: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    their_box: Mapped[str] = mapped_column(Text, server_default="")
    met_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class AllowedAddress(TenantRow, Base):
    """Where the operator of the deployment lets this agency's worker connect to.

    ``entry``: ``host:port``, ``unix:/path``, or a network (``10.0.0.0/8``). No tenant can write it.
    """

    __tablename__ = "allowed_address"
    __table_args__ = (
        Index(None, "agency_id", "entry", unique=True),
        {"info": {"wall": Wall({"desk": "select", "registrar": "select insert delete"})}},
    )

    entry: Mapped[str] = mapped_column(Text)
    allowed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class Dispatch(TenantRow, Base):
    """How one released request travels: facts only, from which ``rules.phase_of`` tells the phase.

    ``head`` is the head as it is sent, so that it is the same each time; ``turn`` counts steps, so
    that only the newest job of a request acts.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        CheckConstraint("dropped_by <> drop_asked_by", name="two_operators"),
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        ForeignKeyConstraint(
            ["agency_id", "connection_id"], ["connection.agency_id", "connection.id"]
        ),
        Index(None, "agency_id", "request_id", unique=True),
        Index("ix_dispatch_dead", "agency_id", "id", postgresql_where=text("dead_at IS NOT NULL")),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "liaison": Grant("select update", update_columns=_BY_PULLING),
                    }
                )
            }
        },
    )

    request_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer)
    connection_id: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[str] = mapped_column(Text, server_default="")
    turn: Mapped[int] = mapped_column(Integer, server_default="0")
    begun_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    lines: Mapped[int] = mapped_column(Integer)
    lines_sent: Mapped[int] = mapped_column(Integer, server_default="0")
    received_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    lines_answered: Mapped[int] = mapped_column(Integer, server_default="0")
    answers_kept: Mapped[int] = mapped_column(Integer, server_default="0")
    kept_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    taken_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    failures: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    next_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    dead_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    dead_code: Mapped[str] = mapped_column(Text, server_default="")
    drop_asked_by: Mapped[int | None] = mapped_column(BigInteger)
    dropped_by: Mapped[int | None] = mapped_column(BigInteger)
    dropped_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class Attempt(TenantRow, Base):
    """One conversation with a unit's server: what for, how it ended, never what was said."""

    __tablename__ = "wire_attempt"
    __table_args__ = (
        Index(None, "agency_id", "request_id", "id"),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    request_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    step: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text, server_default="")
    status: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    first: Mapped[int] = mapped_column(Integer, server_default="0")
    count: Mapped[int] = mapped_column(Integer, server_default="0")
    milliseconds: Mapped[int] = mapped_column(Integer, server_default="0")


class AnswerPage(TenantRow, Base):
    """One verified page of answers as it came, in a sealed file; ``reply_id`` once it was taken."""

    __tablename__ = "answer_page"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(
            "uq_answer_page_untaken",
            "agency_id",
            "request_id",
            "after",
            unique=True,
            postgresql_where=text("reply_id IS NULL"),
        ),
        Index(None, "agency_id", "reply_id"),
        {"info": {"wall": Wall({"desk": "select insert update", "liaison": "select insert"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    after: Mapped[int] = mapped_column(Integer)
    count: Mapped[int] = mapped_column(Integer)
    is_last: Mapped[bool] = mapped_column(Boolean)
    file_id: Mapped[int] = mapped_column(BigInteger)
    kept_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    reply_id: Mapped[int | None] = mapped_column(BigInteger)
