"""The template of the list: headings with notes, lists to choose from, a page of guidance."""

import io
from collections.abc import Mapping

import xlsxwriter

from app.intake.columns import (
    COLUMNS,
    GUIDE,
    GUIDE_HEADING,
    GUIDE_SHEET,
    LIST_SHEET,
    REQUIRED_WORDS,
    TEXT_FORMAT,
    WORDS,
    WORDS_HEADING,
)

_LAST_ROW = 10_000
_WORDS_START = len(GUIDE) + len(COLUMNS) + 4
_FORMATS = {"date": "yyyy-mm-dd", "money": "0.00", "count": "0", "number": "0"}


def write_template() -> bytes:
    """An empty list as xlsx, which :func:`app.intake.sheet.read_sheet` takes once it has rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page, guide = book.add_worksheet(LIST_SHEET), book.add_worksheet(GUIDE_SHEET)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
        _write_guide(guide, bold)
        ranges = _write_words(guide, bold)
        heading = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True}
        )
        for place, column in enumerate(COLUMNS):
            shape = book.add_format({"num_format": _FORMATS.get(column.kind, TEXT_FORMAT)})
            page.set_column(place, place, column.width, shape)
            page.write_string(0, place, column.header, heading)
            page.write_comment(0, place, f"{REQUIRED_WORDS[column.required]}\n{column.note}")
            if column.kind == "word":
                choice = {"validate": "list", "source": ranges[column.key]}
                page.data_validation(1, place, _LAST_ROW, place, choice)
        page.freeze_panes(1, 0)
    return buffer.getvalue()


def _write_guide(page: xlsxwriter.worksheet.Worksheet, bold: xlsxwriter.format.Format) -> None:
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 18)
    page.set_column(2, 2, 64)
    page.set_column(3, len(WORDS) + 2, 26)
    for row, line in enumerate(GUIDE):
        page.write_string(row, 0, line)
    for place, text in enumerate(GUIDE_HEADING):
        page.write_string(len(GUIDE) + 1, place, text, bold)
    for row, column in enumerate(COLUMNS, start=len(GUIDE) + 2):
        cells = (column.header, REQUIRED_WORDS[column.required], column.note, column.example)
        for place, text in enumerate(cells):
            page.write_string(row, place, text)


def _write_words(
    page: xlsxwriter.worksheet.Worksheet, bold: xlsxwriter.format.Format
) -> Mapping[str, str]:
    """Write the words of every word column, and give the range of each for its drop-down."""
    page.write_string(_WORDS_START - 1, 0, WORDS_HEADING, bold)
    ranges = {}
    headers = {column.key: column.header for column in COLUMNS}
    for place, (key, words) in enumerate(WORDS.items()):
        page.write_string(_WORDS_START, place, headers[key], bold)
        for row, word in enumerate(words, start=_WORDS_START + 1):
            page.write_string(row, place, word.word)
        cells = xlsxwriter.utility.xl_range_abs(
            _WORDS_START + 1, place, _WORDS_START + len(words), place
        )
        ranges[key] = f"='{GUIDE_SHEET}'!{cells}"
    return ranges
