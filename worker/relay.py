"""Outbox → queue. PostgreSQL is the truth: what Redis lost is found again when its lease ends."""

import datetime as dt
from dataclasses import dataclass

import redis
from flask import Flask
from sqlalchemy import text

from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from worker.queue import ENTRY, queue, signature

QUEUED_FOR = dt.timedelta(seconds=60)
FAILED_FOR = dt.timedelta(hours=1)
"""A letter that could not be taken in is tried again, for nobody else would miss it."""
BATCH = 500
EVERYWHERE = 0
"""The relay's scope names no agency: its role sees jobs and letter heads, no personal data."""

_FIND_LETTERS = """
INSERT INTO job (agency_id, kind, payload, once, recorded_at, run_at)
SELECT agency_id, '{table}.take_in',
       jsonb_build_object('from_agency_id', from_agency_id, 'key', key::text),
       '{table}:' || from_agency_id || ':' || key::text, :now, :now
FROM {table} WHERE NOT taken_in
ON CONFLICT DO NOTHING
"""
_LETTER_TABLES = ("letter_up", "letter_down")

_TAKE_WAITING = text("""
UPDATE job SET state = 'queued', lease_until = :until
WHERE (agency_id, id) IN (
  SELECT agency_id, id FROM job
  WHERE (state = 'waiting' AND run_at <= :now)
     OR (state IN ('queued', 'running') AND lease_until < :now)
     OR (state = 'failed' AND once IS NOT NULL AND run_at < :long_ago)
  ORDER BY run_at LIMIT :batch FOR UPDATE SKIP LOCKED)
RETURNING agency_id, id
""")


@dataclass(frozen=True)
class Relay:
    """Moves messages from the outbox to the queue, tick by tick."""

    app: Flask
    settings: Settings
    connection: redis.Redis

    def tick(self) -> int:
        """Hand every waiting or lost job to the queue; returns how many were handed over."""
        with self.app.app_context():
            jobs = _take_waiting()
        target = queue(self.connection)
        for agency_id, job_id in jobs:
            target.enqueue(
                ENTRY,
                agency_id,
                job_id,
                signature(self.settings, agency_id, job_id),
                result_ttl=0,
                failure_ttl=3600,
                job_timeout=600,
            )
        return len(jobs)


def _take_waiting() -> list[tuple[int, int]]:
    now = instant()
    with acting_for(EVERYWHERE, "relay"):
        for table in _LETTER_TABLES:
            db.session.execute(text(_FIND_LETTERS.format(table=table)), {"now": now})
        rows = db.session.execute(
            _TAKE_WAITING,
            {
                "now": now,
                "until": now + QUEUED_FOR,
                "long_ago": now - FAILED_FOR,
                "batch": BATCH,
            },
        )
        return [(row.agency_id, row.id) for row in rows]
