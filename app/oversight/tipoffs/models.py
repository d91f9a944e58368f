"""举报: the register, what was said, whom it concerns, and who may not have it in hand.

The public role puts rows in and reads those of the code that it holds, never what was said to
the agency: the hash of the code is part of its policies.
"""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.cases.transitions import states_of
from app.oversight.tipoffs.rules import ABOUT, CHANNELS, OUTCOMES, STEPS, WORD_KINDS
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

_BY_CODE = ("agency_id", "follow_hash")


class TipOff(TenantRow, Base):
    """One tip-off (吉民发〔2017〕58号 第二十一条); no private data in it.

    ``follow_hash`` and ``informant_public`` come from the informant's code, which is kept nowhere.
    """

    __tablename__ = "tip_off"
    __table_args__ = (
        one_of("state", states_of("tip_off")),
        one_of("channel", CHANNELS),
        one_of("about", ABOUT),
        one_of("outcome", ("", *OUTCOMES)),
        UniqueConstraint("agency_id", "id", "follow_hash"),
        Index(None, "agency_id", "follow_hash", unique=True),
        Index(None, "agency_id", "number", unique=True),
        Index(None, "agency_id", "state", "id"),
        Index(None, "agency_id", "handler_id", "state"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "public": Grant(
                            "select insert",
                            columns=(
                                *("agency_id", "id", "number", "state", "received_on", "due_on"),
                                *("outcome", "follow_hash", "informant_public"),
                            ),
                            compares=_BY_CODE,
                        ),
                    }
                )
            }
        },
    )

    number: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    rev: Mapped[int] = mapped_column(Integer, server_default="0")
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    channel: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    received_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    follow_hash: Mapped[str] = mapped_column(Text)
    informant_public: Mapped[bytes] = mapped_column(LargeBinary)
    # Who wrote it down for the informant; 0 where they did so themselves.
    entered_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    handler_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    handled_on: Mapped[dt.date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(Text, server_default="")


class TipOffWord(TenantRow, Base):
    """One thing said about a tip-off, by its day. ``for_agency`` opens with the agency's keys,
    ``for_informant`` with the code; empty where it is not for them. Append-only."""

    __tablename__ = "tip_off_word"
    __table_args__ = (
        one_of("kind", WORD_KINDS),
        # With the hash: nobody adds a word to what another one told.
        ForeignKeyConstraint(
            ["agency_id", "tip_off_id", "follow_hash"],
            ["tip_off.agency_id", "tip_off.id", "tip_off.follow_hash"],
        ),
        Index(None, "agency_id", "tip_off_id", "id"),
        Index(None, "agency_id", "once", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert",
                        "public": Grant(
                            "select insert",
                            columns=(
                                *("agency_id", "id", "tip_off_id", "follow_hash", "kind"),
                                *("said_on", "for_informant"),
                            ),
                            compares=_BY_CODE,
                        ),
                    }
                )
            }
        },
    )

    tip_off_id: Mapped[int] = mapped_column(BigInteger)
    follow_hash: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    # A day and no instant: when exactly somebody wrote tells more about them than is needed.
    said_on: Mapped[dt.date] = mapped_column(Date)
    account_id: Mapped[int] = mapped_column(BigInteger, server_default="0")
    name: Mapped[str] = mapped_column(Text, server_default="")
    once: Mapped[str] = mapped_column(Text)
    for_agency: Mapped[bytes] = mapped_column(LargeBinary)
    for_informant: Mapped[bytes] = mapped_column(LargeBinary, server_default="")


class TipOffDuty(Base):
    """What somebody has to do with a tip-off, one thing only: accused, took part in a case that it
    is about, handles it, or closed it. The key is the rule of 回避."""

    __tablename__ = "tip_off_duty"
    __table_args__ = (
        one_of("step", STEPS),
        ForeignKeyConstraint(["agency_id", "tip_off_id"], ["tip_off.agency_id", "tip_off.id"]),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    tip_off_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(Text)


class TipOffCase(Base):
    """A case that a tip-off is about: whoever took part in it keeps away."""

    __tablename__ = "tip_off_case"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "tip_off_id"], ["tip_off.agency_id", "tip_off.id"]),
        ForeignKeyConstraint(
            ["agency_id", "case_id"], ["household_case.agency_id", "household_case.id"]
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "shredder": Grant(
                            "select delete", columns=("agency_id", "tip_off_id", "case_id")
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
    tip_off_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
