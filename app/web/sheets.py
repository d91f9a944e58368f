"""Pages as workbooks: the tables of a page read back as rows, and rows written as xlsx.

Everything here is pure. What a page does not show cannot get into its workbook.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

import xlsxwriter

Cell = str | int | float
LONGEST_NAME = 31
WIDEST = 48
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_BREAKS = {"div", "br", "li", "p"}
_VOID = {"br", "hr", "img", "input", "link", "meta"}
_UNSEEN_TAGS = {"button", "details", "form", "script", "select", "style", "svg", "template"}
_UNSEEN_CLASSES = {"act", "pick", "visually-hidden"}
_OPTIONS = {
    # Rows of persons must not lie about in a folder for temporary files.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass
class Sheet:
    """One table: its caption and its rows, the head first. Figures are numbers, all else text."""

    title: str
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Rows without the head."""
        return max(len(self.rows) - 1, 0)


def sheets_of(page: str) -> list[Sheet]:
    """The tables (``components/table.html``) of a page, in its order.

    Columns of boxes and of buttons are left out; a cell over several rows stands in each.
    """
    reader = _Reader()
    reader.feed(page)
    found = [sheet for sheet in reader.sheets if sheet.count]
    for sheet in found:
        _drop_empty_head(sheet)
    return found


def _drop_empty_head(sheet: Sheet) -> None:
    """A column of buttons has a head to listen to only, and no cells here."""
    head = sheet.rows[0]
    widest = max(len(row) for row in sheet.rows[1:])
    while len(head) > widest and head[-1] == "":
        head.pop()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An xlsx with one sheet for each table; texts stay texts, whatever they look like."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1"})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_sheet_name(sheet.title, number, len(sheets)))
            for column, width in enumerate(_widths(sheet.rows)):
                page.set_column(column, column, width)
            for line, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    _write(page, line, column, cell, head if line == 0 else None)
            page.freeze_panes(1, 0)
    return buffer.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet, line: int, at: int, cell: Cell, look: object
) -> None:
    if isinstance(cell, str):
        page.write_string(line, at, cell, look)
    else:
        page.write_number(line, at, cell, look)


def _sheet_name(title: str, number: int, of: int) -> str:
    name = _FORBIDDEN_IN_NAMES.sub(" ", title).strip() or str(number)
    return name[:LONGEST_NAME] if of == 1 else f"{number} {name}"[:LONGEST_NAME]


def _widths(rows: Sequence[Sequence[Cell]]) -> list[float]:
    """About as wide as what stands in the first rows; Chinese counts two."""
    widths: list[float] = []
    for row in rows[:200]:
        for column, cell in enumerate(row):
            needed = sum(2 if ord(c) > 0x2E80 else 1 for c in str(cell).partition("\n")[0]) + 2
            widths[column : column + 1] = [min(max([needed, *widths[column : column + 1]]), WIDEST)]
    return widths


class _Reader(HTMLParser):
    """Collects tables of the class ``grid``."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.unseen: list[str] = []
        self.in_table = False
        self.words: list[str] | None = None
        self.is_figure = False
        self.span = 1
        self.spanning: dict[int, tuple[int, Cell]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if self.unseen or (self.in_table and _is_unseen(tag, classes)):
            self.unseen += [tag] if tag not in _VOID else []
        elif tag == "table" and "grid" in classes:
            self.in_table = True
            self.sheets.append(Sheet(given.get("aria-label", "")))
        elif self.in_table and tag == "tr":
            self.sheets[-1].rows.append([])
        elif self.in_table and tag in {"td", "th"}:
            self._fill_down()
            self.words, self.is_figure = [], "number" in classes
            self.span = int(given.get("rowspan", "1") or 1)
        elif self.words is not None and tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag in self.unseen:
                while self.unseen.pop() != tag:
                    pass
        elif tag == "table":
            self.in_table = False
        elif tag == "tr" and self.in_table:
            self._fill_down()
        elif tag in {"td", "th"} and self.words is not None:
            self._end_cell()
        elif self.words is not None and tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.unseen:
            self.words.append(" ".join(data.split("\n")) if data.strip() else " ")

    def _end_cell(self) -> None:
        row = self.sheets[-1].rows[-1]
        cell = _cell("".join(self.words or ()), is_figure=self.is_figure)
        if self.span > 1:
            self.spanning[len(row)] = (self.span - 1, cell)
        row.append(cell)
        self.words = None

    def _fill_down(self) -> None:
        """Cells that reach down into this row."""
        row = self.sheets[-1].rows[-1]
        while len(row) in self.spanning:
            left, cell = self.spanning.pop(len(row))
            if left > 1:
                self.spanning[len(row)] = (left - 1, cell)
            row.append(cell)


def _is_unseen(tag: str, classes: set[str]) -> bool:
    return tag in _UNSEEN_TAGS or bool(classes & _UNSEEN_CLASSES)


def _cell(text: str, *, is_figure: bool) -> Cell:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    said = "\n".join(line for line in lines if line)
    if is_figure and _NUMBER.fullmatch(said):
        plain = said.replace(",", "")
        return float(plain) if "." in plain else int(plain)
    return said
