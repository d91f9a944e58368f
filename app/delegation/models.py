"""Letters: the one door between agencies. The recipient owns a letter, the sender its copy."""

import datetime as dt
import uuid

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import LANES, one_of
from app.cases.transitions import states_of
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

_DELIVERED = Wall(
    {
        # The recipient owns the row and reads it; the sender may only put it there.
        "desk": (
            Grant("select update", update_columns=("taken_in",)),
            Grant("insert", compares=("from_agency_id",)),
        ),
        "relay": Grant("select", columns=("agency_id", "from_agency_id", "key", "taken_in")),
    }
)


class Delivered:
    """A letter in its recipient's box: ``agency_id`` owns it, ``from_agency_id`` sent it."""

    agency_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    from_agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    key: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    period: Mapped[int] = mapped_column(Integer)
    sent_on: Mapped[dt.date] = mapped_column(Date)
    sent_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    taken_in: Mapped[bool] = mapped_column(Boolean, server_default="false")


UP_KINDS = (
    *("entrust", "supplement", "recall", "withdraw", "coverage", "expedite"),
    *("decision", "object", "tally", "evaluation", "upload"),
)


class LetterUp(Delivered, Base):
    """A letter from a child to its parent, owned by the parent, sealed to the parent's key: what is
    entrusted, added or taken back, what the tree below can check (coverage), what was decided, and
    counts of what was done, and who receives aid (upload)."""

    __tablename__ = "letter_up"
    __table_args__ = (
        one_of("kind", UP_KINDS),
        ForeignKeyConstraint(
            ["from_agency_id", "agency_id"], ["agency_edge.child_id", "agency_edge.parent_id"]
        ),
        Index("ix_letter_up_waiting", "agency_id", postgresql_where=text("NOT taken_in")),
        {"info": {"wall": _DELIVERED}},
    )

    number: Mapped[str] = mapped_column(Text, server_default="")


DOWN_KINDS = (
    *("report", "hand_back", "terminate", "coverage", "holidays", "recheck"),
    *("evaluation", "upload", "temporary_rule"),
)


class LetterDown(Delivered, Base):
    """A letter from a parent to its child: a report, items handed back, a termination,
    what the tiers above can check (coverage), a notice of holidays, a step of an evaluation, what
    became of an upload, or a standard of temporary assistance."""

    __tablename__ = "letter_down"
    __table_args__ = (
        one_of("kind", DOWN_KINDS),
        ForeignKeyConstraint(
            ["agency_id", "from_agency_id"], ["agency_edge.child_id", "agency_edge.parent_id"]
        ),
        Index("ix_letter_down_waiting", "agency_id", postgresql_where=text("NOT taken_in")),
        {"info": {"wall": _DELIVERED}},
    )


class CoverageBelow(Base):
    """This agency's own copy of what the agencies below it can check, as each child last wrote."""

    __tablename__ = "coverage_below"
    __table_args__ = (
        one_of("way", ("media", "system", "store")),
        {"info": {"wall": Wall({"desk": "select insert delete"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    child_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    item: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    by_agency_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    way: Mapped[str] = mapped_column(Text, primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    by_tier: Mapped[str] = mapped_column(Text)


class LetterOut(TenantRow, Base):
    """The sender's own copy of an entrustment of its parent: prepared, sealed, answered."""

    __tablename__ = "letter_out"
    __table_args__ = (
        one_of("state", states_of("letter")),
        one_of("kind", ("entrust", "supplement")),
        one_of("lane", LANES),
        Index(
            "uq_letter_out_prepared",
            "agency_id",
            "parent_id",
            "period",
            "kind",
            "lane",
            unique=True,
            postgresql_where=text("state = 'prepared'"),
        ),
        Index(None, "agency_id", "state", "id"),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    state: Mapped[str] = mapped_column(Text)
    # A supplement (追加委托) brings people of households that the parent has already.
    kind: Mapped[str] = mapped_column(Text, server_default="entrust")
    # Households in an emergency go in a letter of their own.
    lane: Mapped[str] = mapped_column(Text, server_default="regular")
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    parent_id: Mapped[int] = mapped_column(Integer)
    period: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(Text, server_default="")
    key: Mapped[uuid.UUID] = mapped_column(Uuid)
    sealed_by: Mapped[int | None] = mapped_column(BigInteger)
    sent_on: Mapped[dt.date | None] = mapped_column(Date)
    sent_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class Expedition(TenantRow, Base):
    """紧急办理 (急难型): who of the agency first asked allowed it, why, and when aid was given.

    Each tier that checks the household keeps its own row, with the name that came in the letter.
    """

    __tablename__ = "expedition"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        ForeignKeyConstraint(["allowed_agency_id"], ["agency.id"]),
        Index(None, "agency_id", "case_id", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert",
                        "commissioner": "select",
                        "township": "select",
                    }
                )
            }
        },
    )

    # Whose household it is, so that they see who allowed it; 0 where it came from below.
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    case_id: Mapped[int] = mapped_column(BigInteger)
    allowed_agency_id: Mapped[int] = mapped_column(Integer)
    # The account at the agency that allowed it; 0 where it came from below.
    allowed_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    allowed_name: Mapped[str] = mapped_column(Text)
    allowed_on: Mapped[dt.date] = mapped_column(Date)
    allowed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str] = mapped_column(Text)
    aid_on: Mapped[dt.date] = mapped_column(Date)
