"""Declared against found, once, over all tiers, with the scheme's limits: pure arithmetic.

A row says what was declared, what was found and how both stand to the limit. It is never a
verdict: a person looks at it (DESIGN §3.8). Money is fen per month or as of a day, each addend
with its own; limits on money are per counted person, limits on things per household.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.findings.persons import Person, Told
from tenants.catalogue import (
    Catalogue,
    Measure,
    MeasureName,
    Per,
    amount_of,
    counted_records,
    yearly_records,
)
from tenants.rulebook import Limits

MONEY = (MeasureName.MONTHLY_INCOME, MeasureName.DEPOSITS)
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Addend:
    """One addend of a sum: whose, from which data item, how much (fen or a count), and the month or
    the day that it speaks of; ``is_period`` where the source named that month itself."""

    person: str
    item: int
    amount: int
    per: Per = Per.DAY
    day: dt.date | None = None
    is_period: bool = False


@dataclass(frozen=True)
class Yearly:
    """What one source says was paid by the year; beside the sum, never in it."""

    person: str
    item: int
    source: str
    amount: int
    year: int

    @property
    def monthly(self) -> int:
        """A twelfth (fen, rounded down), for information only."""
        return self.amount // MONTHS_A_YEAR


@dataclass(frozen=True)
class Compared:
    """One measure of the counted household. ``found`` is None when nothing was found;
    ``left_out`` is what signed exclusions take out of it."""

    measure: MeasureName
    declared: int
    found: int | None
    addends: tuple[Addend, ...]
    persons: int
    limit: int | None
    left_out: int = 0
    yearly: tuple[Yearly, ...] = ()

    @property
    def is_money(self) -> bool:
        return self.measure in MONEY

    @property
    def stands(self) -> int | None:
        """What was found, without what was left out."""
        return None if self.found is None else self.found - self.left_out

    @property
    def larger(self) -> int:
        """The larger of declared and found."""
        return max(self.declared, self.stands or 0)

    @property
    def per_person(self) -> int:
        """The larger of declared and found, for each counted person (fen, rounded down)."""
        return self.larger // self.persons

    @property
    def exceeds_declared(self) -> bool:
        """Whether more was found than was declared."""
        return (self.stands or 0) > self.declared

    @property
    def exceeds_limit(self) -> bool:
        """Whether the household stands over the scheme's limit."""
        if self.limit is None:
            return False
        return (self.per_person if self.is_money else self.larger) > self.limit


def compare(people: Sequence[Person], limits: Limits, catalogue: Catalogue) -> tuple[Compared, ...]:
    """A row per measure, in the catalogue's order of measures; only members who count are in it."""
    counted = [person for person in people if person.is_counted]
    return tuple(
        Compared(
            measure=measure,
            declared=sum(person.declared_of(measure) for person in counted),
            found=_sum(told := counted_told(counted, measure, catalogue)),
            addends=_addends(told),
            persons=max(len(counted), 1),
            limit=_limit(limits, measure),
            left_out=sum(min(t.left_out, amount_of(m, t)) for _, _, m, t in told),
            yearly=_yearly(counted, measure, catalogue),
        )
        for measure in MeasureName
    )


Counting = tuple[Person, int, Measure, Told]
"""Whose, the data item, how it is measured, and the record."""


def counted_told(
    people: Sequence[Person], measure: MeasureName, catalogue: Catalogue
) -> list[Counting]:
    """The records that enter the sum of one measure."""
    return [
        (person, item, how, told)
        for person in people
        for item, (how, records) in counted_records(catalogue, person.told).get(measure, {}).items()
        for told in records
        if isinstance(told, Told)
    ]


def _sum(told: Sequence[Counting]) -> int | None:
    return sum(amount_of(how, record) for _, _, how, record in told) if told else None


def _addends(told: Sequence[Counting]) -> tuple[Addend, ...]:
    """What one item says of one person and one day is one addend."""
    amounts: dict[tuple[str, int, Per, dt.date | None, bool], int] = {}
    for person, item, how, record in told:
        day, is_period = day_of(how, record)
        key = (person.name, item, how.per, day, is_period)
        amounts[key] = amounts.get(key, 0) + amount_of(how, record)
    return tuple(
        Addend(name, item, amount, per, day, is_period)
        for (name, item, per, day, is_period), amount in amounts.items()
    )


def day_of(how: Measure, record: Told) -> tuple[dt.date | None, bool]:
    """The day that a record speaks of, and whether the source named it as a month's."""
    named = how.period_field or how.day_field
    value = record.get(named) if named else None
    if value in (None, ""):
        return record.as_of, False
    return dt.date.fromisoformat(str(value)[:10]), how.per is Per.MONTH


def _yearly(
    people: Sequence[Person], measure: MeasureName, catalogue: Catalogue
) -> tuple[Yearly, ...]:
    amounts: dict[tuple[str, int, str, int], int] = {}
    for person in people:
        for item, (how, records) in yearly_records(catalogue, person.told).get(measure, {}).items():
            for told in (record for record in records if isinstance(record, Told)):
                day = day_of(how, told)[0]
                key = (person.name, item, told.source, day.year if day else 0)
                amounts[key] = amounts.get(key, 0) + amount_of(how, told)
    return tuple(Yearly(*key[:3], amount, key[3]) for key, amount in amounts.items())


def _limit(limits: Limits, measure: MeasureName) -> int | None:
    names = {
        MeasureName.MONTHLY_INCOME: limits.monthly_income_fen,
        MeasureName.DEPOSITS: limits.deposits_fen,
        MeasureName.HOUSES: limits.houses,
        MeasureName.VEHICLES: limits.vehicles,
        MeasureName.BUSINESSES: limits.businesses,
    }
    return names[measure]
