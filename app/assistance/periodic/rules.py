"""The sample of a periodic check, and what changed between two checks of a household: pure.

A change is a fact to be looked at in both directions; nothing here says who is entitled.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.findings.comparison import Compared
from app.findings.persons import Person, Told
from tenants.catalogue import Catalogue, MeasureName, amount_of

MORE, LESS, SAME = "more", "less", "same"
DIRECTIONS = ("over", "help", "same")
"""Where a household may be looked at: over the limit now; with less than before and under it, so
that it may get more help; neither."""


def sample_size(households: int, percent: int) -> int:
    """How many households' papers are looked at: at least one of a batch."""
    return min(households, max(1, -(-households * percent // 100))) if households else 0


def draw(seed: str, case_ids: Sequence[int], size: int) -> frozenset[int]:
    """The sample: the households whose SHA-256 of seed and case is the smallest; the same seed
    draws the same ones."""

    def mark(case_id: int) -> bytes:
        return hashlib.sha256(f"{seed}:{case_id}".encode()).digest()

    return frozenset(sorted(case_ids, key=mark)[:size])


def holds_until(ends_on: dt.date | None, needed: dt.date) -> bool:
    """Whether a standing authorisation lasts for this check."""
    return ends_on is not None and ends_on >= needed


@dataclass(frozen=True)
class MeasureChange:
    """One measure of the counted household, at the last check and now (fen or a count)."""

    measure: MeasureName
    before: int | None
    now: int | None
    limit: int | None
    is_money: bool
    is_over: bool
    was_over: bool

    @property
    def tendency(self) -> str:
        """more, less or same; what was not found counts as none."""
        before, now = self.before or 0, self.now or 0
        return MORE if now > before else LESS if now < before else SAME


def measure_changes(
    before: Sequence[Compared], now: Sequence[Compared]
) -> tuple[MeasureChange, ...]:
    """Each measure of now beside that of the last check."""
    former = {row.measure: row for row in before}
    return tuple(_measure(former.get(row.measure), row) for row in now)


def _measure(before: Compared | None, now: Compared) -> MeasureChange:
    return MeasureChange(
        measure=now.measure,
        before=_found(before),
        now=_found(now),
        limit=now.limit,
        is_money=now.is_money,
        is_over=now.exceeds_limit,
        was_over=before is not None and before.exceeds_limit,
    )


def _found(row: Compared | None) -> int | None:
    """What was found: money per counted person, as the limits are; things of the household."""
    if row is None or row.stands is None:
        return None
    return row.stands // row.persons if row.is_money else row.stands


def direction(changes: Sequence[MeasureChange]) -> str:
    """Where the household is to be looked at, never a verdict."""
    if any(row.is_over for row in changes):
        return "over"
    fell = any(row.tendency == LESS or row.was_over for row in changes if row.is_money)
    return "help" if fell else "same"


@dataclass(frozen=True)
class ItemChange:
    """One person × data item whose records differ: new, gone or changed; amounts where the item
    has them (fen), else how many records."""

    person: str
    item: int
    kind: str
    before: int
    now: int
    is_money: bool


def item_changes(
    before: Sequence[Person], now: Sequence[Person], catalogue: Catalogue
) -> tuple[ItemChange, ...]:
    """What sources say now and did not say at the last check, person by person, and the reverse."""
    former = {person.id_number: person for person in before}
    people = {**former, **{person.id_number: person for person in now}}
    later = {person.id_number: person for person in now}
    found: list[ItemChange] = []
    for number, person in people.items():
        told, was = _told(later.get(number)), _told(former.get(number))
        for item in sorted(told.keys() | was.keys()):
            found += _change(person.name, item, was.get(item, ()), told.get(item, ()), catalogue)
    return tuple(found)


def _told(person: Person | None) -> Mapping[int, Sequence[Told]]:
    return person.told if person else {}


def _change(
    name: str, item: int, before: Sequence[Told], now: Sequence[Told], catalogue: Catalogue
) -> Iterator[ItemChange]:
    if _contents(before) == _contents(now):
        return
    how = next((m for m in catalogue.item(item).measures if m.measure in _MONEY), None)
    kind = "gone" if not now else "changed" if before else "new"

    def amount(records: Sequence[Told]) -> int:
        return sum(amount_of(how, one) for one in records) if how else len(records)

    yield ItemChange(name, item, kind, amount(before), amount(now), how is not None)


_MONEY = (MeasureName.MONTHLY_INCOME, MeasureName.DEPOSITS)


def _contents(records: Sequence[Told]) -> list[str]:
    return sorted(repr(sorted(one.fields.items())) for one in records)
