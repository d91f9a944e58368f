"""一次性临时救助: what somebody asks for at a township, what was looked into, and who decided.

The intake desk sees its own applications, human resources only what was put before it: a referral
is a row of its own behind that unit's wall (粤民发〔2020〕143号 三).
"""

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

from app.assistance.temporary.rules import (
    CHECKS,
    GROUNDS,
    OUTCOMES,
    PAPER_KINDS,
    PLACES,
    PROPOSALS,
    SIDES,
    SOURCES,
)
from app.cases.models import one_of
from app.cases.transitions import states_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

OVER = ("refused", "withdrawn", "released")
"""States after which somebody may apply again in the same period."""


def of_application() -> ForeignKeyConstraint:
    """To the application that a row is about."""
    return ForeignKeyConstraint(
        ["agency_id", "application_id"],
        ["temporary_application.agency_id", "temporary_application.id"],
    )


class Application(TenantRow, Base):
    """One person's application at the township of their work or of their usual residence.

    ``period``: the year in which nobody is paid twice, or 0 where once is once for all.
    ``person_hash`` is keyed by this agency's key; sealed: name, id_number, phone, is_local,
    address, employer, left_on, bank, account, statement.
    """

    __tablename__ = "temporary_application"
    __table_args__ = (
        one_of("state", states_of("temporary")),
        one_of("locality", PLACES),
        one_of("refused_ground", ("", *GROUNDS)),
        CheckConstraint("consent_until >= consent_on", name="consent"),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        Index(
            "uq_temporary_application_open",
            *("agency_id", "person_hash", "period"),
            unique=True,
            postgresql_where=text("state NOT IN ('refused', 'withdrawn', 'released')"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "township": Grant("select insert update", update_columns=("state", "rev")),
                    }
                )
            }
        },
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer)
    locality: Mapped[str] = mapped_column(Text)
    applied_on: Mapped[dt.date] = mapped_column(Date)
    period: Mapped[int] = mapped_column(SmallInteger)
    consent_on: Mapped[dt.date] = mapped_column(Date)
    consent_until: Mapped[dt.date] = mapped_column(Date)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    rule_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    amount_fen: Mapped[int] = mapped_column(BigInteger, server_default="0")
    refused_ground: Mapped[str] = mapped_column(Text, server_default="")
    decided_on: Mapped[dt.date | None] = mapped_column(Date)
    taken_by: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ApplicationPaper(TenantRow, Base):
    """One scan that came with an application: the signed consent, an identity card, a proof."""

    __tablename__ = "temporary_paper"
    __table_args__ = (
        one_of("kind", PAPER_KINDS),
        of_application(),
        Index(None, "agency_id", "application_id", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {"info": {"wall": Wall({"desk": "select", "township": "select insert"})}},
    )

    application_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[int] = mapped_column(BigInteger)


class Visit(TenantRow, Base):
    """乡镇调查核实: who went, when, what they found, what they propose. The latest counts."""

    __tablename__ = "temporary_visit"
    __table_args__ = (
        one_of("proposal", PROPOSALS),
        of_application(),
        Index(None, "agency_id", "application_id", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {"info": {"wall": Wall({"desk": "select", "township": "select insert"})}},
    )

    application_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer)
    visited_on: Mapped[dt.date] = mapped_column(Date)
    proposal: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    # {"visitors", "findings"}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Check(TenantRow, Base):
    """One answer to one of the four questions, with its source and as-of date. Append-only: the
    latest of a kind counts, and what was not known stays not known."""

    __tablename__ = "temporary_check"
    __table_args__ = (
        one_of("kind", CHECKS),
        one_of("outcome", OUTCOMES),
        one_of("source", SOURCES),
        # Whether somebody was paid elsewhere is what the ledger says, never what a person writes.
        CheckConstraint("(kind = 'elsewhere') = (source = 'ledger')", name="ledger"),
        of_application(),
        Index(None, "agency_id", "application_id", "id"),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    application_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    as_of: Mapped[dt.date] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    # {"note"}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Referral(TenantRow, Base):
    """What was put before county human resources, as it was then: the unit of that bureau sees this
    row and nothing else of the application."""

    __tablename__ = "temporary_referral"
    __table_args__ = (
        one_of("outcome", ("", "granted", "refused")),
        of_application(),
        Index(None, "agency_id", "application_id", unique=True),
        Index(None, "agency_id", "unit_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant("select insert update", update_columns=("outcome",)),
                        "liaison": "select",
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    application_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(Text)
    put_on: Mapped[dt.date] = mapped_column(Date)
    put_by: Mapped[int] = mapped_column(BigInteger)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    all_met: Mapped[bool] = mapped_column(Boolean)
    outcome: Mapped[str] = mapped_column(Text, server_default="")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Verdict(Base):
    """What one of the two bureaus decided (共同认定): one each, by two different people."""

    __tablename__ = "temporary_verdict"
    __table_args__ = (
        one_of("side", SIDES),
        one_of("ground", ("", *GROUNDS)),
        CheckConstraint("agrees = (ground = '')", name="refusal"),
        CheckConstraint("(side = 'civil') = (unit_id = 0)", name="unit"),
        of_application(),
        Index(None, "agency_id", "application_id", "account_id", unique=True),
        {"info": {"wall": Wall({"desk": "select insert", "liaison": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    application_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    side: Mapped[str] = mapped_column(Text, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Integer)
    agrees: Mapped[bool] = mapped_column(Boolean)
    ground: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[dt.date] = mapped_column(Date)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    # {"words"}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
