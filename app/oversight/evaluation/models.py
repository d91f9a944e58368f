"""目标责任制考评 (第十八条): one score sheet per lower agency and year, a copy on either side."""

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Text,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Wall


class ScoreSheet(TenantRow, Base):
    """The targets of one year for ``child_id``, set by ``parent_id``: the self-assessment, the
    score, what is contested, and how it ended. Either agency keeps its own row, known by ``key``;
    account ids are those of the agency whose people they are, 0 in the other's copy."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        one_of("state", states_of("evaluation")),
        CheckConstraint("scored_by = 0 OR scored_by <> settled_by", name="settled_by_another"),
        Index(None, "agency_id", "key", unique=True),
        Index(None, "agency_id", "child_id", "year", "parent_id", unique=True),
        Index(None, "agency_id", "year"),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    key: Mapped[uuid.UUID] = mapped_column(Uuid)
    year: Mapped[int] = mapped_column(SmallInteger)
    parent_id: Mapped[int] = mapped_column(Integer)
    child_id: Mapped[int] = mapped_column(Integer)
    set_words: Mapped[str] = mapped_column(Text, server_default="")
    set_name: Mapped[str] = mapped_column(Text, server_default="")
    set_on: Mapped[dt.date] = mapped_column(Date)
    self_words: Mapped[str] = mapped_column(Text, server_default="")
    self_name: Mapped[str] = mapped_column(Text, server_default="")
    self_on: Mapped[dt.date | None] = mapped_column(Date)
    score_words: Mapped[str] = mapped_column(Text, server_default="")
    scored_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    score_name: Mapped[str] = mapped_column(Text, server_default="")
    score_on: Mapped[dt.date | None] = mapped_column(Date)
    # What the child said of the score: its reason where it contests, empty where it agrees; without
    # a name where it said nothing in time.
    reply_words: Mapped[str] = mapped_column(Text, server_default="")
    reply_name: Mapped[str] = mapped_column(Text, server_default="")
    reply_on: Mapped[dt.date | None] = mapped_column(Date)
    settle_words: Mapped[str] = mapped_column(Text, server_default="")
    settled_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    settle_name: Mapped[str] = mapped_column(Text, server_default="")
    settle_on: Mapped[dt.date | None] = mapped_column(Date)


class ScoreItem(Base):
    """One line of a score sheet; points in tenths, None until they are given."""

    __tablename__ = "score_item"
    __table_args__ = (
        CheckConstraint(
            "coalesce(self_tenths, 0) BETWEEN 0 AND weight * 10"
            " AND coalesce(score_tenths, 0) BETWEEN 0 AND weight * 10"
            " AND coalesce(settle_tenths, 0) BETWEEN 0 AND weight * 10",
            name="within_weight",
        ),
        ForeignKeyConstraint(
            ["agency_id", "sheet_id"], ["score_sheet.agency_id", "score_sheet.id"]
        ),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    sheet_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text, server_default="")
    weight: Mapped[int] = mapped_column(SmallInteger)
    # Percent; 0 for what a person judges.
    target: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    self_tenths: Mapped[int | None] = mapped_column(SmallInteger)
    score_tenths: Mapped[int | None] = mapped_column(SmallInteger)
    settle_tenths: Mapped[int | None] = mapped_column(SmallInteger)
