"""The layouts of a unit: found by the headings of a sheet, kept in versions."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, insert, select

from app.accounts.actor import Actor
from app.audit import service as audit
from app.exchange.layouts.layout import UnitLayout
from app.exchange.layouts.models import ReplyLayout
from app.intake.layout import fingerprinted
from tenants.calendar import instant
from tenants.database import db, take_ids
from tenants.vault import vault

Known = Callable[[Sequence[str]], UnitLayout | None]
"""The layout of a heading row, if somebody explained it."""

_BETWEEN = "\x1f"
_MOST = 500


def known_of(unit_id: int) -> Known:
    """What was said of this unit's heading rows; the last word on each holds."""
    rows = db.session.scalars(
        select(ReplyLayout).where(ReplyLayout.unit_id == unit_id).order_by(ReplyLayout.version)
    )
    kept = {bytes(row.fingerprint): _layout(row) for row in rows}
    keys = vault() if kept else None

    def known(headings: Sequence[str]) -> UnitLayout | None:
        shown = fingerprinted(headings)
        if keys is None or len(shown) < 2:
            return None
        return kept.get(keys.look_up(_BETWEEN.join(shown)))

    return known


def remember(unit_id: int, headings: Sequence[str], layout: UnitLayout, actor: Actor) -> int:
    """Keep what was said as the next version, and give its id; the audit trail tells who."""
    fingerprint = vault().look_up(_BETWEEN.join(fingerprinted(headings)))
    before = select(func.coalesce(func.max(ReplyLayout.version), 0)).where(
        ReplyLayout.unit_id == unit_id, ReplyLayout.fingerprint == fingerprint
    )
    version = (db.session.scalar(before) or 0) + 1
    (layout_id,) = take_ids(1)
    db.session.execute(
        insert(ReplyLayout)
        .inline()
        .values(
            id=layout_id,
            unit_id=unit_id,
            fingerprint=fingerprint,
            version=version,
            item=layout.item,
            layout=layout.as_json(),
            said_by=actor.account_id,
            said_at=instant(),
        )
    )
    audit.record(
        actor.account_id,
        "reply_layout.save",
        kind="unit",
        subject_id=unit_id,
        item=layout.item,
        version=version,
    )
    return layout_id


def layouts_of(unit_id: int) -> list[ReplyLayout]:
    """Every version of a unit's layouts, newest first; of all units for 0."""
    query = select(ReplyLayout).order_by(ReplyLayout.id.desc()).limit(_MOST)
    if unit_id:
        query = query.where(ReplyLayout.unit_id == unit_id)
    return list(db.session.scalars(query))


def _layout(row: ReplyLayout) -> UnitLayout:
    return UnitLayout(**row.layout, id=row.id)
