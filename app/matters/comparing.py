"""Compare declared with found and keep the matters in step: a message, or the merging, calls it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select, text

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.cases.models import Case
from app.cases.telling import tell_senders
from app.delegation.answers import lock_cases
from app.findings.people import people_in
from app.matters.excluding import left_out
from app.matters.models import Exclusion, Matter
from app.matters.rules import UNSETTLED, Standing, changed, standings
from tenants.calendar import add_working_days, business_date
from tenants.catalogue import catalogue
from tenants.database import any_of, db, take_ids
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope
from tenants.vault import vault

# Facts of a household that is still being asked about would be put before it piecemeal.
_ANSWERED = text("""
SELECT c.id FROM household_case c
WHERE c.id = ANY(:ids) AND c.origin = 'unit' AND c.state IN ('checking', 'reported', 'closed')
  AND EXISTS (SELECT FROM ask a WHERE a.agency_id = c.agency_id AND a.case_id = c.id)
  AND NOT EXISTS (SELECT FROM ask a
                  WHERE a.agency_id = c.agency_id AND a.case_id = c.id AND a.is_open)
ORDER BY c.id
""")


def law_of_scope() -> Rulebook:
    """The rulebook of the agency at work."""
    return rulebook(current_scope().agency_id // 10_000)


def compare_answered(ids: Sequence[int]) -> None:
    """Compare those of these cases of which every question is answered (the job's call)."""
    ready = list(db.session.execute(_ANSWERED, {"ids": list(ids)}).scalars())
    if ready:
        lock_cases(ready)
        compare_cases(ready)


def compare_cases(case_ids: Sequence[int]) -> None:
    """Open a matter for everything that has to be explained, and end those that no longer do.

    Works on cases that a unit entrusted here; the others are compared below. A matter whose facts
    changed since the household spoke is put before it again.
    """
    cases = {
        case.id: case
        for case in db.session.scalars(
            select(Case).where(Case.id == any_of(case_ids), Case.origin == "unit")
        )
    }
    if not cases:
        return
    law, today = law_of_scope(), business_date()
    people = people_in(list(cases), left_out(list(cases)), law.uncounted.value, today)
    now = {
        (case.id, found.kind, found.topic): found
        for case in cases.values()
        for found in standings(
            people.get(case.id, ()), law.limits_for(case.scheme, case.region).value, catalogue()
        )
    }
    known = {
        (row.case_id, row.kind, row.topic): row
        for row in db.session.scalars(select(Matter).where(Matter.case_id == any_of(cases)))
    }
    due_on = add_working_days(today, law.explanation_working_days.value)
    fresh = [(cases[key[0]], now[key]) for key in now if key not in known]
    _open(fresh, today, due_on)
    again = _keep_up([(known[key], now[key]) for key in now if key in known], due_on)
    tell_senders("matter.opened", sorted({case.id for case, _found in fresh} | again))
    _end([row for key, row in known.items() if key not in now])


def _open(fresh: Sequence[tuple[Case, Standing]], today: dt.date, due_on: dt.date) -> None:
    if not fresh:
        return
    keys, ids = vault(), take_ids(len(fresh))
    rows = [
        {
            "id": id_,
            "case_id": case.id,
            "unit_id": case.unit_id,
            "desk_id": case.desk_id,
            "kind": found.kind,
            "topic": found.topic,
            "state": "open",
            "opened_on": today,
            "due_on": due_on,
            "sealed": keys.seal("matter", id_, found.content),
        }
        for id_, (case, found) in zip(ids, fresh, strict=True)
    ]
    db.session.execute(insert(Matter).inline(), rows)


def _keep_up(pairs: Sequence[tuple[Matter, Standing]], due_on: dt.date) -> set[int]:
    """Write down how known matters stand now; what changed in fact is to be explained again, by
    the households of the cases returned."""
    keys = vault()
    again = []
    for row, found in pairs:
        before = keys.open("matter", row.id, row.sealed)
        is_new = changed(before, dict(found.content))
        if before != found.content:
            row.sealed = keys.seal("matter", row.id, found.content)
        if row.state in ("excluded", "lapsed") or (is_new and row.state != "open"):
            again.append(row)
    db.session.flush()
    _system_move("reopen", (row.id for row in again))
    for row in again:
        row.due_on = due_on
        row.signed_by, row.signer_name, row.signed_on, row.signed_at = None, "", None, None
    db.session.flush()
    return {row.case_id for row in again}


def _end(rows: Sequence[Matter]) -> None:
    """What no longer stands was excluded by signature, or its facts are no more."""
    unsettled = [row.id for row in rows if row.state in UNSETTLED]
    signed = set(
        db.session.scalars(
            select(Exclusion.matter_id).where(
                Exclusion.matter_id == any_of(unsettled), Exclusion.state == "signed"
            )
        )
    )
    _system_move("exclude", signed)
    gone = [row.id for row in rows if row.state in ("open", "explained", "signed")]
    _system_move("lapse", (id_ for id_ in gone if id_ not in signed))


def _system_move(action: str, ids: Iterable[int]) -> None:
    chosen = Chosen.of(ids)
    actor: Any = system_actor(current_scope().agency_id)
    if chosen.ids:
        move("matter", action, chosen, actor)
