"""列对应: a sheet whose headings are not understood, and what a person says of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from app.intake.columns import BY_KEY, COLUMNS
from app.intake.grids import Grid, Opened
from app.intake.header import Header, header_as, heading_rows, recognised, remembered_header
from app.intake.layout import Layout, Remembered, own_places
from app.intake.proposing import fixable, needed, propose
from app.intake.showing import letter, shown_cell
from tenants.messages import Fault, say

_SHOWN_ROWS = 8
_SAMPLES = 3
_FEWEST_COLUMNS = 5
YUAN, TEN_THOUSAND_YUAN = "yuan", "wan"
_EXPLAINED = frozenset(
    {
        "list_no_header",
        "list_columns_missing",
        "list_columns_twice",
        "list_column_unit",
        "list_several_sheets",
    }
)


@dataclass(frozen=True)
class Place:
    """Which row of which visible sheet holds the headings; both counted from 0."""

    sheet: int
    row: int


@dataclass(frozen=True)
class Field:
    """One of our columns on the page: where it stands, in which unit, or what holds for all."""

    key: str
    place: int | None = None
    is_ten_thousand: bool = False
    fixed: str = ""
    samples: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Explained:
    """What the page shows of a waiting file: sheets, the first rows masked, our columns."""

    sheets: tuple[str, ...]
    place: Place
    letters: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    searched: tuple[int, ...]
    fields: tuple[Field, ...]

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the control that it is about."""
        return [(f"place-{field.key}", field.error) for field in self.fields if field.error]

    @property
    def sheet_options(self) -> list[tuple[int, str]]:
        """The visible sheets to choose from."""
        return list(enumerate(self.sheets))

    @property
    def row_options(self) -> list[tuple[int, str]]:
        """The rows that may hold the headings."""
        return [(row, say("layout_row", row=row)) for row in self.searched]


def can_be_explained(fault: Fault, opened: Opened) -> bool:
    """Whether a person could say what the columns are, instead of being told of the fault."""
    return fault.code in _EXPLAINED and any(map(_is_a_table, opened.visible))


def _is_a_table(grid: Grid) -> bool:
    return grid.frame.width > _FEWEST_COLUMNS and grid.frame.height > 1


def usual_place(opened: Opened, remembered: Remembered) -> Place:
    """Where the headings seem to be: remembered, most of ours, or the first full row."""
    best = max(range(len(opened.visible)), key=lambda sheet: _fit(opened.visible[sheet]))
    rows = opened.visible[best].first_rows
    if known := remembered_header(rows, remembered):
        return Place(best, known.row)
    row = max(heading_rows(rows), key=lambda found: (recognised(found[1]), _filled(found[1])))[0]
    return Place(best, row)


def _fit(grid: Grid) -> tuple[int, int]:
    found = max((recognised(texts) for _, texts in heading_rows(grid.first_rows)), default=0)
    return found, grid.frame.width


def _filled(texts: tuple[str, ...]) -> int:
    return len({text for text in texts if text.strip() and not text.strip().isdigit()})


def header_at(opened: Opened, place: Place, layout: Layout) -> tuple[Grid, Header]:
    """The sheet, and the chosen row as its headings; ``Fault("choice_malformed")`` outside it."""
    try:
        grid = opened.visible[place.sheet]
        texts = [texts for row, texts in heading_rows(grid.first_rows) if row == place.row][-1]
    except IndexError as error:
        raise Fault("choice_malformed") from error
    return grid, header_as(place.row, texts, layout)


def explain(
    opened: Opened, place: Place, layout: Layout | None, errors: Mapping[str, str]
) -> Explained:
    """The page of one file; without a ``layout`` the columns are proposed."""
    grid, header = header_at(opened, place, layout or Layout({}))
    below = grid.frame.slice(place.row + 1)
    told = layout or propose(header.texts, below)
    _, header = header_at(opened, place, told)
    private = {at: key for key, at in header.places.items()}
    width = len(header.texts)
    rows = grid.first_rows
    return Explained(
        sheets=tuple(sheet.name or "" for sheet in opened.visible),
        place=place,
        letters=tuple(letter(at) for at in range(width)),
        headings=header.texts,
        rows=tuple(
            (
                number,
                tuple(_shown(cells, at, private, number > place.row + 1) for at in range(width)),
            )
            for number, cells in list(enumerate(rows, start=1))[: place.row + 1 + _SHOWN_ROWS]
        ),
        searched=tuple(range(1, len(rows) + 1)),
        fields=tuple(
            _field(column.key, told, header, below, errors.get(column.key, ""))
            for column in COLUMNS
            if column.kind != "number"
        ),
    )


def _shown(cells: tuple[str | None, ...], at: int, private: Mapping[int, str], is_row: bool) -> str:
    return shown_cell(cells[at] or "", private.get(at) if is_row else None)


def _field(key: str, layout: Layout, header: Header, below: pl.DataFrame, error: str) -> Field:
    at = header.places.get(key)
    samples: tuple[str, ...] = ()
    if at is not None and f"c{at}" in below.columns:
        cells = below[f"c{at}"].str.strip_chars().replace("", None).drop_nulls().head(_SAMPLES)
        samples = tuple(shown_cell(cell, key) for cell in cells)
    return Field(
        key=key,
        place=at,
        is_ten_thousand=key in layout.in_ten_thousand,
        fixed=layout.fixed.get(key, ""),
        samples=samples,
        error=error,
    )


def layout_said(form: Mapping[str, str], texts: tuple[str, ...]) -> tuple[Layout, dict[str, str]]:
    """What the form says of the columns, and per column what is wrong with that.

    Fields: ``place-KEY`` (place in the row, or ``""``), ``unit-KEY``, ``fixed-KEY``. A choice
    that the page never offered raises ``Fault("choice_malformed")``.
    """
    own = own_places(texts)
    places: dict[str, int] = {}
    fixed: dict[str, str] = {}
    thousands: set[str] = set()
    errors: dict[str, str] = {}
    for key, column in BY_KEY.items():
        chosen, same = form.get(f"place-{key}", ""), form.get(f"fixed-{key}", "")
        if chosen:
            places[key] = _place_in(own, chosen)
            if column.kind == "money" and form.get(f"unit-{key}") == TEN_THOUSAND_YUAN:
                thousands.add(key)
        elif same:
            if same not in fixable(key):
                raise Fault("choice_malformed")
            fixed[key] = same
    layout = Layout(places, frozenset(thousands), fixed)
    for key in needed(layout):
        code = "layout_column_or_word" if fixable(key) else "layout_column_missing"
        errors[key] = say(code, column=BY_KEY[key].header)
    for key, place in places.items():
        kind = BY_KEY[key].kind
        # One column may say of both places where they are; nothing else is said twice.
        others = [
            other
            for other, at in places.items()
            if at == place and other != key and not kind == BY_KEY[other].kind == "region"
        ]
        if others and others[0] in errors:
            continue
        if others:
            errors[key] = say(
                "layout_column_twice",
                column=BY_KEY[key].header,
                letter=letter(own[place]),
                other=BY_KEY[others[0]].header,
            )
    return layout, errors


def _place_in(own: list[int], chosen: str) -> int:
    offered = {str(place): place for place in own}
    if chosen not in offered:
        raise Fault("choice_malformed")
    return own.index(offered[chosen])
