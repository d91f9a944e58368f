"""One process: waitress in front, one thread that answers behind."""

import contextlib
import logging
import os
import signal
from pathlib import Path
from threading import Event, Thread
from types import FrameType

import waitress
from waitress.server import BaseWSGIServer, MultiSocketServer

from hedui_connector.answering.worker import Worker
from hedui_connector.server.app import Parts, create_app
from hedui_connector.server.authentication import Caller, Gate
from hedui_connector.settings.loading import beside, others_key, own_key
from hedui_connector.settings.model import Settings
from hedui_connector.sources.opening import open_source
from hedui_connector.store.database import Store
from hedui_connector.store.guards import StoredNonces
from hedui_connector.wire.limits import BYTES_PER_BODY

logger = logging.getLogger("hedui_connector")


def serve(path: Path, settings: Settings) -> bool:
    """Serve until SIGTERM or Ctrl-C; then the batch at hand is finished.

    ``False``: the answering broke down. Nothing is taken in that nobody would answer; whoever
    watches over the process starts it anew.
    """
    store = Store(beside(path, settings.server.state))
    store.prepare()
    app = create_app(assembled(path, settings, store))
    stopping = Event()
    with contextlib.closing(open_source(path, settings)) as source:
        answering = Worker(settings, store, source, stopping)
        worker = Thread(target=_answer, args=(answering,), name="answering")
        server = _listening(app, settings)
        worker.start()
        signal.signal(signal.SIGTERM, _stop)
        logger.info("listening on %s", settings.server.listen)
        try:
            server.run()
        finally:
            stopping.set()
            worker.join()
            server.close()
    return not answering.broke_down


def _answer(worker: Worker) -> None:
    """Answer until told to stop; when it ends before that, the whole process does."""
    try:
        worker.run()
    finally:
        if not worker.stopping.is_set():
            worker.broke_down = True
            logger.critical("answering has ended; the connector stops")
            os.kill(os.getpid(), signal.SIGTERM)


def assembled(path: Path, settings: Settings, store: Store) -> Parts:
    """The parts of the application, with the keys that the file names."""
    callers = [
        Caller(agency.code, others_key(path, f"agencies.{number}.key", agency.key))
        for number, agency in enumerate(settings.agencies)
    ]
    gate = Gate(callers, StoredNonces(store), settings.server.clock_skew_s)
    key = own_key(path, "unit.key", settings.unit.key)
    return Parts(settings.unit.code, key, gate, store, settings.server.lines_per_page)


def _listening(app: object, settings: Settings) -> MultiSocketServer | BaseWSGIServer:
    """The server. A slow client waits in it, not in a thread, and is let go after a while."""
    server = settings.server
    common = {
        "threads": server.threads,
        "ident": None,
        "channel_timeout": server.patience_s,
        "cleanup_interval": max(1, server.patience_s // 2),
        "max_request_header_size": 32 * 1024,
        "max_request_body_size": 2 * BYTES_PER_BODY,
    }
    if server.listen.startswith("unix:"):
        path = server.listen.removeprefix("unix:")
        return waitress.create_server(app, unix_socket=path, unix_socket_perms="660", **common)
    return waitress.create_server(app, listen=server.listen, **common)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
