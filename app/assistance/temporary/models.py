"""一次性临时救助: what somebody asks for at a township, what was looked into, and who decided.

The intake desk sees its own applications, human resources only what was put before it: a referral
is a row of its own behind that unit's wall (粤民发〔2020〕143号 三).
"""

import datetime as dt
import uuid

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
    Uuid,
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


def _of_application() -> ForeignKeyConstraint:
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
        _of_application(),
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
        _of_application(),
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
        _of_application(),
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
        _of_application(),
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
        _of_application(),
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


class LedgerAsk(TenantRow, Base):
    """One question to the ledger, for one application of the own, and whether it said yes."""

    __tablename__ = "temporary_ask"
    __table_args__ = (
        _of_application(),
        Index(None, "agency_id", "application_id", "id"),
        Index(None, "agency_id", "asked_on"),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    application_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger)
    asked_on: Mapped[dt.date] = mapped_column(Date)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    is_taken: Mapped[bool] = mapped_column(Boolean)


class Claim(TenantRow, Base):
    """The ledger: that somebody is paid in this period. Every county writes and reads its own rows
    only; one index over all of a province holds that nobody is in it twice (ADR 28).

    ``claim_hash`` is keyed by a key of the province for this purpose alone.
    """

    __tablename__ = "temporary_claim"
    __table_args__ = (
        one_of("standing", ("held", "paid", "released")),
        CheckConstraint(
            "(standing = 'released') = (released_by IS NOT NULL)"
            " AND (released_by IS NULL OR asked_by <> 0 AND released_by <> asked_by)",
            name="two_people",
        ),
        _of_application(),
        Index(None, "agency_id", "application_id"),
        Index(
            "uq_temporary_claim_once",
            *("province", "period", "claim_hash"),
            unique=True,
            postgresql_where=text("standing <> 'released'"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update",
                            update_columns=("standing", "asked_by", "released_by", "changed_on"),
                        )
                    }
                )
            }
        },
    )

    application_id: Mapped[int] = mapped_column(BigInteger)
    province: Mapped[int] = mapped_column(SmallInteger)
    period: Mapped[int] = mapped_column(SmallInteger)
    claim_hash: Mapped[bytes] = mapped_column(LargeBinary)
    standing: Mapped[str] = mapped_column(Text)
    held_on: Mapped[dt.date] = mapped_column(Date)
    changed_on: Mapped[dt.date | None] = mapped_column(Date)
    asked_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    released_by: Mapped[int | None] = mapped_column(BigInteger)


class Rule(TenantRow, Base):
    """Standard, procedure and amount from one day on, as civil affairs proposed and human resources
    of the same city agreed; a county keeps its own copy of its city's (``by_agency_id``).

    ``unit_id``: the bureau of human resources that decides; 0 in a copy.
    """

    __tablename__ = "temporary_rule"
    __table_args__ = (
        one_of("state", states_of("temporary_rule")),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint("decided_by <> proposed_by OR unit_id = 0", name="two_people"),
        Index(None, "agency_id", "key", unique=True),
        Index(None, "agency_id", "state", "valid_from"),
        Index(None, "agency_id", "unit_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert",
                        "liaison": Grant(
                            "select update",
                            update_columns=("state", "rev", "decided_by", "decided_name")
                            + ("decided_on", "words"),
                        ),
                    }
                )
            }
        },
    )

    key: Mapped[uuid.UUID] = mapped_column(Uuid)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    by_agency_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    standard: Mapped[str] = mapped_column(Text)
    procedure: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[int] = mapped_column(BigInteger)
    proposed_name: Mapped[str] = mapped_column(Text)
    proposed_on: Mapped[dt.date] = mapped_column(Date)
    decided_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    decided_name: Mapped[str] = mapped_column(Text, server_default="")
    decided_on: Mapped[dt.date | None] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text, server_default="")


class PaymentList(TenantRow, Base):
    """发放名单: made by the system of what was granted, with its totals and check value."""

    __tablename__ = "temporary_list"
    __table_args__ = (
        Index(None, "agency_id", "number", unique=True),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    number: Mapped[str] = mapped_column(Text)
    persons: Mapped[int] = mapped_column(Integer)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    check_value: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(BigInteger)
    made_on: Mapped[dt.date] = mapped_column(Date)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class Payment(TenantRow, Base):
    """One row of a list, and its proof: the day and the voucher, or that it came back and why."""

    __tablename__ = "temporary_payment"
    __table_args__ = (
        CheckConstraint("(paid_on IS NULL) = (voucher = '')", name="proof"),
        CheckConstraint("(returned_on IS NULL) = (returned_why = '')", name="returned"),
        _of_application(),
        ForeignKeyConstraint(
            ["agency_id", "list_id"], ["temporary_list.agency_id", "temporary_list.id"]
        ),
        Index(None, "agency_id", "list_id", "id"),
        Index(None, "agency_id", "application_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update",
                            update_columns=("paid_on", "voucher", "proved_by", "returned_on")
                            + ("returned_why", "returned_by"),
                        )
                    }
                )
            }
        },
    )

    list_id: Mapped[int] = mapped_column(BigInteger)
    application_id: Mapped[int] = mapped_column(BigInteger)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    paid_on: Mapped[dt.date | None] = mapped_column(Date)
    voucher: Mapped[str] = mapped_column(Text, server_default="")
    proved_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    returned_on: Mapped[dt.date | None] = mapped_column(Date)
    returned_why: Mapped[str] = mapped_column(Text, server_default="")
    returned_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
