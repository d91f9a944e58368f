"""What an intake desk sees of the objections that it took: its own words, and how far each is."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.cases.identity import Identity
from app.cases.models import Subject
from app.cases.paging import Page, Place, read_page
from app.cases.queries import Household, households_by_id
from app.objections.models import Objection
from app.objections.queries import about_title
from app.objections.words import Said, said_about
from tenants.database import any_of, db
from tenants.masking import mask_name
from tenants.vault import vault

# The desk's wall lets it read these columns only.
_SEEN = (
    *(Objection.id, Objection.number, Objection.state, Objection.rev, Objection.case_id),
    *(Objection.subject_id, Objection.about, Objection.said_on, Objection.due_on),
)


@dataclass(frozen=True)
class AtDesk:
    """One objection as its desk sees it; ``person`` masked, ``name`` whole for the receipt, and
    ``said`` what the desk may read."""

    id: int
    number: str
    state: str
    household: Household
    person: str
    name: str
    about: str
    said_on: dt.date
    due_on: dt.date
    said: tuple[Said, ...]

    @property
    def words(self) -> str:
        """What the person said, as the desk wrote it down."""
        return next((one.words for one in self.said if one.kind == "says"), "")

    @property
    def why_declined(self) -> str:
        """Why it is not taken; empty where it is."""
        return next((one.words for one in self.said if one.kind == "declined"), "")


def lodged(place: Place) -> Page[AtDesk]:
    """One page of the desk's objections, newest first."""
    page = read_page(select(Objection.id), Objection.id, place)
    return page.holding(tuple(_at_desk(Objection.id == any_of([row.id for row in page.rows]))))


def lodged_one(objection_id: int) -> AtDesk:
    """One of them; ``LookupError`` when this desk has none such."""
    found = _at_desk(Objection.id == objection_id)
    if not found:
        raise LookupError(f"no objection {objection_id}")
    return found[0]


def _at_desk(fits: ColumnElement[bool]) -> list[AtDesk]:
    rows = db.session.execute(select(*_SEEN).where(fits).order_by(Objection.id.desc())).all()
    cases = households_by_id({row.case_id for row in rows})
    said, people = said_about([row.id for row in rows]), _names([row.subject_id for row in rows])
    return [
        AtDesk(
            id=row.id,
            number=row.number,
            state=row.state,
            household=cases[row.case_id],
            person=mask_name(people[row.subject_id]),
            name=people[row.subject_id],
            about=about_title(row.about),
            said_on=row.said_on,
            due_on=row.due_on,
            said=tuple(said.get(row.id, ())),
        )
        for row in rows
    ]


def _names(subject_ids: list[int]) -> dict[int, str]:
    keys = vault()
    rows = db.session.scalars(select(Subject).where(Subject.id == any_of(subject_ids)))
    return {row.id: Identity.of(keys.open("subject", row.id, row.sealed)).name for row in rows}
