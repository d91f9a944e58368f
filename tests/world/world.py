"""The opened world: who and what is where, for tests and for the demonstration."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.actor import Actor
from tests.world.households import Household, households
from tests.world.plan import AgencyPlan, Answers, MonthPlan


@dataclass(frozen=True)
class Person:
    """Somebody with an account. ``kind`` is the account's: staff, department, desk, liaison."""

    name: str
    also: str
    login: str
    kind: str
    actor: Actor

    @property
    def account_id(self) -> int:
        return self.actor.account_id

    @property
    def agency_id(self) -> int:
        return self.actor.agency_id


@dataclass(frozen=True)
class UnitHere:
    """A unit as it was opened; ``items`` and ``answers`` matter to sharing units only."""

    id: int
    agency_id: int
    kind: str
    name: str
    department_id: int | None = None
    items: tuple[int, ...] = ()
    answers: Answers = "in_time"


@dataclass(frozen=True)
class World:
    """Everything opened, by the names that people use."""

    month: MonthPlan
    agencies: Mapping[str, AgencyPlan]
    people: Mapping[str, Person]
    units: Mapping[str, UnitHere]

    @property
    def password(self) -> str:
        """The one password of all demonstration accounts."""
        return self.month.password

    @property
    def households(self) -> tuple[Household, ...]:
        return households()

    def agency(self, region_name: str) -> AgencyPlan:
        """The agency of a region; ``KeyError`` when there is none."""
        return self.agencies[region_name]

    def person(self, name: str) -> Person:
        """Somebody by name, or by what colleagues call them; ``KeyError`` for a stranger."""
        also = {person.also: person for person in self.people.values() if person.also}
        return also.get(name) or self.people[name]

    def actor(self, name: str) -> Actor:
        """The person as a verb wants them."""
        return self.person(name).actor

    def unit(self, name: str) -> UnitHere:
        """A department, an intake desk or a sharing unit; ``KeyError`` when there is none."""
        return self.units[name]

    def household(self, name: str) -> Household:
        """The household with this member; ``KeyError`` when there is none."""
        return {s.name: household for household in households() for s in household.subjects}[name]

    def people_of(self, region_name: str, role: str) -> tuple[Person, ...]:
        """Who holds a role in an agency or its units, in the order of the plan."""
        agency_id = self.agency(region_name).id
        return tuple(
            person
            for person in self.people.values()
            if person.agency_id == agency_id and role in person.actor.roles
        )

    def liaison_of(self, unit: str) -> Person | None:
        """The liaison of a sharing unit; None when its discs are carried by hand."""
        here = self.unit(unit)
        found = (p for p in self.people.values() if p.kind == "liaison")
        return next((p for p in found if p.actor.unit_id == here.id), None)
