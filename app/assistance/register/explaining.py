"""The worker reads a load; where its headings are new, an operator first says what they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from app.accounts.actor import Actor
from app.assistance.register import names
from app.assistance.register.keeping import keep_rows
from app.assistance.register.layouts import (
    Found,
    find,
    proposed,
    remember,
    remembered_here,
    usual_place,
)
from app.assistance.register.loading import end, law, load_of
from app.assistance.register.messages import Fault, say
from app.assistance.register.models import RegisterLoad
from app.assistance.register.reading import Read, read_rows
from app.assistance.register.rules import (
    Layout,
    Totals,
    differences,
    doubled,
    has_amount,
    wanted_places,
)
from app.cases.lifecycle import Moved
from app.intake.grids import Opened
from app.intake.loads import FILE_KIND
from app.intake.sheet import open_file
from app.intake.showing import letter, shown_cell
from app.web.formats import money
from tenants import files
from tenants.calendar import business_date, instant
from tenants.database import db
from tenants.messages import RowFault
from tenants.outbox import post
from tenants.vault import vault

FAULTS_KEPT = 200
_SHOWN_ROWS, _SAMPLES = 6, 3
_LIKE_A_NAME = re.compile(r"[\u3400-\u9fff\u00b7]{2,8}")


def read(load_id: int) -> None:
    """Read the file of a load, once (the job's call).

    Headings that nobody explained wait for it; a fault of the file, or totals that are not those
    that were told, refuse the load; a fault in a row holds back that household.
    """
    found = load_of(load_id, lock=True)
    if found.standing not in ("reading", "columns") or found.file_id is None:
        return
    try:
        opened = _opened(found)
        sheet = find(opened, remembered_here())
        found.wants_columns = sheet is None
        if sheet is not None:
            _keep(found, read_rows(opened, sheet, business_date(), has_amount=_pays(found)))
    except Fault as fault:
        _refuse(found, [str(fault)])
    db.session.flush()


def _keep(found: RegisterLoad, rows: Read) -> None:
    told = Totals(found.told_households, found.told_persons, found.told_amount_fen)
    counts = _pays(found) and rows.counts_amount
    found.households, found.persons = rows.totals.households, rows.totals.persons
    found.amount_fen = rows.totals.amount_fen
    wrong = differences(told, rows.totals, counts_amount=counts)
    if wrong:
        _refuse(found, [_differs(*each) for each in wrong] + list(map(_placed, rows.faults)))
        return
    keep_rows(found.id, found.unit_id, rows.rows)
    found.held_households = rows.held["household_no"].n_unique()
    found.held_persons = rows.held.height
    found.read_at = instant()
    if rows.faults:
        _seal(found, list(map(_placed, rows.faults)))


def _differs(code: str, told: int, read: int) -> str:
    shown = money if code == "register.amount_differs" else str
    return say(code, told=shown(told), read=shown(read))


def _placed(fault: RowFault) -> str:
    return say("register.at", row=fault.row, column=fault.column, fault=fault)


def _refuse(found: RegisterLoad, faults: list[str]) -> None:
    _seal(found, faults)
    end(found, "refused")


def _seal(found: RegisterLoad, faults: list[str]) -> None:
    told = {"faults": faults[:FAULTS_KEPT], "total": len(faults)}
    found.faults_sealed = vault().seal("register_load", found.id, told)


def faults_of(found: RegisterLoad) -> tuple[list[str], int]:
    """What was wrong with the file or its rows, the first ones, and how many there were."""
    if found.faults_sealed is None:
        return [], 0
    told = vault().open("register_load", found.id, found.faults_sealed)
    return list(told["faults"]), int(told["total"])


def _pays(found: RegisterLoad) -> bool:
    return has_amount(law(), found.scheme)


def _opened(found: RegisterLoad) -> Opened:
    stored = files.read(found.file_id or 0, FILE_KIND)
    return open_file(stored.data, stored.name)


@dataclass(frozen=True)
class Waiting:
    """A load whose headings are to be explained, opened at its heading row."""

    load: RegisterLoad
    opened: Opened
    sheet: int
    row: int
    headings: tuple[str, ...]

    @property
    def below(self) -> pl.DataFrame:
        """The rows under the headings."""
        return self.opened.visible[self.sheet].frame.slice(self.row + 1)

    @property
    def row_options(self) -> list[tuple[int, str]]:
        """The rows that may hold the headings, as the spreadsheet counts them."""
        found = self.opened.visible[self.sheet].first_rows
        return [(n, say("register.row", row=n)) for n in range(1, len(found) + 1)]

    @property
    def sheet_options(self) -> list[tuple[int, str]]:
        """The visible sheets to choose from."""
        return [(n, grid.name or "") for n, grid in enumerate(self.opened.visible)]


def waiting_load(load_id: int, sheet: int | None, row: int | None) -> Waiting:
    """A load that waits for its columns, at the asked place or where its headings seem to be;
    ``LookupError`` for any other, and for a place that is not there. ``row`` counts from 1."""
    found = load_of(load_id)
    if found.standing != "columns":
        raise LookupError(f"load {load_id} does not wait for its columns")
    opened = _opened(found)
    usual = usual_place(opened)
    at = usual[0] if sheet is None else sheet
    line = (usual[1] if at == usual[0] else 0) if row is None else row - 1
    if not 0 <= at < len(opened.visible):
        raise LookupError(f"no sheet {at}")
    rows = opened.visible[at].first_rows
    if not 0 <= line < len(rows):
        raise LookupError(f"no row {line}")
    return Waiting(found, opened, at, line, tuple(cell or "" for cell in rows[line]))


@dataclass(frozen=True)
class Field:
    """One of our columns on the page: where it stands, examples, and what is wrong."""

    key: str
    place: int | None
    samples: tuple[str, ...]
    error: str = ""


def fields_of(waiting: Waiting, layout: Layout | None, errors: Mapping[str, str]) -> list[Field]:
    """Our columns, as said or as they seem to be; examples are masked."""
    places = layout.places if layout else proposed(waiting.headings)
    return [
        Field(key, places.get(key), _samples(waiting, key, places.get(key)), errors.get(key, ""))
        for key in names.KEYS
        if key != "amount" or _pays(waiting.load)
    ]


def _samples(waiting: Waiting, key: str, place: int | None) -> tuple[str, ...]:
    if place is None or f"c{place}" not in waiting.below.columns:
        return ()
    cells = waiting.below[f"c{place}"].str.strip_chars().replace("", None).drop_nulls()
    return tuple(shown_cell(cell, key) for cell in cells.head(_SAMPLES))


def shown_rows(waiting: Waiting) -> list[tuple[int, list[str]]]:
    """The first rows of the sheet, masked by what their columns seem to hold."""
    keys = {place: key for key, place in proposed(waiting.headings).items()}
    rows = waiting.opened.visible[waiting.sheet].first_rows[: waiting.row + 1 + _SHOWN_ROWS]
    return [
        (
            n,
            [
                _masked(cell or "", keys.get(at))
                if n > waiting.row + 1
                else shown_cell(cell or "", None)
                for at, cell in enumerate(cells)
            ],
        )
        for n, cells in enumerate(rows, start=1)
    ]


def _masked(cell: str, key: str | None) -> str:
    """A cell under the headings; of an unknown column, what may be a name counts as one."""
    if key is None and _LIKE_A_NAME.fullmatch(cell.strip()) and cell not in names.HEAD_WORDS:
        key = "name"
    return shown_cell(cell, key)


def layout_said(form: Mapping[str, str], waiting: Waiting) -> tuple[Layout, dict[str, str]]:
    """What the form says (``place-KEY``, ``amount_per``), and per column what is wrong."""
    said = {key: form.get(f"place-{key}", "") for key in names.KEYS}
    places = wanted_places(said, len(waiting.headings))
    needed = (*names.NEEDED, *(("amount",) if _pays(waiting.load) else ()))
    errors = {
        key: say("register.column_missing", column=names.HEADINGS[key])
        for key in needed
        if key not in places
    }
    for key, other in doubled(places, names.KEYS).items():
        shown = {"column": names.HEADINGS[key], "other": names.HEADINGS[other]}
        errors[key] = say("register.column_twice", **shown)
    per = form.get("amount_per", "")
    return Layout(places, per if per in names.AMOUNT_PER else "household"), errors


def explain(waiting: Waiting, layout: Layout, actor: Actor) -> Moved:
    """Keep what was said, for this and later files with the same headings; the file is read."""
    actor.must("register.load")
    found = load_of(waiting.load.id, lock=True)
    if found.standing != "columns":
        raise Fault("register.not_waiting")
    remember(waiting.headings, layout, actor)
    found.wants_columns = False
    db.session.flush()
    post("register.read", {"load_id": found.id}, account_id=actor.account_id)
    return Moved((found.id,))


def preview(waiting: Waiting, layout: Layout) -> Read:
    """What the sheet would bring, read so; nothing is written. Raises the file's faults."""
    sheet = waiting.opened.visible[waiting.sheet]
    found = Found(sheet, waiting.row, waiting.headings, layout)
    return read_rows(waiting.opened, found, business_date(), has_amount=_pays(waiting.load))


def letters(waiting: Waiting) -> list[str]:
    """The columns as a spreadsheet heads them."""
    return [letter(place) for place in range(len(waiting.headings))]
