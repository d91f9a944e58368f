"""定期核查: recipients who became next month's entrustment, and which of them are the sample."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import SCHEMES, one_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

_MADE_BY_UNIT = Wall({"desk": "select", "commissioner": "select insert"})


class PeriodicBatch(TenantRow, Base):
    """One choice of recipients by filter, prepared under their standing authorisations.

    ``seed`` and ``sample_size``: how the households whose papers are looked at were drawn, so that
    anybody can draw them again.
    """

    __tablename__ = "periodic_batch"
    __table_args__ = (
        one_of("scheme", SCHEMES),
        Index(None, "agency_id", "unit_id", "id"),
        {"info": {"wall": _MADE_BY_UNIT}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    scheme: Mapped[str] = mapped_column(Text)
    period: Mapped[int] = mapped_column(Integer)
    # The filter: an intake desk (0: all), and the day before which they were last checked.
    of_desk: Mapped[int] = mapped_column(Integer, server_default="0")
    checked_before: Mapped[dt.date | None] = mapped_column(Date)
    households: Mapped[int] = mapped_column(Integer)
    left_out: Mapped[int] = mapped_column(Integer, server_default="0")
    sample_percent: Mapped[int] = mapped_column(SmallInteger)
    sample_size: Mapped[int] = mapped_column(Integer)
    seed: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(BigInteger)
    made_on: Mapped[dt.date] = mapped_column(Date)
    made_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class PeriodicCase(Base):
    """A household of a batch: the case that checks it now, and the one that checked it last."""

    __tablename__ = "periodic_case"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        ForeignKeyConstraint(
            ["agency_id", "batch_id"], ["periodic_batch.agency_id", "periodic_batch.id"]
        ),
        Index(None, "agency_id", "batch_id", "case_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        **_MADE_BY_UNIT.grants,
                        "shredder": Grant("select delete", columns=("agency_id", "case_id")),
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Integer)
    batch_id: Mapped[int] = mapped_column(BigInteger)
    former_case: Mapped[int] = mapped_column(BigInteger)
    is_sampled: Mapped[bool] = mapped_column(Boolean)
