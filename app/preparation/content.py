"""What stands in the household form, in the words of the list: one household, its people as rows.

Pure: from the fields of a form, to and from what is sealed, and to a sheet of one household.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.intake.columns import KEYS, codes_of_words
from app.intake.sheet import Sheet, typed_sheet
from app.intake.wording import title

HOUSEHOLD_ONLY = ("household_no", "scheme", "application")
INHERITED = ("registered_region", "actual_region", "authorised_on", "authorisation_expires_on")
"""Typed once for the household; a person's own value comes first."""

CONSENT_DAYS = ("authorised_on", "authorisation_expires_on")
OF_CONSENT = (*CONSENT_DAYS, "authorisation_scope")
"""What stands on one signed paper."""

HOUSEHOLD_KEYS = (*HOUSEHOLD_ONLY, *INHERITED)
PERSON_KEYS = tuple(key for key in KEYS if key not in ("row_no", *HOUSEHOLD_ONLY))
MOST_PEOPLE = 30
_LONGEST = 200
_PERSON = re.compile(r"p(\d{1,3})-([a-z_]+)")

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """The household's own fields and one mapping for each person; all as typed."""

    household: Fields
    people: tuple[Fields, ...]

    def as_json(self) -> dict[str, Any]:
        """The object to seal."""
        return {"household": dict(self.household), "people": [dict(p) for p in self.people]}

    @classmethod
    def of(cls, opened: Mapping[str, Any]) -> "Content":
        """From an opened object; keys that the list no longer has are left out."""
        household = _known(opened["household"], HOUSEHOLD_KEYS)
        people = tuple(_known(person, PERSON_KEYS) for person in opened["people"])
        return cls(household, people)

    @property
    def head(self) -> Fields:
        """The first person; empty when there is none."""
        return self.people[0] if self.people else {}

    def with_person(self, person: Fields | None = None) -> "Content":
        """One more person at the end, unless there are as many as there may be."""
        if len(self.people) >= MOST_PEOPLE:
            return self
        return replace(self, people=(*self.people, person or blank_person()))

    def without_person(self, place: int) -> "Content":
        """The same without one person; a household keeps at least one row."""
        rest = self.people[:place] + self.people[place + 1 :]
        return replace(self, people=rest or (blank_person(applies=True),))

    def row(self, place: int) -> dict[str, str]:
        """One person as a row of the list: what is not their own comes from the household."""
        person = self.people[place]
        shared = {key: self.household.get(key, "") for key in HOUSEHOLD_KEYS}
        own = {key: person[key] for key in PERSON_KEYS if person.get(key, "").strip()}
        if has_refused(person):
            shared |= dict.fromkeys(CONSENT_DAYS, "")
        return shared | own


def has_refused(person: Fields) -> bool:
    """Whether the person refuses the authorisation."""
    return codes_of_words("consent").get(person.get("consent", "").strip()) == "refused"


def blank_person(*, applies: bool = False) -> dict[str, str]:
    """A person of whom nothing is known but what most people are."""
    person = {
        "id_type": title("id_type", "resident_id"),
        "subject_role": title("subject_role", "member"),
        "consent": title("consent", "authorised"),
    }
    return person | ({"relation": title("relation", "02")} if applies else {})


def content_of(form: Mapping[str, str]) -> Content:
    """The fields ``h-<key>`` and ``p<n>-<key>`` of a form; people in the order of their numbers."""
    household = {key: form.get(f"h-{key}", "")[:_LONGEST] for key in HOUSEHOLD_KEYS}
    people: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        if (found := _PERSON.fullmatch(name)) and found[2] in PERSON_KEYS:
            people.setdefault(int(found[1]), {})[found[2]] = value[:_LONGEST]
    rows = [people[number] for number in sorted(people)][:MOST_PEOPLE]
    return Content(household, tuple(rows) or (blank_person(applies=True),))


def field_of(content: Content, place: int, key: str) -> str:
    """The form's field behind a cell of the sheet: the household's, where the person's is blank."""
    own = content.people[place].get(key, "").strip()
    if key in HOUSEHOLD_ONLY or (key in INHERITED and not own):
        return f"h-{key}"
    return f"p{place}-{key}"


def sheet_of(content: Content) -> Sheet:
    """The household as a sheet that the list's rules judge; the row is the person's number."""
    rows = [content.row(place) for place in range(len(content.people))]
    return typed_sheet(rows)


def _known(fields: Mapping[str, str], keys: tuple[str, ...]) -> dict[str, str]:
    return {key: str(fields[key]) for key in keys if key in fields}
