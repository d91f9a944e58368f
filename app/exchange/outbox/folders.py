"""What the gate brings: the worker looks into each exchange folder and takes what lies there.

A file is taken in the role of its unit, in a transaction of its own: the nonce is used up together
with what the message did. What is refused is put aside, and an operator is told.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.exchange.outbox.models import RefusedFile
from app.exchange.outbox.once import Post
from app.exchange.outbox.parties import Party, in_use, party_of
from app.exchange.outbox.places import IN, box
from app.exchange.outbox.verbs import post_answers, post_receipt, post_refusal
from app.exchange.telling import OPERATORS
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import Connection
from app.exchange.wire.opening import allowed_entries
from app.notices.service import To, tell
from hedui_connector.wire import folder
from hedui_connector.wire.limits import BASE_PATH
from hedui_connector.wire.problems import Early, Refusal
from hedui_connector.wire.signatures import FOLDER, Request, Unverified
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import vault

log = logging.getLogger("hedui.exchange")
LONGEST_SAID = 1000
ACTS = {"receipt": post_receipt, "answers": post_answers, "refusal": post_refusal}
TARGET = re.compile(
    rf"{BASE_PATH}/outbox/([A-Za-z0-9][A-Za-z0-9._-]{{0,63}})/({'|'.join(ACTS)})",
)
Refused = tuple[Path, folder.NotTaken]


def look_into_folders(app: Flask) -> None:
    """Look once into every folder of every agency; several workers do not meet in one."""
    with app.app_context():
        with acting_for(0, "relay", read_only=True):
            query = select(Connection.agency_id, Connection.id).where(
                Connection.direction == "folder", Connection.closed_on.is_(None)
            )
            found = list(db.session.execute(query).tuples())
        for agency_id, connection_id in found:
            look_into(agency_id, connection_id)


def look_into(agency_id: int, connection_id: int) -> None:
    """Take what lies in one folder, if nobody else is at it and the connection is in use."""
    with acting_for(agency_id):
        connection = _held(connection_id)
        if connection is None:
            return
        try:
            inbox = box(connection.url, allowed_entries(), IN)
        except WireFailure as failure:
            log.warning("connection %s: %s", connection_id, failure)
            return
        refused = list(_take_all(inbox, connection))
        for path, reason in refused:
            _note(connection, path.name, reason)
        if refused:
            tell("folder.refused", To(OPERATORS), count=len(refused))
    for path, reason in refused:
        folder.set_aside(path, reason)


def _held(connection_id: int) -> Connection | None:
    query = select(Connection).where(
        Connection.id == connection_id, Connection.is_paused.is_(False), *in_use("folder")
    )
    alone = query.with_for_update(key_share=True, skip_locked=True)
    return db.session.scalars(alone).one_or_none()


def _take_all(inbox: Path, connection: Connection) -> Iterator[Refused]:
    private = vault().box_private
    for path in folder.entries(inbox):
        try:
            found = folder.read(path, instant(), private)
            if found is not None and _take(connection, *found):
                path.unlink()
                connection.met_at = instant()
        except folder.NotTaken as reason:
            yield path, reason


def _take(connection: Connection, message: Request, body: bytes) -> bool:
    """Whether the message has acted; ``False``: what comes before it is not there yet."""
    unit_id, connection_id = connection.unit_id, connection.id
    try:
        with acting_for(connection.agency_id, "liaison", unit_id=unit_id):
            _act(party_of(connection_id, message, body, FOLDER), message, body)
    except Early:
        return False
    except (Unverified, Refusal) as error:
        raise folder.why(error) from error
    except WireFailure as error:
        raise folder.NotTaken("stranger") from error
    return True


def _act(party: Party, message: Request, body: bytes) -> None:
    target = TARGET.fullmatch(message.target)
    if target is None or message.method != "POST":
        raise Refusal("no_such_address")
    post = Post(party, message.headers.get("idempotency-key", ""), message.target, body)
    ACTS[target[2]](post, target[1])


def _note(connection: Connection, name: str, reason: folder.NotTaken) -> None:
    db.session.add(
        RefusedFile(
            unit_id=connection.unit_id,
            connection_id=connection.id,
            name=name if folder.NAME.fullmatch(name) else "",
            code=reason.code,
            said=reason.words[:LONGEST_SAID],
            refused_at=instant(),
        )
    )
