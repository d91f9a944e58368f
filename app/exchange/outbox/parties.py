"""Who speaks: the unit whose system signed a message, found by its key.

The key's id begins with the agency (``220182.…``), as a session cookie does, so that the look-up is
made in that agency's scope; what is found there is the unit, in whose own role all else runs.
"""

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.accounts.permissions import SYSTEMS
from app.audit import service as audit
from app.exchange.outbox.models import UsedNonce
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.keys import our_key, their_key
from app.exchange.wire.models import Connection
from hedui_connector.wire.problems import Refusal
from hedui_connector.wire.signatures import (
    FOLDER,
    HTTP,
    Carrier,
    Key,
    Request,
    Unverified,
    keyid_of,
    verify_request,
)
from tenants.calendar import business_date
from tenants.database import db
from tenants.scope import Scope, acting_for

log = logging.getLogger("hedui.exchange")
DIRECTIONS = {HTTP: "pulls", FOLDER: "folder"}


@dataclass(frozen=True)
class Party:
    """A unit's system, by its connection, and the key that we answer it with."""

    agency_id: int
    unit_id: int
    connection_id: int
    keyid: str
    ours: Key

    def scope(self, *, read_only: bool) -> Scope:
        """What its messages run in: the role of the unit's liaison."""
        return Scope("liaison", self.agency_id, self.unit_id, read_only=read_only)

    @property
    def actor(self) -> Actor:
        """Nobody in person: account 0 of the unit, with what its system may do."""
        return Actor(0, "", self.agency_id, self.unit_id, permissions=SYSTEMS)


def admit(message: Request, body: bytes, data: bytes = b"", carrier: Carrier = HTTP) -> Party:
    """Who signed; their nonce is used up and the audit row written before anything is done.

    ``data``: the message as it came, where the very same may come twice (a folder). The
    ``Refusal`` is the same whatever the cause; the cause is in this program's log.
    """
    try:
        return _admitted(message, body, data, carrier)
    except (Unverified, WireFailure) as error:
        log.warning("401 for %s: %s", message.method, error)
        raise Refusal("unauthenticated") from error


def _admitted(message: Request, body: bytes, data: bytes, carrier: Carrier) -> Party:
    keyid = keyid_of(message)
    agency_id, unit_id, connection_id = _found(keyid, DIRECTIONS[carrier])
    with acting_for(agency_id, "liaison", unit_id=unit_id):
        connection = db.session.scalars(
            select(Connection).where(Connection.id == connection_id)
        ).one()
        theirs = {keyid: their_key(connection)}
        nonces = _Nonces(unit_id, hashlib.sha256(data).digest() if data else b"")
        verify_request(message, body, theirs.get, nonces, carrier=carrier)
        path = message.target.partition("?")[0]
        audit.record(
            *(0, f"interface.{message.method.lower()}"),
            kind="connection",
            subject_id=connection_id,
            unit_id=unit_id,
            path=path[:200],
        )
        return Party(agency_id, unit_id, connection_id, keyid, our_key(connection))


def _found(keyid: str, direction: str) -> tuple[int, int, int]:
    agency, _, rest = keyid.partition(".")
    if not (rest and agency.isascii() and agency.isdigit() and len(agency) < 10):
        raise Unverified("keyid names no agency")
    today = business_date()
    query = select(Connection.unit_id, Connection.id).where(
        Connection.their_keyid == keyid,
        Connection.direction == direction,
        Connection.closed_on.is_(None),
        Connection.valid_from <= today,
        or_(Connection.valid_to.is_(None), Connection.valid_to >= today),
    )
    with acting_for(int(agency), "public", read_only=True):
        rows = db.session.execute(query).all()
    if len(rows) != 1:
        raise Unverified("keyid is not known")
    return int(agency), rows[0].unit_id, rows[0].id


class _Nonces:
    """Nonces in the transaction that admits a message."""

    def __init__(self, unit_id: int, message: bytes) -> None:
        self.unit_id, self.message = unit_id, message

    def use(self, keyid: str, nonce: str, until: dt.datetime) -> bool:
        """Whether the nonce is new, or (a folder) this very message's own."""
        key = {"unit_id": self.unit_id, "keyid": keyid, "nonce": nonce}
        row = insert(UsedNonce).values(**key, until=until, message=self.message)
        added = row.on_conflict_do_nothing().returning(UsedNonce.nonce)
        if db.session.scalar(added) is not None:
            return True
        same = select(UsedNonce.message).filter_by(**key)
        return bool(self.message) and db.session.scalar(same) == self.message
