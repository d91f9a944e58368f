"""Lay a released request out for a unit that pulls it (desk): its lines page by page."""

import datetime as dt

from sqlalchemy import insert

from app.exchange.models import ExchangeRequest
from app.exchange.outbox.models import LinePage
from app.exchange.wire.models import Dispatch
from app.exchange.wire.sending import lines_after
from hedui_connector.wire.limits import LINES_PER_PAGE
from hedui_connector.wire.pages import to_json
from tenants import files
from tenants.database import db

PAGE = "lines.ndjson"


def lay_out(found: Dispatch, request: ExchangeRequest) -> dt.timedelta | None:
    """Make the next page; None when the unit can fetch them all.

    ``lines_sent`` counts the lines that lie ready. Raises ``WireFailure("scan_missing")``.
    """
    if found.lines_sent < found.lines:
        lines = lines_after(request, found.lines_sent, LINES_PER_PAGE)
        body = "".join(f"{to_json(line)}\n" for line in lines).encode()
        row = {
            "unit_id": request.unit_id,
            "request_id": request.id,
            "first": lines[0].line,
            "count": len(lines),
            "items": sum(len(line.items) for line in lines),
            "file_id": files.store("package", PAGE, body, unit_id=request.unit_id),
        }
        db.session.execute(insert(LinePage).inline(), [row])
        found.lines_sent = lines[-1].line
        db.session.flush()
    return dt.timedelta() if found.lines_sent < found.lines else None
