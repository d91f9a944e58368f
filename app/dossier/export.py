"""The case list as a workbook: what the page shows, identity numbers masked."""

import io

import xlsxwriter

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.filtering import Filter
from app.cases.messages import STATE_TITLES
from app.cases.paging import Place
from app.cases.queries import Household, households
from app.dossier.names import CASES_HEADINGS, CASES_SHEET
from app.intake.wording import title
from tenants.messages import Fault

MOST_ROWS = 10_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def export_cases(narrowed: Filter, actor: Actor) -> bytes:
    """An xlsx of all cases that fit; writes the audit row.

    Raises ``Fault("export_too_many")`` beyond ``MOST_ROWS``.
    """
    page = households(narrowed.condition(), Place(), limit=MOST_ROWS)
    if page.next is not None:
        raise Fault("export_too_many", most=MOST_ROWS)
    audit.record(actor.account_id, "case.export", households=len(page.rows))
    return _workbook([_cells(row) for row in page.rows])


def _cells(row: Household) -> tuple[str | int, ...]:
    return (
        row.number,
        row.head,
        row.id_number,
        row.sender,
        title("scheme", row.scheme),
        title("application", row.application),
        row.size,
        f"{row.period // 100}-{row.period % 100:02d}",
        STATE_TITLES["case"][row.state],
        row.due_on.isoformat() if row.due_on else "",
    )


def _workbook(rows: list[tuple[str | int, ...]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        page = book.add_worksheet(CASES_SHEET)
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1"})
        for column, (heading, width) in enumerate(CASES_HEADINGS):
            page.set_column(column, column, width)
            page.write_string(0, column, heading, bold)
        for line, cells in enumerate(rows, start=1):
            page.write_row(line, 0, cells)
        page.freeze_panes(1, 0)
    return buffer.getvalue()
