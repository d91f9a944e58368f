"""Held against what was asked: nothing is silently missing (DESIGN §3.7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.exchange.medium.asked import Pair
from tenants.catalogue.outcomes import ANSWERED, Outcome


@dataclass(frozen=True)
class Reconciliation:
    """Counts of asked pairs by how they stand; ``missing`` are the pairs that stay pending.

    ``asked = answered + len(missing)`` and ``answered`` is the sum of the four outcomes.
    """

    asked: int
    answered: int
    hit: int
    no_record: int
    unable: int
    refused: int
    missing: tuple[Pair, ...]


def reconcile(asked: Sequence[Pair], outcomes: Mapping[Pair, Outcome]) -> Reconciliation:
    """How the asked pairs stand; ``ValueError`` for an answer nobody asked or a state that is none.

    ``outcomes`` are those of all parts of the reply so far.
    """
    pairs = dict.fromkeys(asked)
    if len(pairs) != len(asked) or not outcomes.keys() <= pairs.keys():
        raise ValueError("an asked pair stands twice, or an answer was never asked")
    counts = Counter(outcomes.values())
    if not counts.keys() <= ANSWERED:
        raise ValueError("only an answer reconciles")
    return Reconciliation(
        asked=len(asked),
        answered=len(outcomes),
        hit=counts[Outcome.HIT],
        no_record=counts[Outcome.NO_RECORD],
        unable=counts[Outcome.UNABLE],
        refused=counts[Outcome.REFUSED],
        missing=tuple(pair for pair in pairs if pair not in outcomes),
    )
