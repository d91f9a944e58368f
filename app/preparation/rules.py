"""What follows from what was typed: facts of an identity number, and what is proposed from it."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.intake.columns import CITIZEN_DOCUMENTS, codes_of_words
from app.preparation.content import INHERITED, Content, Fields
from tenants.identity import (
    Sex,
    age_on,
    birth_date,
    id_number_fault,
    normalise_id_number,
    sex,
)
from tenants.regions import full_name, region


@dataclass(frozen=True)
class Facts:
    """What a citizen's number says; ``born_in`` as the region was called last, or empty."""

    sex: Sex
    born_on: date
    age: int
    born_in: str


def facts_of(person: Fields, today: date) -> Facts | None:
    """The facts of a person's number; None for another document or a number that is not right."""
    number = _citizen_number(person, today)
    if number is None:
        return None
    known = region(number[:6])
    return Facts(
        sex(number), birth_date(number), age_on(number, today), known.name if known else ""
    )


def parts_of(person: Fields, today: date, guardian_below_age: int) -> list[str]:
    """Which folded parts of a person's fields are to be open: what has to be filled there."""
    facts = facts_of(person, today)
    role = codes_of_words("subject_role").get(person.get("subject_role", "").strip())
    wanted = {
        "guardian": facts is not None and facts.age < guardian_below_age,
        "own": role == "obligor"
        or any(person.get(key, "").strip() for key in (*INHERITED, "authorisation_scope")),
    }
    return [part for part, is_wanted in wanted.items() if is_wanted]


def with_proposals(content: Content, today: date, authorisation_months: int) -> Content:
    """The content with blanks filled that follow from the rest; nothing typed is ever changed.

    The household's registration from the applicant's number, where that region is still in use;
    the authorisation's last day from its first, as long as the rulebook lets it hold.
    """
    proposed = {
        "registered_region": _registered(content.head, today),
        "authorisation_expires_on": _last_day(
            content.household.get("authorised_on", ""), authorisation_months
        ),
    }
    blank = {
        key: value
        for key, value in proposed.items()
        if value and not content.household.get(key, "").strip()
    }
    return replace(content, household={**content.household, **blank})


def _citizen_number(person: Fields, today: date) -> str | None:
    kind = codes_of_words("id_type").get(person.get("id_type", "").strip())
    number = person.get("id_number", "")
    if kind not in CITIZEN_DOCUMENTS or id_number_fault(number, today) is not None:
        return None
    return normalise_id_number(number)


def _registered(head: Fields, today: date) -> str:
    number = _citizen_number(head, today)
    found = region(number[:6]) if number else None
    if found is None or found.until is not None or found.tier != "county":
        return ""
    return full_name(found.code)


def _last_day(signed: str, months: int) -> str:
    try:
        first = date.fromisoformat(signed.strip())
    except ValueError:
        return ""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year > date.max.year - 1:
        return ""
    day = min(first.day, monthrange(year, month + 1)[1])
    return (date(year, month + 1, day) - timedelta(days=1)).isoformat()
