"""A lower agency is the commissioning unit of its delegations: it hands decisions up, by case
number, to the tier that checked. That tier gets the kind and the month, and nothing else."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, text

from app.accounts.actor import Actor, system_actor
from app.cases.chunks import in_chunks
from app.cases.lifecycle import Chosen, move
from app.cases.models import Case
from app.decisions.models import Decision
from app.decisions.rules import OPEN
from app.decisions.service import current_decisions, replace
from app.delegation.answers import lock_cases
from app.delegation.letters import OpenLetter, send_up
from tenants.agency.tree import agency
from tenants.calendar import business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.outbox import post
from tenants.scope import current_scope

CASES_PER_LETTER = 500

_WENT_UP = text("""
SELECT DISTINCT l.parent_id, a.case_id
FROM ask a JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE a.case_id = ANY(:ids) AND a.source = 0 AND l.state IN ('sent', 'answered')
ORDER BY 1, 2
""")


def hand_up(ids: Sequence[int]) -> None:
    """Tell the parent what was decided on those of these cases that went up (the job's call)."""
    up: dict[int, list[int]] = {}
    for row in db.session.execute(_WENT_UP, {"ids": list(ids)}):
        up.setdefault(row.parent_id, []).append(row.case_id)
    today = business_date()
    for parent_id, cases in up.items():
        lines = _lines(cases)
        for start in range(0, len(lines), CASES_PER_LETTER):
            content = {"decisions": lines[start : start + CASES_PER_LETTER]}
            period = today.year * 100 + today.month
            send_up(agency(parent_id), "decision", uuid.uuid4(), content, period=period)


def _lines(case_ids: Sequence[int]) -> list[dict[str, Any]]:
    numbers = dict(
        db.session.execute(select(Case.id, Case.number).where(Case.id == any_of(case_ids)))
        .tuples()
        .all()
    )
    return [
        {
            "case": id_,
            "number": numbers[id_],
            "outcome": row.outcome,
            "month": row.decided_month,
            "version": row.version,
        }
        for id_, row in sorted(current_decisions(case_ids).items())
    ]


def take_in(letter: OpenLetter) -> None:
    """Keep what the child decided on what it entrusted, close those cases, and hand it up.

    What an older letter says, or one about another child's case, changes nothing.
    """
    told = {(line["case"], line["number"]): line for line in letter.content["decisions"]}
    rows = db.session.scalars(
        select(Case).where(
            Case.from_agency_id == letter.from_agency_id,
            Case.origin_case == any_of([case for case, _ in told]),
        )
    )
    cases = {row.id: row for row in rows if (row.origin_case, row.household_no) in told}
    lock_cases(cases)
    before = current_decisions(list(cases))
    lines = {
        id_: line
        for id_, case in cases.items()
        if (line := told[case.origin_case, case.household_no])["version"]
        > (before[id_].version if id_ in before else 0)
    }
    if lines:
        _keep(lines, cases, before, letter.from_agency_id)
        close_decided(list(lines))
        post("decision.hand_up", {"ids": sorted(lines)})


def _keep(
    lines: Mapping[int, Mapping[str, Any]],
    cases: Mapping[int, Case],
    before: Mapping[int, Decision],
    child: int,
) -> None:
    ids = dict(zip(lines, take_ids(len(lines)), strict=True))
    replace({before[id_].id: ids[id_] for id_ in lines if id_ in before})
    said = {"way": "letter", "recorded_by": 0, "recorder_name": "", "from_agency_id": child}
    said |= {"recorded_on": business_date(), "recorded_at": instant()}
    rows = [
        {
            **said,
            **{"id": ids[id_], "case_id": id_, "scheme": cases[id_].scheme},
            **{"outcome": line["outcome"], "decided_month": line["month"]},
            "version": line["version"],
        }
        for id_, line in lines.items()
    ]
    db.session.execute(insert(Decision).inline(), rows)


def close_decided(case_ids: Sequence[int] | None = None) -> None:
    """Close reported cases from below on which a decision came up; all such cases, if none are
    named: what was still being checked when the decision came is closed once it is reported."""
    query = (
        select(Case.id)
        .join(Decision, (Decision.agency_id == Case.agency_id) & (Decision.case_id == Case.id))
        .where(
            Case.origin == "below",
            Case.state == "reported",
            Decision.replaced_by == 0,
            Decision.outcome != OPEN,
        )
    )
    if case_ids is not None:
        query = query.where(Case.id == any_of(case_ids))
    actor: Actor = system_actor(current_scope().agency_id)
    chosen = Chosen.of(db.session.scalars(query.order_by(Case.id)))
    in_chunks(chosen, lambda part: move("case", "decide_below", part, actor))
