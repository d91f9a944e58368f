"""Notices of holidays that an agency recorded, or that the agency above sent down."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Index,
    Integer,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

# What the State Council published is nobody's secret: all who see a date count by it.
_ALL = {
    role: Grant("select", compares=("agency_id",))
    for role in ("commissioner", "township", "liaison", "public")
}


class HolidayNotice(TenantRow, Base):
    """One year's days off and make-up days: recorded by one person, in force once another has
    confirmed it. ``from_agency_id``: the agency above that both of them work for; 0 for this one.
    """

    __tablename__ = "holiday_notice"
    __table_args__ = (
        CheckConstraint("recorded_by <> confirmed_by", name="two_people"),
        CheckConstraint("(from_agency_id = 0) = (recorded_by IS NOT NULL)", name="own"),
        CheckConstraint(
            "from_agency_id <> 0 OR (confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name="confirmed",
        ),
        Index(None, "agency_id", "year"),
        {"info": {"wall": Wall(_ALL | {"desk": "select insert update"})}},
    )

    year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    holidays: Mapped[list[dt.date]] = mapped_column(ARRAY(Date))
    make_up_days: Mapped[list[dt.date]] = mapped_column(ARRAY(Date))
    from_agency_id: Mapped[int] = mapped_column(Integer, server_default="0")
    recorded_by: Mapped[int | None] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    is_void: Mapped[bool] = mapped_column(Boolean, server_default="false")

    @property
    def state(self) -> str:
        """waiting (for the second person), confirmed, or void."""
        if self.is_void:
            return "void"
        return "waiting" if self.confirmed_at is None else "confirmed"
