"""来函核查: what a unit asks by letter, its people, and what is answered of each (95号 二(一)3)."""

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
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from tenants.database import Base, TenantRow
from tenants.isolation import Wall

OUTCOMES = ("", "hit", "no_record", "unable", "refused")
"""Empty: nobody has answered yet."""

SOURCES = ("", "store", "hand", "rule")
"""From the store of returned data; looked up by hand; by rule, without a look (no consent)."""


class LetterInquiry(TenantRow, Base):
    """A stamped letter with a list of people, entered at the counter; its answer is prepared by one
    operator, confirmed by another, and handed over.

    ``due_on``: five working days from its receipt, or fewer by agreement (民发〔2020〕95号 二(二)).
    """

    __tablename__ = "letter_inquiry"
    __table_args__ = (
        CheckConstraint("drafted_by <> confirmed_by", "two_operators"),
        CheckConstraint("(drafted_by IS NULL) = (drafted_at IS NULL)", "drafted"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", "confirmed"),
        CheckConstraint("confirmed_by IS NULL OR drafted_by IS NOT NULL", "confirmed_drafted"),
        CheckConstraint("handed_on IS NULL OR confirmed_at IS NOT NULL", "handed_confirmed"),
        CheckConstraint("(void_reason = '') = (void_on IS NULL)", "void"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(None, "agency_id", "number", unique=True),
        Index(None, "agency_id", "unit_id", "letter_number"),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(Text)
    letter_number: Mapped[str] = mapped_column(Text)
    letter_on: Mapped[dt.date] = mapped_column(Date)
    received_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(Text)
    items: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    lines: Mapped[int] = mapped_column(Integer)
    scan_file_id: Mapped[int] = mapped_column(BigInteger)
    entered_by: Mapped[int] = mapped_column(BigInteger)
    entered_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    drafted_by: Mapped[int | None] = mapped_column(BigInteger)
    drafted_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    returned_why: Mapped[str] = mapped_column(Text, server_default="")
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    stamp: Mapped[str] = mapped_column(Text, server_default="")
    package_file_id: Mapped[int | None] = mapped_column(BigInteger)
    password_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    handed_on: Mapped[dt.date | None] = mapped_column(Date)
    handed_how: Mapped[str] = mapped_column(Text, server_default="")
    handed_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    void_on: Mapped[dt.date | None] = mapped_column(Date)
    void_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    void_reason: Mapped[str] = mapped_column(Text, server_default="")

    @property
    def standing(self) -> str:
        """answering, drafted (for the second operator), confirmed, handed or void."""
        if self.void_on is not None:
            return "void"
        if self.handed_on is not None:
            return "handed"
        if self.confirmed_at is not None:
            return "confirmed"
        return "answering" if self.drafted_at is None else "drafted"

    def is_late(self, today: dt.date) -> bool:
        """Whether it was answered after its day, or still is not and the day is over."""
        if self.void_on is not None:
            return False
        return (self.handed_on or today) > self.due_on


class LetterInquiryPerson(TenantRow, Base):
    """Somebody who is asked about. ``authorised_on``: the day of their authorisation; None where
    none came with the letter, and then nothing is told of them (民发〔2020〕95号 二(四))."""

    __tablename__ = "letter_inquiry_person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "inquiry_id"], ["letter_inquiry.agency_id", "letter_inquiry.id"]
        ),
        Index(None, "agency_id", "inquiry_id", "line", unique=True),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    inquiry_id: Mapped[int] = mapped_column(BigInteger)
    line: Mapped[int] = mapped_column(Integer)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    authorised_on: Mapped[dt.date | None] = mapped_column(Date)
    # {"name", "id_number"}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LetterInquiryAnswer(TenantRow, Base):
    """What is answered of one person on one data item, from which source, as of which day."""

    __tablename__ = "letter_inquiry_answer"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        one_of("source", SOURCES),
        CheckConstraint("(outcome = '') = (source = '')", "answered"),
        ForeignKeyConstraint(
            ["agency_id", "inquiry_id"], ["letter_inquiry.agency_id", "letter_inquiry.id"]
        ),
        Index(None, "agency_id", "inquiry_id", "line", "item", unique=True),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    inquiry_id: Mapped[int] = mapped_column(BigInteger)
    line: Mapped[int] = mapped_column(Integer)
    item: Mapped[int] = mapped_column(SmallInteger)
    outcome: Mapped[str] = mapped_column(Text, server_default="")
    source: Mapped[str] = mapped_column(Text, server_default="")
    source_words: Mapped[str] = mapped_column(Text, server_default="")
    as_of: Mapped[dt.date | None] = mapped_column(Date)
    answered_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # {"words"}: what was found, in words
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
