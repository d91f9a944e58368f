"""导出 xlsx: any list that a person may open, with its filters, as a workbook of what it shows."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from app.accounts.current import actor, permitted
from app.audit import service as audit
from app.cases.downloads import attachment
from app.made.asking import asked_for
from app.made.service import Wanted
from app.web.home_messages import SHEET_FILE
from app.web.page_sheets import PageAt, page_at, read_page_sheets
from app.web.sheets import workbook
from tenants.messages import Fault

blueprint = Blueprint("exporting", __name__)

MOST_ROWS = 500_000
"""A sheet of a workbook holds a million; nobody works with a tenth of it."""

OBJECTS = {
    "entrustment_id": "entrustment",
    "list_id": "subject_list",
    "case_id": "case",
    "request_id": "request",
}
"""What a page is about, by the argument of its address."""


@blueprint.post("/sheet")
@permitted("home.read")
def export() -> Response | Answer:
    """The page at the address in ``of`` as xlsx, from its first row to its last: at once, or made
    by the worker where the list goes on beyond what is read at once.

    It is asked for as its own page would be: by the same permission, with numbers masked. Raises
    ``Forbidden``, ``Fault("sheet_unknown")``, ``Fault("sheet_empty")`` and
    ``Fault("sheet_too_many")``.
    """
    address, who = request.form.get("of", ""), actor()
    page = page_at(address)
    who.must(page.permission)
    sheets, stretch = read_page_sheets(page)
    if not sheets:
        raise Fault("sheet_empty")
    rows = max(stretch.total, sum(sheet.count for sheet in sheets))
    if rows > MOST_ROWS:
        raise Fault("sheet_too_many", most=MOST_ROWS)
    kind, id_ = _object_of(page)
    audit.record(
        *(who.account_id, "list.export"),
        kind=kind,
        subject_id=id_,
        unit_id=who.unit_id,
        count=rows,
        page=page.endpoint,
    )
    name = SHEET_FILE.format(title=sheets[0].title)
    if stretch.next is None:
        return attachment(workbook(sheets), name)
    wanted = Wanted("sheet", page.permission, name, {"of": address}, rows)
    return asked_for("file.ask", [wanted])


def _object_of(page: PageAt) -> tuple[str, int]:
    """What the trail says that a list belongs to; nothing for a list of everything."""
    found = (
        (OBJECTS[name], int(page.arguments[name])) for name in OBJECTS if name in page.arguments
    )
    return next(found, ("", 0))
