"""What became of a household after it was listed: one row per change, with who, when and why."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

KINDS = ("consent", "application", "departure")
ADDITION_KINDS = ("member", "number", "name", "consent")


class HouseholdChange(TenantRow, Base):
    """One change, as it was recorded on a signed paper. Append-only.

    ``happened_on`` is the day on the paper; the reason and whatever names a person are sealed.
    """

    __tablename__ = "household_change"
    __table_args__ = (
        one_of("kind", KINDS),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        Index(None, "agency_id", "case_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert",
                        "commissioner": "select insert",
                        "township": "select insert",
                    }
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int] = mapped_column(BigInteger)
    # 0 where the change is the whole household's.
    subject_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    unit_id: Mapped[int] = mapped_column(server_default="0")
    desk_id: Mapped[int] = mapped_column(server_default="0")
    happened_on: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class Addition(TenantRow, Base):
    """追加委托, a correction, or a consent given anew: on paper, until the agency has checked it.

    ``subject_id`` is whom it is about: 0 for somebody new until it is taken, then the new person.
    What was typed, in the words of the list, and the reason are sealed.
    """

    __tablename__ = "addition"
    __table_args__ = (
        one_of("kind", ADDITION_KINDS),
        one_of("state", states_of("addition")),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        Index(None, "agency_id", "case_id", "id"),
        Index(None, "agency_id", "state", "id"),
        Index(
            "uq_addition_proposed",
            "agency_id",
            "subject_id",
            unique=True,
            postgresql_where=text("state = 'proposed' AND subject_id <> 0"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert update",
                        "commissioner": "select insert",
                        "township": "select insert",
                    }
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(server_default="0")
    case_id: Mapped[int] = mapped_column(BigInteger)
    subject_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    unit_id: Mapped[int] = mapped_column(server_default="0")
    desk_id: Mapped[int] = mapped_column(server_default="0")
    # The day from which it holds: of the birth, of the paper.
    happened_on: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
