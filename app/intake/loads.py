"""A file that one operator brings in and another confirms (操作规程 五(二)): what every table of
such loads has, and what is done with each of them alike."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Boolean, DateTime, LargeBinary, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.actor import Actor
from app.audit import service as audit
from tenants import files
from tenants.calendar import instant
from tenants.database import TenantRow, db
from tenants.vault import digest

FILE_KIND = "returned"
SUFFIXES = frozenset({"xlsx", "xls", "ods", "csv", "txt"})


class LoadRow(TenantRow):
    """What a table of loads has: the file, the two people who brought it in, and how it ended.

    ``digest`` is the file's SHA-256; the file itself is kept until the load counts or is over.
    """

    digest: Mapped[bytes] = mapped_column(LargeBinary)
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    wants_columns: Mapped[bool] = mapped_column(Boolean, server_default="false")
    loaded_by: Mapped[int] = mapped_column(BigInteger)
    loaded_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    read_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    ended_why: Mapped[str] = mapped_column(Text, server_default="")
    ended_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    ended_by: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    # What is wrong with the file: sentences without private data, as the page shows them.
    faults_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    __tablename__: str


AnyLoad = TypeVar("AnyLoad", bound=LoadRow)


def load_of(table: type[AnyLoad], load_id: int, *, lock: bool = False) -> AnyLoad:
    """A load of this scope; ``LookupError`` when there is none."""
    query = select(table).where(table.id == load_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no load {load_id}")
    return found


def keep_file(stem: str, filename: str, data: bytes, *more: str) -> dict[str, Any]:
    """Keep a file under a name of ours, with the ending of its own where it is one of a table's or
    of ``more``; the columns that say which it is."""
    ending = filename.rpartition(".")[2].lower()
    name = f"{stem}.{ending}" if ending in SUFFIXES.union(more) else stem
    return {"file_id": files.store(FILE_KIND, name, data), "digest": digest(data)}


def end(
    found: LoadRow, why: str, remove_rows: Callable[[int], None], by: int = 0, reason: str = ""
) -> None:
    """The load is over; its rows and its file go at once, it itself stays."""
    found.ended_why, found.ended_at, found.ended_by, found.reason = why, instant(), by, reason
    remove_rows(found.id)
    forget_file(found)


def forget_file(found: LoadRow) -> None:
    """The file is what the rows were made of; its digest says which it was."""
    if found.file_id is not None:
        files.forget([found.file_id])
        found.file_id = None


def trace(found: LoadRow, verb: str, unit_id: int, actor: Actor, **detail: Any) -> None:
    """Write what somebody did with a load to the audit trail, under the name of its table."""
    db.session.flush()
    audit.record(
        *(actor.account_id, verb),
        kind=found.__tablename__,
        subject_id=found.id,
        unit_id=unit_id,
        **detail,
    )
