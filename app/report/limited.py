"""What sources say that may tell no amounts, beside the comparison that cannot count it."""

from collections.abc import Sequence

from app.findings.persons import Person
from app.findings.showing import shown_limit
from app.report.messages import say
from tenants.catalogue import catalogue
from tenants.catalogue.limits import limits_in


def limit_remarks(people: Sequence[Person]) -> tuple[str, ...]:
    """One sentence for each "above X" or "not above X" about somebody; no sum holds it."""
    return tuple(
        say(
            "report.limited",
            name=person.name,
            source=told.source,
            item=catalogue().item(item).title,
            field=catalogue().item(item).field(limit.field).title,
            words=shown_limit(limit),
        )
        for person in people
        for item, facts in person.told.items()
        for told in facts
        for limit in limits_in(told.fields)
    )
