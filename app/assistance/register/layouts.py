"""How an export is laid out: known by its headings, or by what an operator said of them before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.assistance.register import names
from app.assistance.register.messages import Fault
from app.assistance.register.models import RegisterLayout
from app.assistance.register.rules import Layout
from app.intake.columns import plain_heading
from app.intake.grids import Grid, Opened
from app.intake.layout import fingerprinted
from tenants.calendar import instant
from tenants.database import db
from tenants.vault import vault

_BETWEEN = "\x1f"
_KEY_OF = {
    plain_heading(word): key
    for key in names.KEYS
    for word in (names.HEADINGS[key], *names.ALSO[key])
}
Remembered = Callable[[Sequence[str]], Layout | None]


@dataclass(frozen=True)
class Found:
    """The sheet, its heading row from 0, the headings and what they mean."""

    grid: Grid
    row: int
    headings: tuple[str, ...]
    layout: Layout


def find(opened: Opened, remembered: Remembered) -> Found | None:
    """The one visible sheet whose headings are understood; None when there is none such.

    Raises ``register.several_sheets`` when there are more than one with rows.
    """
    found = [one for grid in opened.visible if (one := _in_sheet(grid, remembered)) is not None]
    filled = [one for one in found if one.grid.frame.height > one.row + 1]
    if len(filled) > 1:
        raise Fault("register.several_sheets", count=len(filled))
    return next(iter(filled or found), None)


def _in_sheet(grid: Grid, remembered: Remembered) -> Found | None:
    for row, cells in enumerate(grid.first_rows):
        headings = tuple(cell or "" for cell in cells)
        layout = remembered(headings) or recognised(headings)
        if layout is not None:
            return Found(grid, row, headings, layout)
    return None


def recognised(headings: Sequence[str]) -> Layout | None:
    """The layout of headings that are understood by themselves; None without what is needed."""
    layout = Layout(proposed(headings))
    return layout if all(key in layout.places for key in names.NEEDED) else None


def proposed(headings: Sequence[str]) -> dict[str, int]:
    """Key → the first column whose heading is one of its words."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        key = _KEY_OF.get(plain_heading(heading))
        if key is not None:
            places.setdefault(key, place)
    return places


def usual_place(opened: Opened) -> tuple[int, int]:
    """(sheet, row) from 0 where the headings of a file that is not understood seem to be: with the
    most words of ours, else the fullest row."""
    rows = [
        (len(proposed([c or "" for c in cells])), sum(map(bool, cells)), -row, sheet)
        for sheet, grid in enumerate(opened.visible)
        for row, cells in enumerate(grid.first_rows)
    ]
    if not rows:
        raise Fault("register.no_sheet")
    best = max(rows)
    return best[3], -best[2]


def remembered_here() -> Remembered:
    """What operators of this agency said of heading rows before."""
    rows = db.session.execute(select(RegisterLayout.fingerprint, RegisterLayout.layout)).tuples()
    known = {bytes(mark): Layout(**layout) for mark, layout in rows}
    keys = vault() if known else None

    def remembered(headings: Sequence[str]) -> Layout | None:
        shown = fingerprinted(headings)
        if keys is None or len(shown) < len(names.NEEDED):
            return None
        return known.get(keys.look_up(_BETWEEN.join(shown)))

    return remembered


def remember(headings: Sequence[str], layout: Layout, actor: Actor) -> None:
    """Keep what was said, in place of what was said before of the same headings."""
    said = {
        "layout": {"places": dict(layout.places), "amount_per": layout.amount_per},
        "said_by": actor.account_id,
        "said_at": instant(),
    }
    mark = vault().look_up(_BETWEEN.join(fingerprinted(headings)))
    row = insert(RegisterLayout).values(fingerprint=mark, **said)
    columns = [RegisterLayout.agency_id, RegisterLayout.fingerprint]
    db.session.execute(row.on_conflict_do_update(index_elements=columns, set_=said))
