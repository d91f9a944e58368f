"""异议: what a person contests, what each tier did about it, and what was said to whom, when.

Each tier that has a part in it keeps its own row; they know each other by the letters.
"""

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
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from app.objections.rules import OUTCOMES, WORD_KINDS
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

_AT_DESK = (
    *("agency_id", "id", "number", "state", "rev", "case_id", "subject_id", "unit_id", "desk_id"),
    *("about", "said_on", "due_on"),
)
"""What an intake desk sees of the objections that it took: nothing of what was found."""


class Objection(TenantRow, Base):
    """One contested answer of a source (粤民发〔2020〕143号 五).

    ``finding_id`` is this agency's own row of it, 0 where the source found nothing (``was``: what
    it said), ``by_agency_id`` the agency that checked. At a tier above, ``from_agency_id`` and
    ``origin_id`` name the row below. One that an intake desk took says which kind of source it is
    ``about`` (0: not known) and has no ``item`` until the agency finds the answer. No private data.
    """

    __tablename__ = "objection"
    __table_args__ = (
        one_of("state", states_of("objection")),
        one_of("outcome", ("", *OUTCOMES)),
        CheckConstraint("item <> 0 OR state IN ('lodged', 'declined')", name="names_its_item"),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        ForeignKeyConstraint(["agency_id", "subject_id"], ["subject.agency_id", "subject.id"]),
        Index(None, "agency_id", "case_id"),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "state", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "id"),
        Index(
            "uq_objection_origin",
            "agency_id",
            "from_agency_id",
            "origin_id",
            unique=True,
            postgresql_where=text("origin_id <> 0"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant("select delete", columns=("agency_id", "id", "case_id")),
                        "desk": "select insert update",
                        "commissioner": Grant("select update", update_columns=("state", "rev")),
                        "township": Grant("select insert", columns=_AT_DESK),
                    }
                )
            }
        },
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    case_id: Mapped[int] = mapped_column(BigInteger)
    subject_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    about: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    finding_id: Mapped[int] = mapped_column(BigInteger)
    item: Mapped[int] = mapped_column(SmallInteger)
    was: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    # The own request whose answer is contested; 0 where a tier above asked.
    request_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    by_agency_id: Mapped[int] = mapped_column(Integer)
    source_name: Mapped[str] = mapped_column(Text)
    # The own unit that is asked again; 0 where a tier above asks.
    source_unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    # The merged report in force when it was contested; empty at the tiers above.
    report_number: Mapped[str] = mapped_column(Text, server_default="")
    from_agency_id: Mapped[int] = mapped_column(Integer, server_default="0")
    origin_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    said_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(Text, server_default="")


class ObjectionWord(TenantRow, Base):
    """What was said about one objection: by the person, by who rechecked, to the person, to the
    source; when, how and by whom. Append-only; the words are sealed."""

    __tablename__ = "objection_word"
    __table_args__ = (
        one_of("kind", WORD_KINDS),
        ForeignKeyConstraint(
            ["agency_id", "objection_id"], ["objection.agency_id", "objection.id"]
        ),
        Index(None, "agency_id", "objection_id", "id"),
        Index(None, "agency_id", "unit_id", "desk_id", "objection_id"),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "id", "objection_id")
                        ),
                        "desk": "select insert",
                        "commissioner": "select insert",
                        "township": "select insert",
                    }
                )
            }
        },
    )

    objection_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    # Set where the desk wrote it, or is to read it: it sees nothing else of what was said.
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    kind: Mapped[str] = mapped_column(Text)
    said_on: Mapped[dt.date] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ObjectionDuty(Base):
    """Who had a hand in one objection: nobody handles it and settles the dispute over it."""

    __tablename__ = "objection_duty"
    __table_args__ = (
        one_of("step", ("handle", "settle")),
        ForeignKeyConstraint(
            ["agency_id", "objection_id"], ["objection.agency_id", "objection.id"]
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "objection_id", "account_id")
                        ),
                        "desk": "select insert",
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    objection_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(Text)
