"""A POST of a unit's system acts once."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import insert, select

from app.exchange.outbox.models import DoneOnce
from app.exchange.outbox.parties import Party
from hedui_connector.wire.models import Status
from hedui_connector.wire.problems import Refusal
from tenants.calendar import instant
from tenants.database import db

KEY = re.compile(r"[!-~]{8,64}")
KEPT_FOR = dt.timedelta(days=30)


class Told(Protocol):
    """What a POST is about, and how far it is."""

    @property
    def status(self) -> Status: ...


Found = TypeVar("Found", bound=Told)


@dataclass(frozen=True)
class Post:
    """A POST as it came: who signed it, its idempotency key, where it went, what it said."""

    party: Party
    key: str
    target: str
    body: bytes

    def once(self, find: Callable[[], Found], act: Callable[[Found], None]) -> Status:
        """The status of what ``find`` locks, after ``act``; the same again when the same POST
        comes again."""
        if not KEY.fullmatch(self.key):
            raise Refusal("key_missing")
        found = find()
        digest = hashlib.sha256(self.body).digest()
        own = {"unit_id": self.party.unit_id, "keyid": self.party.keyid, "key": self.key}
        earlier = db.session.scalars(select(DoneOnce).filter_by(**own)).one_or_none()
        if earlier is not None:
            if (earlier.target, bytes(earlier.digest)) != (self.target, digest):
                raise Refusal("key_reused")
            return Status.model_validate_json(earlier.response)
        act(found)
        status = found.status
        row = {"target": self.target, "digest": digest, "done_at": instant()}
        row["response"] = status.model_dump_json()
        db.session.execute(insert(DoneOnce).values(**own, **row).inline())
        return status
