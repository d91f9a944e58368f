"""The media of an exchange and every step of their custody (介质交接); no password is in either."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.exchange.custody.steps import CARRIERS, STEPS
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall


class Medium(TenantRow, Base):
    """One disc, stick or drive: made here for a request, or brought by a unit with its reply.

    ``label`` is the number that this agency gives it and writes on it, ``serial`` the maker's.
    """

    __tablename__ = "medium"
    __table_args__ = (
        one_of("carrier", CARRIERS),
        one_of("origin", ("own", "unit")),
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id"),
        Index(None, "agency_id", "label", unique=True),
        Index(
            "ix_medium_kept",
            "agency_id",
            "id",
            postgresql_where=text("ended_on IS NULL"),
        ),
        {
            "info": {
                "wall": Wall({"desk": Grant("select insert update", update_columns=("ended_on",))})
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    origin: Mapped[str] = mapped_column(Text)
    carrier: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    serial: Mapped[str] = mapped_column(Text, server_default="")
    ended_on: Mapped[dt.date | None] = mapped_column(Date)


class CustodyStep(TenantRow, Base):
    """Who did what with a medium, and when; rows are only ever added.

    ``other`` is the person at the unit, ``how`` the way, ``why`` what else is to be said.
    """

    __tablename__ = "custody_step"
    __table_args__ = (
        one_of("step", STEPS),
        CheckConstraint("witness_id <> account_id", name="two_people"),
        CheckConstraint(
            "(step IN ('destroyed', 'wiped')) = (witness_id IS NOT NULL)", name="witnessed"
        ),
        ForeignKeyConstraint(["agency_id", "medium_id"], ["medium.agency_id", "medium.id"]),
        Index(None, "agency_id", "medium_id", "id"),
        Index(
            "uq_custody_step_ending",
            "agency_id",
            "medium_id",
            unique=True,
            postgresql_where=text(
                "step IN ('destroyed', 'wiped', 'returned', 'destroyed_there', 'lost')"
            ),
        ),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    medium_id: Mapped[int] = mapped_column(BigInteger)
    step: Mapped[str] = mapped_column(Text)
    done_on: Mapped[dt.date] = mapped_column(Date)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    account_id: Mapped[int] = mapped_column(BigInteger)
    witness_id: Mapped[int | None] = mapped_column(BigInteger)
    other: Mapped[str] = mapped_column(Text, server_default="")
    how: Mapped[str] = mapped_column(Text, server_default="")
    why: Mapped[str] = mapped_column(Text, server_default="")
