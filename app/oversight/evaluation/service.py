"""Verbs of 目标责任制考评: targets go down, the self-assessment up, the score down; it is agreed
with, or contested and settled by another person."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved, Skip, move
from app.oversight.evaluation.letters import send_step, write
from app.oversight.evaluation.messages import Fault
from app.oversight.evaluation.models import ScoreItem, ScoreSheet
from app.oversight.evaluation.queries import items_of, sheet_of
from tenants.agency.models import Agency
from tenants.agency.tree import children_of
from tenants.calendar import business_date
from tenants.database import db, take_ids
from tenants.rulebook import rulebook
from tenants.scope import current_scope

Points = Mapping[str, int]
"""Item → points in tenths."""


def children_without(year: int) -> list[Agency]:
    """The agencies directly below that have no sheet of this year yet."""
    own = current_scope().agency_id
    query = select(ScoreSheet.child_id).where(ScoreSheet.year == year, ScoreSheet.parent_id == own)
    have = set(db.session.scalars(query))
    return [child for child in children_of(own, business_date()) if child.id not in have]


def set_targets(
    year: int, child_ids: Collection[int], targets: Mapping[str, int], words: str, actor: Actor
) -> Moved:
    """Give agencies directly below their targets of the year: the rulebook's items, each with the
    percentage that is asked. One sheet per agency and year; who has one is passed over.

    Raises ``Fault("evaluation.nobody")`` where none of these is to get one.
    """
    actor.must("evaluation.score")
    chosen = [child for child in children_without(year) if child.id in child_ids]
    if not chosen:
        raise Fault("evaluation.nobody", year=year)
    items = [
        {
            **{"code": code, "position": place, "title": item.value.title},
            **{"measure": item.value.measure, "weight": item.value.weight},
            "target": targets.get(code, item.value.target) if item.value.measure else 0,
        }
        for place, (code, item) in enumerate(_law().evaluation_items.items())
    ]
    ids = take_ids(len(chosen))
    for id_, child in zip(ids, chosen, strict=True):
        row = {
            **{"id": id_, "state": "set", "key": uuid.uuid4(), "year": year},
            **{"parent_id": current_scope().agency_id, "child_id": child.id},
            **{"set_words": words.strip(), "set_name": actor.name, "set_on": business_date()},
        }
        db.session.execute(insert(ScoreSheet).values(row).inline())
        db.session.execute(
            insert(ScoreItem).inline(), [{"sheet_id": id_, **item} for item in items]
        )
        told = {"year": year, "words": words.strip(), "name": actor.name, "items": items}
        send_step(sheet_of(id_), "set", told)
    return Moved(tuple(ids))


def assess(sheet_id: int, revision: int, points: Points, words: str, actor: Actor) -> Moved:
    """自评: what the agency gives itself, and why."""
    _check(sheet_id, points)
    return _step(sheet_id, revision, "assess", "self", actor, words=words, points=points)


def score(sheet_id: int, revision: int, points: Points, words: str, actor: Actor) -> Moved:
    """评分 by the parent."""
    _check(sheet_id, points)
    by = {"scored_by": actor.account_id}
    return _step(sheet_id, revision, "score", "score", actor, words=words, points=points, by=by)


def agree(sheet_id: int, revision: int, actor: Actor) -> Moved:
    """The agency agrees with its score, which is final then."""
    return _step(sheet_id, revision, "agree", "reply", actor)


def contest(sheet_id: int, revision: int, words: str, actor: Actor) -> Moved:
    """申诉: the agency says what is wrong with its score."""
    return _step(sheet_id, revision, "contest", "reply", actor, words=words)


def settle(sheet_id: int, revision: int, points: Points, words: str, actor: Actor) -> Moved:
    """复核 by another person of the parent than who scored: the final score."""
    row = sheet_of(sheet_id, lock=True)
    if row.scored_by == actor.account_id:
        return Moved((), (Skip(row.id, "scored_by_self"),))
    _check(sheet_id, points)
    by = {"settled_by": actor.account_id}
    return _step(sheet_id, revision, "settle", "settle", actor, words=words, points=points, by=by)


_ACTIONS = {"assess": "assess_self"}


def _step(
    sheet_id: int,
    revision: int,
    step: str,
    prefix: str,
    actor: Actor,
    *,
    words: str = "",
    points: Points | None = None,
    by: Mapping[str, Any] | None = None,
) -> Moved:
    row = sheet_of(sheet_id, lock=True)
    own_side = "child_id" if step in ("assess", "agree", "contest") else "parent_id"
    if getattr(row, own_side) != current_scope().agency_id:
        raise LookupError(f"score sheet {sheet_id} is not this agency's to {step}")
    said, given = words.strip(), dict(points or {})
    action = _ACTIONS.get(step, step)
    moved = move("evaluation", action, Chosen.seen({sheet_id: revision}), actor, reason=said)
    if moved.done:
        values = {f"{prefix}_words": said, f"{prefix}_name": actor.name, **(by or {})}
        write(sheet_id, prefix, business_date(), values, given)
        send_step(row, step, {"words": said, "name": actor.name, "points": given})
    return moved


def _check(sheet_id: int, points: Points) -> None:
    for item in items_of([sheet_id])[sheet_id]:
        if not 0 <= points.get(item.code, -1) <= item.weight * 10:
            raise Fault("evaluation.points", title=item.title, most=item.weight)


def _law() -> Any:
    return rulebook(current_scope().agency_id // 10_000)
