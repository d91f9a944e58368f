"""保密承诺书 of the agency's people (管理办法 第十六条): signed on paper, kept as a scan."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall


class Undertaking(TenantRow, Base):
    """One undertaking of one person, from one day to another. A new one follows an old one; what
    was recorded by mistake is void and stays in the list."""

    __tablename__ = "undertaking"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="dates"),
        CheckConstraint("account_id <> recorded_by", name="not_oneself"),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id", "valid_to"),
        Index(None, "agency_id", "valid_to", "id"),
        {
            "info": {
                "wall": Wall(
                    {"desk": Grant("select insert update", update_columns=("is_void", "void_why"))}
                )
            }
        },
    )

    account_id: Mapped[int] = mapped_column(BigInteger)
    signed_on: Mapped[dt.date] = mapped_column(Date)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date] = mapped_column(Date)
    scan_file_id: Mapped[int] = mapped_column(BigInteger)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    is_void: Mapped[bool] = mapped_column(Boolean, server_default="false")
    void_why: Mapped[str] = mapped_column(Text, server_default="")
