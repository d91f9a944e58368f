"""互相备案: whom agency and sharing unit told each other of, before they act (操作规程 五(三))."""

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
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

SIDES = ("agency", "unit")


class Filing(TenantRow, Base):
    """One person of one side, filed with the other from a day on; counts once a second operator has
    confirmed it, or of an operator the unit's liaison. ``account_id`` is 0 for somebody of a unit
    who takes media and has no login; ``replaces`` is the filing that ends when this one begins.
    """

    __tablename__ = "filing"
    __table_args__ = (
        CheckConstraint("side IN ('agency', 'unit')", name="side"),
        CheckConstraint("side = 'unit' OR account_id <> 0", name="operator"),
        CheckConstraint("valid_to >= valid_from", name="valid_to"),
        CheckConstraint("filed_by <> confirmed_by", name="two_people"),
        CheckConstraint("account_id = 0 OR account_id <> confirmed_by", name="not_oneself"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(None, "agency_id", "unit_id"),
        Index(None, "agency_id", "account_id", "unit_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "liaison": Grant(
                            "select insert update",
                            update_columns=("valid_to", "confirmed_by", "confirmed_at"),
                        ),
                        "public": "select",
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    side: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    name: Mapped[str] = mapped_column(Text)
    letter_number: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    replaces: Mapped[int] = mapped_column(BigInteger, server_default="0")
    filed_by: Mapped[int] = mapped_column(BigInteger)
    filed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    is_void: Mapped[bool] = mapped_column(Boolean, server_default="false")

    def standing(self, day: dt.date) -> str:
        """How it stands on ``day``: void, waiting (for the second operator), coming, running or
        over."""
        if self.is_void:
            return "void"
        if self.confirmed_by is None:
            return "waiting"
        if day < self.valid_from:
            return "coming"
        return "over" if self.valid_to is not None and self.valid_to < day else "running"
