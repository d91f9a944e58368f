"""Inspections of use (民发〔2020〕95号 二(四)), whom people stand aside from (回避), and lists of
who looked at a subject's data."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from app.oversight.inspections.rules import VERDICTS
from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

UNITS = ("commissioner", "township", "liaison")
_ASKED = Grant(
    "select update", update_columns=("state", "rev"), update_states=("asked", "answered")
)


class Inspection(TenantRow, Base):
    """One inspection: of this agency's looks, or of what was shared with units, over a period.

    ``seed`` draws the sample: with the same trail it is the same again.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        one_of("state", states_of("inspection")),
        one_of("about", ("looks", "sharing")),
        CheckConstraint("last_on >= first_on", name="dates"),
        CheckConstraint("sample_size >= 0", name="sample_size"),
        Index(None, "agency_id", "number", unique=True),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    # Inspections are the agency's own: there for the one function that moves states.
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    about: Mapped[str] = mapped_column(Text)
    # The sharing unit that a "sharing" one is about; 0 for all of them.
    source_unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    first_on: Mapped[dt.date] = mapped_column(Date)
    last_on: Mapped[dt.date] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(Text)
    sample_size: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(BigInteger)
    population: Mapped[int] = mapped_column(Integer, server_default="0")
    flagged: Mapped[int] = mapped_column(Integer, server_default="0")
    opened_by: Mapped[int] = mapped_column(BigInteger)
    opened_on: Mapped[dt.date] = mapped_column(Date)
    conclusion: Mapped[str] = mapped_column(Text, server_default="")
    follow_up: Mapped[str] = mapped_column(Text, server_default="")
    ended_by: Mapped[int | None] = mapped_column(BigInteger)
    ended_on: Mapped[dt.date | None] = mapped_column(Date)


class InspectionItem(TenantRow, Base):
    """One look, request or inquiry that is inspected: why it was picked, and how it was judged.

    ``object_id`` is the row of the trail, the request or the inquiry; ``account_id`` who acted, 0
    for the system. ``unit_id`` and ``desk_id`` are where that person works.
    """

    __tablename__ = "inspection_item"
    __table_args__ = (
        one_of("state", states_of("look")),
        one_of("what", ("look", "request", "inquiry")),
        one_of("verdict", ("", *VERDICTS)),
        CheckConstraint("(verdict = '') = (judged_by IS NULL)", name="judged"),
        CheckConstraint("judged_by <> account_id", name="not_oneself"),
        ForeignKeyConstraint(
            ["agency_id", "inspection_id"], ["inspection.agency_id", "inspection.id"]
        ),
        Index(None, "agency_id", "inspection_id", "what", "object_id", unique=True),
        Index(None, "agency_id", "inspection_id", "id"),
        Index(None, "agency_id", "account_id", "id"),
        Index(
            "ix_inspection_item_asked",
            "agency_id",
            "account_id",
            postgresql_where=text("state = 'asked'"),
        ),
        {"info": {"wall": Wall({"desk": "select insert update", **dict.fromkeys(UNITS, _ASKED)})}},
    )

    inspection_id: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    what: Mapped[str] = mapped_column(Text)
    object_id: Mapped[int] = mapped_column(BigInteger)
    account_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    verb: Mapped[str] = mapped_column(Text)
    # The household, where there is one; else the number of what it was about.
    case_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    number: Mapped[str] = mapped_column(Text, server_default="")
    source_unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    # Empty: drawn.
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    verdict: Mapped[str] = mapped_column(Text, server_default="")
    judged_by: Mapped[int | None] = mapped_column(BigInteger)
    judged_on: Mapped[dt.date | None] = mapped_column(Date)


class InspectionWord(TenantRow, Base):
    """What was asked, answered and found about one item. Append-only; the words are sealed."""

    __tablename__ = "inspection_word"
    __table_args__ = (
        one_of("kind", ("asked", "answered", "noted", "judged")),
        ForeignKeyConstraint(
            ["agency_id", "item_id"], ["inspection_item.agency_id", "inspection_item.id"]
        ),
        Index(None, "agency_id", "item_id", "id"),
        {
            "info": {
                "wall": Wall({"desk": "select insert", **dict.fromkeys(UNITS, "select insert")})
            }
        },
    )

    item_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    kind: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(BigInteger)
    said_on: Mapped[dt.date] = mapped_column(Date)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Recusal(TenantRow, Base):
    """Whom somebody stands aside from: their own identity number or a relative's, sealed, with the
    blind hash that the lists of subjects have."""

    __tablename__ = "recusal"
    __table_args__ = (
        one_of("relation", ("self", "kin")),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id"),
        {
            "info": {
                "wall": Wall(
                    dict.fromkeys(
                        ("desk", *UNITS),
                        Grant("select insert update", update_columns=("ended_on",)),
                    )
                )
            }
        },
    )

    account_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    relation: Mapped[str] = mapped_column(Text)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_on: Mapped[dt.date] = mapped_column(Date)
    ended_on: Mapped[dt.date | None] = mapped_column(Date)


class LookList(TenantRow, Base):
    """谁查看过我的信息: a subject asked who looked at their data over a period, at a desk.

    ``proof``: the paper that the identity was proven by. The worker makes the file.
    """

    __tablename__ = "look_list"
    __table_args__ = (
        one_of("asked_as", ("self", "guardian")),
        one_of("proof", ("id_card", "household_register", "other")),
        CheckConstraint("last_on >= first_on", name="dates"),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        ForeignKeyConstraint(["agency_id", "subject_id"], ["subject.agency_id", "subject.id"]),
        Index(None, "agency_id", "case_id", "id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "case_id", "file_id")
                        ),
                        "desk": "select insert update",
                        "commissioner": "select insert",
                        "township": "select insert",
                    }
                )
            }
        },
    )

    case_id: Mapped[int] = mapped_column(BigInteger)
    subject_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    asked_as: Mapped[str] = mapped_column(Text)
    proof: Mapped[str] = mapped_column(Text)
    first_on: Mapped[dt.date] = mapped_column(Date)
    last_on: Mapped[dt.date] = mapped_column(Date)
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_on: Mapped[dt.date] = mapped_column(Date)
    asked_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    looks: Mapped[int] = mapped_column(Integer, server_default="0")
