"""The dated tree of agencies, their units, what they can check, and their calendar of keys."""

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import THIS_AGENCY, Base
from tenants.isolation import Grant, Wall

ALL_STAFF = {
    "desk": "select",
    "commissioner": "select",
    "township": "select",
    "liaison": "select",
}

# Facts about the agency that all its people may read, whatever their unit.
AGENCY_WIDE = {role: Grant(verbs, compares=("agency_id",)) for role, verbs in ALL_STAFF.items()}


# Who can check what is nobody's secret: those who entrust see beforehand what is checked where.
_TOLD_TO_UNITS: dict[str, str | Grant | tuple[Grant, ...]] = {
    role: Grant("select", compares=("agency_id",)) for role in ("commissioner", "township")
}


class Agency(Base):
    """A verification agency: its national six-digit region code is its id. Public facts only."""

    __tablename__ = "agency"
    __table_args__ = (
        CheckConstraint("tier IN ('province', 'city', 'county', 'township')", name="tier"),
        {
            "info": {
                "wall": Wall(
                    ALL_STAFF
                    | {
                        "relay": "select",
                        "public": "select",
                        "registrar": "select insert update",
                    },
                    directory=True,
                )
            }
        },
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(Text)
    region_name: Mapped[str] = mapped_column(Text)
    tier: Mapped[str] = mapped_column(Text)
    box_public: Mapped[bytes] = mapped_column(LargeBinary)
    certificate: Mapped[str] = mapped_column(Text, server_default="")

    @property
    def province(self) -> int:
        """The two-digit province code: 22 for Jilin."""
        return self.id // 10000


class AgencyEdge(Base):
    """``child`` entrusts ``parent`` from one date to another; letters pass along these edges."""

    __tablename__ = "agency_edge"
    __table_args__ = (
        CheckConstraint("child_id <> parent_id", name="not_itself"),
        {
            "info": {
                "wall": Wall(
                    ALL_STAFF
                    | {
                        "relay": "select",
                        "public": "select",
                        "registrar": "select insert update",
                    },
                    directory=True,
                )
            }
        },
    )

    child_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)


# The desk opens no unit but an employer that two people named (app.sharing.employers).
_UNIT_MAKERS = {"registrar": Grant("select insert update"), "desk": Grant("select insert")}


class Unit(Base):
    """A commissioning unit, an intake desk (under its department) or a sharing unit."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind IN ('commissioning', 'intake_desk', 'sharing')", name="kind"),
        CheckConstraint("(kind = 'intake_desk') = (department_id IS NOT NULL)", name="department"),
        CheckConstraint(
            "(kind = 'sharing') = (category IS NOT NULL) AND category BETWEEN 1 AND 17",
            name="category",
        ),
        ForeignKeyConstraint(["agency_id", "department_id"], ["unit.agency_id", "unit.id"]),
        {"info": {"wall": Wall(AGENCY_WIDE | _UNIT_MAKERS)}},
    )

    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), primary_key=True, server_default=THIS_AGENCY
    )
    id: Mapped[int] = mapped_column(
        Integer,
        primary_key=True,
        autoincrement=False,
        server_default=text("nextval('unit_id')"),
    )
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int | None] = mapped_column(Integer)
    category: Mapped[int | None] = mapped_column(SmallInteger)


class Capability(Base):
    """This agency can check this data item with this sharing unit, from one date to another."""

    __tablename__ = "capability"
    __table_args__ = (
        CheckConstraint("way IN ('media', 'system', 'store')", name="way"),
        ForeignKeyConstraint(["agency_id", "unit_id"], ["unit.agency_id", "unit.id"]),
        Index(None, "agency_id", "unit_id"),
        {
            "info": {
                "wall": Wall(
                    _TOLD_TO_UNITS | {"desk": "select insert update", "registrar": "select insert"}
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    item: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    valid_from: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    way: Mapped[str] = mapped_column(Text, server_default="media")


class Coverage(Base):
    """This agency's own copy of what the agencies above it can check, as its parent last wrote."""

    __tablename__ = "coverage"
    __table_args__ = ({"info": {"wall": Wall(_TOLD_TO_UNITS | {"desk": "select insert delete"})}},)

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    item: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    by_agency_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    valid_from: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    by_tier: Mapped[str] = mapped_column(Text)


KEY_PURPOSES = ("data", "lookup", "box", "stamp", "signature")


class AgencyKey(Base):
    """One key of an agency, wrapped by the master key; without it the rows are noise."""

    __tablename__ = "agency_key"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('data', 'lookup', 'box', 'stamp', 'signature')", name="purpose"
        ),
        {"info": {"wall": Wall(AGENCY_WIDE | {"registrar": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agency.id"), primary_key=True, server_default=THIS_AGENCY
    )
    purpose: Mapped[str] = mapped_column(Text, primary_key=True)
    key_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Counter(Base):
    """The last number given per kind and year; numbers never repeat and never go back."""

    __tablename__ = "counter"
    __table_args__ = {
        "info": {
            "wall": Wall(
                {
                    "desk": "select insert update",
                    "commissioner": Grant("select insert update", compares=("agency_id",)),
                    "township": Grant("select insert update", compares=("agency_id",)),
                }
            )
        }
    }

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)
