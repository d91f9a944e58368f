"""Outcomes that come down: set on the asks that went up, in one statement for any number."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, update

from app.accounts.actor import system_actor
from app.cases.lifecycle import Chosen, move
from app.cases.models import Case
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.scope import current_scope

_COMPARED_AT_ONCE = 500

_SET_OUTCOMES = text("""
UPDATE ask a SET outcomes = x.outcomes
FROM (
  SELECT b.subject_id, b.round,
         array_agg(coalesce(r.outcome, b.outcomes[p.i]) ORDER BY p.i)::smallint[] AS outcomes
  FROM ask b
  CROSS JOIN LATERAL generate_subscripts(b.items, 1) AS p(i)
  LEFT JOIN jsonb_to_recordset(CAST(:answers AS jsonb))
    AS r(subject bigint, item smallint, outcome smallint)
    ON r.subject = b.subject_id AND r.item = b.items[p.i]
  WHERE b.source = :source AND b.subject_id = ANY(:subjects)
    AND (CAST(:request AS bigint) IS NULL OR b.request_id = :request)
  GROUP BY b.subject_id, b.round
) x
WHERE a.source = :source AND a.subject_id = x.subject_id AND a.round = x.round
  AND a.outcomes <> x.outcomes
RETURNING a.case_id, a.letter_id
""")

_ANSWERED_LETTERS = text("""
SELECT l.id FROM letter_out l
WHERE l.id = ANY(:letters) AND l.state = 'sent'
  AND NOT EXISTS (SELECT FROM ask a
                  WHERE a.agency_id = l.agency_id AND a.letter_id = l.id AND a.is_open)
""")


@dataclass(frozen=True)
class Answer:
    """How one item ended for one subject (this agency's own subject id)."""

    subject: int
    item: int
    outcome: int


def lock_cases(case_ids: Iterable[int]) -> None:
    """Answers and reports of a case wait for each other, so that no report misses an answer."""
    db.session.execute(
        text("SELECT id FROM household_case WHERE id = ANY(:ids) ORDER BY id FOR UPDATE"),
        {"ids": sorted(set(case_ids))},
    )


def set_outcomes(
    source: int, answers: Sequence[Answer], *, request_id: int | None = None
) -> list[int]:
    """Write outcomes of one source, of one request to it where that is known; returns the cases
    whose answers changed."""
    rows = db.session.execute(
        _SET_OUTCOMES,
        {
            "source": source,
            "answers": json.dumps([vars(answer) for answer in answers]),
            "subjects": sorted({answer.subject for answer in answers}),
            "request": request_id,
        },
    ).all()
    letters = sorted({row.letter_id for row in rows if row.letter_id})
    if letters:
        close_answered(letters)
    return sorted({row.case_id for row in rows})


def close_answered(letters: Sequence[int]) -> None:
    """Move sent letters that nothing is open of any more to answered."""
    answered = db.session.execute(_ANSWERED_LETTERS, {"letters": list(letters)}).scalars()
    actor = system_actor(current_scope().agency_id)
    move("letter", "answer", Chosen.of(answered), actor)


def count_own(case_ids: Iterable[int]) -> None:
    """Own answers of these cases changed: reports composed before are older than that."""
    _count(case_ids, {"own_answers": Case.own_answers + 1})


def count_upper(case_ids: Iterable[int]) -> None:
    """Answers from higher tiers changed for these cases."""
    _count(case_ids, {"upper_answers": Case.upper_answers + 1})


def _count(case_ids: Iterable[int], values: dict[str, Any]) -> None:
    ids = sorted(set(case_ids))
    chosen = Case.id == any_of(ids)
    db.session.execute(
        update(Case)
        .where(chosen)
        .values({**values, "has_news": True})
        .execution_options(synchronize_session=False)
    )
    for start in range(0, len(ids), _COMPARED_AT_ONCE):
        post("matter.compare", {"ids": ids[start : start + _COMPARED_AT_ONCE]})


def cases_from_below(case_ids: Iterable[int]) -> dict[int, Case]:
    """Those of these cases that a lower agency entrusted, by id."""
    rows = db.session.scalars(
        select(Case).where(Case.id == any_of(sorted(case_ids)), Case.origin == "below")
    )
    return {case.id: case for case in rows}
