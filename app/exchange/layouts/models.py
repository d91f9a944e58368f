"""Each unit's own layouts, as they were explained; a later version never changes an earlier one."""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, DateTime, Index, Integer, LargeBinary, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Wall


class ReplyLayout(TenantRow, Base):
    """What an operator said of one heading row of a unit; places and official words only.

    ``fingerprint`` is a keyed hash of the headings; the highest version of it holds.
    """

    __tablename__ = "reply_layout"
    __table_args__ = (
        Index(None, "agency_id", "unit_id", "fingerprint", "version", unique=True),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(SmallInteger)
    item: Mapped[int] = mapped_column(SmallInteger)
    layout: Mapped[dict[str, Any]] = mapped_column(JSONB)
    said_by: Mapped[int] = mapped_column(BigInteger)
    said_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
