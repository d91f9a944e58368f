"""Asks as they stand last: what was asked again at the same place counts as it was asked last."""

from collections.abc import Iterable

from app.cases.models import Ask


def latest(asks: Iterable[Ask]) -> list[Ask]:
    """The asks without the items that a later round asks of the same person at the same source.

    An ask that loses items is a copy that belongs to no session; one that loses all is left out.
    """
    rows = list(asks)
    last: dict[tuple[int, int, int], int] = {}
    for ask in rows:
        for item in ask.items:
            place = (ask.subject_id, ask.source, item)
            last[place] = max(last.get(place, ask.round), ask.round)
    return [kept for ask in rows for kept in _standing(ask, last)]


def _standing(ask: Ask, last: dict[tuple[int, int, int], int]) -> list[Ask]:
    pairs = [
        (item, outcome)
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        if last[ask.subject_id, ask.source, item] == ask.round
    ]
    if len(pairs) == len(ask.items):
        return [ask]
    if not pairs:
        return []
    copied = {
        name: getattr(ask, name)
        for name in ("agency_id", "subject_id", "source", "round", "case_id")
        + ("request_id", "letter_id", "line_no", "is_open")
    }
    items, outcomes = zip(*pairs, strict=True)
    return [Ask(**copied, items=list(items), outcomes=list(outcomes))]
