"""How each sender's sheets are laid out, remembered: a heading row's fingerprint → its layout.

Nothing private is kept: places, units, official words, and a keyed hash of the headings.
"""

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert

from app.accounts.actor import Actor
from app.intake.layout import Headings, Layout, Remembered
from app.intake.models import ListLayout
from tenants.calendar import instant
from tenants.database import db
from tenants.vault import vault

_BETWEEN = "\x1f"
_MOST = 200


def remembered_by(actor: Actor) -> Remembered:
    """What this desk or department said of its heading rows before."""
    rows = db.session.scalars(
        select(ListLayout).where(_own(actor)).order_by(ListLayout.id.desc()).limit(_MOST)
    )
    known = {bytes(row.fingerprint): _layout(row) for row in rows}
    keys = vault() if known else None

    def remembered(headings: Headings) -> Layout | None:
        return known.get(keys.look_up(_BETWEEN.join(headings))) if keys else None

    return remembered


def remember(layout: Layout, headings: Headings, actor: Actor) -> int:
    """Keep what was said, in place of what was said before of the same headings; returns its id."""
    said = {
        "layout": {
            "places": dict(layout.places),
            "in_ten_thousand": sorted(layout.in_ten_thousand),
            "fixed": dict(layout.fixed),
        },
        "said_by": actor.account_id,
        "said_at": instant(),
    }
    row = insert(ListLayout).values(
        unit_id=actor.unit_id,
        desk_id=actor.desk_id,
        fingerprint=vault().look_up(_BETWEEN.join(headings)),
        **said,
    )
    kept = row.on_conflict_do_update(
        index_elements=[
            ListLayout.agency_id,
            ListLayout.unit_id,
            ListLayout.desk_id,
            ListLayout.fingerprint,
        ],
        set_=said,
    ).returning(ListLayout.id)
    return db.session.execute(kept).scalar_one()


def _own(actor: Actor) -> ColumnElement[bool]:
    return (ListLayout.unit_id == actor.unit_id) & (ListLayout.desk_id == actor.desk_id)


def _layout(row: ListLayout) -> Layout:
    said = row.layout
    return Layout(
        places=said["places"],
        in_ten_thousand=frozenset(said["in_ten_thousand"]),
        fixed=said["fixed"],
        id=row.id,
    )
