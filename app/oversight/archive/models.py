"""核对档案: one row a file, for good; what holds it; sets that are destroyed."""

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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from app.oversight.archive.rules import BASES, HOLD_KINDS
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall


class ArchiveFile(TenantRow, Base):
    """The file of one closed case (第十七条): what it holds as counts and one digest, how long
    it is kept and where its paper stands. No private data: destroyed, it stays as a tombstone.

    ``case_id`` refers to a case that may be gone. ``digest`` is SHA-256 over the digests of all
    its documents; ``kept_years`` None and ``keep_until`` None: for good.
    """

    __tablename__ = "archive_file"
    __table_args__ = (
        one_of("state", states_of("archive")),
        one_of("basis", BASES),
        CheckConstraint("(kept_years IS NULL) = (keep_until IS NULL)", name="kept"),
        CheckConstraint("state <> 'destroyed' OR destroyed_at IS NOT NULL", name="destroyed"),
        CheckConstraint("cardinality(missing) = 0 OR incomplete_reason <> ''", name="complete"),
        Index(None, "agency_id", "case_id", unique=True),
        Index(None, "agency_id", "number", unique=True),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "year", "id"),
        Index(None, "agency_id", "destruction_id", "id"),
        Index(
            "ix_archive_file_due",
            "agency_id",
            "keep_until",
            "id",
            postgresql_where=text("state = 'filed'"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update",
                            update_columns=(
                                *("state", "rev", "shelf", "basis", "kept_years", "keep_until"),
                                *("missing", "incomplete_reason", "documents", "digest"),
                                *("renewed_on", "destruction_id", "destroyed_at"),
                            ),
                        )
                    }
                )
            }
        },
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    case_id: Mapped[int] = mapped_column(BigInteger)
    case_number: Mapped[str] = mapped_column(Text)
    period: Mapped[int] = mapped_column(Integer)
    scheme: Mapped[str] = mapped_column(Text)
    # The year in which the case was closed: files are counted and kept by it.
    year: Mapped[int] = mapped_column(SmallInteger)
    closed_on: Mapped[dt.date] = mapped_column(Date)
    basis: Mapped[str] = mapped_column(Text)
    kept_years: Mapped[int | None] = mapped_column(SmallInteger)
    keep_until: Mapped[dt.date | None] = mapped_column(Date)
    shelf: Mapped[str] = mapped_column(Text, server_default="")
    missing: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    incomplete_reason: Mapped[str] = mapped_column(Text, server_default="")
    subjects: Mapped[int] = mapped_column(SmallInteger)
    documents: Mapped[int] = mapped_column(Integer)
    findings: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    filed_on: Mapped[dt.date] = mapped_column(Date)
    filed_by: Mapped[int] = mapped_column(BigInteger)
    filer_name: Mapped[str] = mapped_column(Text)
    renewed_on: Mapped[dt.date | None] = mapped_column(Date)
    destruction_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    destroyed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class ArchiveHold(TenantRow, Base):
    """Why a file is not destroyed for now, until somebody lifts it with a reason. (A file with an
    objection under way is held without a row.)"""

    __tablename__ = "archive_hold"
    __table_args__ = (
        one_of("kind", HOLD_KINDS),
        CheckConstraint("(lifted_on IS NULL) = (lifted_by IS NULL)", name="lifted"),
        ForeignKeyConstraint(
            ["agency_id", "archive_id"], ["archive_file.agency_id", "archive_file.id"]
        ),
        Index(None, "agency_id", "archive_id", "id"),
        Index(
            "ix_archive_hold_open",
            "agency_id",
            "archive_id",
            postgresql_where=text("lifted_on IS NULL"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": Grant(
                            "select insert update",
                            update_columns=("lifted_on", "lifted_by", "lifter_name", "lift_reason"),
                        )
                    }
                )
            }
        },
    )

    archive_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    placed_on: Mapped[dt.date] = mapped_column(Date)
    placed_by: Mapped[int] = mapped_column(BigInteger)
    placer_name: Mapped[str] = mapped_column(Text)
    lifted_on: Mapped[dt.date | None] = mapped_column(Date)
    lifted_by: Mapped[int | None] = mapped_column(BigInteger)
    lifter_name: Mapped[str] = mapped_column(Text, server_default="")
    lift_reason: Mapped[str] = mapped_column(Text, server_default="")


class ArchiveDestruction(TenantRow, Base):
    """A set of files to be destroyed: proposed, allowed and witnessed by three different people."""

    __tablename__ = "archive_destruction"
    __table_args__ = (
        one_of("state", states_of("destruction")),
        CheckConstraint("confirmed_by <> proposed_by", name="two_people"),
        CheckConstraint(
            "witnessed_by <> proposed_by AND witnessed_by <> confirmed_by", name="witness"
        ),
        CheckConstraint(
            "state IN ('proposed', 'turned_down') OR confirmed_by IS NOT NULL", name="confirmed"
        ),
        CheckConstraint(
            "state NOT IN ('destroying', 'destroyed') OR witnessed_by IS NOT NULL", name="witnessed"
        ),
        Index(None, "agency_id", "state", "id"),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    reason: Mapped[str] = mapped_column(Text)
    files: Mapped[int] = mapped_column(Integer)
    proposed_on: Mapped[dt.date] = mapped_column(Date)
    proposed_by: Mapped[int] = mapped_column(BigInteger)
    proposer_name: Mapped[str] = mapped_column(Text)
    confirmed_on: Mapped[dt.date | None] = mapped_column(Date)
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmer_name: Mapped[str] = mapped_column(Text, server_default="")
    witnessed_on: Mapped[dt.date | None] = mapped_column(Date)
    witnessed_by: Mapped[int | None] = mapped_column(BigInteger)
    witness_name: Mapped[str] = mapped_column(Text, server_default="")
    destroyed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
