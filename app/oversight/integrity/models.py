"""诚信登记: entries on the decision of the competent authority, and what came of each.

Name, number and facts are sealed in one value; look-up is by the keyed hash of the number.
"""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from app.oversight.integrity.rules import ABOUT, DISPATCH_KINDS, NOTICE_WAYS, STEPS, WORD_KINDS
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Wall


class IntegrityEntry(TenantRow, Base):
    """One entry (吉民发〔2017〕58号 第十三至十五条、第二十条): whose decision, of which day, and
    until when it is shown; nothing is shown before it was served."""

    __tablename__ = "integrity_entry"
    __table_args__ = (
        one_of("state", states_of("integrity")),
        one_of("about", ABOUT),
        CheckConstraint("confirmed_by <> entered_by", name="two_people"),
        CheckConstraint("state <> 'in_force' OR ends_on IS NOT NULL", name="ends"),
        ForeignKeyConstraint(["agency_id", "file_id"], ["file.agency_id", "file.id"]),
        Index(None, "agency_id", "id_hash"),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "number", unique=True),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    about: Mapped[str] = mapped_column(Text)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    authority: Mapped[str] = mapped_column(Text)
    decision_number: Mapped[str] = mapped_column(Text)
    decision_on: Mapped[dt.date] = mapped_column(Date)
    file_id: Mapped[int] = mapped_column(BigInteger)
    entered_by: Mapped[int] = mapped_column(BigInteger)
    entered_on: Mapped[dt.date] = mapped_column(Date)
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    served_on: Mapped[dt.date | None] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    # The last day for the answer to the appeal under way.
    answer_by: Mapped[dt.date | None] = mapped_column(Date)


class IntegrityWord(TenantRow, Base):
    """Something said about an entry: to the person, by them, about their appeal. Append-only."""

    __tablename__ = "integrity_word"
    __table_args__ = (
        one_of("kind", WORD_KINDS),
        ForeignKeyConstraint(
            ["agency_id", "entry_id"], ["integrity_entry.agency_id", "integrity_entry.id"]
        ),
        Index(None, "agency_id", "entry_id", "id"),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    entry_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    said_on: Mapped[dt.date] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class IntegrityDuty(Base):
    """Who entered, who confirmed, who decided over the appeal: three different people, by key."""

    __tablename__ = "integrity_duty"
    __table_args__ = (
        one_of("step", STEPS),
        ForeignKeyConstraint(
            ["agency_id", "entry_id"], ["integrity_entry.agency_id", "integrity_entry.id"]
        ),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    entry_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(Text)


class IntegrityDispatch(TenantRow, Base):
    """A notice that left for a department or another agency (跨地区联动): that an entry is in
    force, or that it was withdrawn. Whoever got the first gets the second."""

    __tablename__ = "integrity_dispatch"
    __table_args__ = (
        one_of("kind", DISPATCH_KINDS),
        one_of("way", NOTICE_WAYS),
        ForeignKeyConstraint(
            ["agency_id", "entry_id"], ["integrity_entry.agency_id", "integrity_entry.id"]
        ),
        ForeignKeyConstraint(["agency_id", "file_id"], ["file.agency_id", "file.id"]),
        Index(None, "agency_id", "entry_id", "kind", "recipient", unique=True),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    entry_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(Text)
    way: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[dt.date] = mapped_column(Date)
    sent_by: Mapped[int] = mapped_column(BigInteger)
    file_id: Mapped[int] = mapped_column(BigInteger)
