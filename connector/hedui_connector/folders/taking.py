"""Messages that the gate brought: each is verified and acts once, or is set aside with why."""

import logging
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from hedui_connector.clock import instant
from hedui_connector.server.authentication import Caller
from hedui_connector.server.once import Named
from hedui_connector.server.verbs import take_head, take_lines
from hedui_connector.store.database import Store
from hedui_connector.store.guards import NoncesHere
from hedui_connector.store.requests import answer_anew, erase, find_request
from hedui_connector.wire import folder
from hedui_connector.wire.limits import BASE_PATH
from hedui_connector.wire.models import Head, Line, State, Taken
from hedui_connector.wire.pages import read_message, read_page
from hedui_connector.wire.problems import Early, Refusal
from hedui_connector.wire.signatures import FOLDER, Key, Request, Unverified, verify_request

TARGET = re.compile(rf"{BASE_PATH}/requests/([A-Za-z0-9][A-Za-z0-9._-]{{0,63}})(/lines|/taken)?")
logger = logging.getLogger("hedui_connector")


class Taker:
    """Takes requests out of one directory."""

    def __init__(
        self, unit: str, box: bytes, callers: list[Caller], store: Store, skew_s: int
    ) -> None:
        self.unit, self.box, self.store, self.skew_s = unit, box, store, skew_s
        self.callers = {caller.key.keyid: caller for caller in callers}

    def take_all(self, inbox: Path, tell: Callable[[str, folder.NotTaken], None]) -> None:
        """Every file that is whole and whose turn it is; the others stay where they are. ``tell``
        is called with the name of each that is refused, and why, before it is set aside."""
        paths = folder.entries(inbox)
        for path in paths:
            try:
                is_taken = self._take(path)
            except folder.NotTaken as reason:
                logger.warning("%s set aside: %s", path.name, reason.code)
                tell(path.name, reason)
                folder.set_aside(path, reason)
                continue
            if is_taken:
                path.unlink()
        if paths:
            self.store.forget_erased()

    def _take(self, path: Path) -> bool:
        found = folder.read(path, instant(), self.box)
        if found is None:
            return False
        try:
            with self.store.transaction() as db:
                self._act(db, *found)
        except Early:
            return False
        except (Unverified, Refusal) as error:
            raise folder.why(error) from error
        return True

    def _act(self, db: sqlite3.Connection, message: Request, body: bytes) -> None:
        """Used up nonce and what the message does stand or fall together."""
        nonces = NoncesHere(db)
        signed = verify_request(
            *(message, body, self._key, nonces), skew_s=self.skew_s, carrier=FOLDER
        )
        target = TARGET.fullmatch(message.target)
        if target is None:
            raise Refusal("no_such_address")
        named = Named(self.callers[signed.keyid].agency, target[1])
        match message.method, target[2]:
            case "PUT", None:
                self._take_head(db, named, read_message(body, Head))
            case "POST", "/lines":
                kept = find_request(db, named.agency, named.request_id)
                if kept is None:
                    raise Early("not_found")
                take_lines(db, kept, *read_page(body, Line))
            case "POST", "/taken":
                self._end(db, named, read_message(body, Taken))
            case _:
                raise Refusal("wrong_method")

    def _key(self, keyid: str) -> Key | None:
        caller = self.callers.get(keyid)
        return None if caller is None else caller.key

    def _take_head(self, db: sqlite3.Connection, named: Named, head: Head) -> None:
        """A head that comes again, newly signed: the agency wants the answers anew."""
        earlier = find_request(db, named.agency, named.request_id)
        take_head(db, self.unit, named, head)
        if earlier is not None and earlier.status.state is State.ANSWERED:
            answer_anew(db, earlier)

    def _end(self, db: sqlite3.Connection, named: Named, taken: Taken) -> None:
        kept = named.found(db)
        if kept.status.state is State.TAKEN:
            return
        if kept.status.state is not State.ANSWERED or taken.answers != kept.status.answers:
            raise Refusal("not_answered")
        erase(db, kept)
        logger.info("request %s: the agency has the answers", kept.head.id)
