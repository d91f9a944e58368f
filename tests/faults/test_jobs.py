"""PostgreSQL is the truth, the queue a hint: what dies, is lost, or is forged on the way."""

import datetime as dt
from typing import Any

import pytest
from redis import Redis
from rq import SimpleWorker
from rq.job import Job as QueueJob
from rq.serializers import JSONSerializer
from sqlalchemy import func, select, text

from app.cases.lifecycle import Chosen
from app.cases.models import Ask
from app.review import service as review
from tenants.calendar import instant
from tenants.database import db
from tenants.outbox import Job
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.faults.conftest import Yushu
from worker import entry, handlers
from worker.queue import ENTRY, queue, signature
from worker.relay import Relay
from worker.working import InlineWorker, OnlyEntry, drain


class Killed(BaseException):
    """As if the process had been killed: nothing of the program catches it."""


def approve(yushu: Yushu) -> int:
    """Approve everything; the routing waits as a job, whose id is returned."""
    yushu.accept_all()
    with acting_for(yushu.agency_id):
        review.approve(Chosen.of(yushu.submitted), yushu.reviewer().actor)
        routing = select(Job.id).where(Job.kind == "case.route")
        return db.session.scalars(routing).one()


def job(yushu: Yushu, job_id: int) -> Job:
    with acting_for(yushu.agency_id, read_only=True):
        found = db.session.get(Job, (yushu.agency_id, job_id))
        assert found is not None
        return found


def asks(yushu: Yushu) -> int:
    with acting_for(yushu.agency_id, read_only=True):
        return db.session.scalar(select(func.count()).select_from(Ask)) or 0


def run(yushu: Yushu, settings: Settings, job_id: int) -> None:
    entry.use(yushu.app)
    entry.run(yushu.agency_id, job_id, signature(settings, yushu.agency_id, job_id))


def lease_ends(yushu: Yushu, job_id: int) -> None:
    """Fifteen minutes pass: nobody has heard of the worker since."""
    ended = text("UPDATE job SET lease_until = :then WHERE agency_id = :agency AND id = :id")
    with acting_for(yushu.agency_id, "relay"):
        then = instant() - dt.timedelta(seconds=1)
        db.session.execute(ended, {"then": then, "agency": yushu.agency_id, "id": job_id})


def test_a_job_killed_before_its_commit_is_done_again_once(
    yushu: Yushu, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = approve(yushu)
    real = handlers.HANDLERS["case.route"]

    def killed_after(**payload: Any) -> None:
        real(**payload)
        raise Killed

    monkeypatch.setitem(handlers.HANDLERS, "case.route", killed_after)
    with pytest.raises(Killed):
        run(yushu, settings, job_id)
    assert asks(yushu) == 0, "what was not committed is not there"
    assert job(yushu, job_id).state == "running"
    monkeypatch.setitem(handlers.HANDLERS, "case.route", real)
    run(yushu, settings, job_id)
    assert asks(yushu) == 0, "the lease still holds: nobody else may take it"
    lease_ends(yushu, job_id)
    drain(yushu.app, settings)
    once = asks(yushu)
    assert once > 0
    assert job(yushu, job_id).state == "done"
    run(yushu, settings, job_id)
    assert asks(yushu) == once, "a job that is done is not done again"


def test_a_lost_lease_rolls_back_what_the_slow_worker_did(
    yushu: Yushu, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first worker is at it, its lease ends and another takes the job over."""
    job_id = approve(yushu)
    real = handlers.HANDLERS["case.route"]
    calls: list[str] = []

    def slow(**payload: Any) -> None:
        calls.append("slow")
        real(**payload)
        with acting_for(yushu.agency_id, "relay"):
            taken = text("UPDATE job SET fence = fence + 1 WHERE agency_id = :a AND id = :id")
            db.session.execute(taken, {"a": yushu.agency_id, "id": job_id})

    monkeypatch.setitem(handlers.HANDLERS, "case.route", slow)
    run(yushu, settings, job_id)
    assert calls == ["slow"]
    assert asks(yushu) == 0
    assert job(yushu, job_id).state == "running", "the other worker's, with its fence"


def test_what_redis_forgot_is_found_again(yushu: Yushu, settings: Settings) -> None:
    job_id = approve(yushu)
    with Redis.from_url(settings.redis_url) as connection:
        relay = Relay(yushu.app, settings, connection)
        assert relay.tick() > 0
        assert job(yushu, job_id).state == "queued"
        connection.flushdb()
        assert relay.tick() == 0, "it waits for the queue first"
    lease_ends(yushu, job_id)
    drain(yushu.app, settings)
    assert job(yushu, job_id).state == "done"
    assert asks(yushu) > 0


def test_a_forged_signature_runs_nothing(yushu: Yushu, settings: Settings) -> None:
    job_id = approve(yushu)
    entry.use(yushu.app)
    other = signature(settings, yushu.agency_id, job_id + 1)
    for forged in ("", "0" * 64, other):
        with pytest.raises(PermissionError, match="did not sign"):
            entry.run(yushu.agency_id, job_id, forged)
    assert job(yushu, job_id).state == "waiting"
    run(yushu, settings, job_id)
    assert job(yushu, job_id).state == "done"


@pytest.mark.parametrize(
    "name", ["os.getpid", "worker.entry.use", "builtins.print", "subprocess.call"]
)
def test_another_function_in_redis_is_refused_before_it_is_looked_up(
    settings: Settings, name: str
) -> None:
    """In Redis any string becomes a call; our workers know one."""
    with Redis.from_url(settings.redis_url) as connection:
        waiting = queue(connection)
        planted = waiting.enqueue(name, result_ttl=100)
        fetched = OnlyEntry.fetch(planted.id, connection=connection, serializer=JSONSerializer)
        with pytest.raises(PermissionError, match="not on the allow-list"):
            _ = fetched.func
        worker = InlineWorker([waiting], connection=connection, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="CRITICAL")
        done = QueueJob.fetch(planted.id, connection=connection, serializer=JSONSerializer)
        assert done.is_failed
        result = done.latest_result()
        assert result is not None
        assert "not on the allow-list" in (result.exc_string or "")


def test_the_control_a_plain_worker_would_have_called_it(settings: Settings) -> None:
    with Redis.from_url(settings.redis_url) as connection:
        waiting = queue(connection)
        planted = waiting.enqueue("os.getpid", result_ttl=100)
        SimpleWorker([waiting], connection=connection, serializer=JSONSerializer).work(
            burst=True, logging_level="CRITICAL"
        )
        done = QueueJob.fetch(planted.id, connection=connection, serializer=JSONSerializer)
        assert done.is_finished


def test_the_queue_carries_ids_only(yushu: Yushu, settings: Settings) -> None:
    """No name and no number of a person is in Redis: agency, job, signature."""
    approve(yushu)
    with Redis.from_url(settings.redis_url) as connection:
        Relay(yushu.app, settings, connection).tick()
        for planted in queue(connection).jobs:
            assert planted.func_name == ENTRY
            agency_id, job_id, given = planted.args
            assert (type(agency_id), type(job_id), len(given)) == (int, int, 64)
