"""How far the rendering of reports is: what screens show while the worker composes and signs."""

from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.lifecycle import Moved
from app.report.issuing import PER_JOB
from app.report.models import Report
from tenants.database import db
from tenants.outbox import post

_JOBS = text("""
WITH unfinished AS (
  SELECT id, payload FROM job
  WHERE state IN ('waiting', 'queued', 'running')
    AND kind IN ('report.render_own', 'report.render_merged')
)
SELECT coalesce((SELECT sum(jsonb_array_length(payload -> 'ids')) FROM unfinished), 0)::int AS left,
       coalesce((SELECT sum(jsonb_array_length(j.payload -> 'ids')) FROM job j
                 WHERE j.state = 'done' AND j.id >= (SELECT min(id) FROM unfinished)
                   AND j.kind IN ('report.render_own', 'report.render_merged')), 0)::int AS done
""")


_DRAFTED = (Report.kind.in_(("own", "merged")), Report.state == "drafted")


@dataclass(frozen=True)
class Progress:
    """Reports of the current batches: finished, all together, and given up by the worker."""

    done: int
    total: int
    stuck: int

    @property
    def is_finished(self) -> bool:
        """Nothing is being rendered at the moment."""
        return self.done >= self.total


def progress() -> Progress:
    """The state of rendering in this agency."""
    jobs = db.session.execute(_JOBS).one()
    drafted = db.session.scalar(select(func.count()).select_from(Report).where(*_DRAFTED))
    stuck = 0 if jobs.left else drafted or 0
    return Progress(done=jobs.done, total=jobs.done + jobs.left, stuck=stuck)


def render_again(actor: Actor) -> Moved:
    """Send drafts that the worker gave up on (a seal was missing, say) to be rendered again."""
    actor.must("report.issue")
    if progress().stuck == 0:
        return Moved(())
    rows = db.session.execute(
        select(Report.kind, Report.id).where(*_DRAFTED).order_by(Report.id)
    ).all()
    for kind in ("own", "merged"):
        ids = [row.id for row in rows if row.kind == kind]
        for start in range(0, len(ids), PER_JOB):
            chunk = ids[start : start + PER_JOB]
            post(f"report.render_{kind}", {"ids": chunk}, account_id=actor.account_id)
    audit.record(actor.account_id, "report.render_again", kind="report", count=len(rows))
    return Moved(tuple(row.id for row in rows))
