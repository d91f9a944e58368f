"""Items handed back to the agency below: 上级暂不能核对 (操作规程 三(一)3)."""

import json
import uuid
from collections.abc import Sequence

from sqlalchemy import select, text

from app.accounts.actor import Actor, system_actor
from app.cases.lifecycle import note
from app.cases.models import Ask, Case, Subject
from app.cases.sources import TO_NOBODY
from app.cases.transitions import HANDED_OVER
from app.delegation.answers import cases_from_below, close_answered, count_upper, lock_cases
from app.delegation.asking import ask_here
from app.delegation.consent import end_unsent
from app.delegation.coverage import own_capabilities
from app.delegation.emptied import end_emptied
from app.delegation.holding import hold
from app.delegation.letters import OpenLetter, send_down
from app.delegation.routing import collect
from app.notices.service import To, tell
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.messages import Fault
from tenants.outbox import post
from tenants.scope import current_scope

# Takes open items out of the asks of a case; what was answered stays where it is, and so does what
# is in a package that was made: its reply would no longer fit what was asked.
_TAKE_OUT = text("""
WITH taken AS (
  SELECT a.subject_id, a.source, a.round, i.item
  FROM jsonb_to_recordset(CAST(:pairs AS jsonb)) AS w(subject bigint, item smallint)
  JOIN ask a ON a.subject_id = w.subject
  CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
  WHERE i.item = w.item AND i.outcome = 0 AND CASE WHEN :from_above THEN a.source = 0 ELSE
    NOT EXISTS (SELECT FROM exchange_request q
                WHERE q.agency_id = a.agency_id AND q.id = a.request_id AND q.state <> 'draft')
    AND NOT EXISTS (SELECT FROM letter_out l
                    WHERE l.agency_id = a.agency_id AND l.id = a.letter_id
                      AND l.state <> 'prepared') END
), gone AS (
  DELETE FROM ask a USING taken t
  WHERE a.subject_id = t.subject_id AND a.source = t.source AND a.round = t.round
    AND a.items <@ (SELECT array_agg(u.item) FROM taken u
                    WHERE (u.subject_id, u.source, u.round) = (a.subject_id, a.source, a.round))
), kept AS (
  UPDATE ask a SET
    items = (SELECT array_agg(i.item ORDER BY i.n)
             FROM unnest(a.items, a.outcomes) WITH ORDINALITY AS i(item, outcome, n)
             WHERE (a.subject_id, a.source, a.round, i.item) NOT IN (SELECT * FROM taken)),
    outcomes = (SELECT array_agg(i.outcome ORDER BY i.n)
                FROM unnest(a.items, a.outcomes) WITH ORDINALITY AS i(item, outcome, n)
                WHERE (a.subject_id, a.source, a.round, i.item) NOT IN (SELECT * FROM taken))
  FROM (SELECT DISTINCT subject_id, source, round FROM taken) t
  WHERE a.subject_id = t.subject_id AND a.source = t.source AND a.round = t.round
    AND NOT a.items <@ (SELECT array_agg(u.item) FROM taken u
                        WHERE (u.subject_id, u.source, u.round)
                            = (a.subject_id, a.source, a.round))
)
SELECT DISTINCT s.case_id, t.subject_id, t.item
FROM taken t JOIN subject s ON s.id = t.subject_id ORDER BY 1, 2, 3
""")


def hand_back(case_id: int, items: Sequence[int], actor: Actor, reason: str) -> None:
    """上级暂不能核对: the child asks its own units instead (操作规程 三(一)3).

    Raises ``Forbidden``, ``Fault("reason_missing")``, ``Fault("not_from_below")`` and
    ``Fault("nothing_to_hand_back")`` when every chosen item is answered or sent already.
    """
    actor.must("delegation.hand_back")
    if not reason.strip():
        raise Fault("reason_missing")
    case = db.session.scalars(
        select(Case).where(Case.id == case_id).with_for_update()
    ).one_or_none()
    if case is None:
        raise LookupError(f"no case {case_id}")
    if case.origin != "below":
        raise Fault("not_from_below")
    hold([case_id])
    people = select(Subject.id).where(Subject.case_id == case_id)
    pairs = [(subject, item) for subject in db.session.scalars(people) for item in items]
    taken = _take_out(pairs, from_above=False)
    if not taken:
        raise Fault("nothing_to_hand_back")
    end_emptied()
    _send_back(taken, reason)
    note("case", [case_id], "hand_back", actor, reason=reason)
    # With its last open item gone, the case is done here.
    post("case.settle", {"ids": [case_id]})


def _take_out(pairs: Sequence[tuple[int, int]], *, from_above: bool) -> list[tuple[int, int, int]]:
    """Take open (subject, item) pairs out of the asks; returns those that were there, with their
    cases. ``from_above``: out of what went up, else out of what has not left this agency."""
    wanted = [{"subject": subject, "item": item} for subject, item in pairs]
    rows = db.session.execute(_TAKE_OUT, {"pairs": json.dumps(wanted), "from_above": from_above})
    return [(row.case_id, row.subject_id, row.item) for row in rows]


def _send_back(taken: Sequence[tuple[int, int, int]], reason: str) -> None:
    """One letter per child for (case, subject, item) rows of cases that came from below."""
    cases = cases_from_below({case for case, _, _ in taken})
    origins = dict(
        db.session.execute(
            select(Subject.id, Subject.origin_subject).where(
                Subject.id == any_of({subject for _, subject, _ in taken})
            )
        )
        .tuples()
        .all()
    )
    for child_id in sorted({case.from_agency_id for case in cases.values()}):
        lines = [
            {"case": cases[case].origin_case, "subject": origins[subject], "item": item}
            for case, subject, item in taken
            if case in cases and cases[case].from_agency_id == child_id
        ]
        period = next(iter(cases.values())).period
        content = {"lines": lines, "reason": reason}
        send_down(agency(child_id), "hand_back", uuid.uuid4(), content, period=period)


def take_in_hand_back(letter: OpenLetter) -> None:
    """What the parent cannot check is asked of own units, handed on, or said to be uncovered."""
    cases = _still_here({line["case"] for line in letter.content["lines"]})
    if not cases:
        return
    lines = [line for line in letter.content["lines"] if line["case"] in cases]
    letters = _letters_of(cases)
    taken = _take_out([(line["subject"], line["item"]) for line in lines], from_above=True)
    close_answered(letters)
    own = own_capabilities(business_date())
    from_below = cases_from_below(set(cases))
    further = [row for row in taken if row[2] not in own and row[0] in from_below]
    rows: dict[tuple[int, int], list[int]] = {}
    for row in taken:
        if row in further:
            continue
        for source in own.get(row[2], [TO_NOBODY]):
            rows.setdefault((row[1], source), []).append(row[2])
    ask_here(rows)
    hold(cases)
    end_unsent(cases)
    if further:
        _send_back(further, letter.content["reason"])
    count_upper({row[0] for row in taken})
    actor = system_actor(current_scope().agency_id)
    note("case", cases, "be_handed_back", actor, reason=letter.content["reason"])
    tell("letter.handed_back", To(("reviewer", "exchange_operator")), count=len(cases))
    collect(cases)
    post("case.settle", {"ids": cases})


def _still_here(case_ids: set[int]) -> list[int]:
    """Those of the cases that are at work here: for one that was recalled nothing is asked."""
    lock_cases(case_ids)
    rows = select(Case.id).where(
        Case.id == any_of(case_ids), Case.state.in_(("checking", *HANDED_OVER))
    )
    return list(db.session.scalars(rows.order_by(Case.id)))


def _letters_of(cases: Sequence[int]) -> list[int]:
    rows = select(Ask.letter_id).where(Ask.case_id == any_of(cases), Ask.letter_id.is_not(None))
    return [id_ for id_ in db.session.scalars(rows.distinct()) if id_ is not None]
