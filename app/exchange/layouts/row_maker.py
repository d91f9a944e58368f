"""Row by row: from what a unit wrote to what our template would say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from app.exchange.layouts.layout import (
    AS_OF,
    FEN,
    ID_NUMBER,
    LINE_NO,
    NAME,
    NO_RECORD,
    OUTCOME,
    REMARK,
    TEN_THOUSAND,
    UnitLayout,
    choices_of,
    field_key,
)
from app.exchange.layouts.messages import NOTHING, TOTALS
from app.exchange.layouts.own_sheet import Converted, OwnSheet, Texts
from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.cells import Cell, plain
from app.exchange.medium.layout import layout as words
from app.intake.columns import TEN_THOUSAND as TEN_THOUSAND_WORD
from tenants.catalogue import DataItem, FieldType, Service
from tenants.catalogue.outcomes import Outcome
from tenants.identity import normalise_id_number
from tenants.messages import RowFault

_BLANKS = frozenset({"-", "--", "---", "\u2014", "\u2014\u2014", "/", "\\N", "NULL", "null", "N/A"})
_FACTORS = {TEN_THOUSAND: Decimal(10_000), FEN: Decimal("0.01")}


@dataclass
class RowMaker:
    """Makes the rows of one sheet; ``day``: the as-of date of rows that have none of their own."""

    sheet: OwnSheet
    layout: UnitLayout
    asked: AskedRequest
    item: DataItem
    day: date | None
    made: Converted
    seen: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lines: dict[str, list[int]] = {}
        for line_no, line in self.asked.lines.items():
            self.lines.setdefault(normalise_id_number(line.id_number), []).append(line_no)

    def of(self, number: int, texts: Texts) -> Iterator[list[Cell]]:
        """One row for each asked line that is about the row's person; none for a note."""
        cells = {key: self._cell(texts, place) for key, place in self.layout.places.items()}
        if self._is_note(texts, cells):
            self.made.notes += any(texts)
            return
        id_number = normalise_id_number(cells.get(ID_NUMBER, ""))
        lines = self._lines_of(id_number, cells)
        if not lines:
            code = "own_not_asked" if id_number else "own_no_id"
            self._fault(number, ID_NUMBER, code)
            return
        outcome, values = self._said(number, cells)
        for line_no in lines:
            self.seen.add(line_no)
            yield self._row(line_no, cells, id_number, outcome, values)

    def absent(self) -> Iterator[list[Cell]]:
        """No record, for those asked about whom the unit, by its statement, left out."""
        word = words().outcome_words[Outcome.NO_RECORD]
        for line_no, line in self.asked.lines.items():
            is_open = (line_no, self.item.code) not in self.asked.answered
            if is_open and self.item.code in line.items and line_no not in self.seen:
                blank = {REMARK: self.layout.basis}
                yield self._row(line_no, blank, line.id_number, word, {})

    def _lines_of(self, id_number: str, cells: Mapping[str, str]) -> list[int]:
        """The asked lines of a person; those that ask this item, as far as there are any."""
        lines = self.lines.get(id_number, [])
        told = plain(cells.get(LINE_NO, ""))
        if told.isascii() and told.isdigit() and int(told[:9]) in lines:
            return [int(told)]
        asking = [n for n in lines if self.item.code in self.asked.lines[n].items]
        return asking or lines

    def _cell(self, texts: Texts, place: int) -> str:
        text = texts[place].strip() if place < len(texts) else ""
        return "" if plain(text) in _BLANKS else text

    def _is_note(self, texts: Texts, cells: Mapping[str, str]) -> bool:
        """A blank row, a total, a line of signatures, or the headings said again."""
        if cells.get(ID_NUMBER):
            return plain(cells[ID_NUMBER]) == plain(
                self.sheet.headings[self.layout.places[ID_NUMBER]]
            )
        filled = [text for text in texts if text.strip()]
        return len(filled) < 2 or any(plain(text).startswith(TOTALS) for text in filled)

    def _said(self, number: int, cells: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """Our word for the outcome, and the fields' texts."""
        values = {
            f.name: self._value(number, field_key(f.name), cells[field_key(f.name)])
            for f in self.item.fields
            if cells.get(field_key(f.name))
        }
        nothing = {name for name, text in values.items() if plain(text) in NOTHING}
        values = {name: text for name, text in values.items() if name not in nothing}
        hit, no_record = (words().outcome_words[o] for o in (Outcome.HIT, Outcome.NO_RECORD))
        if cells.get(OUTCOME):
            outcome = self._outcome(number, cells[OUTCOME])
        elif self._has_content(values):
            outcome = no_record if self._all_no(values) else hit
        else:
            outcome = no_record if nothing or self.layout.blank == NO_RECORD else ""
        if outcome in ("", no_record):
            values = {} if not self._has_content(values) or self._all_no(values) else values
        return outcome, values

    def _has_content(self, values: Mapping[str, str]) -> bool:
        """Whether there is more than days and zeros, which many exports write on every row."""
        days = {f.name for f in self.item.fields if f.type is FieldType.DATE}
        return any(name not in days and not _is_zero(text) for name, text in values.items())

    def _all_no(self, values: Mapping[str, str]) -> bool:
        """Whether a checking service says no to everything."""
        is_service = self.item.service is Service.YES_NO
        return (
            is_service
            and bool(values)
            and all(plain(text) == words().no for text in values.values())
        )

    def _outcome(self, number: int, text: str) -> str:
        said = self.layout.meanings.get(OUTCOME, {})
        word = said.get(plain(text), plain(text))
        if word in words().outcome_of:
            return words().outcome_words[words().outcome_of[word]]
        if plain(text) in NOTHING:
            return words().outcome_words[Outcome.NO_RECORD]
        self._fault(number, OUTCOME, "own_word_unknown")
        return ""

    def _value(self, number: int, key: str, text: str) -> str:
        if factor := _FACTORS.get(self.layout.units.get(key, "")):
            return _scaled(text, factor)
        known = self.layout.meanings.get(key)
        choices = choices_of(self.item, key)
        if not choices or plain(text) in NOTHING:
            return text
        word = (known or {}).get(plain(text), text)
        if known and plain(word) not in {plain(choice) for choice in choices}:
            self._fault(number, key, "own_word_unknown")
        return word

    def _row(
        self,
        line_no: int,
        cells: Mapping[str, str],
        id_number: str,
        outcome: str,
        values: Mapping[str, str],
    ) -> list[Cell]:
        name = cells.get(NAME) or self.asked.lines[line_no].name
        day = cells.get(AS_OF) or (self.day.isoformat() if self.day else "")
        fields = [values.get(f.name, "") for f in self.item.fields]
        # A row that says nothing at all stays open, and is told as missing.
        return [
            line_no,
            name,
            id_number,
            outcome,
            *fields,
            day if outcome else "",
            cells.get(REMARK, "") if outcome else "",
        ]

    def _fault(self, number: int, key: str, code: str) -> None:
        place = self.layout.places.get(key, 0)
        heading = self.sheet.headings[place] if place < len(self.sheet.headings) else ""
        column = f"{self.sheet.title}{words().marks['colon']}{heading}"
        values = {"sheet": self.sheet.title, "heading": heading}
        self.made.faults.append(RowFault(number, column, code, values))


def _is_zero(text: str) -> bool:
    try:
        return Decimal(plain(text).replace(",", "")) == 0
    except InvalidOperation:
        return False


def _scaled(text: str, factor: Decimal) -> str:
    """The amount in yuan; what is no amount stays as it is and is judged as such."""
    bare = plain(text).replace(",", "").removesuffix(TEN_THOUSAND_WORD)
    try:
        amount = Decimal(bare) * factor
    except InvalidOperation:
        return text
    return format(amount.normalize(), "f") if amount.is_finite() else text
