"""保密: trainings and who took part, devices and where they are (第十六条, 95号 三（三）).

Undertakings of people stand in ``app.accounts``, agreements with units in ``app.sharing``, media in
``app.exchange.custody``.
"""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import one_of
from app.oversight.confidentiality.rules import DEVICE_KINDS, DISPOSALS
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall


class Training(TenantRow, Base):
    """One training: when, about what, how long (minutes), by whom."""

    __tablename__ = "training"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        Index(None, "agency_id", "held_on", "id"),
        {"info": {"wall": Wall({"desk": "select insert"})}},
    )

    held_on: Mapped[dt.date] = mapped_column(Date)
    topic: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int] = mapped_column(Integer)
    teacher: Mapped[str] = mapped_column(Text)
    remark: Mapped[str] = mapped_column(Text, server_default="")
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


class TrainingPart(Base):
    """Who took part in a training; who was to and did not has ``is_missing``."""

    __tablename__ = "training_part"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id", "training_id"], ["training.agency_id", "training.id"]),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id"),
        {
            "info": {
                "wall": Wall(
                    {"desk": Grant("select insert update", update_columns=("made_up_on",))}
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    training_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    is_missing: Mapped[bool] = mapped_column(Boolean)
    # The day on which somebody who missed it was taught afterwards.
    made_up_on: Mapped[dt.date | None] = mapped_column(Date)


class Device(TenantRow, Base):
    """One device on which assisted persons' data may stand: number, place, keeper, and its end."""

    __tablename__ = "device"
    __table_args__ = (
        one_of("kind", DEVICE_KINDS),
        one_of("disposal", ("", *DISPOSALS)),
        CheckConstraint(
            "(disposal = '') = (disposed_on IS NULL) AND (disposal = '') = (disposed_by IS NULL)"
            " AND (disposal = '') = (witness_id IS NULL)",
            name="disposed",
        ),
        CheckConstraint("witness_id <> disposed_by", name="two_people"),
        ForeignKeyConstraint(["agency_id", "keeper_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "number", unique=True),
        Index("ix_device_kept", "agency_id", "id", postgresql_where=text("disposal = ''")),
        {"info": {"wall": Wall({"desk": "select insert update"})}},
    )

    number: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    keeper_id: Mapped[int] = mapped_column(BigInteger)
    is_encrypted: Mapped[bool] = mapped_column(Boolean)
    in_use_from: Mapped[dt.date] = mapped_column(Date)
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    disposal: Mapped[str] = mapped_column(Text, server_default="")
    disposed_on: Mapped[dt.date | None] = mapped_column(Date)
    disposed_by: Mapped[int | None] = mapped_column(BigInteger)
    witness_id: Mapped[int | None] = mapped_column(BigInteger)
    disposal_note: Mapped[str] = mapped_column(Text, server_default="")
