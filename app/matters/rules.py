"""What becomes a matter, and whether what was said of it still holds: pure.

A household is heard before anything goes against it. What is over the declared amount or over the
limit, what sources disagree on, and a spouse who was not declared are facts to be looked at.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.findings.comparison import Compared, compare, counted_told
from app.findings.disagreement import Disagreement, disagreements
from app.findings.persons import Person
from app.findings.relations import UndeclaredSpouse, undeclared_spouses
from tenants.catalogue import Catalogue
from tenants.rulebook import Limits

UNSETTLED = ("open", "explained")


@dataclass(frozen=True)
class Standing:
    """One thing to be looked at, as the facts stand now. ``content`` is what is sealed: figures,
    names, and the findings it rests on."""

    kind: str
    topic: str
    content: Mapping[str, Any]


def standings(
    people: Sequence[Person], limits: Limits, catalogue: Catalogue
) -> tuple[Standing, ...]:
    """Everything about one household that has to be explained or looked at."""
    rows = [row for row in compare(people, limits, catalogue) if is_against(row)]
    return (
        *(_measure(row, people, catalogue) for row in rows),
        *(_conflict(found, people) for found in disagreements(people, catalogue)),
        *(_relation(found) for found in undeclared_spouses(people)),
    )


def is_against(row: Compared) -> bool:
    """Whether a measure stands over what was declared, or over the limit."""
    return row.exceeds_declared or row.exceeds_limit


def _measure(row: Compared, people: Sequence[Person], catalogue: Catalogue) -> Standing:
    counted = [person for person in people if person.is_counted]
    told = counted_told(counted, row.measure, catalogue)
    content = {
        "declared": row.declared,
        "found": row.found,
        "left_out": row.left_out,
        "limit": row.limit,
        "persons": row.persons,
        "over_declared": row.exceeds_declared,
        "over_limit": row.exceeds_limit,
        "findings": [record.finding for _, _, _, record in told],
    }
    return Standing("measure", str(row.measure), content)


def _conflict(found: Disagreement, people: Sequence[Person]) -> Standing:
    person = next(person for person in people if person.id == found.subject)
    content = {
        "person": found.person,
        "measure": str(found.measure) if found.measure else "",
        "amounts": [list(amount) for amount in found.amounts],
        "findings": [told.finding for item in found.items for told in person.told.get(item, ())],
    }
    items = "+".join(str(item) for item in sorted(found.items))
    return Standing("conflict", f"{found.subject}:{items}", content)


def _relation(found: UndeclaredSpouse) -> Standing:
    content = {
        "person": found.person,
        "spouse": found.spouse,
        "registered_on": found.registered_on.isoformat() if found.registered_on else None,
        "source": found.source,
        "findings": list(found.findings),
    }
    return Standing("relation", str(found.subject), content)


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the facts themselves changed, so that the household is to be asked again; what a
    signed exclusion takes out is no new fact."""
    kept = {"left_out", "over_declared", "over_limit"}
    return {k: v for k, v in before.items() if k not in kept} != {
        k: v for k, v in now.items() if k not in kept
    }


def may_sign_off(
    state: str, due_on: dt.date, today: dt.date, signer: int, others: Collection[int]
) -> str:
    """Empty when this person may sign a matter off now, else the code of the reason why not.

    Unexplained, only after its date; by nobody who wrote the household's words down or prepared an
    exclusion (``others``): who signs looks at what somebody else did.
    """
    if signer in others:
        return "signs_own_work"
    if state == "open" and today <= due_on:
        return "still_to_explain"
    return ""
