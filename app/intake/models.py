"""Staging: where a checked list lands by COPY before one set-based promotion."""

import datetime as dt

from sqlalchemy import BigInteger, Date, Integer, LargeBinary, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import THIS_AGENCY, Base
from tenants.isolation import Wall


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
    authorised_on: Mapped[dt.date] = mapped_column(Date)
    expires_on: Mapped[dt.date] = mapped_column(Date)
