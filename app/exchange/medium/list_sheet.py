"""The list that leaves in a package, made and stamped by the system."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from app.exchange.medium.asked import ListLine, PackageHead
from app.exchange.medium.layout import layout
from app.exchange.medium.sheets import Styles, fit_to_paper, head_rows, new_workbook, write_texts
from tenants.catalogue import DataItem

_WIDTHS = (8, 14, 18, 24, 60, 14, 14)


def make_list(head: PackageHead, lines: Sequence[ListLine], items: Mapping[int, DataItem]) -> bytes:
    """The list as xlsx: head, stamp and one row per subject, locked and ready to print."""
    with new_workbook(head.made_on) as (book, styles, buffer):
        sheet = book.add_worksheet(layout().sheets.list)
        asks = sum(len(line.items) for line in lines)
        top = _write_head(sheet, head_rows(head, len(lines), asks), styles)
        _write_lines(sheet, top, lines, items, styles)
        _set_up_page(sheet, top, head)
    return buffer.getvalue()


def _write_head(sheet: Worksheet, rows: list[tuple[str, str]], styles: Styles) -> int:
    """Write title, head and notice; return the row of the column headers."""
    sheet.write_string(0, 0, layout().titles["list"], styles.title)
    for row, (label, value) in enumerate(rows, start=1):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 2, value)
    notice = len(rows) + 1
    sheet.write_string(notice, 0, layout().texts["list_notice"])
    return notice + 2


def _write_lines(
    sheet: Worksheet,
    top: int,
    lines: Sequence[ListLine],
    items: Mapping[int, DataItem],
    styles: Styles,
) -> None:
    columns = layout().columns
    headers = (
        columns.line_no,
        columns.name,
        columns.id_type,
        columns.id_number,
        columns.items,
        columns.authorised_on,
        columns.authorisation_expires_on,
    )
    write_texts(sheet, top, headers, styles.header)
    titles: dict[tuple[int, ...], str] = {}
    for row, line in enumerate(lines, start=top + 1):
        if line.items not in titles:
            titles[line.items] = (
                layout().marks["then"].join(f"{i} {items[i].title}" for i in line.items)
            )
        expires = line.authorisation_expires_on
        sheet.write_number(row, 0, line.line_no, styles.asked)
        texts = (
            line.name,
            line.id_type,
            line.id_number,
            titles[line.items],
            line.authorised_on.isoformat(),
            expires.isoformat() if expires else "",
        )
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, text, styles.asked)


def _set_up_page(sheet: Worksheet, top: int, head: PackageHead) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    fit_to_paper(sheet)
    sheet.set_footer(layout().texts["list_footer"].format(stamp=head.stamp))
    sheet.protect("", {"autofilter": True, "format_columns": True, "select_locked_cells": True})
