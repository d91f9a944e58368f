"""Writing workbooks that hold private data: in memory only, and every text as text.

No temporary files (they would lie in the clear on a disc) and no cell that a spreadsheet program
could take for a formula or a link.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.exchange.medium.asked import PackageHead
from app.exchange.medium.layout import layout

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Styles:
    """The few formats all sheets share."""

    title: Format
    header: Format
    asked: Format
    text: Format
    date: Format
    money: Format
    wrapped: Format
    label: Format


@contextmanager
def new_workbook(made_on: date) -> Iterator[tuple[Workbook, Styles, io.BytesIO]]:
    """A workbook whose bytes depend on its content only: created on ``made_on``."""
    buffer = io.BytesIO()
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"created": datetime.combine(made_on, time(), UTC)})
    yield book, _styles(book), buffer
    book.close()


def write_texts(sheet: Worksheet, row: int, texts: Sequence[str], style: Format) -> None:
    """One row of texts from column A on; ``row`` counts from 0."""
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, style)


def fit_to_paper(sheet: Worksheet) -> None:
    """A4 landscape, as many pages long as it takes, one wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def head_rows(head: PackageHead, lines: int, asks: int) -> list[tuple[str, str]]:
    """Label and value of each line of the head, as shown on sheets and in the notes."""
    forms = layout().head_values
    values = {
        "request_no": head.request_no,
        "agency_name": head.agency_name,
        "agency_code": head.agency_code,
        "unit_name": head.unit_name,
        "period": forms["period"].format(year=head.period // 100, month=head.period % 100),
        "made_on": forms["made_on"].format(
            year=head.made_on.year, month=head.made_on.month, day=head.made_on.day
        ),
        "due": forms["no_due" if head.due_in_working_days is None else "due"].format(
            days=head.due_in_working_days
        ),
        "legal_basis": head.legal_basis,
        "counts": forms["counts"].format(lines=lines, asks=asks),
        "version": str(layout().version),
        "stamp": head.stamp,
    }
    return [(label, values[key]) for key, label in layout().head.items()]


def _styles(book: Workbook) -> Styles:
    grid = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
    grey = {"bg_color": "#F2F2F2"}
    text = {"num_format": "@", "quote_prefix": True}
    return Styles(
        title=book.add_format({"bold": True, "font_size": 14}),
        header=book.add_format({**grid, "bold": True, "bg_color": "#DCE6F1", "text_wrap": True}),
        asked=book.add_format({**grid, **grey, **text}),
        text=book.add_format({"num_format": "@"}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
        money=book.add_format({"num_format": "#,##0.00"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        label=book.add_format({**grid, **grey, "bold": True}),
    )
