"""The sheet in which a department reports its decisions: made to be filled in, and read back.

Pure: it knows no row of the database.
"""

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import xlsxwriter

from app.decisions import names
from app.decisions.messages import Fault, RowFault
from app.decisions.rules import OUTCOMES, Entry
from app.intake.cells import read_column
from app.intake.columns import TEXT_FORMAT, plain_heading
from app.intake.grids import Grid, Opened
from app.intake.header import SEARCHED_ROWS
from app.intake.sheet import open_file

MOST = 5_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MONTH = re.compile(
    rf"(\d{{4}})(?:\s*[-/.{names.YEAR}]\s*(\d{{1,2}})\s*{names.MONTH}?(?:[-/.].*)?|(\d{{2}}))"
)
_WIDTHS = {"number": 22, "reason": 36, "scheme": 18}
_HEADINGS = {key: plain_heading(title) for key, title in names.HEADINGS.items()}
_OUTCOME_OF = {
    word: code for code in OUTCOMES for word in (names.OUTCOMES[code], *names.ALSO[code])
}


@dataclass(frozen=True)
class Row:
    """One household of a sheet: its line, its case number and the decision written beside it."""

    line: int
    number: str
    entry: Entry


@dataclass(frozen=True)
class Read:
    """A sheet that was read: the rows that can be understood, and what is wrong in the others."""

    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...]


def write_sheet(households: Sequence[tuple[str, str, str]]) -> bytes:
    """An xlsx with (case number, masked name, scheme) filled in and the rest to be filled in."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        page, guide = book.add_worksheet(names.SHEET), book.add_worksheet(names.GUIDE_SHEET)
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        given = book.add_format({"num_format": TEXT_FORMAT, "bg_color": "#F2F2F2"})
        plain = book.add_format({"num_format": TEXT_FORMAT})
        for place, (key, title) in enumerate(names.HEADINGS.items()):
            page.set_column(place, place, _WIDTHS.get(key, 14), plain)
            page.write_string(0, place, title, head)
        for line, cells in enumerate(households, start=1):
            for place, cell in enumerate(cells):
                page.write_string(line, place, cell, given)
        place = list(names.HEADINGS).index("outcome")
        choice = {"validate": "list", "source": list(names.OUTCOMES.values())}
        page.data_validation(1, place, max(len(households), 1), place, choice)
        page.freeze_panes(1, 1)
        _write_guide(guide)
    return buffer.getvalue()


def _write_guide(page: xlsxwriter.worksheet.Worksheet) -> None:
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 80)
    for line, words in enumerate(names.GUIDE):
        page.write_string(line, 0, words)
    for line, (key, words) in enumerate(names.NOTES.items(), start=len(names.GUIDE) + 1):
        page.write_string(line, 0, names.HEADINGS[key])
        page.write_string(line, 1, words)


def read_sheet(data: bytes, filename: str) -> Read:
    """What a filled-in sheet says, however Excel or WPS saved it; rows that are not filled in are
    left out. Raises ``Fault`` for a fault of the file."""
    opened = open_file(data, filename, max_rows=MOST * 2)
    grid, line, places = _the_sheet(opened)
    frame = grid.frame.slice(line + 1)
    cells = pl.DataFrame(
        {key: _written(frame, key, places) for key in names.HEADINGS}
    ).with_columns(frame["sheet_row"])
    filled = pl.any_horizontal(pl.col(key) != "" for key in names.FILLED_IN)
    cells = cells.filter(filled)
    if cells.is_empty():
        raise Fault("decision.no_rows")
    if cells.height > MOST:
        raise Fault("decision.too_many", most=MOST)
    return _understood(cells, _formulas(opened, grid, line, places))


def _the_sheet(opened: Opened) -> tuple[Grid, int, Mapping[str, int]]:
    found = []
    for grid in opened.grids:
        for line, cells in enumerate(grid.first_rows):
            headings = [plain_heading(cell or "") for cell in cells]
            if all(_HEADINGS[key] in headings for key in names.NEEDED):
                found.append((grid, line, headings))
                break
    visible = [row for row in found if row[0].visible]
    if not found:
        missing = names.HEADINGS["number"]
        raise Fault("decision.no_header", rows=SEARCHED_ROWS, missing=missing)
    if not visible:
        raise Fault("decision.sheet_hidden")
    if len(visible) > 1:
        raise Fault("decision.several_sheets", count=len(visible))
    grid, line, headings = visible[0]
    places: dict[str, int] = {}
    for key, title in _HEADINGS.items():
        at = [place for place, heading in enumerate(headings) if heading == title]
        if len(at) > 1:
            raise Fault("decision.column_twice", column=names.HEADINGS[key])
        if at:
            places[key] = at[0]
    return grid, line, places


def _written(frame: pl.DataFrame, key: str, places: Mapping[str, int]) -> list[str]:
    if key not in places:
        return [""] * frame.height
    cells = [cell.strip() for cell in frame[f"c{places[key]}"].fill_null("")]
    return cells if key == "reason" else [unicodedata.normalize("NFKC", cell) for cell in cells]


def _formulas(
    opened: Opened, grid: Grid, line: int, places: Mapping[str, int]
) -> set[tuple[int, str]]:
    keys = {place: key for key, place in places.items()}
    raw = opened.look(grid, None).formulas
    return {(row, keys[place]) for row, place in raw if place in keys and row > line + 1}


def _understood(cells: pl.DataFrame, formulas: set[tuple[int, str]]) -> Read:
    days = read_column(cells["decided_on"], "authorised_on")
    amounts = read_column(cells["amount"], "deposits")
    rows: list[Row] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for cell, day, amount in zip(cells.iter_rows(named=True), days, amounts, strict=True):
        line, number = cell["sheet_row"], cell["number"]
        wrong = _unread(cell, day, amount, formulas, seen)
        if wrong:
            faults += wrong
            continue
        seen[number] = line
        outcome = _OUTCOME_OF[_bare(cell["outcome"])]
        month = month_in(cell["from_period"]) or 0
        rows.append(Row(line, number, Entry(outcome, day, amount, month, cell["reason"])))
    return Read(tuple(rows), tuple(faults))


def _unread(
    cell: Mapping[str, str | int],
    day: object,
    amount: object,
    formulas: set[tuple[int, str]],
    seen: Mapping[str, int],
) -> list[RowFault]:
    line = int(cell["sheet_row"])
    faults = [
        RowFault(line, names.HEADINGS[key], "decision.formula")
        for key in names.HEADINGS
        if (line, key) in formulas
    ]

    def fault(key: str, code: str, **values: object) -> None:
        faults.append(RowFault(line, names.HEADINGS[key], code, values))

    number = str(cell["number"])
    if not number:
        fault("number", "decision.no_number")
    elif number in seen:
        fault("number", "decision.number_twice", row=seen[number])
    if _bare(str(cell["outcome"])) not in _OUTCOME_OF:
        allowed = "\u3001".join(names.OUTCOMES.values())
        fault("outcome", "decision.word_unknown", allowed=allowed)
    if cell["decided_on"] and day is None:
        fault("decided_on", "decision.date_unread")
    if cell["amount"] and amount is None:
        fault("amount", "decision.amount_unread")
    if cell["from_period"] and month_in(str(cell["from_period"])) is None:
        fault("from_period", "decision.month_unread")
    return faults


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def month_in(written: str) -> int | None:
    """The month (yyyymm) that is written, as a month or as a day in it; None for anything else."""
    found = _MONTH.fullmatch(written.strip())
    month = int(found[2] or found[3]) if found else 0
    return int(found[1]) * 100 + month if found and 1 <= month <= 12 else None
