"""Files that somebody asked to have made: papers to print, data packages, workbooks of lists."""

import datetime as dt
from typing import Any

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
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base, TenantRow
from tenants.isolation import Grant, Wall

KINDS = ("print", "package", "sheet", "archive", "insurance")

# Of a unit's people only the asking is their own act; what is made is the worker's.
_UNITS = Grant("select insert update", update_columns=("job_id",))


class MadeFile(TenantRow, Base):
    """One file for one person, from the asking until it is thrown away.

    ``asked`` holds ids and addresses, nothing private; what is read for it is read in the scope
    and with the rights of ``account_id``. ``part_ids`` are the sealed parts so far, ``reached``
    where the next one begins. ``job_id`` is the job that works on it, or was the last to.
    """

    __tablename__ = "made_file"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind"),
        ForeignKeyConstraint(["agency_id", "account_id"], ["account.agency_id", "account.id"]),
        Index(None, "agency_id", "account_id", "id"),
        Index(None, "agency_id", "expires_on"),
        {
            "info": {
                "wall": Wall(
                    {
                        "desk": "select insert update delete",
                        "commissioner": _UNITS,
                        "township": _UNITS,
                        "liaison": _UNITS,
                    }
                )
            }
        },
    )

    kind: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(Integer, server_default="0")
    desk_id: Mapped[int] = mapped_column(Integer, server_default="0")
    account_id: Mapped[int] = mapped_column(BigInteger)
    # What the page asked for that it was wanted on; asked again when it is made and fetched.
    permission: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    password_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    done: Mapped[int] = mapped_column(Integer, server_default="0")
    total: Mapped[int] = mapped_column(Integer, server_default="0")
    reached: Mapped[int] = mapped_column(BigInteger, server_default="0")
    part_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    size: Mapped[int] = mapped_column(BigInteger, server_default="0")
    job_id: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    made_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    expires_on: Mapped[dt.date] = mapped_column(Date)
