"""救助对象名册: who receives aid, one truth per person and scheme, and the files that say so."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import SCHEMES, one_of
from app.intake.loads import LoadRow
from tenants.database import Base, TenantRow
from tenants.isolation import Wall

LOAD_ENDS = ("", "refused", "void")
"""Why a file is over before it counted: faulty, or other figures than were told; given up."""

SOURCES = ("decision", "load")
ENDS = ("", "changed", "stopped", "revoked", "left")
"""Why a row holds no longer: a newer one took its place; aid was stopped; the decision was
corrected; the system's later export has the person no more."""

_READ = Wall({"desk": "select insert update", "commissioner": "select", "township": "select"})


class RegisterLoad(LoadRow, Base):
    """One export of the national system about one scheme: its source, when it was exported, its
    totals as one operator told them and as they were read; another operator confirms.
    """

    __tablename__ = "register_load"
    __table_args__ = (
        one_of("ended_why", LOAD_ENDS),
        one_of("scheme", SCHEMES),
        CheckConstraint("loaded_by <> confirmed_by", "two_operators"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", "confirmed"),
        CheckConstraint("(ended_why = '') = (ended_at IS NULL)", "ended"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(None, "agency_id", "scheme", "exported_at"),
        Index(
            "uq_register_load_waiting",
            *("agency_id", "unit_id", "scheme"),
            unique=True,
            postgresql_where=text("applied_at IS NULL AND ended_why = ''"),
        ),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    scheme: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    exported_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    told_households: Mapped[int] = mapped_column(Integer)
    told_persons: Mapped[int] = mapped_column(Integer)
    told_amount_fen: Mapped[int] = mapped_column(BigInteger, server_default="0")
    households: Mapped[int] = mapped_column(Integer, server_default="0")
    persons: Mapped[int] = mapped_column(Integer, server_default="0")
    amount_fen: Mapped[int] = mapped_column(BigInteger, server_default="0")
    held_households: Mapped[int] = mapped_column(Integer, server_default="0")
    held_persons: Mapped[int] = mapped_column(Integer, server_default="0")
    added: Mapped[int] = mapped_column(Integer, server_default="0")
    left_count: Mapped[int] = mapped_column(Integer, server_default="0")
    changed: Mapped[int] = mapped_column(Integer, server_default="0")
    applied_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))

    @property
    def standing(self) -> str:
        """reading, columns, waiting, applying, applied, or why it is over."""
        if self.ended_why:
            return self.ended_why
        if self.applied_at is not None:
            return "applied"
        if self.confirmed_at is not None:
            return "applying"
        if self.read_at is not None:
            return "waiting"
        return "columns" if self.wants_columns else "reading"


class RegisterLayout(TenantRow, Base):
    """What an operator said of a heading row that is not understood by itself: places and how
    amounts stand, nothing of anybody's."""

    __tablename__ = "register_layout"
    __table_args__ = (
        Index(None, "agency_id", "fingerprint", unique=True),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    layout: Mapped[dict[str, Any]] = mapped_column(JSONB)
    said_by: Mapped[int] = mapped_column(BigInteger)
    said_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class RegisterRow(TenantRow, Base):
    """One person of a file that waits for its second operator; gone once the load counts or is
    over. ``is_held``: a row of a household with a fault; what is known of them stays as it is."""

    __tablename__ = "register_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "load_id"], ["register_load.agency_id", "register_load.id"]
        ),
        Index(None, "agency_id", "load_id", "person_hash"),
        Index(
            "ix_register_row_held",
            *("agency_id", "load_id", "household_key"),
            postgresql_where=text("is_held"),
        ),
        {"info": {"wall": Wall({"desk": "select insert delete"})}},
    )

    load_id: Mapped[int] = mapped_column(BigInteger)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    household_key: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    is_head: Mapped[bool] = mapped_column(Boolean)
    is_held: Mapped[bool] = mapped_column(Boolean)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    born_month: Mapped[int] = mapped_column(Integer, server_default="0")
    is_male: Mapped[bool | None] = mapped_column(Boolean)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class AssistedPerson(TenantRow, Base):
    """Somebody who receives aid under one scheme, from one day of the register to another.

    A change ends the row and begins another, so that the register of any day, and what changed
    from one day to the next, can be told (粤民发〔2020〕143号 一). ``as_of``: the day of the
    decision or of the export that it rests on; ``household_key``: keyed hash of the source's number
    of the household; ``amount_fen``: of the whole household, for a month.
    """

    __tablename__ = "assisted_person"
    __table_args__ = (
        one_of("scheme", SCHEMES),
        one_of("source", SOURCES),
        one_of("ended_why", ENDS),
        CheckConstraint("(ended_why = '') = (valid_to IS NULL)", "ended"),
        CheckConstraint("(ended_why = '') = (ended_as_of IS NULL)", "ended_as_of"),
        CheckConstraint("valid_to >= valid_from", "days"),
        CheckConstraint("(source = 'decision') = (case_id <> 0)", "case"),
        Index(
            "uq_assisted_person_current",
            *("agency_id", "scheme", "person_hash"),
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index(None, "agency_id", "scheme", "person_hash"),
        Index(None, "agency_id", "household_key"),
        Index(None, "agency_id", "case_id"),
        Index(None, "agency_id", "valid_from"),
        Index(None, "agency_id", "valid_to"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {"info": {"wall": _READ}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    scheme: Mapped[str] = mapped_column(Text)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    household_key: Mapped[bytes] = mapped_column(LargeBinary)
    # Of what is told outward: equal contents are no change.
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    is_head: Mapped[bool] = mapped_column(Boolean)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    # Month of birth (yyyymm; 0 unknown) and sex, for who is of working age.
    born_month: Mapped[int] = mapped_column(Integer, server_default="0")
    is_male: Mapped[bool | None] = mapped_column(Boolean)
    source: Mapped[str] = mapped_column(Text)
    load_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    case_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    as_of: Mapped[dt.date] = mapped_column(Date)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    ended_why: Mapped[str] = mapped_column(Text, server_default="")
    ended_as_of: Mapped[dt.date | None] = mapped_column(Date)
    # {"name", "id_number", "household_no", "township"}
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
