"""A household that is being typed in: kept as it stands, sealed, until it is prepared."""

import datetime as dt

from sqlalchemy import BigInteger, DateTime, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Wall

_OWN = "select insert update delete"


class HouseholdDraft(TenantRow, Base):
    """What a desk has typed of one household so far; gone once the household is prepared.

    Agency staff have no right here: nothing was handed to them yet.
    """

    __tablename__ = "household_draft"
    __table_args__ = (
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        Index(
            "uq_household_draft_case",
            "agency_id",
            "case_id",
            unique=True,
            postgresql_where=text("case_id <> 0"),
        ),
        {"info": {"wall": Wall({"commissioner": _OWN, "township": _OWN})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    # The case that is being changed or corrected; 0 for a household that is new.
    case_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # Who types; another person of the desk takes over by an act of their own.
    account_id: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    saved_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
