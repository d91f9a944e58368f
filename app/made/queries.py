"""Reads of the files that a person asked for."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from app.accounts.actor import Actor
from app.cases.paging import Page, Place, read_page
from app.made.models import MadeFile
from app.made.rules import state_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.outbox import Job


@dataclass(frozen=True)
class Shown:
    """A file with its state, and the code of what it failed by."""

    row: MadeFile
    state: str
    fault: str


def listed(who: Actor, place: Place) -> Page[Shown]:
    """A page of the files that this person asked for, newest first."""
    page = read_page(_of(who), MadeFile.id, place)
    return page.holding(tuple(_shown(row) for row in page.rows))


def own(made_id: int, who: Actor) -> Shown:
    """One of this person's files; ``LookupError`` for anybody else's, of the same unit too."""
    found = db.session.execute(_of(who).where(MadeFile.id == made_id)).one_or_none()
    if found is None:
        raise LookupError(f"no made file {made_id}")
    return _shown(found)


def _of(who: Actor) -> Select[Any]:
    return (
        select(MadeFile, Job.state, Job.fault)
        .join(
            Job,
            (Job.agency_id == MadeFile.agency_id) & (Job.id == MadeFile.job_id),
            isouter=True,
        )
        .where(MadeFile.account_id == who.account_id)
    )


def _shown(found: Any) -> Shown:
    row: MadeFile = found[0]
    state = state_of(
        file_id=row.file_id,
        expires_on=row.expires_on,
        job_state=found.state,
        today=business_date(),
    )
    return Shown(row, state, (found.fault or "") if state == "failed" else "")
