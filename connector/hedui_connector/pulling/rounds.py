"""One round with one portal: fetch what waits, sign for it, send back what is answered.

The portal says how far each request is, the store how far the unit is; nothing else is remembered,
so a round that was broken off is simply made again.
"""

import logging

from hedui_connector.pulling.client import JSON, Client, NotNow, Refused
from hedui_connector.server.once import Named
from hedui_connector.server.verbs import take_head, take_lines
from hedui_connector.store.answers import answers_after
from hedui_connector.store.database import Store
from hedui_connector.store.requests import Kept, answered, erase, find_request, forget
from hedui_connector.wire import pages
from hedui_connector.wire.limits import BYTES_PER_BODY, BYTES_PER_LINE, LINES_PER_PAGE
from hedui_connector.wire.models import End, Head, Line, Listing, Receipt, State, Status
from hedui_connector.wire.pages import write_page
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.rows import that_fit

logger = logging.getLogger("hedui_connector")


class Puller:
    """The unit ``unit`` at the portal of one agency, both by their codes."""

    def __init__(self, unit: str, agency: str, client: Client, store: Store) -> None:
        self.unit, self.agency, self.client, self.store = unit, agency, client, store

    def round(self) -> int:
        """Go on with every request as far as it goes now; how many are still open at the portal.

        ``NotNow`` when the portal cannot be reached. A request that meets a refusal is logged, and
        the others go on.
        """
        listed = {status.id: status for status in self.client.get("/outbox", Listing).requests}
        for status in listed.values():
            self._try(status)
        with self.store.connection() as db:
            done = [kept for kept in answered(db, self.agency) if kept.head.id not in listed]
        for kept in done:
            self._try_last_page(kept)
        return len(listed)

    def _try(self, status: Status) -> None:
        try:
            self._go_on(status)
        except (Refused, Refusal) as error:
            said = error if isinstance(error, Refused) else error.problem.faults
            logger.warning("request %s: %s", status.id, said)

    def _go_on(self, status: Status) -> None:
        kept = self._fetched(status)
        if status.state is State.RECEIVING:
            body = Receipt(lines=kept.head.lines).model_dump_json().encode()
            status = self.client.post(f"/outbox/{kept.head.id}/receipt", body, JSON, Status)
            logger.info("request %s: %d lines, signed for", kept.head.id, kept.head.lines)
        if kept.status.state is State.ANSWERED:
            self._send_answers(kept, status.answers)

    def _fetched(self, status: Status) -> Kept:
        """The request with its head and all its lines, fetched as far as they are not here."""
        kept = self._find(status.id)
        if kept is not None and kept.status.state is State.TAKEN:
            if status.state is not State.RECEIVING or status.answers:
                return kept
            with self.store.transaction() as db:
                forget(db, kept)
            kept = None
        if kept is None:
            head = self.client.get(f"/outbox/{status.id}", Head)
            named = Named(self.agency, status.id)
            with self.store.transaction() as db:
                take_head(db, self.unit, named, head)
                kept = named.found(db)
        while kept.status.state is State.RECEIVING:
            after = kept.status.lines_received
            lines, end = self.client.get_page(f"/outbox/{status.id}/lines?after={after}", Line)
            with self.store.transaction() as db:
                take_lines(db, kept, lines, end)
                kept = Named(self.agency, status.id).found(db)
            if kept.status.lines_received == after:
                raise NotNow("a page that goes no further")
        return kept

    def _find(self, request_id: str) -> Kept | None:
        with self.store.connection() as db:
            return find_request(db, self.agency, request_id)

    def _send_answers(self, kept: Kept, after: int) -> None:
        """The pages of answers that the portal does not have; then they are erased here."""
        while after < kept.status.answers:
            status = self._post_answers(kept, after)
            if status.answers <= after:
                raise NotNow("the portal keeps no answer")
            after = status.answers
        self._erase(kept)

    def _post_answers(self, kept: Kept, after: int) -> Status:
        body, _last = answer_page(self.store, kept, after)
        path = f"/outbox/{kept.head.id}/answers"
        return self.client.post(path, body, pages.MEDIA_TYPE, Status)

    def _try_last_page(self, kept: Kept) -> None:
        """Killed after the last page and before erasing: the portal lists the request no more.

        The same page under the same key gets the same answer.
        """
        after, last = 0, 0
        while last < kept.status.answers:
            after = last
            _body, last = answer_page(self.store, kept, after)
        try:
            if self._post_answers(kept, after).state is State.ANSWERED:
                self._erase(kept)
        except Refused as error:
            logger.warning("request %s: %s", kept.head.id, error)

    def _erase(self, kept: Kept) -> None:
        with self.store.transaction() as db:
            erase(db, kept)
        self.store.forget_erased()
        logger.info("request %s: %d answers sent", kept.head.id, kept.status.answers)


ROOM = BYTES_PER_BODY - BYTES_PER_LINE


def answer_page(store: Store, kept: Kept, after: int) -> tuple[bytes, int]:
    """The page of a request's answers that follow ``after``, and the last answer in it."""
    with store.connection() as db:
        texts = that_fit(answers_after(db, kept.key, after, LINES_PER_PAGE), ROOM)
    last = after + len(texts)
    is_last = kept.status.state is State.ANSWERED and last >= kept.status.answers
    return write_page(texts, End(count=len(texts), next=str(last), is_last=is_last)), last
