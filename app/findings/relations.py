"""Registered marriages against the declared members of a household: pure.

The civil affairs department tells marriage registrations (2017/58, art. 7 (1)). A spouse who was
not declared is a fact to be looked at; no registration for a declared couple is a remark and no
more, since older marriages may never have been registered.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.findings.persons import Person, Told
from tenants.catalogue.outcomes import Outcome
from tenants.masking import mask_name

MARRIAGE = 105
MARRIED = "1"
_HEADS = frozenset({"01", "02"})
_SPOUSES = frozenset({"10", "11", "12"})


@dataclass(frozen=True)
class UndeclaredSpouse:
    """A registered spouse of a member who is not among the declared people; the name masked.
    ``findings`` are the rows that say so."""

    subject: int
    person: str
    spouse: str
    registered_on: dt.date | None
    source: str
    findings: tuple[int, ...]


def undeclared_spouses(people: Sequence[Person]) -> tuple[UndeclaredSpouse, ...]:
    """Members whose last registration is a marriage with somebody who was not declared."""
    found = []
    for person in people:
        last = _last_registration(person)
        if not person.is_counted or last is None or last.get("status") != MARRIED:
            continue
        if not _is_declared(last, person, people):
            found.append(
                UndeclaredSpouse(
                    subject=person.id,
                    person=person.name,
                    spouse=mask_name(str(last.get("spouse_name") or "")),
                    registered_on=_registered(last),
                    source=last.source,
                    findings=tuple(told.finding for told in person.told.get(MARRIAGE, ())),
                )
            )
    return tuple(found)


def couples_without_record(people: Sequence[Person]) -> tuple[tuple[str, str], ...]:
    """Declared couples (head, spouse) of whom no source that was asked has a registration."""
    heads = [person for person in people if person.relation in _HEADS]
    spouses = [person for person in people if person.relation in _SPOUSES]
    return tuple(
        (head.name, spouse.name)
        for head in heads
        for spouse in spouses
        if _has_none(head) and _has_none(spouse)
    )


def _last_registration(person: Person) -> Told | None:
    records = [told for told in person.told.get(MARRIAGE, ()) if not told.left_out]
    return max(records, key=lambda told: str(told.get("registered_on") or ""), default=None)


def _is_declared(told: Told, person: Person, people: Sequence[Person]) -> bool:
    """By the number where the record has one, else by the name; one without either says nothing."""
    number = str(told.get("spouse_id_number") or "").upper()
    name = str(told.get("spouse_name") or "")
    others = [other for other in people if other is not person]
    if number:
        return any(other.id_number.upper() == number for other in others)
    return not name or any(other.name == name for other in others)


def _has_none(person: Person) -> bool:
    return person.ended.get(MARRIAGE) == frozenset({int(Outcome.NO_RECORD)})


def _registered(told: Told) -> dt.date | None:
    value = told.get("registered_on")
    return dt.date.fromisoformat(str(value)[:10]) if value else None
