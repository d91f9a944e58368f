"""What the pages about changes of the map show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.map_changes.messages import say
from app.web.formats import written_day
from tenants.agency.changes import AgencyChange, concerning
from tenants.agency.models import Agency
from tenants.agency.tree import ancestors_of, descendants_of
from tenants.database import db

AHEAD, AFTER = dt.timedelta(days=30), dt.timedelta(days=14)
"""How long before and after its day a change stands on the home pages."""


@dataclass(frozen=True)
class Change:
    """A change with the names of its agencies, and as one sentence."""

    row: AgencyChange
    agency: str
    before: str
    after: str
    words: str


def changes_seen_by(agency_id: int, day: dt.date) -> list[Change]:
    """The changes of the tree that this agency is part of, the latest first."""
    tree = {agency_id, *(found.id for found in ancestors_of(agency_id, day))}
    tree |= {found.id for found, _ in descendants_of(agency_id, day)}
    return _named(concerning(tree))


def change_seen_by(agency_id: int, change_id: int, day: dt.date) -> Change:
    """One of them; ``LookupError`` when there is none such."""
    found = (change for change in changes_seen_by(agency_id, day) if change.row.id == change_id)
    change = next(found, None)
    if change is None:
        raise LookupError(f"no change {change_id} of the map")
    return change


def changes_around(agency_id: int, day: dt.date) -> list[Change]:
    """The confirmed changes of this agency or its parents around their day, for its home page."""
    columns = (AgencyChange.agency_id, AgencyChange.before_id, AgencyChange.after_id)
    query = select(AgencyChange).where(
        or_(*(column == agency_id for column in columns)),
        AgencyChange.since.between(day - AFTER, day + AHEAD),
        AgencyChange.confirmed_at.is_not(None),
        AgencyChange.is_void.is_(False),
    )
    return _named(db.session.scalars(query.order_by(AgencyChange.since)).all())


def _named(rows: Sequence[AgencyChange]) -> list[Change]:
    ids = {id_ for row in rows for id_ in (row.agency_id, row.before_id, row.after_id)}
    names: dict[int, str] = {}
    if ids:
        query = select(Agency.id, Agency.name).where(Agency.id.in_(ids))
        names = dict(db.session.execute(query).tuples().all())
    return [_change(row, names) for row in rows]


def _change(row: AgencyChange, names: dict[int, str]) -> Change:
    here = row.old_name or names[row.agency_id]
    before, after = names.get(row.before_id, ""), names.get(row.after_id, "")
    values = {"name": here, "before": before, "after": after, "new_name": row.new_name}
    since = written_day(row.since)
    words = say(f"map.words.{row.kind}", since=since, document=row.document, **values)
    return Change(row, here, before, after, words)
