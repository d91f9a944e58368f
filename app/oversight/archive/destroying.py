"""Destruction of files whose term is over: one person proposes, a second allows, a third witnesses.

Then a job takes the cases away, some at a time, and the rows of the files stay as tombstones.
"""

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from app.accounts.actor import Actor, system_actor
from app.audit import service as audit
from app.cases.lifecycle import CHUNK, Chosen, Moved, Skip, move
from app.notices.service import To, tell
from app.oversight.archive.messages import Fault
from app.oversight.archive.models import ArchiveDestruction, ArchiveFile
from app.oversight.archive.queries import open_holds
from app.oversight.archive.rules import barred
from app.oversight.archive.shredding import shred
from app.oversight.archive.standings import with_objection
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.numbers import take_numbers
from tenants.outbox import post
from tenants.progress import tell_done
from tenants.scope import acting_for, current_scope

CASES_PER_JOB = 50


def propose(chosen: Chosen, reason: str, actor: Actor) -> Moved:
    """拟销毁: a set of files whose term is over, with the reason; the destruction's id in ``done``.
    One that is held, or not due, is skipped.

    Raises ``Forbidden``, ``Fault("archive.reason_missing")``.
    """
    actor.must("archive.keep")
    if not reason.strip():
        raise Fault("archive.reason_missing")
    rows = _lock(chosen)
    held = _held(rows)
    skipped = []
    for row in rows:
        bar = barred(
            keep_until=row.keep_until,
            today=business_date(),
            is_held=row.id in held,
            has_objection=False,
        )
        skipped += [Skip(row.id, bar)] if bar else []
    fitting = [row.id for row in rows if row.id not in {skip.id for skip in skipped}]
    if not fitting:
        return Moved((), tuple(skipped))
    id_ = _write(len(fitting), reason.strip(), actor)
    moved = move("archive", "propose_file", Chosen.of(fitting), actor, reason=reason)
    named = update(ArchiveFile).where(ArchiveFile.id == any_of(moved.done))
    db.session.execute(named.values(destruction_id=id_))
    return Moved((id_,), (*skipped, *moved.skipped))


def _lock(chosen: Chosen) -> list[ArchiveFile]:
    wanted = ArchiveFile.id == any_of(chosen.ids)
    if chosen.condition is not None:
        wanted = chosen.condition & (ArchiveFile.id <= (chosen.up_to or 0))
    query = select(ArchiveFile).where(wanted, ArchiveFile.state == "filed")
    return list(db.session.scalars(query.order_by(ArchiveFile.id).limit(CHUNK).with_for_update()))


def _held(rows: Sequence[ArchiveFile]) -> set[int]:
    """Files that a hold or an objection under way keeps."""
    objected = with_objection([row.case_id for row in rows])
    placed = open_holds([row.id for row in rows])
    return {row.id for row in rows if row.id in placed or row.case_id in objected}


def _write(files: int, reason: str, actor: Actor) -> int:
    (id_,), (number,) = take_ids(1), take_numbers("destruction", 1)
    db.session.execute(
        insert(ArchiveDestruction)
        .values(
            id=id_,
            number=number,
            state="proposed",
            reason=reason,
            files=files,
            proposed_on=business_date(),
            proposed_by=actor.account_id,
            proposer_name=actor.name,
        )
        .inline()
    )
    tell("archive.proposed", To(("director",)), object_id=id_, number=number, count=files)
    return id_


def _of(destruction_id: int) -> ArchiveDestruction:
    query = select(ArchiveDestruction).where(ArchiveDestruction.id == destruction_id)
    row = db.session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise LookupError(f"no destruction {destruction_id}")
    return row


def confirm(seen: Chosen, actor: Actor) -> Moved:
    """批准销毁 by another person than the one who proposed it.

    Raises ``Forbidden``, ``Fault``: ``archive.same_person``, ``archive.held_meanwhile``.
    """
    row = _of(seen.ids[0])
    if actor.account_id == row.proposed_by:
        raise Fault("archive.same_person")
    _nothing_is_held(row)
    signed = {"confirmed_by": actor.account_id, "confirmer_name": actor.name}
    _sign(row, signed | {"confirmed_on": business_date()})
    moved = move("destruction", "confirm_destruction", seen, actor)
    if moved.done:
        to = To(("reviewer",))
        tell("archive.confirmed", to, object_id=row.id, number=row.number, count=row.files)
    return moved


def turn_down(seen: Chosen, reason: str, actor: Actor) -> Moved:
    """不予销毁: the files go back to their shelf; ``Fault("reason_missing")``."""
    row = _of(seen.ids[0])
    moved = move("destruction", "turn_down_destruction", seen, actor, reason=reason)
    if moved.done:
        _put_back([file.id for file in _files(row.id, CHUNK)])
    return moved


def witness(seen: Chosen, actor: Actor) -> Moved:
    """监销 by a third person: the destruction begins, and cannot be taken back.

    Raises ``Forbidden``, ``Fault``: ``archive.same_person``, ``archive.held_meanwhile``.
    """
    row = _of(seen.ids[0])
    if actor.account_id in (row.proposed_by, row.confirmed_by):
        raise Fault("archive.same_person")
    _nothing_is_held(row)
    signed = {"witnessed_by": actor.account_id, "witness_name": actor.name}
    _sign(row, signed | {"witnessed_on": business_date()})
    moved = move("destruction", "witness_destruction", seen, actor)
    if moved.done:
        post("archive.destroy", {"id": row.id}, total=row.files)
    return moved


def _sign(row: ArchiveDestruction, signed: dict[str, object]) -> None:
    here = ArchiveDestruction.id == row.id
    db.session.execute(update(ArchiveDestruction).where(here).values(**signed))


def _nothing_is_held(row: ArchiveDestruction) -> None:
    held = _held(_files(row.id, CHUNK))
    if held:
        raise Fault("archive.held_meanwhile", count=len(held))


def _files(destruction_id: int, limit: int) -> list[ArchiveFile]:
    """Files of a set that are still there, locked."""
    query = select(ArchiveFile).where(
        ArchiveFile.destruction_id == destruction_id, ArchiveFile.state == "proposed"
    )
    return list(db.session.scalars(query.order_by(ArchiveFile.id).limit(limit).with_for_update()))


def _put_back(archive_ids: Sequence[int]) -> None:
    actor = system_actor(current_scope().agency_id)
    moved = move("archive", "keep_file", Chosen.of(archive_ids), actor)
    back = update(ArchiveFile).where(ArchiveFile.id == any_of(moved.done))
    db.session.execute(back.values(destruction_id=0))


def destroy(id: int) -> None:
    """One job's part of a destruction that was witnessed; the next one is posted. A file that was
    held meanwhile goes back to its shelf. Repeated, it goes on where it stood."""
    row = _of(id)
    if row.state != "destroying":
        return
    files = _files(row.id, CASES_PER_JOB)
    held = _held(files)
    if held:
        _put_back(sorted(held))
    going = [file for file in files if file.id not in held]
    with acting_for(current_scope().agency_id, "shredder"):
        shred([file.case_id for file in going])
    _bury(row, going)
    tell_done(len(going))
    if len(files) == CASES_PER_JOB:
        post("archive.destroy", {"id": row.id}, total=row.files)
        return
    _sign(row, {"destroyed_at": instant()})
    move("destruction", "finish_destruction", Chosen.of([row.id]), system_actor(row.agency_id))


def _bury(row: ArchiveDestruction, files: Sequence[ArchiveFile]) -> None:
    """The tombstones: each file's row without its shelf, and a row of the trail for each."""
    gone = [file.id for file in files]
    buried = update(ArchiveFile).where(ArchiveFile.id == any_of(gone))
    db.session.execute(buried.values(destroyed_at=instant(), shelf=""))
    move("archive", "destroy_file", Chosen.of(gone), system_actor(current_scope().agency_id))
    for file in files:
        audit.record(
            row.witnessed_by or 0,
            "archive.destroyed",
            kind="archive",
            subject_id=file.id,
            number=file.number,
            case_number=file.case_number,
            digest=file.digest.hex(),
            documents=file.documents,
            subjects=file.subjects,
            findings=file.findings,
            destruction=row.number,
            proposed_by=row.proposed_by,
            confirmed_by=row.confirmed_by,
        )
