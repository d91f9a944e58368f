"""Who wants notices by e-mail and where, and every e-mail with what became of it."""

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
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.mail.rules import KINDS, WANTS
from tenants.database import THIS_AGENCY, Base, TenantRow
from tenants.isolation import Grant, Wall

_OWN_PLACE = "select insert update"
_ASK_FOR_IT = "select insert"
_OF_AGENCY = Grant("select", compares=("agency_id",))


class MailPreference(TenantRow, Base):
    """What one person agreed to get by e-mail, and the sealed address (empty without consent).

    An address counts once the code that was sent there was typed in. ``refused_at``: its server
    will not have it, so nothing more goes there until the person says otherwise.
    """

    __tablename__ = "mail_preference"
    __table_args__ = (
        CheckConstraint("wants IN ('" + "', '".join(WANTS) + "')", name="wants"),
        CheckConstraint("(wants = 'nothing') = (length(address_sealed) = 0)", name="address"),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id", unique=True),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "commissioner": _OWN_PLACE,
                        "township": _OWN_PLACE,
                        "liaison": _OWN_PLACE,
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    account_id: Mapped[int] = mapped_column(BigInteger)
    wants: Mapped[str] = mapped_column(Text)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[dt.date] = mapped_column(Date)
    code_nonce: Mapped[bytes] = mapped_column(LargeBinary)
    code_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    code_tries: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    refused_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class Mail(TenantRow, Base):
    """One e-mail to one person: what it tells of, never what it says; it ends in one of three ways.

    ``failure`` is a code of ``app.mail.messages.FAILURES``, ``answer`` the number with which the
    mail server answered (0: it did not). At most one digest goes to a person in a day.
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind"),
        CheckConstraint("num_nonnulls(sent_at, given_up_at, dropped_at) <= 1", name="ended_once"),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id", "id"),
        Index(
            "uq_mail_digest_of_day",
            "agency_id",
            "account_id",
            "day",
            unique=True,
            postgresql_where=text("kind = 'digest'"),
        ),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "commissioner": _ASK_FOR_IT,
                        "township": _ASK_FOR_IT,
                        "liaison": _ASK_FOR_IT,
                    }
                )
            }
        },
    )

    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    account_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(Text)
    day: Mapped[dt.date] = mapped_column(Date)
    notice_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    recorded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    failure: Mapped[str] = mapped_column(Text, server_default="")
    answer: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    tried_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    sent_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    given_up_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    dropped_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))


class MailSwitch(Base):
    """Whether an agency lets e-mail go out at all; without a row it does."""

    __tablename__ = "mail_switch"
    __table_args__ = (
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update",
                        "commissioner": _OF_AGENCY,
                        "township": _OF_AGENCY,
                        "liaison": _OF_AGENCY,
                    }
                )
            }
        },
    )

    agency_id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, server_default=THIS_AGENCY
    )
    is_on: Mapped[bool] = mapped_column(Boolean)
    changed_by: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
