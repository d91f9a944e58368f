"""What is being worked on in the background, for whom it matters; every page shows it.

Files that are being made for a person are counted by their own rows: each is a chain of jobs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.actor import Actor
from app.web.home_messages import RUNNING_TITLES
from tenants.calendar import instant
from tenants.progress import HEARTBEAT

SEEN_BY: dict[str, tuple[str, ...]] = {
    "list.upload": ("list.read",),
    "case.route": ("case.review",),
    "coverage.reroute": ("exchange.read", "case.review"),
    "letter.send": ("letter.seal",),
    "package.make": ("exchange.read",),
    "reply.check": ("exchange.read", "request.answer"),
    "store.read": ("exchange.read",),
    "register.read": ("register.load",),
    "register.apply": ("register.load",),
    "insurance.compare": ("insurance.run",),
    "outward.make": ("outward.read",),
    "store.answer": ("exchange.read",),
    "reply.accepted": ("exchange.read",),
    "inspection.draw": ("inspection.read",),
    "look_list.make": ("look_list.order",),
    "report.render_own": ("report.issue",),
    "report.render_merged": ("report.issue",),
    "report.pass_down": ("report.issue",),
    "archive.destroy": ("archive.read",),
}
"""Kind of job → the permissions of those who wait for it."""

# One batch is what was recorded since the oldest job of its kind that is not over yet.
RUNNING = """
SELECT coalesce(json_agg(json_build_array(b.kind, b.done, b.total)), '[]'::json) FROM (
  SELECT o.kind,
         sum(CASE WHEN j.state = 'done' THEN greatest(j.total, 1) ELSE j.done END) AS done,
         sum(greatest(j.total, 1)) AS total
  FROM (
    SELECT kind, min(id) AS first FROM job
    WHERE state IN ('waiting', 'queued', 'running') AND kind = ANY(:running_kinds)
      AND (state <> 'running' OR lease_until > :running_now OR run_at > :running_since)
    GROUP BY kind
  ) o
  JOIN job j ON j.kind = o.kind AND j.id >= o.first AND j.state <> 'failed'
  GROUP BY o.kind
  UNION ALL
  SELECT 'file.make', sum(m.done), sum(greatest(m.total, m.done, 1))
  FROM made_file m JOIN job j ON j.agency_id = m.agency_id AND j.id = m.job_id
  WHERE m.account_id = :me AND m.file_id IS NULL
    AND j.state IN ('waiting', 'queued', 'running')
  HAVING count(*) > 0
  ORDER BY 1
) b
"""


@dataclass(frozen=True)
class Running:
    """One kind of work that is under way: rows, cases or reports done and all together."""

    kind: str
    title: str
    done: int
    total: int


def running_values(who: Actor) -> dict[str, list[str] | dt.datetime]:
    """The parameters of ``RUNNING`` for one person."""
    kinds = [kind for kind, rights in SEEN_BY.items() if any(map(who.may, rights))]
    now = instant()
    # :me is known from the notices, which the same statement counts.
    return {"running_kinds": kinds, "running_now": now, "running_since": now - HEARTBEAT}


def as_running(rows: Sequence[tuple[str, int, int]]) -> tuple[Running, ...]:
    """What the statement found, with its title."""
    return tuple(Running(kind, RUNNING_TITLES[kind], done, total) for kind, done, total in rows)
