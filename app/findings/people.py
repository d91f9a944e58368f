"""The people of a case for the comparison: declared, found and counted, put together."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.cases.identity import Identity
from app.cases.models import Ask, Subject
from app.cases.queries import declared as declared_by
from app.cases.rounds import latest
from app.findings.persons import Person, Told, reason_not_counted
from app.findings.service import Fact, facts_of
from tenants.database import any_of, db
from tenants.rulebook import Uncounted
from tenants.vault import vault

Declared = Mapping[int, Mapping[str, int | None]]
"""Subject id → what was declared: money in fen, counts."""


def people_in(
    case_ids: Sequence[int], left_out: Mapping[int, int], law: Uncounted, day: dt.date
) -> dict[int, tuple[Person, ...]]:
    """Case id → its people, read in a fixed number of statements."""
    keys = vault()
    subjects: dict[int, list[Subject]] = {}
    for row in db.session.scalars(
        select(Subject)
        .where(Subject.case_id == any_of(case_ids), Subject.left_reason != "corrected")
        .order_by(Subject.row_no)
    ):
        subjects.setdefault(row.case_id, []).append(row)
    everybody = [subject for of_case in subjects.values() for subject in of_case]
    said = declared_by([subject.id for subject in everybody])
    facts: dict[int, list[Fact]] = {}
    for fact in facts_of(case_ids):
        facts.setdefault(fact.case, []).append(fact)
    asks: dict[int, list[Ask]] = {}
    for ask in latest(db.session.scalars(select(Ask).where(Ask.case_id == any_of(case_ids)))):
        asks.setdefault(ask.case_id, []).append(ask)
    return {
        case_id: people(
            of_case,
            {s.id: Identity.of(keys.open("subject", s.id, s.sealed)) for s in of_case},
            said,
            facts.get(case_id, ()),
            asks.get(case_id, ()),
            left_out,
            law,
            day,
        )
        for case_id, of_case in subjects.items()
    }


def people(
    subjects: Sequence[Subject],
    identities: Mapping[int, Identity],
    declared: Declared,
    facts: Iterable[Fact],
    asks: Iterable[Ask],
    left_out: Mapping[int, int],
    law: Uncounted,
    day: dt.date,
) -> tuple[Person, ...]:
    """The subjects of one case in the list's order; ``left_out`` is finding → fen or count that
    signed exclusions take out of the sums, ``day`` the one for which members are counted."""
    told = _told(facts, left_out)
    ended = _ended(asks)
    return tuple(
        Person(
            name=identities[subject.id].name,
            role=subject.role,
            declared=declared.get(subject.id, {}),
            told=told.get(subject.id, {}),
            uncounted=reason_not_counted(
                subject.role, subject.relation, subject.left_reason, subject.left_on, day, law
            ),
            id=subject.id,
            relation=subject.relation,
            id_number=identities[subject.id].id_number,
            ended=ended.get(subject.id, {}),
        )
        for subject in subjects
    )


def _told(
    facts: Iterable[Fact], left_out: Mapping[int, int]
) -> Mapping[int, Mapping[int, Sequence[Told]]]:
    found: dict[int, dict[int, list[Told]]] = {}
    for fact in facts:
        told = Told(fact.fields, fact.source_name, fact.as_of, fact.id, left_out.get(fact.id, 0))
        found.setdefault(fact.subject, {}).setdefault(fact.item, []).append(told)
    return found


def _ended(asks: Iterable[Ask]) -> Mapping[int, Mapping[int, frozenset[int]]]:
    found: dict[int, dict[int, frozenset[int]]] = {}
    for ask in asks:
        of_subject = found.setdefault(ask.subject_id, {})
        for item, outcome in zip(ask.items, ask.outcomes, strict=True):
            of_subject[item] = of_subject.get(item, frozenset()) | {outcome}
    return found
