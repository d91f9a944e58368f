"""Papers: one row for each scanned sheet, and batches of pictures that wait for a confirmation."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.papers.rules import KINDS, MEDIA_TYPES
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

# Who prepares a household turns, crops and takes away its sheets; a corrected list gives its
# people new rows, and their sheets follow them.
_PREPARED = Grant(
    "select insert update delete",
    update_columns=("subject_id", "kind", "file_id", "original_file_id", "size"),
)
_BATCHES = Grant("select insert update", update_columns=("written_at",))


class Paper(TenantRow, Base):
    """One scan of one sheet (操作规程 二(一)): a subject's, a household's, or an entrustment's."""

    __tablename__ = "paper"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("media_type", MEDIA_TYPES),
        CheckConstraint("(case_id IS NULL) <> (entrustment_id IS NULL)", name="place"),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        ForeignKeyConstraint(
            ["agency_id", "entrustment_id"], ["entrustment.agency_id", "entrustment.id"]
        ),
        Index(None, "agency_id", "case_id", "subject_id"),
        Index(None, "agency_id", "entrustment_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete",
                            columns=(
                                "agency_id",
                                "id",
                                "case_id",
                                "entrustment_id",
                                "file_id",
                                "original_file_id",
                            ),
                        ),
                        "desk": "select insert",
                        "commissioner": _PREPARED,
                        "township": _PREPARED,
                    }
                )
            }
        },
    )

    case_id: Mapped[int | None] = mapped_column(BigInteger)
    entrustment_id: Mapped[int | None] = mapped_column(BigInteger)
    # 0: the sheet is the household's, or the entrustment's.
    subject_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # The explanation or the recorded change that the sheet shows; 0 for what the household brings.
    origin_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    kind: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(SmallInteger)
    file_id: Mapped[int] = mapped_column(BigInteger)
    # As it came, when it was turned or cropped since.
    original_file_id: Mapped[int | None] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    pages: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    uploaded_by: Mapped[int] = mapped_column(BigInteger)
    uploaded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class PaperBatch(TenantRow, Base):
    """Pictures of a whole list with the place proposed for each; nothing counts before it is
    confirmed. File names may hold people's names, so they are sealed."""

    __tablename__ = "paper_batch"
    __table_args__ = (
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "list_id")),
                        "commissioner": _BATCHES,
                        "township": _BATCHES,
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    list_id: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_by: Mapped[int] = mapped_column(BigInteger)
    uploaded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    written_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
