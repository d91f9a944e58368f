"""Conversations about one dispatch with the unit's server, each written down with how it ended."""

import hashlib
import time
from collections.abc import Callable

from app.exchange.wire.client import JSON, Wire
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import Attempt, Dispatch
from hedui_connector.wire import pages
from hedui_connector.wire.models import Head, Status, Taken
from tenants.calendar import instant
from tenants.database import db


def note_attempt(
    found: Dispatch,
    step: str,
    code: str,
    *,
    status: int = 200,
    first: int = 0,
    count: int = 0,
    milliseconds: int = 0,
) -> None:
    """Write one conversation down: what for and how it ended."""
    db.session.add(
        Attempt(
            request_id=found.request_id,
            unit_id=found.unit_id,
            at=instant(),
            step=step,
            code=code,
            status=status,
            first=first,
            count=count,
            milliseconds=milliseconds,
        )
    )
    db.session.flush()


class Talk:
    """Conversations about one dispatch, each written down when it went well."""

    def __init__(self, found: Dispatch, wire: Wire) -> None:
        self.found, self.wire = found, wire
        self.path = f"/requests/{found.agency_id}-{found.request_id}"

    def status(self) -> Status:
        """How far the request is there."""
        return self._checked("status", lambda: self.wire.get(self.path, Status))

    def head(self) -> Status:
        """Send the head, the same each time."""
        body = self.found.head.encode()
        return self._checked("head", lambda: self.wire.put(self.path, body, Status))

    def lines(self, body: bytes, first: int, count: int) -> Status:
        """Send a page of lines; the same page has the same idempotency key."""
        key = hashlib.sha256(body).hexdigest()[:40]
        where = f"{self.path}/lines"

        def send() -> Status:
            return self.wire.post(where, body, pages.MEDIA_TYPE, key, Status)

        return self._checked("lines", send, first=first, count=count)

    def taken(self, answers: int) -> Status:
        """Say that all answers are kept."""
        body = Taken(answers=answers).model_dump_json().encode()
        key = hashlib.sha256(f"{self.path}:{answers}:taken".encode()).hexdigest()[:40]
        where = f"{self.path}/taken"
        return self._checked("taken", lambda: self.wire.post(where, body, JSON, key, Status))

    def answers(self, after: int, limit: int) -> bytes:
        """A page of up to ``limit`` answers that follow answer ``after``, as it came."""
        began = time.monotonic()
        body = self.wire.page(f"{self.path}/answers?after={after}&limit={limit}")
        took = int((time.monotonic() - began) * 1000)
        note_attempt(self.found, "answers", "", first=after + 1, milliseconds=took)
        return body

    def _checked(
        self, step: str, talk: Callable[[], Status], *, first: int = 0, count: int = 0
    ) -> Status:
        began = time.monotonic()
        status = talk()
        head = Head.model_validate_json(self.found.head)
        if status.id != head.id or status.lines != head.lines:
            raise WireFailure("other_request", 200)
        if not 0 <= status.lines_answered <= status.lines_received <= head.lines:
            raise WireFailure("bad_message", 200)
        took = int((time.monotonic() - began) * 1000)
        note_attempt(self.found, step, "", first=first, count=count, milliseconds=took)
        return status
