"""The ids of units' keys: whoever signs a message to the portal is found by one."""

import re

from sqlalchemy import select

from app.exchange.wire.models import Connection
from tenants.database import db
from tenants.messages import Fault

FORM = re.compile(r"[A-Za-z0-9._-]{1,64}")


def check_keyid(direction: str, keyid: str, agency_id: int, connection_id: int = 0) -> None:
    """Raise ``Fault`` where nobody could be found by it: ``wire.keyid`` without the agency's code
    in front, ``wire.keyid_taken`` when another open connection has it. Empty: not known yet."""
    if direction in ("asks", "asked") or not keyid:
        return
    if not (
        FORM.fullmatch(keyid) and keyid.startswith(f"{agency_id}.") and not keyid.endswith(".")
    ):
        raise Fault("wire.keyid", agency=agency_id)
    other = select(Connection.id).where(
        Connection.their_keyid == keyid,
        Connection.id != connection_id,
        Connection.direction.in_(("pulls", "folder")),
        Connection.closed_on.is_(None),
    )
    if db.session.scalar(select(other.exists())):
        raise Fault("wire.keyid_taken", agency=agency_id)
