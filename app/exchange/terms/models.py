"""延期告知: the one extension that a request may have (Jilin 2017/58, art. 12)."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

GROUNDS = ("technical", "volume", "other")
WAYS = ("portal", "paper")


class Extension(TenantRow, Base):
    """The unit's letter that it needs longer: one for a request, never changed, never taken back.

    ``portal``: asked for by the liaison, the letter is made here. ``paper``: a sealed letter that
    an operator registered, with its scan.
    """

    __tablename__ = "extension"
    __table_args__ = (
        one_of("ground", GROUNDS),
        one_of("way", WAYS),
        CheckConstraint("days > 0 AND due_on > due_before", name="later"),
        CheckConstraint("arrived_on <= due_before", name="in_time"),
        ForeignKeyConstraint(
            ["agency_id", "request_id"],
            ["exchange_request.agency_id", "exchange_request.id"],
        ),
        Index(None, "agency_id", "request_id", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant("select insert update", update_columns=("file_id",)),
                        "liaison": "select insert",
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[int] = mapped_column(BigInteger)
    way: Mapped[str] = mapped_column(Text)
    days: Mapped[int] = mapped_column(SmallInteger)
    ground: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text, server_default="")
    letter_number: Mapped[str] = mapped_column(Text, server_default="")
    letter_on: Mapped[dt.date] = mapped_column(Date)
    arrived_on: Mapped[dt.date] = mapped_column(Date)
    due_before: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    # The letter itself: the scan of the paper one; the portal's own once the worker has made it.
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
