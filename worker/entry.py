"""The only function that Redis may call: one signed job id → one service call, once."""

import datetime as dt
import logging
from typing import Any

from flask import Flask
from sqlalchemy import text

from tenants.calendar import instant
from tenants.database import db
from tenants.messages import Fault
from tenants.progress import tell_of
from tenants.scope import acting_for
from tenants.settings import Settings
from worker.handlers import FROM_UNITS, GIVEN_UP, HANDLERS
from worker.queue import is_signed

LEASE = dt.timedelta(minutes=15)
MOST_ATTEMPTS = 5

log = logging.getLogger("hedui.worker")
_app: Flask | None = None


class LostLease(Exception):
    """Another worker took the job over: what this one did is rolled back."""


def use(app: Flask) -> None:
    """The application that jobs of this process run in."""
    global _app
    _app = app


def application() -> Flask:
    """The application given to ``use``; ``RuntimeError`` before that."""
    if _app is None:
        raise RuntimeError("the worker has no application yet")
    return _app


def run(agency_id: int, job_id: int, given: str) -> None:
    """Carry out one job if its signature is ours and nobody else holds it."""
    app = application()
    settings: Settings = app.extensions["hedui.settings"]
    if not is_signed(settings, agency_id, job_id, given):
        raise PermissionError("a job that the portal did not sign")
    with app.app_context():
        lease = _take_lease(agency_id, job_id)
        if lease is None:
            return
        if lease.unit_id and lease.kind not in FROM_UNITS:
            _give_up(agency_id, job_id, lease, "job_refused")
            return
        try:
            _carry_out(agency_id, job_id, lease)
        except LostLease:
            log.warning("job %s of agency %s was taken over", job_id, agency_id)
        except Fault as fault:
            _give_up(agency_id, job_id, lease, fault.code)
        except Exception:
            # Whatever went wrong, the row must say so; the log has the trace, the row the fact.
            log.exception("job %s of agency %s failed", job_id, agency_id)
            _try_later(agency_id, job_id, lease)


def _take_lease(agency_id: int, job_id: int) -> Any:
    now = instant()
    with acting_for(agency_id, "relay"):
        return db.session.execute(
            text(
                "UPDATE job SET state = 'running', lease_until = :until, fence = fence + 1,"
                " attempts = attempts + 1 WHERE agency_id = :agency AND id = :id"
                " AND (state IN ('waiting', 'queued')"
                "      OR (state = 'running' AND lease_until < :now))"
                " RETURNING kind, payload, fence, attempts, unit_id"
            ),
            {"until": now + LEASE, "agency": agency_id, "id": job_id, "now": now},
        ).one_or_none()


def _carry_out(agency_id: int, job_id: int, lease: Any) -> None:
    with acting_for(agency_id, "desk"):
        tell_of(agency_id, job_id, lease.fence)
        HANDLERS[lease.kind](**lease.payload)
        finished = db.session.execute(
            text(
                "UPDATE job SET state = 'done', done = total, lease_until = NULL"
                " WHERE id = :id AND fence = :fence AND state = 'running' RETURNING id"
            ),
            {"id": job_id, "fence": lease.fence},
        )
        if finished.one_or_none() is None:
            raise LostLease


def _give_up(agency_id: int, job_id: int, lease: Any, code: str) -> None:
    _set(agency_id, job_id, lease.fence, "failed", code, instant())
    if code != "job_refused" and lease.kind in GIVEN_UP:
        with acting_for(agency_id, "desk"):
            tell_of(agency_id, job_id, lease.fence)
            GIVEN_UP[lease.kind](lease.payload["id"])


def _try_later(agency_id: int, job_id: int, lease: Any) -> None:
    if lease.attempts >= MOST_ATTEMPTS:
        _give_up(agency_id, job_id, lease, "job_failed")
        return
    wait = dt.timedelta(seconds=2**lease.attempts)
    _set(agency_id, job_id, lease.fence, "waiting", "", instant() + wait)


def _set(
    agency_id: int, job_id: int, fence: int, state: str, fault: str, run_at: dt.datetime
) -> None:
    with acting_for(agency_id, "relay"):
        db.session.execute(
            text(
                "UPDATE job SET state = :state, fault = :fault, run_at = :run_at,"
                " lease_until = NULL WHERE agency_id = :agency AND id = :id AND fence = :fence"
            ),
            {
                "state": state,
                "fault": fault,
                "run_at": run_at,
                "agency": agency_id,
                "id": job_id,
                "fence": fence,
            },
        )
