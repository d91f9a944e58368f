"""What is paid of 一次性临时救助: the ledger that pays nobody twice, the standard of both bureaus,
the lists made of what was granted, and what came of each row (粤民发〔2020〕143号 三).
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

from app.assistance.temporary.models import of_application
from app.cases.models import one_of
from app.cases.transitions import states_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall


class LedgerAsk(TenantRow, Base):
    """One question to the ledger, for one application of the own, and whether it said yes."""

    __tablename__ = "temporary_ask"
    __table_args__ = (
        of_application(),
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
        of_application(),
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
        of_application(),
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
