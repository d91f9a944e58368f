"""What somebody should know, told to a role at a place, and who has read it."""

import datetime as dt

from sqlalchemy import BigInteger, Date, DateTime, ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

# Whoever acts may tell any desk of the same agency; each reads what is told to its own place.
_TOLD_FROM_UNITS = (Grant("select"), Grant("insert", compares=("agency_id",)))
_READ_BY = "select insert"


class Notice(TenantRow, Base):
    """One message: a kind with its words, the thing it is about, and numbers; nothing private.

    ``role`` says who at the place reads it; a message to one person has ``account_id`` and no role.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(None, "agency_id", "unit_id", "desk_id", "role", "id"),
        Index(None, "agency_id", "kind", "object_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert delete",
                        "commissioner": _TOLD_FROM_UNITS,
                        "township": _TOLD_FROM_UNITS,
                        "liaison": _TOLD_FROM_UNITS,
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    role: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    kind: Mapped[str] = mapped_column(Text)
    object_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    number: Mapped[str] = mapped_column(Text, server_default="")
    count: Mapped[int] = mapped_column(Integer, server_default="0")
    day: Mapped[dt.date] = mapped_column(Date)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class NoticeRead(Base):
    """One person has read one notice."""

    __tablename__ = "notice_read"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "notice_id"], ["notice.agency_id", "notice.id"], ondelete="CASCADE"
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": _READ_BY,
                        "commissioner": _READ_BY,
                        "township": _READ_BY,
                        "liaison": _READ_BY,
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    notice_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
