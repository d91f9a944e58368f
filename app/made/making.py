"""A file in the making: a part a job, each in the scope and with the rights of whom it is for.

A job makes one part, keeps it sealed and posts the next: nobody else's work waits for a whole
month, and a worker that dies loses one part.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from app.accounts.current import work_as
from app.accounts.sign_in import SignedIn, person_today
from app.made.messages import Fault
from app.made.models import MadeFile
from app.made.service import FILE_KIND
from app.notices.service import To, tell
from tenants import files
from tenants.calendar import instant
from tenants.database import db
from tenants.outbox import post
from tenants.progress import job_told_of
from tenants.scope import acting_for, current_scope
from tenants.vault import vault


@dataclass(frozen=True)
class Part:
    """What one step made: its bytes, where the next begins, how much is done of the whole."""

    data: bytes
    reached: int
    done: int
    is_last: bool


@dataclass(frozen=True)
class Task:
    """What a step is to do. ``password`` is empty where none was set."""

    asked: Mapping[str, Any]
    person: SignedIn
    permission: str
    reached: int
    done: int
    password: str
    tell: Callable[[int], None]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The person's own read-only session: it sees what their pages would show, no more."""
        who, scope = self.person.actor, self.person.scope(read_only=True)
        with acting_for(
            who.agency_id,
            scope.role,
            unit_id=scope.unit_id,
            desk_id=scope.desk_id,
            read_only=True,
        ):
            work_as(self.person)
            yield


@dataclass(frozen=True)
class Maker:
    """``step`` makes a part, ``join`` the file from all parts (read anew at each call)."""

    step: Callable[[Task], Part]
    join: Callable[[Task, Callable[[], Iterator[bytes]]], bytes]


def make(maker: Maker, id: int, *, afresh: bool = False) -> None:
    """One step of a file. A job that is not the file's own does nothing, nor does one for a file
    that is made.

    Raises ``Fault``: ``made_no_right`` when the person no longer may, ``made_gone`` when something
    of it is not there any more, and what the maker raises.
    """
    row = db.session.scalars(select(MadeFile).where(MadeFile.id == id)).one_or_none()
    if row is None or row.file_id is not None or row.job_id != job_told_of():
        return
    if afresh:
        _begin_anew(row)
    task = _task(row)
    try:
        part = maker.step(task)
    except LookupError as error:
        if type(error) is not LookupError:
            raise
        raise Fault("made_gone") from error
    row.part_ids = [*row.part_ids, _keep(row, part.data)]
    row.reached, row.done = part.reached, part.done
    if part.is_last:
        _finish(row, maker, task)
    else:
        place = {"unit_id": row.unit_id, "desk_id": row.desk_id, "account_id": row.account_id}
        row.job_id = post(f"file.{row.kind}", {"id": row.id}, total=row.total, **place)


def tell_failed(id: int) -> None:
    """Tell the person that their file could not be made."""
    row = db.session.scalars(select(MadeFile).where(MadeFile.id == id)).one_or_none()
    if row is not None and row.job_id == job_told_of():
        _tell(row, "file.failed")


def _begin_anew(row: MadeFile) -> None:
    files.forget(row.part_ids)
    row.part_ids, row.reached, row.done = [], 0, 0


def _task(row: MadeFile) -> Task:
    person = person_today(row.account_id)
    if person is None or not person.actor.may(row.permission):
        raise Fault("made_no_right")
    opened = vault().open("made_file", row.id, row.password_sealed) if row.password_sealed else {}
    return Task(
        asked=row.asked,
        person=person,
        permission=row.permission,
        reached=row.reached,
        done=row.done,
        password=opened.get("password", ""),
        tell=_teller(current_scope().agency_id, row.id),
    )


def _teller(agency_id: int, made_id: int) -> Callable[[int], None]:
    def tell_now(done: int) -> None:
        """On a session of its own: others see it before this step commits."""
        with acting_for(agency_id):
            told = update(MadeFile).where(MadeFile.id == made_id).values(done=done)
            db.session.execute(told)

    return tell_now


def _finish(row: MadeFile, maker: Maker, task: Task) -> None:
    part_ids = list(row.part_ids)

    def parts() -> Iterator[bytes]:
        for part_id in part_ids:
            yield files.read(part_id, FILE_KIND).data

    data = maker.join(task, parts)
    row.file_id, row.size = _keep(row, data), len(data)
    row.made_at, row.done = instant(), max(row.total, row.done)
    row.password_sealed, row.part_ids = None, []
    files.forget(part_ids)
    _tell(row, "file.made")


def _keep(row: MadeFile, data: bytes) -> int:
    return files.store(FILE_KIND, row.name, data, unit_id=row.unit_id, desk_id=row.desk_id)


def _tell(row: MadeFile, kind: str) -> None:
    to = To(unit_id=row.unit_id, desk_id=row.desk_id, account_id=row.account_id)
    tell(kind, to, object_id=row.id, number=row.name.rpartition(".")[0])
