"""People, their roles, and their sign-in sessions."""

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

from tenants.database import NEXT_ID, Base, TenantRow
from tenants.isolation import Grant, Wall

STAFF_ROLES = (
    "intake_officer",
    "reviewer",
    "report_issuer",
    "exchange_operator",
    "director",
    "system_administrator",
    "security_administrator",
    "audit_administrator",
)
UNIT_ROLES = ("department_clerk", "desk_clerk", "liaison", "joint_determiner")


class Account(TenantRow, Base):
    """A person who signs in: staff of the agency, or of one of its units."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("kind IN ('staff', 'department', 'desk', 'liaison')", name="kind"),
        CheckConstraint("(kind = 'staff') = (unit_id = 0)", name="unit"),
        CheckConstraint("(kind = 'desk') = (desk_id <> 0)", name="desk"),
        CheckConstraint(
            "(hosted_by_agency_id <> 0) = (hosted_account_id <> 0)"
            " AND (hosted_by_agency_id = 0 OR kind = 'staff')",
            name="hosted",
        ),
        Index(None, "agency_id", "login", unique=True),
        Index(None, "agency_id", "person_id"),
        # Duties are held by account, so one person has one account at the desks (操作规程 五).
        Index(
            "ix_account_one_desk_each",
            "agency_id",
            "person_id",
            unique=True,
            postgresql_where=text("kind = 'staff'"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant("select insert update"),
                        "registrar": Grant("select insert update"),
                        "public": Grant(
                            "select update",
                            update_columns=("failed_count", "locked_until"),
                        ),
                        "commissioner": Grant(
                            "select", columns=("agency_id", "id", "name", "unit_id")
                        ),
                        "township": Grant(
                            "select",
                            columns=("agency_id", "id", "name", "unit_id", "desk_id"),
                        ),
                        "liaison": Grant("select", columns=("agency_id", "id", "name", "unit_id")),
                    }
                )
            }
        },
    )

    # One human's accounts share it: who moves to another desk gets a further account there.
    person_id: Mapped[int] = mapped_column(BigInteger, server_default=NEXT_ID)
    login: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    password_hash: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(Boolean, server_default="true")
    # First and last day on which it can be used; who moves away leaves an account that has ended.
    starts_on: Mapped[dt.date | None] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    # An administrator of the agency above who serves here, and their account there.
    hosted_by_agency_id: Mapped[int] = mapped_column(Integer, server_default="0")
    hosted_account_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    failed_count: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    locked_until: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class AccountRole(TenantRow, Base):
    """A role of a person from one date to another (三员分立 is checked where roles are given)."""

    __tablename__ = "account_role"
    __table_args__ = (
        CheckConstraint("role IN ('" + "', '".join(STAFF_ROLES + UNIT_ROLES) + "')", name="role"),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "registrar": "select insert update",
                        "public": "select",
                    }
                )
            }
        },
    )

    account_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)


class Hosting(TenantRow, Base):
    """This agency agreed that people of the one above it serve as its administrators (托管)."""

    __tablename__ = "hosting"
    __table_args__ = (
        ForeignKeyConstraint(["host_agency_id"], ["agency.id"]),
        Index(None, "agency_id", "host_agency_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant("select update", update_columns=("ended_by", "ended_on")),
                        "registrar": "select insert",
                    }
                )
            }
        },
    )

    host_agency_id: Mapped[int] = mapped_column(Integer)
    consent_number: Mapped[str] = mapped_column(Text)
    consented_on: Mapped[dt.date] = mapped_column(Date)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    ended_by: Mapped[int | None] = mapped_column(BigInteger)
    ended_on: Mapped[dt.date | None] = mapped_column(Date)


STAND_IN_REASONS = ("leave", "training", "travel", "vacancy", "other")


class StandIn(TenantRow, Base):
    """AB角: one person does another's work in one role from one day to another."""

    __tablename__ = "stand_in"
    __table_args__ = (
        CheckConstraint("account_id <> absent_id", name="not_oneself"),
        CheckConstraint("valid_to >= valid_from", name="dates"),
        CheckConstraint("reason IN ('" + "', '".join(STAND_IN_REASONS) + "')", name="reason"),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        ForeignKeyConstraint(["agency_id", "absent_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id", "valid_to"),
        Index(None, "agency_id", "absent_id", "valid_to"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update", update_columns=("ended_by", "ended_on")
                        ),
                        "public": "select",
                    }
                )
            }
        },
    )

    account_id: Mapped[int] = mapped_column(BigInteger)
    absent_id: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    filed_by: Mapped[int] = mapped_column(BigInteger)
    filed_on: Mapped[dt.date] = mapped_column(Date)
    ended_by: Mapped[int | None] = mapped_column(BigInteger)
    ended_on: Mapped[dt.date | None] = mapped_column(Date)


class SignInSession(TenantRow, Base):
    """A signed-in browser: the cookie holds the token, the row its hash. Sessions live here and
    not in Redis, so that a restored Redis cannot revive one."""

    __tablename__ = "sign_in_session"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "token_hash", unique=True),
        Index(None, "agency_id", "account_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "public": Grant(
                            "select insert update",
                            update_columns=("seen_at", "ended_at"),
                        )
                    }
                )
            }
        },
    )

    account_id: Mapped[int] = mapped_column(BigInteger)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    started_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
