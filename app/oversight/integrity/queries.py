"""Reads of the pages of 诚信登记: the list, one entry, a look-up by number."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.cases.paging import Page, Place, read_page
from app.oversight.integrity.models import IntegrityEntry
from app.oversight.integrity.rules import is_shown
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.masking import mask_id_number, mask_name
from tenants.vault import vault

LISTS = ("open", "shown", "ended")
_UNDER_WAY = ("proposed", "confirmed", "suspended")


@dataclass(frozen=True)
class Person:
    """Whom an entry is about, whole or masked, and for what."""

    name: str
    document: str
    facts: str

    def masked(self, about: str) -> "Person":
        """As a screen shows it; an organisation's name is nobody's secret."""
        name = self.name if about == "organisation" else mask_name(self.name)
        return Person(name, mask_id_number(self.document), "")


@dataclass(frozen=True)
class Listed:
    """One line of the record; the person masked."""

    row: IntegrityEntry
    person: Person
    is_shown: bool


def condition(which: str) -> ColumnElement[bool]:
    """The entries of one list."""
    counts = (IntegrityEntry.state == "in_force") & (IntegrityEntry.ends_on >= business_date())
    if which == "shown":
        return counts
    under_way = IntegrityEntry.state.in_(_UNDER_WAY)
    return under_way if which == "open" else ~under_way & ~counts


def counts() -> dict[str, int]:
    """How many each list holds, in one statement."""
    columns = [func.count().filter(condition(name)).label(name) for name in LISTS]
    return dict(db.session.execute(select(*columns).select_from(IntegrityEntry)).one()._mapping)


def rows(which: str, place: Place) -> Page[Listed]:
    """One page of the record, newest first."""
    query = select(IntegrityEntry.id).where(condition(which))
    page = read_page(query, IntegrityEntry.id, place)
    ids = any_of([row.id for row in page.rows])
    return page.holding(tuple(_listed(IntegrityEntry.id == ids)))


def in_force_about(document: str) -> list[Listed]:
    """What counts today about whoever has this number, at this agency; by keyed hash."""
    same = IntegrityEntry.id_hash == vault().look_up(document)
    return _listed(same & condition("shown"))


def person_of(row: IntegrityEntry) -> Person:
    """Whom it is about, whole; the look has been audited by then."""
    return Person(**vault().open("integrity_entry", row.id, row.sealed))


def _listed(fits: ColumnElement[bool]) -> list[Listed]:
    today = business_date()
    query = select(IntegrityEntry).where(fits).order_by(IntegrityEntry.id.desc())
    return [_line(row, today) for row in db.session.scalars(query)]


def _line(row: IntegrityEntry, today: dt.date) -> Listed:
    shown = is_shown(row.state, row.ends_on, today)
    return Listed(row, person_of(row).masked(row.about), shown)
