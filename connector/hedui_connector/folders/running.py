"""``folder``: takes requests out of one directory, puts answers into another; opens no port."""

import logging
import re
import signal
from functools import partial
from pathlib import Path
from threading import Event
from types import FrameType

from hedui_connector.folders.sending import Sender
from hedui_connector.folders.taking import Taker
from hedui_connector.pulling.running import answering, own_key_for
from hedui_connector.server.authentication import Caller
from hedui_connector.settings.faults import SettingsError, said
from hedui_connector.settings.loading import beside, others_box, others_key, own_box
from hedui_connector.settings.model import Settings
from hedui_connector.store.database import Store
from hedui_connector.store.requests import next_to_answer
from hedui_connector.wire import folder

LOOK_EVERY_S = 2.0
FROM_AGENCY = re.compile(r"head|lines-\d{9}|taken")
logger = logging.getLogger("hedui_connector")


class Folder:
    """Who is on the other side of the two directories: the agencies that gave a key to seal to."""

    def __init__(self, path: Path, settings: Settings, store: Store) -> None:
        met = [(n, agency) for n, agency in enumerate(settings.agencies) if agency.box is not None]
        if not met:
            raise SettingsError(said(path, "agencies.box", "no_box"))
        callers = [
            Caller(agency.code, others_key(path, f"agencies.{number}.key", agency.key))
            for number, agency in met
        ]
        box, skew_s = own_box(path, settings), settings.server.clock_skew_s
        self.taker = Taker(settings.unit.code, box, callers, store, skew_s)
        self.senders = {
            agency.code: Sender(
                agency.code,
                own_key_for(path, settings, number),
                others_box(path, f"agencies.{number}", agency),
                store,
            )
            for number, agency in met
        }

    def turn(self, inbox: Path, outbox: Path) -> None:
        """Everything that can be done now."""
        self.taker.take_all(inbox, partial(self._refuse, outbox))
        for sender in self.senders.values():
            sender.send_all(outbox)

    def _refuse(self, outbox: Path, name: str, reason: folder.NotTaken) -> None:
        """Tell the agency whose file it is; what came twice was taken, and is no matter."""
        found = folder.NAME.fullmatch(name)
        sender = self.senders.get(found[1].partition("-")[0]) if found else None
        if found and sender and reason.code != "replayed" and FROM_AGENCY.fullmatch(found[2]):
            sender.refuse(outbox, found[1], found[2], reason)


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
