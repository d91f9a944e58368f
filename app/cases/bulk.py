"""What was chosen on a list: the rows ticked, or everything that fits the list's filter."""

from collections.abc import Callable, Sequence

from flask import request
from sqlalchemy import ColumnElement, and_

from app.cases.acts import chosen_ids
from app.cases.lifecycle import CHUNK, Chosen, Moved, Skip
from app.cases.models import Case
from app.cases.queries import any_of
from tenants.messages import Fault

ALL_MATCHING = "all_matching"


def picked(matching: ColumnElement[bool]) -> Chosen:
    """The ticked cases of a form, or all that fit ``matching``.

    The latter by the field ``all_matching``: the highest id that the page knew of. Raises
    ``Fault`` for nothing chosen and for a malformed choice.
    """
    upper = request.form.get(ALL_MATCHING, "")
    if not upper:
        return chosen_ids()
    if not upper.isdigit():
        raise Fault("choice_malformed")
    return Chosen.where(matching, int(upper))


def condition_of(chosen: Chosen) -> ColumnElement[bool]:
    """The rows of a choice, for a page that shows them before it asks for reasons."""
    if chosen.condition is None:
        chosen_here: ColumnElement[bool] = Case.id == any_of(chosen.ids)
        return chosen_here
    return and_(chosen.condition, Case.id <= (chosen.up_to or 0))


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
