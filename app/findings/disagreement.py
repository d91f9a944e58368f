"""Sources that should say the same of one person and do not: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.findings.persons import Person, Told
from tenants.catalogue import Catalogue, MeasureName, amount_of, figure_of
from tenants.catalogue.limits import limits_in


@dataclass(frozen=True)
class Disagreement:
    """Sources that should say the same amount of one person and do not: all are shown, none is
    chosen. ``measure`` is None where the item's figure is not compared; amounts are
    (item, source or "", fen)."""

    person: str
    measure: MeasureName | None
    amounts: tuple[tuple[int, str, int], ...]
    subject: int = 0

    @property
    def items(self) -> tuple[int, ...]:
        """The data items that disagree, or the one whose sources do."""
        return tuple(dict.fromkeys(item for item, _, _ in self.amounts))


def disagreements(people: Sequence[Person], catalogue: Catalogue) -> tuple[Disagreement, ...]:
    """Items that report the same money of one person differently, then sources that do."""
    return tuple(
        found
        for person in people
        for found in (*_between_items(person, catalogue), *_between_sources(person, catalogue))
    )


def _between_items(person: Person, catalogue: Catalogue) -> list[Disagreement]:
    found = []
    for item in sorted(person.told):
        for measure in catalogue.item(item).measures:
            own = figure_of(measure, _not_left_out(person, item, catalogue))
            for twin in measure.unless_found:
                other = _twin_figure(catalogue, person, twin, measure.measure)
                if own is not None and other is not None and own != other:
                    amounts = ((item, "", own), (twin, "", other))
                    found.append(Disagreement(person.name, measure.measure, amounts, person.id))
    return found


def _between_sources(person: Person, catalogue: Catalogue) -> list[Disagreement]:
    found = []
    for item in sorted(person.told):
        field = catalogue.item(item).agree_on
        if not field:
            continue
        by_source: dict[str, int] = {}
        for told in _not_left_out(person, item, catalogue):
            if limits_in(told):
                continue
            amount = int(str(told.get(field) or 0))
            by_source[told.source] = by_source.get(told.source, 0) + amount
        if len(set(by_source.values())) > 1:
            amounts = tuple((item, source, amount) for source, amount in by_source.items())
            found.append(Disagreement(person.name, None, amounts, person.id))
    return found


def _not_left_out(person: Person, item: int, catalogue: Catalogue) -> list[Told]:
    """The records of an item, without those that a signed exclusion takes out as a whole."""
    measures = catalogue.item(item).measures
    return [
        told
        for told in person.told.get(item, ())
        if not told.left_out
        or (measures and all(told.left_out < amount_of(how, told) for how in measures))
    ]


def _twin_figure(catalogue: Catalogue, person: Person, item: int, name: MeasureName) -> int | None:
    for measure in catalogue.item(item).measures:
        if measure.measure == name and item in person.told:
            return figure_of(measure, _not_left_out(person, item, catalogue))
    return None
