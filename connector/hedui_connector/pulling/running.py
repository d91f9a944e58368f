"""``pull``: one thread answers, this one fetches and sends; no port is opened."""

import contextlib
import logging
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from types import FrameType

from hedui_connector.answering.worker import Worker
from hedui_connector.pulling.client import Client, NotNow
from hedui_connector.pulling.messages import NOT_NOW
from hedui_connector.pulling.rounds import Puller
from hedui_connector.settings.faults import SettingsError, said
from hedui_connector.settings.loading import beside, others_key, own_key
from hedui_connector.settings.model import Agency, Settings
from hedui_connector.sources.opening import open_source
from hedui_connector.store.database import Store
from hedui_connector.store.requests import next_to_answer
from hedui_connector.wire.signatures import Key

WHILE_ANSWERING_S = 1.0
logger = logging.getLogger("hedui_connector")


def pull(path: Path, settings: Settings, *, once: bool) -> bool:
    """Pull until SIGTERM or Ctrl-C; ``once``: until nothing is open any more.

    ``False``: the answering broke down, or (once) a portal could not be reached.
    """
    store = Store(beside(path, settings.server.state))
    store.prepare()
    stopping = Event()
    pullers = list(_pullers(path, settings, store))
    signal.signal(signal.SIGTERM, _stop)
    with answering(path, settings, store, stopping) as worker:
        logger.info("pulling from %d portals", len(pullers))
        if once:
            return _until_nothing_is_open([puller for puller, _every in pullers], worker)
        threads = [
            Thread(target=_keep_pulling, args=(puller, every, stopping, worker))
            for puller, every in pullers
        ]
        for thread in threads:
            thread.start()
        try:
            while not worker.broke_down and not stopping.wait(1):
                pass
        finally:
            stopping.set()
            for thread in threads:
                thread.join()
    return not worker.broke_down


@contextlib.contextmanager
def answering(path: Path, settings: Settings, store: Store, stopping: Event) -> Iterator[Worker]:
    """A worker that answers in a thread of its own until the block ends."""
    with contextlib.closing(open_source(path, settings)) as source:
        worker = Worker(settings, store, source, stopping)
        thread = Thread(target=_answer, args=(worker,), name="answering")
        thread.start()
        try:
            yield worker
        finally:
            stopping.set()
            thread.join()


def _answer(worker: Worker) -> None:
    """Answer until told to stop; when it ends before that, nothing more is fetched."""
    try:
        worker.run()
    finally:
        if not worker.stopping.is_set():
            worker.broke_down = True
            logger.critical("answering has ended; the connector stops")


def own_key_for(path: Path, settings: Settings, number: int) -> Key:
    """The unit's key as the agency ``number`` of the file registered it."""
    agency = settings.agencies[number]
    if agency.own_key is None:
        return own_key(path, "unit.key", settings.unit.key)
    return own_key(path, f"agencies.{number}.own_key", agency.own_key)


def _pullers(path: Path, settings: Settings, store: Store) -> Iterator[tuple[Puller, int]]:
    chosen = [(n, agency) for n, agency in enumerate(settings.agencies) if agency.portal]
    if not chosen:
        raise SettingsError(said(path, "agencies.portal", "no_portal"))
    for number, agency in chosen:
        yield _puller(path, settings, store, number, agency), agency.every_s


def _puller(path: Path, settings: Settings, store: Store, number: int, agency: Agency) -> Puller:
    theirs = others_key(path, f"agencies.{number}.key", agency.key)
    own, skew_s = own_key_for(path, settings, number), settings.server.clock_skew_s
    return Puller(
        settings.unit.code, agency.code, Client(agency.portal, own, theirs, skew_s), store
    )


def _keep_pulling(puller: Puller, every_s: int, stopping: Event, worker: Worker) -> None:
    while not stopping.is_set() and not worker.broke_down:
        is_open = _round(puller)
        stopping.wait(min(WHILE_ANSWERING_S, every_s) if is_open and _answers(worker) else every_s)


def _until_nothing_is_open(pullers: list[Puller], worker: Worker) -> bool:
    while not worker.broke_down:
        found = [_round(puller) for puller in pullers]
        if not any(found):
            return None not in found
        worker.stopping.wait(WHILE_ANSWERING_S / 5)
    return False


def _round(puller: Puller) -> int | None:
    """How many requests are open; ``None`` when the portal could not be asked."""
    try:
        return puller.round()
    except NotNow as error:
        logger.warning("agency %s: %s", puller.agency, error)
        print(NOT_NOW.format(agency=puller.agency), file=sys.stderr)
        return None


def _answers(worker: Worker) -> bool:
    """Whether there is something to answer, so that it is worth asking again soon."""
    with worker.store.connection() as db:
        return next_to_answer(db) is not None


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
