"""The parts of a worker host: the relay with the sealer, and the job workers.

They stand outside ``__main__`` because a spawned process finds its function by module name, and a
package's ``__main__`` is never imported for that.
"""

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

from app.exchange.outbox.folders import look_into_folders
from app.web.factory import create_app
from tenants.settings import Settings
from worker import daily, sealer
from worker.queue import connect
from worker.relay import Relay
from worker.working import work_forever

TICK_SECONDS = 0.5
SEAL_EVERY_SECONDS = 5.0
LOOK_AROUND_EVERY_SECONDS = 1800.0
FOLDERS_EVERY_SECONDS = 5.0
SWEEP_EVERY_SECONDS = 24 * 3600.0


def relay() -> None:
    """Hand messages to the queue, chain the audit trail, look into the exchange folders and see
    what the day brought."""
    settings = Settings()
    app = create_app(settings)
    moves, sealed_at, folders_at = Relay(app, settings, connect(settings)), 0.0, 0.0
    looked_at, swept_at = -LOOK_AROUND_EVERY_SECONDS, -SWEEP_EVERY_SECONDS
    while True:
        moves.tick()
        if time.monotonic() - sealed_at > SEAL_EVERY_SECONDS:
            sealer.seal_all(app)
            sealed_at = time.monotonic()
        if time.monotonic() - folders_at > FOLDERS_EVERY_SECONDS:
            look_into_folders(app)
            folders_at = time.monotonic()
        if time.monotonic() - looked_at > LOOK_AROUND_EVERY_SECONDS:
            daily.look_around(app)
            looked_at = time.monotonic()
        if time.monotonic() - swept_at > SWEEP_EVERY_SECONDS:
            daily.sweep_files(app)
            swept_at = time.monotonic()
        time.sleep(TICK_SECONDS)


def jobs() -> None:
    """Work off the queue."""
    settings = Settings()
    work_forever(create_app(settings), settings)


PARTS: dict[str, Callable[[], None]] = {"relay": relay, "jobs": jobs}


def everything() -> None:
    """Run each part as a process of its own; a part that dies is started again."""
    context = multiprocessing.get_context("spawn")
    running: dict[str, multiprocessing.process.BaseProcess] = {}

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for process in running.values():
            process.terminate()
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while True:
        for name, part in PARTS.items():
            if name not in running or not running[name].is_alive():
                running[name] = context.Process(target=part, name=name)
                running[name].start()
        time.sleep(1)
