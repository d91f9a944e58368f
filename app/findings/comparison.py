"""Declared against found, once, over all tiers, with the scheme's limits: pure arithmetic.

A row says what was declared, what was found and how both stand to the limit. It is never a
verdict: a person looks at it (DESIGN §3.8). Money is fen per month or as of a day; limits on
money are per counted person, limits on things per household.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tenants.catalogue import Catalogue, MeasureName, figure_of, figures
from tenants.rulebook import Limits

Records = Mapping[int, Sequence[Mapping[str, object]]]
"""Item code → the records found about one person."""

MONEY = (MeasureName.MONTHLY_INCOME, MeasureName.DEPOSITS)

_DECLARED_AS = {
    MeasureName.MONTHLY_INCOME: "monthly_income_fen",
    MeasureName.DEPOSITS: "deposits_fen",
    MeasureName.HOUSES: "houses",
    MeasureName.VEHICLES: "vehicles",
    MeasureName.BUSINESSES: "businesses",
}


@dataclass(frozen=True)
class Person:
    """One subject: what was declared about it, what was found (and by which source), and whether
    it counts."""

    name: str
    role: str
    declared: Mapping[str, int | None]
    found: Records
    by_source: Mapping[int, Mapping[str, Sequence[Mapping[str, object]]]] = field(
        default_factory=dict
    )

    @property
    def is_counted(self) -> bool:
        """Support obligors are verified too but do not count as members of the household."""
        return self.role != "obligor"


@dataclass(frozen=True)
class Addend:
    """One addend of a sum: whose, from which data item, and how much (fen or a count)."""

    person: str
    item: int
    amount: int


@dataclass(frozen=True)
class Compared:
    """One measure of the counted household. ``found`` is None when nothing was found."""

    measure: MeasureName
    declared: int
    found: int | None
    addends: tuple[Addend, ...]
    persons: int
    limit: int | None

    @property
    def is_money(self) -> bool:
        return self.measure in MONEY

    @property
    def per_person(self) -> int:
        """The larger of declared and found, for each counted person (fen, rounded down)."""
        return max(self.declared, self.found or 0) // self.persons

    @property
    def exceeds_declared(self) -> bool:
        """Whether more was found than was declared."""
        return (self.found or 0) > self.declared

    @property
    def exceeds_limit(self) -> bool:
        """Whether the household stands over the scheme's limit."""
        if self.limit is None:
            return False
        amount = self.per_person if self.is_money else max(self.declared, self.found or 0)
        return amount > self.limit


@dataclass(frozen=True)
class Disagreement:
    """Sources that should say the same amount of one person and do not: all are shown, none is
    chosen. ``measure`` is None where the item's figure is not compared; amounts are
    (item, source or "", fen)."""

    person: str
    measure: MeasureName | None
    amounts: tuple[tuple[int, str, int], ...]


def compare(people: Sequence[Person], limits: Limits, catalogue: Catalogue) -> tuple[Compared, ...]:
    """A row per measure, in the catalogue's order of measures."""
    counted = [person for person in people if person.is_counted]
    found = [(person, figures(catalogue, person.found)) for person in counted]
    rows = []
    for measure in MeasureName:
        addends = tuple(
            Addend(person.name, item, amount)
            for person, by_measure in found
            for item, amount in by_measure.get(measure, {}).items()
        )
        declared = sum(person.declared.get(_DECLARED_AS[measure]) or 0 for person in counted)
        total = sum(addend.amount for addend in addends) if addends else None
        rows.append(
            Compared(
                measure, declared, total, addends, max(len(counted), 1), _limit(limits, measure)
            )
        )
    return tuple(rows)


def _limit(limits: Limits, measure: MeasureName) -> int | None:
    names = {
        MeasureName.MONTHLY_INCOME: limits.monthly_income_fen,
        MeasureName.DEPOSITS: limits.deposits_fen,
        MeasureName.HOUSES: limits.houses,
        MeasureName.VEHICLES: limits.vehicles,
        MeasureName.BUSINESSES: limits.businesses,
    }
    return names[measure]


def disagreements(people: Sequence[Person], catalogue: Catalogue) -> tuple[Disagreement, ...]:
    """Items that report the same money of one person differently, then sources that do."""
    return tuple(
        found
        for person in people
        for found in (*_between_items(person, catalogue), *_between_sources(person, catalogue))
    )


def _between_items(person: Person, catalogue: Catalogue) -> list[Disagreement]:
    found = []
    for item, records in sorted(person.found.items()):
        for measure in catalogue.item(item).measures:
            own = figure_of(measure, records)
            for twin in measure.unless_found:
                other = _twin_figure(catalogue, person.found, twin, measure.measure)
                if own is not None and other is not None and own != other:
                    amounts = ((item, "", own), (twin, "", other))
                    found.append(Disagreement(person.name, measure.measure, amounts))
    return found


def _between_sources(person: Person, catalogue: Catalogue) -> list[Disagreement]:
    found = []
    for item, by_source in sorted(person.by_source.items()):
        field = catalogue.item(item).agree_on
        if not field:
            continue
        amounts = [
            (item, source, sum(int(str(record.get(field) or 0)) for record in records))
            for source, records in by_source.items()
        ]
        if len({amount for _, _, amount in amounts}) > 1:
            found.append(Disagreement(person.name, None, tuple(amounts)))
    return found


def _twin_figure(catalogue: Catalogue, found: Records, item: int, name: MeasureName) -> int | None:
    for measure in catalogue.item(item).measures:
        if measure.measure == name and item in found:
            return figure_of(measure, found[item])
    return None
