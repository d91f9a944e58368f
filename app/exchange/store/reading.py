"""A file that a unit gave back, read by the unit's own layout into records of one data item.

The same readers as for a reply in a unit's own layout; only that everybody in the file is taken,
so the list that it is held against is made of the file itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.exchange.layouts.layout import ID_NUMBER, LINE_NO, MISSING, NAME, UnitLayout
from app.exchange.layouts.own_file import Known, OwnFile, known_at, open_table, own_sheet, read_own
from app.exchange.medium.asked import AskedLine, AskedRequest
from app.exchange.medium.replies import ReplyLimits
from app.exchange.packing import as_json
from app.exchange.store.keeping import NewRecord
from app.intake.grids import Grid
from tenants.calendar import business_date
from tenants.catalogue import DataItem
from tenants.identity import id_number_fault, normalise_id_number
from tenants.messages import Fault, RowFault

LIMITS = ReplyLimits()
_NOBODY = "-"
_OUR_WORDS = {
    "own_not_asked": "store.id_wrong",
    "own_no_id": "store.no_id",
    "reply_hit_without_values": "store.no_values",
    "reply_yes_no_twice": "store.person_twice",
}
Chosen = Sequence[tuple[Grid, int, UnitLayout]]
"""The sheets to read, each with its heading row, from 0, and its layout."""


@dataclass(frozen=True)
class Returned:
    """What a file brings: records by number, or what is wrong with it, and then nothing."""

    records: tuple[NewRecord, ...]
    faults: tuple[RowFault, ...]
    faults_found: int

    @property
    def persons(self) -> int:
        """How many different people have a record."""
        return len({record.id_number for record in self.records})


def open_returned(data: bytes, name: str) -> OwnFile:
    """The tables of a file; raises the faults of the file, ``store.no_table`` among them."""
    own = open_table(data, name, None, LIMITS)
    if own is None or not own.sheets:
        raise Fault("store.no_table")
    return own


def sheets_of(own: OwnFile, known: Known, item: int) -> Chosen | None:
    """The sheets about this item; None while nobody has explained one of the sheets.

    Raises ``store.no_sheet`` when all are explained and none is about it.
    """
    found = [(grid, known_at(grid, known)) for grid in own.sheets]
    if any(at is None for _, at in found):
        return None
    chosen = [(grid, *at) for grid, at in found if at is not None and at[1].item == item]
    if not chosen:
        raise Fault("store.no_sheet", item=item)
    return chosen


def read_returned(own: OwnFile, chosen: Chosen, item: DataItem, as_of: date) -> Returned:
    """Every record of the file, typed by the catalogue, or its faults by row and column.

    ``as_of``: the day of rows that have none of their own. Raises the faults of the file.
    """
    read = [(grid, header, _of_everybody(layout)) for grid, header, layout in chosen]
    lines = _lines(read, item)
    asked = AskedRequest("", "", "", lines, {item.code: item})
    checked = read_own(own, read, asked, as_of, business_date(), LIMITS)
    records = tuple(
        NewRecord(
            lines[found.line_no].id_number,
            found.as_of,
            {name: as_json(value) for name, value in found.fields.items()},
        )
        for found in checked.records
    )
    if not records and not checked.faults_found:
        raise Fault("store.no_records")
    return Returned(records, tuple(map(_in_our_words, checked.faults)), checked.faults_found)


def _of_everybody(layout: UnitLayout) -> UnitLayout:
    """The layout without what only a list of ours can have: its line numbers and names."""
    places = {key: at for key, at in layout.places.items() if key not in (LINE_NO, NAME)}
    return replace(layout, places=places, absent=MISSING)


def _lines(chosen: Chosen, item: DataItem) -> Mapping[int, AskedLine]:
    """Everybody in the file whose number can be one, once; where nobody's can, a line of nobody, so
    that each row is told what is wrong with it."""
    numbers = dict.fromkeys(number for part in chosen for number in _numbers(*part))
    valid = [number for number in numbers if id_number_fault(number) is None] or [_NOBODY]
    return {n: AskedLine("", number, (item.code,)) for n, number in enumerate(valid, start=1)}


def _numbers(grid: Grid, header: int, layout: UnitLayout) -> Iterator[str]:
    place = layout.places[ID_NUMBER]
    for _, texts in own_sheet(grid, header).rows:
        if place < len(texts) and texts[place].strip():
            yield normalise_id_number(texts[place].strip())


def _in_our_words(fault: RowFault) -> RowFault:
    code = _OUR_WORDS.get(fault.code)
    return RowFault(fault.row, fault.column, code, fault.values) if code else fault
