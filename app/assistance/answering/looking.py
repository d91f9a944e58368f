"""What this agency's own data say of who is asked about: the store of returned data (desk)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.assistance.answering import names
from app.assistance.answering.messages import say
from app.assistance.answering.rules import has_consent
from app.exchange.store.held import records_about, usable_of
from app.web.formats import money
from tenants.calendar import business_date
from tenants.catalogue import DataItem, catalogue
from tenants.rulebook import Rulebook


@dataclass(frozen=True)
class Person:
    """One line of a letter: its number, the keyed hash of the person, their authorisation."""

    line: int
    person_hash: bytes
    authorised_on: dt.date | None


@dataclass(frozen=True)
class Found:
    """What is answered of one person on one item; without an outcome it is left to a hand."""

    line: int
    item: int
    outcome: str = ""
    source: str = ""
    words: str = ""
    as_of: dt.date | None = None


def look_up(people: Sequence[Person], items: Iterable[int], law: Rulebook) -> list[Found]:
    """An answer for each person and item: nothing is told without consent; what the store holds is
    answered from it, "no record" only where it is whole and fresh; the rest waits for a hand."""
    today, wanted = business_date(), sorted(items)
    usable = usable_of(wanted)
    of_load = {one.load_id: item for item, found in usable.items() for one in found.loads}
    agreed = [p for p in people if _consents(p, today, law)]
    records: dict[tuple[bytes, int], list[tuple[dt.date, Mapping[str, Any]]]] = {}
    hashes = [one.person_hash for one in agreed]
    for hash_, load_id, as_of, record in records_about([*of_load], hashes):
        records.setdefault((hash_, of_load[load_id]), []).append((as_of, record))
    found = []
    for person in people:
        for item in wanted:
            if person not in agreed:
                words = say("answering.no_consent")
                found.append(Found(person.line, item, "refused", "rule", words))
                continue
            held = records.get((person.person_hash, item), [])
            if held:
                words = names.THEN.join(words_of(catalogue().item(item), one) for _, one in held)
                as_of = max(day for day, _ in held)
                found.append(Found(person.line, item, "hit", "store", words, as_of))
            elif usable[item].why or not usable[item].loads:
                found.append(Found(person.line, item))
            else:
                day = usable[item].as_of
                found.append(Found(person.line, item, "no_record", "store", "", day))
    return found


def _consents(person: Person, today: dt.date, law: Rulebook) -> bool:
    return has_consent(person.authorised_on, today, law.authorisation_max_months.value)


def words_of(item: DataItem, record: Mapping[str, Any]) -> str:
    """A record in words: each filled field with its title."""
    told = []
    for field in item.fields:
        value = record.get(field.name)
        if value in (None, ""):
            continue
        shown = money(int(value)) if field.type == "money" else str(value)
        told.append(f"{field.title}{names.IS}{(field.codes or {}).get(shown, shown)}")
    return names.THEN.join(told)
