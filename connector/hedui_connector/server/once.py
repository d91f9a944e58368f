"""A request of an agency by its id, and a POST that acts once."""

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from hedui_connector.store import guards
from hedui_connector.store.database import Store
from hedui_connector.store.requests import Kept, find_request
from hedui_connector.wire.models import Status
from hedui_connector.wire.problems import Refusal


@dataclass(frozen=True)
class Named:
    """A request of an agency; to this agency that of another is not there."""

    agency: str
    request_id: str

    def found(self, db: sqlite3.Connection) -> Kept:
        """The request; ``Refusal`` when there is none."""
        kept = find_request(db, self.agency, self.request_id)
        if kept is None:
            raise Refusal("not_found")
        return kept


@dataclass(frozen=True)
class Post:
    """A POST as it came: who signed it, its idempotency key, where it went, what it said."""

    keyid: str
    key: str
    target: str
    body: bytes

    def once(
        self, store: Store, named: Named, act: Callable[[sqlite3.Connection, Kept], None]
    ) -> Status:
        """The request's status after ``act``; the same again when the same POST comes again."""
        digest = hashlib.sha256(self.body).digest()
        with store.transaction() as db:
            try:
                earlier = guards.earlier_response(db, self.keyid, self.key, self.target, digest)
            except KeyError as error:
                raise Refusal("key_reused") from error
            if earlier is not None:
                return Status.model_validate_json(earlier)
            act(db, named.found(db))
            status = named.found(db).status
            response = status.model_dump_json()
            guards.remember_response(db, self.keyid, self.key, self.target, digest, response)
            return status
