"""栏目说明: what a person says of the columns of a unit's file, and the page that asks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from app.exchange.layouts.layout import (
    ID_NUMBER,
    IGNORED,
    NAME,
    YUAN,
    UnitLayout,
    choices_of,
    keys_of,
    money_keys,
)
from app.exchange.layouts.own_file import Known, OwnFile, known_at
from app.exchange.layouts.proposing import best_item, propose, words_in
from app.intake.grids import Grid
from app.intake.showing import letter, shown_cell
from tenants.catalogue import DataItem
from tenants.messages import Fault, say

_SHOWN_ROWS = 8
_PRIVATE = {NAME: "name", ID_NUMBER: "id_number"}


@dataclass(frozen=True)
class Place:
    """One sheet of the file and its heading row, both from 0, and the item that it answers."""

    sheet: int
    row: int
    item: int


@dataclass(frozen=True)
class Line:
    """One of our columns on the page: where it stands, and what its words mean."""

    key: str
    title: str
    place: int | None
    is_money: bool
    unit: str
    choices: tuple[str, ...]
    meanings: tuple[tuple[str, str], ...]
    error: str = ""


@dataclass(frozen=True)
class Page:
    """What the page shows: the sheet's first rows masked, and our columns to be found in it."""

    sheets: tuple[str, ...]
    explained: tuple[bool, ...]
    place: Place
    letters: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    searched: int
    lines: tuple[Line, ...]
    layout: UnitLayout
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the control that it is about."""
        return [(key, error) for key, error in self.errors.items()]


def usual_place(own: OwnFile, known: Known, items: Mapping[int, DataItem]) -> Place:
    """The first sheet that nobody explained, its likely headings, and the item it resembles."""
    sheet = next((n for n, grid in enumerate(own.sheets) if known_at(grid, known) is None), 0)
    return place_of(own, sheet, None, None, known, items)


def place_of(
    own: OwnFile,
    sheet: int,
    row: int | None,
    item: int | None,
    known: Known,
    items: Mapping[int, DataItem],
) -> Place:
    """A sheet with the heading row and item asked for, else as they seem.

    Raises ``Fault("choice_malformed")`` for what the page never offered.
    """
    if not 0 <= sheet < len(own.sheets) or (item not in (None, IGNORED) and item not in items):
        raise Fault("choice_malformed")
    grid = own.sheets[sheet]
    found = known_at(grid, known)
    if row is None:
        row = found[0] if found else _fullest(grid)
    if not 0 <= row < len(grid.first_rows):
        raise Fault("choice_malformed")
    if item is None:
        texts = headings_at(grid, row)
        item = found[1].item if found else best_item(texts, grid.name or "", [*items.values()]).code
    return Place(sheet, row, item)


def headings_at(grid: Grid, row: int) -> tuple[str, ...]:
    """The heading row's texts."""
    return tuple(cell or "" for cell in grid.first_rows[row])


def _fullest(grid: Grid) -> int:
    """The first row with as many words, not figures, as any."""

    def fit(row: int) -> int:
        cells = {c.strip() for c in headings_at(grid, row) if c.strip()}
        return sum(not any(sign.isdigit() for sign in cell) for cell in cells)

    return max(range(len(grid.first_rows)), key=lambda row: (fit(row), -row))


def page_of(
    own: OwnFile,
    place: Place,
    known: Known,
    items: Mapping[int, DataItem],
    said: UnitLayout | None = None,
    errors: Mapping[str, str] | None = None,
) -> Page:
    """The page of one sheet: as ``said``, as explained before, or as it seems."""
    grid = own.sheets[place.sheet]
    headings = headings_at(grid, place.row)
    below = grid.frame.slice(place.row + 1)
    layout = said or _usual(grid, place, known, items, headings, below)
    private = {at: _PRIVATE.get(key) for key, at in layout.places.items()}
    shown = range(min(len(grid.first_rows), place.row + 1 + _SHOWN_ROWS))
    return Page(
        sheets=tuple(sheet.name or say("own_csv") for sheet in own.sheets),
        explained=tuple(known_at(sheet, known) is not None for sheet in own.sheets),
        place=place,
        letters=tuple(map(letter, range(len(headings)))),
        headings=headings,
        rows=tuple(
            (
                n + 1,
                tuple(
                    shown_cell(cell or "", private.get(at) if n > place.row else None)
                    for at, cell in enumerate(grid.first_rows[n])
                ),
            )
            for n in shown
        ),
        searched=len(grid.first_rows),
        lines=_lines(layout, items.get(place.item), below),
        layout=layout,
        errors=errors or {},
    )


def _usual(
    grid: Grid,
    place: Place,
    known: Known,
    items: Mapping[int, DataItem],
    headings: Sequence[str],
    below: pl.DataFrame,
) -> UnitLayout:
    if place.item == IGNORED:
        return UnitLayout(IGNORED)
    found = known_at(grid, known)
    if found and found[0] == place.row and found[1].item == place.item:
        return found[1]
    return propose(headings, below, items[place.item])


def _lines(layout: UnitLayout, item: DataItem | None, below: pl.DataFrame) -> tuple[Line, ...]:
    if item is None:
        return ()
    money = money_keys(item)
    return tuple(
        Line(
            key=key,
            title=title,
            place=layout.places.get(key),
            is_money=key in money,
            unit=layout.units.get(key, YUAN),
            choices=tuple(choices_of(item, key)),
            meanings=_words(layout, key, below) if choices_of(item, key) else (),
        )
        for key, title in keys_of(item)
    )


def _words(layout: UnitLayout, key: str, below: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    """The words that stand in the column, and those explained before, each with its meaning."""
    said = layout.meanings.get(key, {})
    place = layout.places.get(key)
    found = words_in(below, place) if place is not None else []
    return tuple((word, said.get(word, "")) for word in dict.fromkeys([*found, *said]))
