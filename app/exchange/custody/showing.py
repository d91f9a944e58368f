"""The custody of media as a request's page shows it, and as lines of its timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.accounts.people import names_of
from app.exchange.custody import queries
from app.exchange.custody.messages import (
    CARRIER_TITLES,
    FROM_TO,
    PLACES,
    STEP_TITLES,
    WITH_WITNESS,
)
from app.exchange.custody.models import CustodyStep
from app.exchange.custody.queries import Kept
from app.exchange.pages import Happening
from tenants.messages import say


@dataclass(frozen=True)
class Custody:
    """The media of one request, with the words that a page says of them."""

    media: Sequence[Kept]
    carriers = CARRIER_TITLES
    places = PLACES


def custody_of(request_id: int) -> Custody:
    """The media of a request, as its page shows them."""
    return Custody(queries.of_request(request_id))


def with_custody(events: list[Happening], custody: Custody) -> list[Happening]:
    """The timeline of a request with what happened to its media, in the order of time."""
    labels = {kept.medium.id: kept.medium.label for kept in custody.media}
    if not labels:
        return events
    return sorted([*events, *happenings(labels, labels)], key=lambda line: line.when)


def happenings(medium_ids: Iterable[int], labels: dict[int, str] | None = None) -> list[Happening]:
    """Every step of some media in words, oldest first; ``labels`` name the medium in front."""
    steps = queries.steps_of(medium_ids)
    people = names_of(who for step in steps for who in (step.account_id, step.witness_id))
    return [
        Happening(
            day=step.done_on,
            when=step.at,
            who=people.get(step.account_id, ""),
            what=" ".join(
                filter(None, ((labels or {}).get(step.medium_id), STEP_TITLES[step.step]))
            ),
            why=_details(step, people),
        )
        for step in steps
    ]


def _details(step: CustodyStep, people: dict[int, str]) -> str:
    other = FROM_TO.get(step.step, "").format(other=step.other) if step.other else ""
    witness = WITH_WITNESS.format(name=people.get(step.witness_id or 0, ""))
    told = (other, step.how, witness if step.witness_id else "", step.why)
    return say("custody.join").join(filter(None, told))
