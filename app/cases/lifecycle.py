"""The one function that moves states: it locks, checks, writes who, when and why.

It works on sets in a fixed number of statements, whatever the size of the set, and answers for
each object whether it moved or why it did not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.types import BigInteger

from app.accounts.actor import Actor
from app.cases.models import CaseDuty, Event
from app.cases.own_work import own_work
from app.cases.transitions import Machine, Transition, transition
from tenants.calendar import business_date, instant
from tenants.database import Base, any_of, db, id_array
from tenants.messages import Fault

_TABLES: dict[Machine, str] = {
    "case": "household_case",
    "request": "exchange_request",
    "reply": "reply",
    "letter": "letter_out",
    "report": "report",
    "tip_off": "tip_off",
    "integrity": "integrity_entry",
    "matter": "matter",
    "exclusion": "exclusion",
    "archive": "archive_file",
    "destruction": "archive_destruction",
    "addition": "addition",
    "objection": "objection",
    "evaluation": "score_sheet",
    "inspection": "inspection",
    "look": "inspection_item",
    "temporary": "temporary_application",
    "temporary_rule": "temporary_rule",
}

CHUNK = 5_000
"""Objects per call at most; callers cut longer sets."""


@dataclass(frozen=True)
class Chosen:
    """What a person chose: ids (with the revision they saw, where the page showed one), or a
    filter with an upper id, so that what arrived after the page was drawn stays out."""

    ids: tuple[int, ...] = ()
    revisions: Mapping[int, int] = field(default_factory=dict)
    condition: ColumnElement[bool] | None = None
    up_to: int | None = None

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Chosen":
        """Objects by id, whatever their revision."""
        return cls(ids=tuple(dict.fromkeys(ids)))

    @classmethod
    def seen(cls, revisions: Mapping[int, int]) -> "Chosen":
        """Objects by id, each at the revision the person saw."""
        return cls(ids=tuple(revisions), revisions=revisions)

    @classmethod
    def where(cls, condition: ColumnElement[bool], up_to: int) -> "Chosen":
        """Every object that fits ``condition`` and whose id is at most ``up_to``."""
        return cls(condition=condition, up_to=up_to)


@dataclass(frozen=True)
class Skip:
    """One object that was left as it was, and the code of the reason."""

    id: int
    code: str


@dataclass(frozen=True)
class Moved:
    """The outcome of one move: what moved, and what did not and why."""

    done: tuple[int, ...]
    skipped: tuple[Skip, ...] = ()


def table_of(machine: Machine) -> Table:
    """The table whose ``state`` column this machine owns."""
    return Base.metadata.tables[_TABLES[machine]]


def move(machine: Machine, action: str, chosen: Chosen, actor: Actor, *, reason: str = "") -> Moved:
    """Carry out one transition on a set.

    Raises ``Forbidden`` when the actor may not act, ``Fault("reason_missing")`` when the table
    asks for a reason. Objects in another state, seen at another revision, or barred by the
    separation of duty are skipped, each with its reason's code.
    """
    step = transition(machine, action)
    actor.must(step.permission)
    if step.needs_reason and not reason.strip():
        raise Fault("reason_missing")
    table = table_of(machine)
    locked = _lock(table, chosen)
    fitting, skipped = _sort_out(locked, chosen, step)
    if step.duty:
        barred = take_duty(step.duty, fitting, actor)
        skipped += [Skip(id_, barred[id_]) for id_ in fitting if id_ in barred]
        fitting = [id_ for id_ in fitting if id_ not in barred]
    if fitting:
        _write(table, step, fitting, actor, reason)
    return Moved(tuple(fitting), tuple(skipped))


def _lock(table: Table, chosen: Chosen) -> list[Any]:
    condition = table.c.id == any_of(chosen.ids)
    if chosen.condition is not None:
        condition = and_(chosen.condition, table.c.id <= chosen.up_to)
    columns = [table.c.id, table.c.state, table.c.rev, table.c.unit_id]
    if "desk_id" in table.c:
        columns.append(table.c.desk_id)
    rows = select(*columns).where(condition).order_by(table.c.id).limit(CHUNK).with_for_update()
    return list(db.session.execute(rows))


def _sort_out(locked: list[Any], chosen: Chosen, step: Transition) -> tuple[list[int], list[Skip]]:
    fitting, skipped = [], []
    found = {row.id for row in locked}
    skipped += [Skip(id_, "not_found") for id_ in chosen.ids if id_ not in found]
    for row in locked:
        if row.state not in step.sources:
            skipped.append(Skip(row.id, "another_state"))
        elif chosen.revisions.get(row.id, row.rev) != row.rev:
            skipped.append(Skip(row.id, "changed_meanwhile"))
        else:
            fitting.append(row.id)
    return fitting, skipped


def take_duty(duty: str, case_ids: list[int], actor: Actor) -> dict[int, str]:
    """Record who takes the step; returns the cases on which this person may not, each with the
    code of the reason: they hold another step, or handed the case in themselves."""
    if not case_ids:
        return {}
    own = own_work(case_ids, actor)
    ids = func.unnest(id_array([id_ for id_ in case_ids if id_ not in own])).column_valued(
        "case_id"
    )
    take = pg_insert(CaseDuty).from_select(
        ["case_id", "account_id", "step"],
        select(ids, literal(actor.account_id), literal(duty)),
    )
    db.session.execute(take.on_conflict_do_nothing())
    barred = select(CaseDuty.case_id).where(
        CaseDuty.case_id == any_of(case_ids),
        CaseDuty.account_id == actor.account_id,
        CaseDuty.step != duty,
    )
    held = dict.fromkeys(db.session.scalars(barred), "another_duty_on_case")
    return held | dict.fromkeys(own, "handed_in_by_self")


def _write(table: Table, step: Transition, ids: list[int], actor: Actor, reason: str) -> None:
    chosen = table.c.id == any_of(ids)
    desk = table.c.desk_id if "desk_id" in table.c else literal(0)
    history = select(
        literal(step.machine),
        table.c.id,
        table.c.unit_id,
        desk,
        literal(step.action),
        table.c.state,
        literal(step.target),
        literal(actor.account_id, BigInteger),
        literal(actor.stands_in_for(step.permission), BigInteger),
        literal(reason),
        literal(instant()),
        literal(business_date()),
    ).where(chosen)
    db.session.execute(insert(Event).from_select(_EVENT_COLUMNS, history))
    db.session.execute(update(table).where(chosen).values(state=step.target, rev=table.c.rev + 1))


_EVENT_COLUMNS = [
    "machine",
    "object_id",
    "unit_id",
    "desk_id",
    "action",
    "from_state",
    "to_state",
    "account_id",
    "absent_id",
    "reason",
    "at",
    "day",
]


def note(
    machine: Machine,
    object_ids: Iterable[int],
    action: str,
    actor: Actor,
    *,
    reason: str = "",
    unit_id: int = 0,
    desk_id: int = 0,
) -> None:
    """Write an event that moves no state: what a newcomer to the case would want to know."""
    rows = [
        {
            "machine": machine,
            "object_id": id_,
            "unit_id": unit_id,
            "desk_id": desk_id,
            "action": action,
            "account_id": actor.account_id,
            "reason": reason,
            "at": instant(),
            "day": business_date(),
        }
        for id_ in object_ids
    ]
    if rows:
        db.session.execute(insert(Event).inline(), rows)
