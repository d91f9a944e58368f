"""File closed cases, place and lift holds, keep a file up to date."""

from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import CHUNK, Chosen, Moved, Skip, note
from app.cases.models import Case
from app.oversight.archive.messages import Fault
from app.oversight.archive.models import ArchiveFile, ArchiveHold
from app.oversight.archive.rules import CLOSED, digest_of, keep_until
from app.oversight.archive.standings import Standing, standings
from tenants.calendar import business_date
from tenants.database import any_of, db, take_ids
from tenants.numbers import take_numbers
from tenants.rulebook import rulebook


def to_file() -> ColumnElement[bool]:
    """Closed cases that were entrusted and have no file yet."""
    filed = select(ArchiveFile.id).where(
        ArchiveFile.agency_id == Case.agency_id, ArchiveFile.case_id == Case.id
    )
    return Case.state.in_(CLOSED) & Case.entrustment_id.is_not(None) & ~filed.exists()


def file_cases(chosen: Chosen, actor: Actor, *, shelf: str = "", reason: str = "") -> Moved:
    """Give closed cases their files, in one act (第十七条). One that lacks something is filed only
    with a ``reason``, else skipped; so is one that is filed already or not closed.

    Raises ``Forbidden``, and ``Fault("archive.incomplete")`` where that leaves none. Repeated, it
    files nothing twice.
    """
    actor.must("archive.keep")
    cases = _lock(chosen)
    here = {case.id for case in cases}
    skipped = [Skip(id_, "another_state") for id_ in chosen.ids if id_ not in here]
    filed = set(
        db.session.scalars(select(ArchiveFile.case_id).where(ArchiveFile.case_id == any_of(here)))
    )
    skipped += [Skip(id_, "archive_filed_already") for id_ in sorted(filed)]
    found = standings([case for case in cases if case.id not in filed])
    fitting = [row for row in found if not row.missing or reason.strip()]
    lacking = [row.case.id for row in found if row.missing and not reason.strip()]
    if lacking and not fitting:
        raise Fault("archive.incomplete", count=len(lacking))
    skipped += [Skip(id_, "archive_incomplete") for id_ in lacking]
    if fitting:
        _write(fitting, actor, shelf.strip(), reason.strip())
    return Moved(tuple(row.case.id for row in fitting), tuple(skipped))


def _lock(chosen: Chosen) -> list[Case]:
    wanted = Case.id == any_of(chosen.ids)
    if chosen.condition is not None:
        wanted = chosen.condition & (Case.id <= (chosen.up_to or 0))
    query = select(Case).where(wanted, Case.state.in_(CLOSED), Case.entrustment_id.is_not(None))
    return list(db.session.scalars(query.order_by(Case.id).limit(CHUNK).with_for_update()))


def _write(found: list[Standing], actor: Actor, shelf: str, reason: str) -> None:
    years = rulebook(actor.agency_id // 10_000).archive_years.value
    numbers = take_numbers("archive", len(found))
    rows = [
        {
            "id": id_,
            "number": number,
            "state": "filed",
            "case_id": row.case.id,
            "case_number": row.case.number,
            "period": row.case.period,
            "scheme": row.case.scheme,
            "year": row.closed_on.year,
            "closed_on": row.closed_on,
            "shelf": shelf,
            "subjects": row.subjects,
            "findings": row.findings,
            "filed_on": business_date(),
            "filed_by": actor.account_id,
            "filer_name": actor.name,
            **_kept(row, years[row.basis], reason),
        }
        for id_, number, row in zip(take_ids(len(found)), numbers, found, strict=True)
    ]
    db.session.execute(insert(ArchiveFile).inline(), rows)
    note("case", [row.case.id for row in found], "archive_filed", actor, reason=reason)


def _kept(row: Standing, years: int | None, reason: str) -> dict[str, Any]:
    """What a file holds and lacks, and how long it is kept."""
    return {
        "basis": row.basis,
        "kept_years": years,
        "keep_until": keep_until(row.closed_on, years),
        "missing": list(row.missing),
        "incomplete_reason": reason if row.missing else "",
        "documents": len(row.documents),
        "digest": digest_of((d.file_kind, d.digest) for d in row.documents),
    }


def kept_file(archive_id: int) -> ArchiveFile:
    """One file that is on its shelf; ``LookupError``, or ``Fault("archive.not_filed")``."""
    query = select(ArchiveFile).where(ArchiveFile.id == archive_id).with_for_update()
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise LookupError(f"no archive file {archive_id}")
    if row.state != "filed":
        raise Fault("archive.not_filed")
    return row


def kept_or_proposed(archive_id: int) -> ArchiveFile:
    """One file that still has its contents; ``LookupError`` when there is none such."""
    query = select(ArchiveFile).where(
        ArchiveFile.id == archive_id, ArchiveFile.state != "destroyed"
    )
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise LookupError(f"no archive file {archive_id} that is not destroyed")
    return row


def renew(archive_id: int, actor: Actor, reason: str = "") -> Moved:
    """补充归档: take into the file what came after it was filed.

    Raises ``Fault``: ``archive.unchanged``; ``archive.reason_missing`` when something is missing.
    """
    actor.must("archive.keep")
    row = kept_file(archive_id)
    case = db.session.scalars(select(Case).where(Case.id == row.case_id)).one()
    (now,) = standings([case])
    years = rulebook(actor.agency_id // 10_000).archive_years.value
    kept = _kept(now, years[now.basis], reason.strip() or row.incomplete_reason)
    if kept["digest"] == row.digest and kept["missing"] == list(row.missing):
        raise Fault("archive.unchanged")
    if kept["missing"] and not kept["incomplete_reason"]:
        raise Fault("archive.reason_missing")
    changed = update(ArchiveFile).where(ArchiveFile.id == row.id)
    db.session.execute(changed.values(**kept, renewed_on=business_date(), rev=row.rev + 1))
    note("case", [row.case_id], "archive_renewed", actor, reason=reason)
    return Moved((row.id,))


def put_on_shelf(archive_id: int, shelf: str, actor: Actor) -> Moved:
    """Say where the paper file stands (架位)."""
    actor.must("archive.keep")
    row = kept_file(archive_id)
    shelved = update(ArchiveFile).where(ArchiveFile.id == row.id)
    db.session.execute(shelved.values(shelf=shelf.strip(), rev=row.rev + 1))
    note("archive", [row.id], "archive_shelved", actor, reason=shelf.strip())
    return Moved((row.id,))


def hold(archive_id: int, kind: str, reason: str, actor: Actor) -> Moved:
    """Keep a file until the hold is lifted (审计、诉讼、举报), proposed for destruction or not."""
    actor.must("archive.keep")
    row = kept_or_proposed(archive_id)
    if not reason.strip():
        raise Fault("archive.reason_missing")
    placed = {"archive_id": row.id, "kind": kind, "reason": reason.strip()}
    placed |= {"placed_on": business_date(), "placed_by": actor.account_id}
    db.session.execute(insert(ArchiveHold).values(placer_name=actor.name, **placed).inline())
    note("archive", [row.id], "archive_held", actor, reason=reason.strip())
    return Moved((row.id,))


def lift(archive_id: int, hold_id: int, reason: str, actor: Actor) -> Moved:
    """Lift one hold of a file, with the reason; ``LookupError`` where there is none such open."""
    actor.must("archive.keep")
    query = select(ArchiveHold).where(
        ArchiveHold.id == hold_id,
        ArchiveHold.archive_id == archive_id,
        ArchiveHold.lifted_on.is_(None),
    )
    row = db.session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise LookupError(f"no open hold {hold_id}")
    if not reason.strip():
        raise Fault("archive.reason_missing")
    lifted = {"lifted_on": business_date(), "lifted_by": actor.account_id}
    lifted |= {"lifter_name": actor.name, "lift_reason": reason.strip()}
    db.session.execute(update(ArchiveHold).where(ArchiveHold.id == row.id).values(**lifted))
    note("archive", [row.archive_id], "archive_lifted", actor, reason=reason.strip())
    return Moved((row.archive_id,))


def tell_exported(row: ArchiveFile, actor: Actor) -> None:
    """The audit row of a package that is asked for."""
    audit.record(
        actor.account_id,
        "archive.export",
        kind="case",
        subject_id=row.case_id,
        archive=row.id,
        documents=row.documents,
    )
