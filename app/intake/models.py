"""Staging of a checked list, the ticks of the intake check, how senders' sheets are laid out."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.intake.paper_rules import TICKS
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall


class StagedSubject(Base):
    """One checked row of a list on its way in; everything private is sealed already.

    The one reviewed exception to forced policies: COPY does not work under them, so the table
    belongs to the ``loader`` role, and a CHECK holds the agency.
    """

    __tablename__ = "staged_subject"
    __table_args__ = {
        "prefixes": ["UNLOGGED"],
        "info": {
            "wall": Wall(
                {
                    "desk": "select delete",
                    "commissioner": "select delete",
                    "township": "select delete",
                },
                staging=True,
            )
        },
    }

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    list_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    row_no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer)
    case_id: Mapped[int] = mapped_column(BigInteger)
    subject_id: Mapped[int] = mapped_column(BigInteger)
    household_no: Mapped[str] = mapped_column(Text)
    scheme: Mapped[str] = mapped_column(Text)
    application: Mapped[str] = mapped_column(Text)
    region: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(SmallInteger)
    role: Mapped[str] = mapped_column(Text)
    relation: Mapped[str] = mapped_column(Text)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary)
    name_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    head_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    declared: Mapped[bytes] = mapped_column(LargeBinary)
    authorised_on: Mapped[dt.date | None] = mapped_column(Date)
    expires_on: Mapped[dt.date | None] = mapped_column(Date)
    refused_on: Mapped[dt.date | None] = mapped_column(Date)
    guardian_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    scope: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default="{}")


class PaperTick(Base):
    """One thing of the papers that somebody saw at the intake check (操作规程 三(一)1): a seal on
    an entrustment's letter or list (case and subject 0), or what a subject brought."""

    __tablename__ = "paper_tick"
    __table_args__ = (
        one_of("what", TICKS),
        ForeignKeyConstraint(
            ["agency_id", "entrustment_id"], ["entrustment.agency_id", "entrustment.id"]
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete",
                            columns=(
                                "agency_id",
                                "entrustment_id",
                                "case_id",
                                "subject_id",
                                "what",
                            ),
                        ),
                        "desk": "select insert delete",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    entrustment_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    what: Mapped[str] = mapped_column(Text, primary_key=True)
    ticked_by: Mapped[int] = mapped_column(BigInteger)
    ticked_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class ListLayout(TenantRow, Base):
    """What one desk or department said of a heading row that was not understood by itself.

    ``layout`` holds places, units and official words; nothing of anybody's.
    """

    __tablename__ = "list_layout"
    __table_args__ = (
        Index(None, "agency_id", "unit_id", "desk_id", "fingerprint", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "commissioner": "select insert update",
                        "township": "select insert update",
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    layout: Mapped[dict[str, Any]] = mapped_column(JSONB)
    said_by: Mapped[int] = mapped_column(BigInteger)
    said_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
