"""How far work is, told on a connection of its own: others see it long before the work commits.

A job tells of itself. Work that a request does at once (a large list coming in) keeps a job row of
its own meanwhile, which nobody else can take, so that its page and every other show the same.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import g
from sqlalchemy import insert, text

from tenants.calendar import instant
from tenants.database import db
from tenants.outbox import Job
from tenants.scope import acting_for, current_scope

WORTH_TELLING = 500
"""Rows below which a request is over before anybody could look."""
HEARTBEAT = dt.timedelta(minutes=10)
"""Work that has told nothing for so long, and that no worker holds, is over."""

_TELL = text(
    "UPDATE job SET done = :done, total = greatest(total, :done), run_at = :now"
    " WHERE agency_id = :agency AND id = :id AND fence = :fence AND state = 'running'"
)
_END = text(
    "UPDATE job SET state = :state, done = CASE :state WHEN 'done' THEN total ELSE done END,"
    " run_at = :now WHERE agency_id = :agency AND id = :id AND state = 'running'"
)


@dataclass(frozen=True)
class Told:
    """The job row that says how far this session's work is."""

    agency_id: int
    id: int
    fence: int


def tell_of(agency_id: int, job_id: int, fence: int) -> None:
    """From now on ``tell_done`` in this session speaks of this job."""
    g.told_job = Told(agency_id, job_id, fence)


def job_told_of() -> int:
    """The job that this session's work belongs to; 0 where it belongs to none."""
    told: Told | None = g.get("told_job")
    return told.id if told else 0


def tell_done(done: int) -> None:
    """So many of the job's rows, reports or cases are done; without a job nobody is told."""
    told: Told | None = g.get("told_job")
    if told is None:
        return
    values = {"agency": told.agency_id, "id": told.id, "fence": told.fence}
    with acting_for(told.agency_id, "relay"):
        db.session.execute(_TELL, {**values, "done": done, "now": instant()})


@contextmanager
def told_as(
    kind: str, total: int, *, account_id: int, unit_id: int = 0, desk_id: int = 0
) -> Iterator[None]:
    """Show the work of this block as a job of ``total`` rows, from its begin to its end."""
    if total < WORTH_TELLING:
        yield
        return
    agency_id, now = current_scope().agency_id, instant()
    row = insert(Job).values(
        kind=kind,
        payload={},
        unit_id=unit_id,
        desk_id=desk_id,
        account_id=account_id,
        state="running",
        total=total,
        recorded_at=now,
        run_at=now,
    )
    with acting_for(agency_id, "relay"):
        job_id = db.session.execute(row.returning(Job.id)).scalar_one()
    tell_of(agency_id, job_id, 0)
    state = "failed"
    try:
        yield
        state = "done"
    finally:
        g.pop("told_job", None)
        with acting_for(agency_id, "relay"):
            values = {"agency": agency_id, "id": job_id, "state": state, "now": instant()}
            db.session.execute(_END, values)
