"""Verification reports: own, received from higher tiers, and merged for the commissioning unit."""

import datetime as dt

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
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall


class Report(TenantRow, Base):
    """One report of one household.

    ``kind`` is ``own`` (this agency checked), ``upper`` (a higher tier's, kept exactly as it
    came) or ``merged`` (the covering document that the commissioning unit gets). Only merged
    reports carry the unit, so only they pass the unit's wall. ``by_agency_id`` issued it.
    """

    __tablename__ = "report"
    __table_args__ = (
        one_of("kind", ("own", "upper", "merged")),
        one_of("state", states_of("report")),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        Index(None, "agency_id", "case_id", "kind", "version"),
        Index(None, "agency_id", "kind", "state", "id"),
        Index(None, "agency_id", "unit_id", "state", "id"),
        Index(None, "agency_id", "by_agency_id", "number"),
        # The page behind the QR code looks a report up by its code.
        Index(None, "agency_id", "code"),
        Index(
            "uq_report_drafted",
            "agency_id",
            "case_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'drafted'"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "case_id", "file_id")
                        ),
                        "desk": "select insert update",
                        "commissioner": Grant(
                            "select update",
                            update_columns=(
                                "state",
                                "rev",
                                "received_on",
                                "received_by",
                            ),
                        ),
                        "public": Grant(
                            "select",
                            columns=(
                                "agency_id",
                                "number",
                                "code",
                                "kind",
                                "version",
                                "state",
                                "issued_on",
                                "by_agency_id",
                                "replaced_by",
                                "supplements",
                                "supplemented_by",
                            ),
                        ),
                    }
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    case_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    by_agency_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    # Unguessable: the QR code's page needs number and code, so numbers cannot be tried out.
    code: Mapped[str] = mapped_column(Text, server_default="")
    replaced_by: Mapped[str] = mapped_column(Text, server_default="")
    # A supplementary report (补充报告) says what came after the version that it names; that one
    # stays valid and names it in turn.
    supplements: Mapped[str] = mapped_column(Text, server_default="")
    supplemented_by: Mapped[str] = mapped_column(Text, server_default="")
    # Why a named person decided that this version takes the place of the former ones.
    replacing_reason: Mapped[str] = mapped_column(Text, server_default="")
    # How everything asked stood when it was made, so that the next version can say what is new.
    asked_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    pages: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    issued_by: Mapped[int | None] = mapped_column(BigInteger)
    issuer_name: Mapped[str] = mapped_column(Text, server_default="")
    issued_on: Mapped[dt.date | None] = mapped_column(Date)
    issued_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    received_on: Mapped[dt.date | None] = mapped_column(Date)
    received_by: Mapped[int | None] = mapped_column(BigInteger)
    own_answers: Mapped[int] = mapped_column(Integer, server_default="0")
    upper_answers: Mapped[int] = mapped_column(Integer, server_default="0")
    # How many findings it holds, and how its asked items ended, as {outcome: count}.
    findings: Mapped[int] = mapped_column(Integer, server_default="0")
    outcomes: Mapped[dict[str, int]] = mapped_column(JSONB, server_default="{}")
    # A named person handed over although something was still out: why (操作规程 四 has a date).
    incomplete_reason: Mapped[str] = mapped_column(Text, server_default="")


class ReportPart(Base):
    """Which reports a merged report carries, in order, each by the digest of its exact bytes."""

    __tablename__ = "report_part"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "report_id"], ["report.agency_id", "report.id"]),
        ForeignKeyConstraint(["agency_id", "part_id"], ["report.agency_id", "report.id"]),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "report_id", "position")
                        ),
                        "desk": "select insert",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    report_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    part_id: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
