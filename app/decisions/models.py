"""What was decided on a household after its report: one row a revision, none ever taken away."""

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
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import SCHEMES, one_of
from app.decisions.rules import OUTCOMES, WAYS
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

_REVISED = Grant("select insert update", update_columns=("replaced_by",))


class Decision(TenantRow, Base):
    """审批情况 of one household, as its commissioning unit reported it (操作规程 四).

    A correction is a row of its own and is named by the one before it (``replaced_by``). What a
    lower agency handed up has the month of the decision, and neither day, amount nor reason.
    """

    __tablename__ = "decision"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        one_of("scheme", SCHEMES),
        one_of("way", WAYS),
        CheckConstraint("(outcome = 'open') = (decided_month = 0)", name="decided"),
        CheckConstraint(
            "amount_fen IS NULL OR amount_fen > 0 AND outcome IN ('granted', 'changed')",
            name="amount",
        ),
        CheckConstraint("(way = 'letter') = (report_id IS NULL)", name="report"),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        ForeignKeyConstraint(["agency_id", "report_id"], ["report.agency_id", "report.id"]),
        Index(None, "agency_id", "case_id", "version", unique=True),
        Index(
            "uq_decision_current",
            "agency_id",
            "case_id",
            unique=True,
            postgresql_where=text("replaced_by = 0"),
        ),
        Index(None, "agency_id", "decided_month"),
        Index(None, "agency_id", "unit_id", "case_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": _REVISED,
                        "commissioner": _REVISED,
                    }
                )
            }
        },
    )

    case_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    from_agency_id: Mapped[int] = mapped_column(Integer, server_default="0")
    version: Mapped[int] = mapped_column(SmallInteger)
    replaced_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # The merged report that the decision rests on.
    report_id: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[str] = mapped_column(Text)
    scheme: Mapped[str] = mapped_column(Text)
    # A month's amount or the one sum, as the rulebook says of the scheme.
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    decided_on: Mapped[dt.date | None] = mapped_column(Date)
    decided_month: Mapped[int] = mapped_column(Integer, server_default="0")
    # The first month (yyyymm) for which it holds; 0 for none.
    from_period: Mapped[int] = mapped_column(Integer, server_default="0")
    # {"reason": why it is still open}
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    way: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorder_name: Mapped[str] = mapped_column(Text)
    recorded_on: Mapped[dt.date] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
