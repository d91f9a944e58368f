"""What somebody wants printed, as ids: the same order is printed at once or by the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.accounts.actor import Actor
from app.prints import filing, gathering, names, periodic
from app.prints.papers.assessment import compose_assessment
from app.prints.papers.authorisation import compose_authorisation
from app.prints.papers.content import Entrusted, Household
from app.prints.papers.home_visit import compose_home_visit
from app.prints.papers.letter import compose_letter
from app.prints.papers.notice import compose_notice
from app.prints.papers.subject_list import compose_list
from app.prints.papers.summary import compose_summary
from app.report.paper.blocks import Draft
from tenants.calendar import business_date

NAMES = {
    "authorisations": names.AUTHORISATIONS,
    "notices": names.NOTICES,
    "home_visits": names.HOME_VISITS,
    "assessment": names.ASSESSMENT,
    "letter": names.LETTER,
    "list": names.SUBJECT_LIST,
    "summary": names.SUMMARY,
    "periodic_summary": names.PERIODIC_SUMMARY,
}
BY_HOUSEHOLD = frozenset({"authorisations", "notices", "home_visits"})
"""A sheet or more for each household; the others are one document over all of them."""
SHEETS_AT_ONCE = 60
ROWS_AT_ONCE = 400
"""Below these a print is there within two seconds (docs/measurements.md)."""


@dataclass(frozen=True)
class Order:
    """A paper for these households. ``number`` and ``on`` are those of a letter that is not
    entrusted yet."""

    paper: str
    cases: tuple[int, ...]
    entrustment: int = 0
    number: str = ""
    on: date | None = None

    def as_ids(self) -> dict[str, Any]:
        """For the row of the file that is to be made."""
        on = self.on.isoformat() if self.on else ""
        return {**vars(self), "cases": list(self.cases), "on": on}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Order":
        """The order that ``as_ids`` wrote."""
        on = date.fromisoformat(kept["on"]) if kept["on"] else None
        return cls(**{**kept, "cases": tuple(kept["cases"]), "on": on})

    def is_small(self, people: int) -> bool:
        """Whether it is printed before anybody would look at the clock."""
        if self.paper == "authorisations":
            return people <= SHEETS_AT_ONCE
        if self.paper in BY_HOUSEHOLD:
            return len(self.cases) <= SHEETS_AT_ONCE
        # The letter counts them and names nobody.
        return people <= (10 * ROWS_AT_ONCE if self.paper == "letter" else ROWS_AT_ONCE)


def drafts(order: Order, found: Sequence[Household], actor: Actor) -> list[Draft]:
    """The papers of these households of an order, composed."""
    match order.paper:
        case "authorisations":
            law = gathering.law(actor)
            return [compose_authorisation(h, person, law) for h in found for person in h.present]
        case "notices":
            law = gathering.law(actor)
            return [compose_notice(household, law) for household in found]
        case "home_visits":
            return [compose_home_visit(household) for household in found]
        case "assessment":
            return [_assessment(found)]
        case "letter":
            return [compose_letter(_entrusted(order, found, actor), gathering.law(actor))]
        case "list":
            return [compose_list(_entrusted(order, found, actor))]
        case "periodic_summary":
            return [periodic.draft_of(order.cases)]
        case _:
            ends = filing.ends_of(order.entrustment)
            return [compose_summary(_entrusted(order, found, actor), ends, business_date())]


def _entrusted(order: Order, found: Sequence[Household], actor: Actor) -> Entrusted:
    if order.entrustment:
        return gathering.entrusted(order.entrustment, tuple(found))
    return gathering.to_be_entrusted(tuple(found), order.number, order.on, actor)


def _assessment(found: Sequence[Household]) -> Draft:
    """The sheet is the desk's when all its households are, else the department's."""
    desks = {household.desk for household in found}
    place = desks.pop() if len(desks) == 1 else ""
    return compose_assessment(place or found[0].department, found[0].period, tuple(found))
