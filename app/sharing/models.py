"""The agreements with sharing units, without which nothing is exchanged (第十六条), and employers
that are opened to be asked about their own people (第七条（十四）)."""

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
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

_DECIDED = ("confirmed_by", "confirmed_at", "is_void", "unit_id")
TERMS = ("rulebook", "agreed", "none")
LIST_RHYTHMS = ("", "week", "month")
"""The reply term: the rulebook's, a number of working days of its own, or no deadline at all."""


class Agreement(TenantRow, Base):
    """数据交换保密协议: recorded by one operator, in force once another one has confirmed it.

    ``reply_working_days`` is there exactly where ``term`` is "agreed"; the rulebook caps it.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        one_of("term", TERMS),
        CheckConstraint("(term = 'agreed') = (reply_working_days IS NOT NULL)", name="agreed_days"),
        CheckConstraint("answer_working_days > 0", name="answer_days"),
        one_of("list_every", LIST_RHYTHMS),
        CheckConstraint("(list_every = '') = (list_day = 0)", name="list_day"),
        CheckConstraint("valid_to >= valid_from", name="valid_to"),
        CheckConstraint("recorded_by <> confirmed_by", name="two_operators"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(None, "agency_id", "unit_id", "valid_from"),
        {"info": {"wall": Wall({"desk": "select insert update", "liaison": "select"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(Text)
    signed_on: Mapped[dt.date] = mapped_column(Date)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    term: Mapped[str] = mapped_column(Text)
    reply_working_days: Mapped[int | None] = mapped_column(SmallInteger)
    # The other direction: how long this agency has to answer the unit; empty for the law's own.
    answer_working_days: Mapped[int | None] = mapped_column(SmallInteger)
    # How often human resources wants whom to look up: the day of the week (1 is Monday) or month.
    list_every: Mapped[str] = mapped_column(Text, server_default="")
    list_day: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    scan_file_id: Mapped[int | None] = mapped_column(BigInteger)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
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


class Employer(TenantRow, Base):
    """所在单位: a department or employer that answers about its own people. Recorded by one person,
    a unit once an operator other than that one has confirmed it.

    ``code``: 统一社会信用代码; ``contact``: who answers there, filed by ``letter_number``.
    """

    __tablename__ = "employer"
    __table_args__ = (
        CheckConstraint("recorded_by <> confirmed_by", name="two_people"),
        CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)"
            " AND (confirmed_by IS NULL) = (unit_id IS NULL)",
            name="confirmed",
        ),
        CheckConstraint("NOT (is_void AND confirmed_by IS NOT NULL)", name="void"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(
            "uq_employer_code",
            "agency_id",
            "code",
            unique=True,
            postgresql_where=text("NOT is_void"),
        ),
        Index(None, "agency_id", "unit_id"),
        {"info": {"wall": Wall({"desk": Grant("select insert update", update_columns=_DECIDED)})}},
    )

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    letter_number: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int | None] = mapped_column(Integer)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    is_void: Mapped[bool] = mapped_column(Boolean, server_default="false")

    @property
    def standing(self) -> str:
        """How it stands: void, waiting (for the second person) or running."""
        if self.is_void:
            return "void"
        return "waiting" if self.confirmed_by is None else "running"
