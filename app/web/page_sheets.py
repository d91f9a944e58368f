"""The tables of a page, as it is drawn for who is at work in this session."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import abort, current_app
from werkzeug.exceptions import HTTPException

from app.accounts.current import ANYONE, DECLARED
from app.cases.paging import Stretch, whole_list
from app.web import gate
from app.web.sheets import Sheet, sheets_of
from tenants.messages import Fault


@dataclass(frozen=True)
class PageAt:
    """A page with its filters, and what it asks for."""

    address: str
    endpoint: str
    arguments: dict[str, Any]
    permission: str


def page_at(address: str) -> PageAt:
    """The page at an address within the portal; ``Fault("sheet_unknown")`` where there is none."""
    parts = urlsplit(address)
    try:
        endpoint, arguments = current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException as error:
        raise Fault("sheet_unknown") from error
    permission = getattr(current_app.view_functions[endpoint], DECLARED, ANYONE)
    if permission == ANYONE:
        raise Fault("sheet_unknown")
    return PageAt(f"{parts.path}?{parts.query}", endpoint, dict(arguments), permission)


def read_page_sheets(page: PageAt, past: int | None = None) -> tuple[list[Sheet], Stretch]:
    """Its tables, the list's from after the row ``past`` on; the caller has asked for the right.

    No cookie goes along: what was opened for a look stays masked in a workbook.
    """
    view = current_app.view_functions[page.endpoint]
    with current_app.test_request_context(page.address), whole_list(past) as stretch:
        if gate.names_no_row():
            abort(404)
        gate.require_readable()
        drawn = current_app.ensure_sync(view)(**page.arguments)
    return (sheets_of(drawn) if isinstance(drawn, str) else []), stretch
