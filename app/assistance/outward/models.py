"""对外名单: lists that leave, who an agency above holds, and what each tier counts (143号 一)."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.assistance.register.models import ENDS
from app.cases.models import SCHEMES, one_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Wall

LIST_ENDS = ("", "void", "overtaken", "refused")
"""Why a list is over: given up; a newer one says the same from the same base; the agency above
holds another base."""

HELD_ENDS = (*ENDS, "replaced", "over_age", "died")
"""As in the register; or a full list has the person no more."""


class OutwardList(TenantRow, Base):
    """One issue of a flow: the register at the end of ``as_of``, whole, or what is different from
    ``base_id``, the last list that its recipient acknowledged; or those of a comparison of
    insurance, and then ``as_of`` is the day on which the list was due.

    ``schemes``: scheme → households and persons in all. ``made_by`` 0 is the daily job.
    """

    __tablename__ = "outward_list"
    __table_args__ = (
        one_of("ended_why", LIST_ENDS),
        CheckConstraint("(base_id = 0) = (base_as_of IS NULL)", "base"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", "confirmed"),
        CheckConstraint("(sent_on IS NULL) = (sent_by IS NULL)", "sent"),
        CheckConstraint("sent_on IS NULL OR confirmed_at IS NOT NULL", "sent_confirmed"),
        CheckConstraint("sent_by <> confirmed_by OR sent_by = 0", "two_operators"),
        CheckConstraint("acknowledged_on IS NULL OR sent_on IS NOT NULL", "acknowledged_sent"),
        CheckConstraint("(ended_why = '') = (ended_at IS NULL)", "ended"),
        Index(None, "agency_id", "key", unique=True),
        Index(None, "agency_id", "flow", "id"),
        Index(
            "uq_outward_list_day",
            *("agency_id", "flow", "as_of"),
            unique=True,
            postgresql_where=text("ended_why = ''"),
        ),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    flow: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(Text)
    key: Mapped[uuid.UUID] = mapped_column(Uuid)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    base_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    base_as_of: Mapped[dt.date | None] = mapped_column(Date)
    as_of: Mapped[dt.date] = mapped_column(Date)
    added: Mapped[int] = mapped_column(Integer, server_default="0")
    changed: Mapped[int] = mapped_column(Integer, server_default="0")
    ended: Mapped[int] = mapped_column(Integer, server_default="0")
    total: Mapped[int] = mapped_column(Integer)
    unknown: Mapped[int] = mapped_column(Integer, server_default="0")
    # Of a list of a comparison: which one, and how many are left out who did not authorise it.
    round_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    left_out: Mapped[int] = mapped_column(Integer, server_default="0")
    schemes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    stamp: Mapped[str] = mapped_column(Text)
    # The rows for the machine; for people the package, where the list leaves as a file.
    rows_file_id: Mapped[int] = mapped_column(BigInteger)
    package_file_id: Mapped[int | None] = mapped_column(BigInteger)
    password_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    made_on: Mapped[dt.date] = mapped_column(Date)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    sent_by: Mapped[int | None] = mapped_column(BigInteger)
    sent_on: Mapped[dt.date | None] = mapped_column(Date)
    sent_how: Mapped[str] = mapped_column(Text, server_default="")
    acknowledged_on: Mapped[dt.date | None] = mapped_column(Date)
    acknowledged_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    receipt: Mapped[str] = mapped_column(Text, server_default="")
    # How many people its recipient says to hold after it; a difference waits for its explanation.
    received: Mapped[int | None] = mapped_column(Integer)
    explanation: Mapped[str] = mapped_column(Text, server_default="")
    explained_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    ended_why: Mapped[str] = mapped_column(Text, server_default="")
    ended_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    ended_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reason: Mapped[str] = mapped_column(Text, server_default="")

    @property
    def is_full(self) -> bool:
        """Whether it names everybody."""
        return self.base_id == 0

    @property
    def differs(self) -> bool:
        """Whether its recipient holds another number of people than were told."""
        return self.received is not None and self.received != self.total

    @property
    def standing(self) -> str:
        """made, confirmed, sent, differs, acknowledged, or why it is over."""
        if self.ended_why:
            return self.ended_why
        if self.acknowledged_on is not None:
            return "differs" if self.differs and not self.explanation else "acknowledged"
        if self.sent_on is not None:
            return "sent"
        return "made" if self.confirmed_at is None else "confirmed"


class HeldPerson(TenantRow, Base):
    """Somebody whom an agency told those above it that pass the lists on to others, from one day to
    another: the first agency of the tree, and whoever has a unit of human resources.

    ``person_hash``, ``household_key`` and ``content_hash`` are as the register below has them,
    keyed there: here they only tell rows apart.
    """

    __tablename__ = "held_person"
    __table_args__ = (
        one_of("scheme", SCHEMES),
        one_of("ended_why", HELD_ENDS),
        CheckConstraint("(ended_why = '') = (valid_to IS NULL)", "ended"),
        CheckConstraint("valid_to >= valid_from", "days"),
        Index(
            "uq_held_person_current",
            *("agency_id", "by_agency_id", "scheme", "person_hash"),
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index(None, "agency_id", "valid_from"),
        Index(None, "agency_id", "valid_to"),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    by_agency_id: Mapped[int] = mapped_column(Integer)
    scheme: Mapped[str] = mapped_column(Text)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    household_key: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    is_head: Mapped[bool] = mapped_column(Boolean)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    born_month: Mapped[int] = mapped_column(Integer, server_default="0")
    is_male: Mapped[bool | None] = mapped_column(Boolean)
    as_of: Mapped[dt.date] = mapped_column(Date)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    ended_why: Mapped[str] = mapped_column(Text, server_default="")
    # {"name", "id_number", "household_no", "township"}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class TierCount(Base):
    """One agency's recipients under one scheme as it counts them itself, and as the first agency of
    the tree holds them (数据一致). Each tier keeps its own copy.

    ``child_id``: through whom it was told here, the agency itself for its own. ``held_key``: the
    last list that was taken in above; ``kept_key``: here, where this agency keeps who was told.
    ``explained_*``: why they differ, while the figures stay.
    """

    __tablename__ = "tier_count"
    __table_args__ = (
        one_of("scheme", SCHEMES),
        {"info": {"wall": Wall({"desk": "select insert update delete"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    by_agency_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    scheme: Mapped[str] = mapped_column(Text, primary_key=True)
    child_id: Mapped[int] = mapped_column(Integer)
    told_as_of: Mapped[dt.date] = mapped_column(Date)
    told_number: Mapped[str] = mapped_column(Text)
    told_households: Mapped[int] = mapped_column(Integer)
    told_persons: Mapped[int] = mapped_column(Integer)
    held_key: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    kept_key: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    held_as_of: Mapped[dt.date | None] = mapped_column(Date)
    held_households: Mapped[int] = mapped_column(Integer, server_default="0")
    held_persons: Mapped[int] = mapped_column(Integer, server_default="0")
    differs_since: Mapped[dt.date | None] = mapped_column(Date)
    explanation: Mapped[str] = mapped_column(Text, server_default="")
    explained_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    explained_on: Mapped[dt.date | None] = mapped_column(Date)
