"""Reads of the register: who is in it, what it holds in all, and what changed from day to day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlalchemy.orm import aliased

from app.assistance.register.keeping import TABLE
from app.assistance.register.models import AssistedPerson, RegisterLoad
from app.cases.paging import Page, Place, read_page
from tenants.database import db
from tenants.masking import mask_id_number
from tenants.vault import vault

DAYS_SHOWN = 31


@dataclass(frozen=True)
class Filter:
    """Which people a list shows; 0 and "" mean all."""

    scheme: str = ""
    desk_id: int = 0
    source: str = ""
    show: str = "current"

    def condition(self) -> ColumnElement[bool]:
        """The filter as a condition on the register."""
        p = AssistedPerson
        is_left = p.valid_to.is_not(None) & (p.ended_why != "changed")
        parts: list[ColumnElement[bool]] = [
            p.valid_to.is_(None) if self.show == "current" else is_left
        ]
        if self.scheme:
            parts.append(p.scheme == self.scheme)
        if self.desk_id:
            parts.append(p.desk_id == self.desk_id)
        if self.source:
            parts.append(p.source == self.source)
        return and_(*parts)


@dataclass(frozen=True)
class Listed:
    """One person as a list shows them; the number is masked."""

    row: AssistedPerson
    name: str
    id_number: str
    household_no: str
    township: str


@dataclass(frozen=True)
class Standing:
    """What the register holds today of one scheme: counts, and a month's amount (fen)."""

    scheme: str
    households: int
    persons: int
    amount_fen: int


@dataclass(frozen=True)
class DayCount:
    """How many people a day added, lost and changed."""

    day: dt.date
    added: int
    left: int
    changed: int


@dataclass(frozen=True)
class Changed:
    """One person of a day's difference: added, left or changed, as it was and as it is."""

    kind: str
    shown: Listed
    before_fen: int | None
    after_fen: int | None


def persons(chosen: Filter, place: Place) -> Page[Listed]:
    """A page of the register, the latest rows first."""
    query = select(AssistedPerson).where(chosen.condition())
    page = read_page(query, AssistedPerson.id, place)
    return page.holding(tuple(listed(row[0] for row in page.rows)))


def listed(rows: Iterable[AssistedPerson]) -> list[Listed]:
    """Rows opened for a screen."""
    keys = vault()
    found = []
    for row in rows:
        told = keys.open(TABLE, row.id, row.sealed)
        number = mask_id_number(told["id_number"])
        found.append(Listed(row, told["name"], number, told["household_no"], told["township"]))
    return found


_STANDING = text("""
SELECT h.scheme, count(*) AS households, sum(h.persons) AS persons,
       coalesce(sum(h.amount_fen), 0) AS amount_fen
FROM (SELECT scheme, household_key, count(*) AS persons, max(amount_fen) AS amount_fen
      FROM assisted_person WHERE valid_to IS NULL GROUP BY scheme, household_key) h
GROUP BY h.scheme ORDER BY h.scheme
""")


def standing() -> list[Standing]:
    """What the register of this scope holds today; a household's amount counts once."""
    rows = db.session.execute(_STANDING)
    return [Standing(r.scheme, r.households, int(r.persons), int(r.amount_fen)) for r in rows]


_DAYS = text("""
WITH begun AS (
  SELECT valid_from AS day, scheme, person_hash, content_hash FROM assisted_person
  WHERE valid_from >= :since AND (valid_to IS NULL OR valid_to > valid_from)
), ended AS (
  SELECT valid_to AS day, scheme, person_hash, content_hash FROM assisted_person
  WHERE valid_to >= :since AND valid_to > valid_from
)
SELECT day,
       count(*) FILTER (WHERE e.person_hash IS NULL) AS added,
       count(*) FILTER (WHERE b.person_hash IS NULL) AS left,
       count(*) FILTER (WHERE b.content_hash <> e.content_hash) AS changed
FROM begun b FULL JOIN ended e USING (day, scheme, person_hash)
GROUP BY day
HAVING count(*) FILTER (WHERE e.content_hash IS DISTINCT FROM b.content_hash) > 0
ORDER BY day DESC LIMIT :most
""")


def days(today: dt.date) -> list[DayCount]:
    """The days of the last month on which the register changed, the newest first."""
    values = {"since": today - dt.timedelta(days=DAYS_SHOWN), "most": DAYS_SHOWN}
    rows = db.session.execute(_DAYS, values)
    return [DayCount(row.day, row.added, row.left, row.changed) for row in rows]


def difference(day: dt.date, place: Place) -> Page[Changed]:
    """The register at the end of ``day`` against the end of the day before, person by person."""
    p = AssistedPerson
    begun = select(p).where(p.valid_from == day, or_(p.valid_to.is_(None), p.valid_to > day))
    ended = select(p).where(p.valid_to == day, p.valid_from < day)
    new, old = aliased(p, begun.subquery()), aliased(p, ended.subquery())
    same = (new.scheme == old.scheme) & (new.person_hash == old.person_hash)
    which: ColumnElement[int] = func.coalesce(new.id, old.id)
    query = (
        select(which.label("id"), new, old)
        .select_from(new)
        .join(old, same, full=True)
        .where(new.content_hash.is_distinct_from(old.content_hash))
    )
    page = read_page(query, which, place, ascending=True)
    return page.holding(tuple(map(_changed, page.rows)))


def _changed(row: Any) -> Changed:
    new, old = row[1], row[2]
    kind = "added" if old is None else "left" if new is None else "changed"
    shown = listed([new or old])[0]
    return Changed(kind, shown, old and old.amount_fen, new and new.amount_fen)


def loads(place: Place) -> Page[RegisterLoad]:
    """A page of loads, the newest first."""
    page = read_page(select(RegisterLoad), RegisterLoad.id, place)
    return page.holding(tuple(row[0] for row in page.rows))
