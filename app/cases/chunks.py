"""Verbs on sets of any size: a chunk at a time, within one transaction."""

from collections.abc import Callable, Sequence

from app.cases.lifecycle import CHUNK, Chosen, Moved, Skip
from app.cases.models import Case


def in_chunks(chosen: Chosen, verb: Callable[[Chosen], Moved]) -> Moved:
    """Carry out ``verb`` on any number of cases, a chunk at a time, within one transaction."""
    if chosen.condition is None:
        parts = [_part(chosen, at) for at in range(0, len(chosen.ids), CHUNK)]
        return _together([verb(part) for part in parts])
    outcomes: list[Moved] = []
    after = 0
    while True:
        outcome = verb(Chosen.where(chosen.condition & (Case.id > after), chosen.up_to or 0))
        outcomes.append(outcome)
        seen = [*outcome.done, *(skip.id for skip in outcome.skipped)]
        if len(seen) < CHUNK:
            return _together(outcomes)
        after = max(seen)


def _part(chosen: Chosen, at: int) -> Chosen:
    ids = chosen.ids[at : at + CHUNK]
    revisions = {id_: chosen.revisions[id_] for id_ in ids if id_ in chosen.revisions}
    return Chosen(ids=ids, revisions=revisions)


def _together(outcomes: Sequence[Moved]) -> Moved:
    done: list[int] = []
    skipped: list[Skip] = []
    for outcome in outcomes:
        done += outcome.done
        skipped += outcome.skipped
    return Moved(tuple(done), tuple(skipped))
