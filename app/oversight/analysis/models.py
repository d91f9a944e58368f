"""What the agencies below told of their work, as counts."""

import datetime as dt

from sqlalchemy import Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.oversight.analysis.measures import MEASURES
from tenants.database import THIS_AGENCY, Base
from tenants.isolation import Wall


class Tally(Base):
    """One count of one agency's month, as ``child_id`` last told it; the agency's own with itself
    as the child. ``value`` is None where the count was too small to be told."""

    __tablename__ = "tally"
    __table_args__ = (
        one_of("measure", MEASURES),
        Index(None, "agency_id", "period"),
        {"info": {"wall": Wall({"desk": "select insert delete"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    child_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    by_agency_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int | None] = mapped_column(Integer)
    counted_on: Mapped[dt.date] = mapped_column(Date)
