"""Data packages that came in: who imported which for whom."""

import datetime as dt

from sqlalchemy import BigInteger, Boolean, DateTime, ForeignKeyConstraint, Index, Integer
from sqlalchemy import LargeBinary as Bytes
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Wall


class DataPackage(TenantRow, Base):
    """One package that became an entrustment. ``on_behalf``: an intake officer imported the disc
    of a department without a login. ``digest`` tells the same package when it comes again."""

    __tablename__ = "data_package"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "entrustment_id"], ["entrustment.agency_id", "entrustment.id"]
        ),
        Index(None, "agency_id", "unit_id", "digest", unique=True),
        Index(None, "agency_id", "entrustment_id"),
        {"info": {"wall": Wall({"desk": "select insert", "commissioner": "select insert"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    entrustment_id: Mapped[int] = mapped_column(BigInteger)
    on_behalf: Mapped[bool] = mapped_column(Boolean)
    digest: Mapped[bytes] = mapped_column(Bytes)
    households: Mapped[int] = mapped_column(Integer)
    subjects: Mapped[int] = mapped_column(Integer)
    held_back: Mapped[int] = mapped_column(Integer)
    papers: Mapped[int] = mapped_column(Integer)
    imported_by: Mapped[int] = mapped_column(BigInteger)
    imported_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
