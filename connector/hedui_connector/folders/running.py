"""``folder``: takes requests out of one directory, puts answers into another; opens no port."""

import logging
import signal
from pathlib import Path
from threading import Event
from types import FrameType

from hedui_connector.folders.sending import Sender
from hedui_connector.folders.taking import Taker
from hedui_connector.pulling.running import answering, own_key_for
from hedui_connector.server.authentication import Caller
from hedui_connector.settings.loading import beside, others_key
from hedui_connector.settings.model import Settings
from hedui_connector.store.database import Store
from hedui_connector.store.requests import next_to_answer

LOOK_EVERY_S = 2.0
logger = logging.getLogger("hedui_connector")


class Folder:
    """Who is on the other side of the two directories."""

    def __init__(self, path: Path, settings: Settings, store: Store) -> None:
        callers = [
            Caller(agency.code, others_key(path, f"agencies.{number}.key", agency.key))
            for number, agency in enumerate(settings.agencies)
        ]
        self.taker = Taker(settings.unit.code, callers, store, settings.server.clock_skew_s)
        self.senders = [
            Sender(caller.agency, own_key_for(path, settings, number), store)
            for number, caller in enumerate(callers)
        ]

    def turn(self, inbox: Path, outbox: Path) -> None:
        """Everything that can be done now."""
        self.taker.take_all(inbox)
        for sender in self.senders:
            sender.send_all(outbox)


def run(path: Path, settings: Settings, inbox: Path, outbox: Path, *, once: bool) -> bool:
    """Work until SIGTERM or Ctrl-C; ``once``: until all that came is answered.

    ``False``: the answering broke down.
    """
    store = Store(beside(path, settings.server.state))
    store.prepare()
    at_work, stopping = Folder(path, settings, store), Event()
    signal.signal(signal.SIGTERM, _stop)
    with answering(path, settings, store, stopping) as worker:
        logger.info("watching %s", inbox)
        while not worker.broke_down:
            at_work.turn(inbox, outbox)
            with store.connection() as db:
                is_idle = next_to_answer(db) is None
            if once and is_idle:
                at_work.turn(inbox, outbox)
                return True
            stopping.wait(LOOK_EVERY_S if is_idle else LOOK_EVERY_S / 10)
    return False


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
