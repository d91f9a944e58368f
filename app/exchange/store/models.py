"""数据回流库: what a source gave back to this agency, load by load."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.exchange.store.rules import is_too_old
from app.intake.loads import LoadRow
from tenants.database import Base, TenantRow
from tenants.isolation import Wall

ENDS = ("", "refused", "void", "replaced", "removed", "term")
"""Why a load is over: its file was faulty; it was given up before it was confirmed; a newer one was
confirmed; it was taken out with a reason; it was kept as long as the rulebook lets it be kept."""

_OPEN = "ended_why = ''"


class ReturnedLoad(LoadRow, Base):
    """One file of a unit about one data item: where it came from, of what day, by which two people.

    ``part`` tells data sets of one item apart that stand beside each other (employees' and
    residents' insurance); a new load replaces the one of its own part.
    """

    __tablename__ = "returned_load"
    __table_args__ = (
        one_of("ended_why", ENDS),
        CheckConstraint("loaded_by <> confirmed_by", "two_operators"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", "confirmed"),
        CheckConstraint("(ended_why = '') = (ended_at IS NULL)", "ended"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(
            "uq_returned_load_in_force",
            *("agency_id", "unit_id", "item", "part"),
            unique=True,
            postgresql_where=text(f"confirmed_at IS NOT NULL AND {_OPEN}"),
        ),
        Index(
            "uq_returned_load_waiting",
            *("agency_id", "unit_id", "item", "part"),
            unique=True,
            postgresql_where=text(f"confirmed_at IS NULL AND {_OPEN}"),
        ),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    unit_id: Mapped[int] = mapped_column(Integer)
    item: Mapped[int] = mapped_column(SmallInteger)
    part: Mapped[str] = mapped_column(Text, server_default="")
    as_of: Mapped[dt.date] = mapped_column(Date)
    records: Mapped[int] = mapped_column(Integer, server_default="0")
    persons: Mapped[int] = mapped_column(Integer, server_default="0")

    def standing(self, today: dt.date, fresh_days: int) -> str:
        """reading, columns, waiting, in_force, too_old, or why it is over."""
        if self.ended_why:
            return self.ended_why
        if self.confirmed_at is not None:
            return "too_old" if is_too_old(self.as_of, today, fresh_days) else "in_force"
        if self.read_at is not None:
            return "waiting"
        return "columns" if self.wants_columns else "reading"


class ReturnedRecord(TenantRow, Base):
    """One record of a load, sealed; the person is found by the keyed hash of the number.

    ``as_of``: the row's own day where the file says it, else the load's.
    """

    __tablename__ = "returned_record"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "load_id"], ["returned_load.agency_id", "returned_load.id"]
        ),
        Index(None, "agency_id", "load_id", "person_hash"),
        {"info": {"wall": Wall({"desk": "select insert delete"})}},
    )

    load_id: Mapped[int] = mapped_column(BigInteger)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
    as_of: Mapped[dt.date] = mapped_column(Date)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
