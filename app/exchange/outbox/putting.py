"""What the worker puts into an exchange folder: a request's head and lines, and that it is done."""

import datetime as dt

from sqlalchemy import select

from app.exchange.models import ExchangeRequest
from app.exchange.outbox.models import LinePage
from app.exchange.outbox.offering import lay_out
from app.exchange.outbox.places import OUT, box
from app.exchange.wire.client import JSON, Wire
from app.exchange.wire.failures import WireFailure
from app.exchange.wire.models import Dispatch
from hedui_connector.wire import boxes, folder, pages
from hedui_connector.wire.algorithms import BadKey
from hedui_connector.wire.limits import BASE_PATH
from hedui_connector.wire.models import End, Taken
from tenants import files
from tenants.calendar import instant
from tenants.database import db


def put_request(found: Dispatch, request: ExchangeRequest, wire: Wire) -> dt.timedelta | None:
    """Lay out the next page; when all are there, put head and pages out. None: that is done.

    Said again, everything is put out anew under new signatures, and the unit answers anew.
    Raises ``WireFailure`` (``scan_missing``, ``box_missing``, ``folder_missing``, ``folder_full``).
    """
    wait = lay_out(found, request)
    if wait is None:
        _put(found, wire, "PUT", "head", found.head.encode(), JSON)
        query = select(LinePage).where(LinePage.request_id == request.id).order_by(LinePage.first)
        for page in db.session.scalars(query):
            _put_page(found, wire, page)
    return wait


def _put_page(found: Dispatch, wire: Wire, page: LinePage) -> None:
    rows = files.read(page.file_id, "package").data.decode().splitlines()
    last = page.first + page.count - 1
    end = End(count=page.count, next=str(last), is_last=last == found.lines)
    body = pages.write_page(rows, end)
    _put(found, wire, "POST", folder.numbered("lines", page.first), body, pages.MEDIA_TYPE)


def put_taken(found: Dispatch, wire: Wire) -> None:
    """Say that the answers are accepted: the unit may erase its copy."""
    body = Taken(answers=found.answers_kept).model_dump_json().encode()
    _put(found, wire, "POST", "taken", body, JSON)


def _put(found: Dispatch, wire: Wire, method: str, part: str, body: bytes, media_type: str) -> None:
    wire_id = f"{found.agency_id}-{found.request_id}"
    verb = "" if part == "head" else f"/{part.partition('-')[0]}"
    message = folder.message(
        method, f"{BASE_PATH}/requests/{wire_id}{verb}", {"content-type": media_type}
    )
    name = folder.name_of(wire_id, part)
    target = box(wire.url, wire.allowed, OUT)
    try:
        folder.put(target, name, message, body, wire.ours, _box_of(wire), instant())
    except OSError as error:
        raise WireFailure("folder_full") from error


def _box_of(wire: Wire) -> bytes:
    try:
        return boxes.read_public(wire.their_box.encode())
    except BadKey as error:
        raise WireFailure("box_missing") from error
