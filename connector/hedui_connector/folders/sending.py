"""What the unit puts into the folder: its receipt and its answers, until the agency has them, and a
letter about each file that it did not take."""

import datetime as dt
import hashlib
import logging
from pathlib import Path

from hedui_connector.clock import instant
from hedui_connector.pulling.rounds import answer_page
from hedui_connector.store.database import Store
from hedui_connector.store.requests import Kept, received
from hedui_connector.store.sent import note_sent, sent_at
from hedui_connector.wire import folder, pages
from hedui_connector.wire.limits import BASE_PATH
from hedui_connector.wire.models import NotTaken, Receipt, State
from hedui_connector.wire.signatures import Key

JSON = "application/json"
AGAIN_AFTER = dt.timedelta(days=3)
"""What the agency has not taken by then is put out again, under a new signature."""
LONGEST_SAID = 1000
ALL_OUT = "answers"
"""Noted when the last page is out, so that the pages need not be made to see that."""
logger = logging.getLogger("hedui_connector")


class Sender:
    """Sends to one agency, signing with the unit's key and sealing to the agency's."""

    def __init__(self, agency: str, own: Key, box: bytes, store: Store) -> None:
        self.agency, self.own, self.box, self.store = agency, own, box, store

    def send_all(self, outbox: Path) -> None:
        """Put out what is not there yet: receipts, and answers once all of them are found."""
        with self.store.connection() as db:
            open_requests = received(db, self.agency)
        for kept in open_requests:
            body = Receipt(lines=kept.head.lines).model_dump_json().encode()
            self._send(outbox, kept, "receipt", body, JSON)
            if kept.status.state is State.ANSWERED:
                self._send_answers(outbox, kept)

    def _send_answers(self, outbox: Path, kept: Kept) -> None:
        if self._is_out(kept, ALL_OUT):
            return
        last = 0
        while last < kept.status.answers:
            part = folder.numbered("answers", last + 1)
            page, last = answer_page(self.store, kept, last)
            self._send(outbox, kept, part, page, pages.MEDIA_TYPE)
        with self.store.transaction() as db:
            note_sent(db, folder.name_of(kept.head.id, ALL_OUT), kept.key)

    def _is_out(self, kept: Kept, part: str) -> bool:
        with self.store.connection() as db:
            earlier = sent_at(db, folder.name_of(kept.head.id, part))
        return earlier is not None and earlier > instant() - AGAIN_AFTER

    def _send(self, outbox: Path, kept: Kept, part: str, body: bytes, media_type: str) -> None:
        if self._is_out(kept, part):
            return
        name = folder.name_of(kept.head.id, part)
        self._put(outbox, kept.head.id, part, body, media_type)
        with self.store.transaction() as db:
            note_sent(db, name, kept.key)
        logger.info("request %s: %s put out", kept.head.id, part)

    def refuse(self, outbox: Path, request_id: str, part: str, reason: folder.NotTaken) -> None:
        """Tell the agency, signed, which of its files was not taken and why."""
        words = reason.words[:LONGEST_SAID]
        told = NotTaken(part=part, code=reason.code, words=words, at=instant())
        self._put(outbox, request_id, folder.refusal(), told.model_dump_json().encode(), JSON)

    def _put(self, outbox: Path, request_id: str, part: str, body: bytes, media_type: str) -> None:
        name = folder.name_of(request_id, part)
        target = f"{BASE_PATH}/outbox/{request_id}/{part.partition('-')[0]}"
        key = hashlib.sha256(f"{target}\n".encode() + body).hexdigest()
        headers = {"content-type": media_type, "idempotency-key": key}
        sent = folder.message("POST", target, headers)
        folder.put(outbox, name, sent, body, self.own, self.box, instant())
