"""Setting up the wire to a unit: whose keys, where, when; each change audited."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.exchange.outbox.keyids import check_keyid
from app.exchange.outbox.places import check_place
from app.exchange.wire.addresses import UNIX, pin
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.keys import opened_texts, our_secret, seal_keys
from app.exchange.wire.models import Connection
from app.exchange.wire.opening import allowed_entries
from app.exchange.wire.rules import hours_of
from hedui_connector.wire import boxes
from hedui_connector.wire.algorithms import ALGORITHMS, BadKey
from tenants.calendar import instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.outbox import post


@dataclass(frozen=True)
class Agreed:
    """What was agreed with a unit. ``their_key``: PEM or secret; empty leaves what is there.
    ``their_box``: the public key (PEM) that files for it are sealed to."""

    url: str
    unit_code: str
    their_keyid: str
    their_key: str
    hours: str
    valid_from: dt.date
    valid_to: dt.date | None
    their_box: str = ""


def open_connection(
    unit_id: int, direction: str, algorithm: str, agreed: Agreed, actor: Actor
) -> Connection:
    """A new connection with a fresh key of ours; ``Fault`` for what cannot be.

    ``wire.exists``, ``wire.url_…``, ``wire.their_key``, ``wire.their_secret``, ``wire.their_box``,
    ``wire.hours``, ``wire.dates``.
    """
    actor.must("connection.manage")
    _check(direction, algorithm, agreed)
    check_keyid(direction, agreed.their_keyid, actor.agency_id)
    there = select(Connection.id).where(
        Connection.unit_id == unit_id, Connection.closed_on.is_(None)
    )
    if db.session.scalar(select(there.exists())):
        raise Fault("wire.exists")
    private, public = ALGORITHMS[algorithm].generate()
    (connection_id,) = take_ids(1)
    connection = Connection(
        id=connection_id,
        unit_id=unit_id,
        direction=direction,
        algorithm=algorithm,
        our_keyid=f"hedui-{actor.agency_id}-{connection_id % 10**12}",
        our_public=public.decode(),
        keys_sealed=seal_keys(connection_id, private, agreed.their_key.encode()),
        **_values(agreed),
        changed_by=actor.account_id,
        changed_at=instant(),
    )
    db.session.add(connection)
    db.session.flush()
    _audit("open", connection, actor)
    return connection


def change(connection_id: int, agreed: Agreed, actor: Actor) -> Connection:
    """What was agreed anew; our own key stays."""
    actor.must("connection.manage")
    found = connection_of(connection_id, lock=True)
    _check(found.direction, found.algorithm, agreed)
    check_keyid(found.direction, agreed.their_keyid, actor.agency_id, found.id)
    if agreed.their_key:
        ours, _ = opened_texts(found)
        found.keys_sealed = seal_keys(found.id, ours.encode(), agreed.their_key.encode())
    for name, value in _values(agreed).items():
        setattr(found, name, value)
    return _changed(found, "change", actor)


def pause(connection_id: int, actor: Actor, *, is_paused: bool) -> Connection:
    """Stop using a connection for a while, or go on."""
    actor.must("connection.manage")
    found = connection_of(connection_id, lock=True)
    found.is_paused = is_paused
    return _changed(found, "pause" if is_paused else "resume", actor)


def close(connection_id: int, day: dt.date, actor: Actor) -> Connection:
    """End a connection for good; what is under way stops, and can go by disc."""
    actor.must("connection.manage")
    found = connection_of(connection_id, lock=True)
    found.closed_on = day
    return _changed(found, "close", actor)


def ask_test(connection_id: int, actor: Actor) -> None:
    """Have the worker try the connection."""
    actor.must("connection.manage")
    found = connection_of(connection_id, lock=True)
    found.tested_at, found.tested_code = None, "running"
    db.session.flush()
    post("wire.test", {"connection_id": connection_id}, account_id=actor.account_id)
    _audit("test", found, actor)


def show_secret(connection_id: int, actor: Actor) -> str:
    """The shared secret, to be handed over in person; the look is audited."""
    actor.must("connection.manage")
    found = connection_of(connection_id)
    _audit("secret", found, actor)
    return our_secret(found)


def connection_of(connection_id: int, *, lock: bool = False) -> Connection:
    """A connection of this scope; ``LookupError`` when there is none."""
    query = select(Connection).where(Connection.id == connection_id)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no connection {connection_id}")
    return found


def _changed(found: Connection, verb: str, actor: Actor) -> Connection:
    found.rev += 1
    found.changed_by, found.changed_at = actor.account_id, instant()
    db.session.flush()
    _audit(verb, found, actor)
    return found


def _values(agreed: Agreed) -> dict[str, object]:
    return {
        "url": agreed.url.rstrip("/"),
        "unit_code": agreed.unit_code,
        "their_keyid": agreed.their_keyid,
        "hours": agreed.hours,
        "valid_from": agreed.valid_from,
        "valid_to": agreed.valid_to,
        "their_box": agreed.their_box,
    }


def _check(direction: str, algorithm: str, agreed: Agreed) -> None:
    if direction == "asks":
        _check_url(agreed.url)
    if direction == "folder":
        check_place(agreed.url, allowed_entries())
    if agreed.their_key:
        try:
            ALGORITHMS[algorithm].read_public(agreed.their_key.encode())
        except BadKey as error:
            code = "wire.their_key" if algorithm == "ed25519" else "wire.their_secret"
            raise Fault(code) from error
    if agreed.their_box:
        try:
            boxes.read_public(agreed.their_box.encode())
        except BadKey as error:
            raise Fault("wire.their_box") from error
    try:
        hours_of(agreed.hours)
    except ValueError as error:
        raise Fault("wire.hours") from error
    if agreed.valid_to is not None and agreed.valid_to < agreed.valid_from:
        raise Fault("wire.dates")


# What only the call itself can tell, and may be otherwise by then.
_FOR_THE_CALL = ("name_unknown", "address_inside")


def _check_url(url: str) -> None:
    if not url:
        raise Fault("wire.url_needed")
    try:
        pin(url if url.startswith(UNIX) else url.rstrip("/"), allowed_entries())
    except WireFailure as failure:
        if failure.code == "address_not_allowed":
            raise Fault("wire.url_not_allowed") from failure
        if failure.code == "plain_http":
            raise Fault("wire.failed.plain_http") from failure
        if failure.code not in _FOR_THE_CALL:
            raise Fault("wire.url_form") from failure


def _audit(verb: str, connection: Connection, actor: Actor) -> None:
    audit.record(
        actor.account_id,
        f"connection.{verb}",
        kind="connection",
        subject_id=connection.id,
        unit_id=connection.unit_id,
    )
