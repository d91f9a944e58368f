"""测试连接: one signed question that both sides' keys must stand, and that changes nothing."""

from sqlalchemy import select

from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import Connection
from app.exchange.wire.opening import wire_of
from hedui_connector.wire.models import Status
from tenants.calendar import instant
from tenants.database import db

NOBODY_S = "/requests/connection-test"


def test(connection_id: int) -> None:
    """Ask for a request that is not there: the signed "not found" proves the connection."""
    connection = db.session.scalars(select(Connection).where(Connection.id == connection_id)).one()
    try:
        wire_of(connection).get(NOBODY_S, Status)
        code = "other_request"
    except WireFailure as failure:
        code = "" if failure.code == "lost" else failure.code
    connection.tested_code, connection.tested_at = code, instant()
    if not code:
        connection.failures, connection.open_until = 0, None
    db.session.flush()
