"""Lines of 待我办理 worked off where they stand: a kind's own verb, over the cases it counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, BigInteger, TextClause, bindparam, text

from app.accounts.actor import Actor
from app.cases.lifecycle import Chosen, Moved
from app.report import issuing
from app.report.lists import ids_in
from app.report.service import receive_all
from app.review.service import approve
from tenants.database import db
from tenants.messages import Fault

Line = tuple[int, int]
"""An entrustment, and the newest row in it that the person was shown."""

_LINES = (bindparam("refs", type_=ARRAY(BigInteger)), bindparam("newest", type_=ARRAY(BigInteger)))

_TO_REVIEW = text("""
SELECT c.id FROM unnest(:refs, :newest) AS line (ref, newest)
JOIN household_case c ON c.entrustment_id = line.ref AND c.id <= line.newest
WHERE c.state = 'accepted' ORDER BY c.id LIMIT :most
""").bindparams(*_LINES)

_TO_RECEIVE = text("""
SELECT r.id FROM unnest(:refs, :newest) AS line (ref, newest)
JOIN household_case c ON c.entrustment_id = line.ref
JOIN report r ON r.case_id = c.id AND r.id <= line.newest
WHERE r.kind = 'merged' AND r.state = 'issued' ORDER BY r.id LIMIT :most
""").bindparams(*_LINES)

_AMONG = text("""
SELECT c.id FROM unnest(:refs, :newest) AS line (ref, newest)
JOIN household_case c ON c.entrustment_id = line.ref AND c.id <= line.newest
WHERE c.id = ANY(:ids) ORDER BY c.id
""").bindparams(*_LINES, bindparam("ids", type_=ARRAY(BigInteger)))

MOST_AT_ONCE = 5_000


@dataclass(frozen=True)
class Verb:
    """What the trail calls it, and the work on some lines; each verb asks for its own right."""

    name: str
    work: Callable[[Sequence[Line], Actor], Moved]


def _review(lines: Sequence[Line], actor: Actor) -> Moved:
    return approve(Chosen.of(_ids(_TO_REVIEW, lines)), actor)


def _issue(lines: Sequence[Line], actor: Actor) -> Moved:
    actor.must("report.issue")
    return issuing.issue_own(_ready("issue", lines), actor)


def _merge(lines: Sequence[Line], actor: Actor) -> Moved:
    actor.must("report.issue")
    return issuing.merge(_ready("merge", lines), actor)


def _receive(lines: Sequence[Line], actor: Actor) -> Moved:
    return receive_all(Chosen.of(_ids(_TO_RECEIVE, lines)), actor)


VERBS: dict[str, Verb] = {
    "review": Verb("case.approve", _review),
    "issue": Verb("report.issue_own", _issue),
    "merge": Verb("report.issue_merged", _merge),
    "receive": Verb("report.receive", _receive),
}
"""Kinds of work that need no look at each single paper. 受理初审 does (操作规程 三（一）1)."""


def value_of(kind: str, ref: int | None, newest: int | None) -> str:
    """What a line's box sends; empty for a line that is worked off on a page of its own."""
    return f"{kind}:{ref}:{newest}" if kind in VERBS and ref and newest else ""


def lines_of(kind: str, values: Sequence[str]) -> list[Line]:
    """The ticked lines of one kind.

    Raises ``Fault("choice_malformed")`` and ``Fault("nothing_chosen")``.
    """
    lines = []
    for value in values:
        named, *numbers = value.split(":")
        if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
            raise Fault("choice_malformed")
        if named == kind:
            lines.append((int(numbers[0]), int(numbers[1])))
    if not lines:
        raise Fault("nothing_chosen")
    return lines


def _ids(statement: TextClause, lines: Sequence[Line]) -> list[int]:
    values = {**_columns(lines), "most": MOST_AT_ONCE}
    return list(db.session.scalars(statement, values))


def _ready(which: str, lines: Sequence[Line]) -> list[int]:
    ready = ids_in(which, max(newest for _, newest in lines))
    return list(db.session.scalars(_AMONG, {**_columns(lines), "ids": ready}))


def _columns(lines: Sequence[Line]) -> dict[str, list[int]]:
    return {"refs": [ref for ref, _ in lines], "newest": [newest for _, newest in lines]}
