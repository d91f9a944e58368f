"""RQ workers that know one function, and a way to work off everything that waits."""

from typing import Any

from flask import Flask
from rq import SimpleWorker, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from tenants.database import db
from tenants.settings import Settings
from worker import entry
from worker.queue import ENTRY, connect, queue
from worker.relay import Relay


class OnlyEntry(Job):
    """A job of the one function; any other name in Redis is refused before it is resolved."""

    @property
    def func(self) -> Any:
        if self.func_name != ENTRY:
            raise PermissionError(f"{self.func_name} is not on the allow-list")
        return entry.run

    # RQ would import whatever name Redis gives for these.
    success_callback = failure_callback = stopped_callback = None


class ForkingWorker(Worker):
    """One job per forked process; the engine of the parent is left behind at the fork."""

    job_class = OnlyEntry

    def main_work_horse(self, job: Job, queue: Any) -> None:
        app = entry.application()
        with app.app_context():
            db.engine.dispose(close=False)
        super().main_work_horse(job, queue)


class InlineWorker(SimpleWorker):
    """Jobs in this process: for tests and for the demonstration's month."""

    job_class = OnlyEntry

    def _install_signal_handlers(self) -> None:
        """The process belongs to somebody else, who wants its Ctrl-C."""


def work_forever(app: Flask, settings: Settings) -> None:
    """Take jobs from the queue until the process is told to stop."""
    entry.use(app)
    connection = connect(settings)
    worker = ForkingWorker([queue(connection)], connection=connection, serializer=JSONSerializer)
    worker.work(logging_level="WARNING")


def drain(app: Flask, settings: Settings, *, most_rounds: int = 200) -> int:
    """Relay and work until nothing waits any more; returns how many jobs were handed over.

    ``RuntimeError`` when messages still beget messages after ``most_rounds``.
    """
    entry.use(app)
    connection = connect(settings)
    relay, total = Relay(app, settings, connection), 0
    for _ in range(most_rounds):
        handed = relay.tick()
        if not handed:
            return total
        total += handed
        worker = InlineWorker([queue(connection)], connection=connection, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="ERROR")
    raise RuntimeError("the queue does not run dry")
