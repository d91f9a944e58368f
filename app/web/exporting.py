"""导出 xlsx: any list that a person may open, with its filters, as a workbook of what it shows."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, request
from werkzeug.exceptions import HTTPException

from app.accounts.current import ANYONE, DECLARED, actor, permitted
from app.audit import service as audit
from app.cases.downloads import attachment
from app.cases.paging import MOST_ROWS, whole_list
from app.web.home_messages import SHEET_FILE
from app.web.sheets import sheets_of, workbook
from tenants.messages import Fault

blueprint = Blueprint("exporting", __name__)


@blueprint.post("/sheet")
@permitted("home.read")
def export() -> Response:
    """The page at the address in ``of`` as xlsx, from its first row to its last.

    It is asked for as its own page would be: by the same permission, with numbers masked. Raises
    ``Fault("sheet_unknown")``, ``Fault("sheet_empty")`` and ``Fault("sheet_too_many")``.
    """
    address = urlsplit(request.form.get("of", ""))
    endpoint, arguments = _page_at(address.path)
    view = current_app.view_functions[endpoint]
    permission = getattr(view, DECLARED, ANYONE)
    if permission == ANYONE or not actor().may(permission):
        abort(403)
    # No cookie goes along: what was opened for a look stays masked in a workbook.
    with current_app.test_request_context(f"{address.path}?{address.query}"), whole_list():
        page = current_app.ensure_sync(view)(**arguments)
    sheets = sheets_of(page) if isinstance(page, str) else []
    if not sheets:
        raise Fault("sheet_empty")
    if g.get("list_goes_on"):
        raise Fault("sheet_too_many", most=MOST_ROWS)
    rows = sum(sheet.count for sheet in sheets)
    who = actor()
    audit.record(who.account_id, "list.export", unit_id=who.unit_id, count=rows, page=endpoint)
    return attachment(workbook(sheets), SHEET_FILE.format(title=sheets[0].title))


def _page_at(path: str) -> tuple[str, dict[str, object]]:
    try:
        endpoint, arguments = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException as error:
        raise Fault("sheet_unknown") from error
    return endpoint, dict(arguments)
