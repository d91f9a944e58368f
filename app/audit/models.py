"""The append-only trail: one row per act or look, chained seconds later by the sealer."""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, DateTime, Index, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall


class AuditRow(TenantRow, Base):
    """Who did or looked at what, when, and why. ``detail`` holds ids and counts only."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "agency_id", "account_id", "id"),
        # Who looked at one object, what one person looked at, and a period's looks.
        Index(None, "agency_id", "subject_kind", "subject_id", "at"),
        Index(None, "agency_id", "account_id", "at"),
        Index(None, "agency_id", "at"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert",
                        "commissioner": "insert",
                        "township": Grant("insert", compares=("agency_id", "unit_id")),
                        "liaison": "insert",
                        "registrar": "insert",
                        "public": "insert",
                    }
                )
            }
        },
    )

    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    account_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    verb: Mapped[str] = mapped_column(Text)
    subject_kind: Mapped[str] = mapped_column(Text, server_default="")
    subject_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)


class AuditLink(Base):
    """The chain over committed audit rows: each hash covers its row and the hash before it."""

    __tablename__ = "audit_link"
    __table_args__ = (
        Index(None, "agency_id", "audit_id", unique=True),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    audit_id: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
