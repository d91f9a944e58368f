"""Who speaks: the unit whose system signed a message, found by its key.

The key's id begins with the agency (``220182.…``), as a session cookie does, so that the look-up is
made in that agency's scope; what is found there is the unit, in whose own role all else runs.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, update
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
    HTTP,
    Carrier,
    Key,
    Request,
    Unverified,
    keyid_of,
    verify_request,
)
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.scope import Scope, acting_for

log = logging.getLogger("hedui.exchange")
MOST_NAMESAKES = 20
NOTED_EVERY = dt.timedelta(minutes=1)


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


def admit(message: Request, body: bytes, direction: str = "pulls") -> Party:
    """Who signed; their nonce is used up and the audit row written before anything is done.

    The ``Refusal`` is the same whatever the cause; the cause is in this program's log.
    """
    cause: Exception = Unverified("keyid is not known")
    try:
        keyid = keyid_of(message)
        found = _asking(keyid) if direction == "asked" else [_found(keyid)]
    except Unverified as error:
        cause, found = error, []
    for agency_id, unit_id, connection_id in found:
        try:
            with acting_for(agency_id, "liaison", unit_id=unit_id):
                party = party_of(connection_id, message, body)
                _note_coming(connection_id)
                return party
        except (Unverified, WireFailure) as error:
            cause = error
    log.warning("401 for %s: %s", message.method, cause)
    raise Refusal("unauthenticated") from cause


def party_of(connection_id: int, message: Request, body: bytes, carrier: Carrier = HTTP) -> Party:
    """Who signed, if it is the unit of this connection (liaison); nonce and audit row are written
    in the transaction at hand. Raises ``Unverified`` or ``WireFailure``."""
    connection = db.session.scalars(select(Connection).where(Connection.id == connection_id)).one()
    theirs = {connection.their_keyid: their_key(connection)}
    verify_request(message, body, theirs.get, _Nonces(connection.unit_id), carrier=carrier)
    audit.record(
        *(0, f"interface.{message.method.lower()}"),
        kind="connection",
        subject_id=connection_id,
        unit_id=connection.unit_id,
        path=message.target.partition("?")[0][:200],
    )
    found = (connection.agency_id, connection.unit_id, connection_id)
    return Party(*found, connection.their_keyid, our_key(connection))


def _note_coming(connection_id: int) -> None:
    """The unit's system came just now; one that comes all the time is noted once a minute."""
    now = instant()
    is_known = Connection.met_at > now - NOTED_EVERY
    coming = update(Connection).where(Connection.id == connection_id, is_known.is_not(True))
    db.session.execute(coming.values(met_at=now))


def _found(keyid: str) -> tuple[int, int, int]:
    agency, _, rest = keyid.partition(".")
    if not (rest and agency.isascii() and agency.isdigit() and len(agency) < 10):
        raise Unverified("keyid names no agency")
    query = select(Connection.unit_id, Connection.id).where(
        Connection.their_keyid == keyid, *in_use("pulls")
    )
    with acting_for(int(agency), "public", read_only=True):
        rows = db.session.execute(query).all()
    if len(rows) != 1:
        raise Unverified("keyid is not known")
    return int(agency), rows[0].unit_id, rows[0].id


def _asking(keyid: str) -> list[tuple[int, int, int]]:
    """Who asks signs under a name of its own choice, so several agencies may know one of that name:
    whose key the signature was made with is the one."""
    query = select(Connection.agency_id, Connection.unit_id, Connection.id).where(
        Connection.their_keyid == keyid, *in_use("asked")
    )
    with acting_for(0, "relay", read_only=True):
        return list(db.session.execute(query.limit(MOST_NAMESAKES)).tuples())


def in_use(direction: str) -> tuple[ColumnElement[bool], ...]:
    """What a connection of this direction must be today for a message to be taken from it."""
    today = business_date()
    return (
        Connection.direction == direction,
        Connection.closed_on.is_(None),
        Connection.valid_from <= today,
        or_(Connection.valid_to.is_(None), Connection.valid_to >= today),
    )


class _Nonces:
    """Nonces in the transaction that admits a message."""

    def __init__(self, unit_id: int) -> None:
        self.unit_id = unit_id

    def use(self, keyid: str, nonce: str, until: dt.datetime) -> bool:
        """Whether the nonce is new; it is remembered until then."""
        key = {"unit_id": self.unit_id, "keyid": keyid, "nonce": nonce}
        row = insert(UsedNonce).values(**key, until=until)
        added = row.on_conflict_do_nothing().returning(UsedNonce.nonce)
        return db.session.scalar(added) is not None
