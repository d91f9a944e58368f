"""From the object that a row of the trail names to the household and the people it shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from app.audit.looks import PERSON, person_key
from app.cases.models import Subject
from app.changes.models import Addition
from app.objections.models import Objection
from app.report.models import Report
from tenants.database import any_of, db

Object = tuple[str, int]
CASES = ("case", "papers", "household_case")
"""Kinds of object whose id is a household's."""


@dataclass(frozen=True)
class About:
    """The household of an object (0: several, or none), and the keys of whom it shows."""

    case_id: int = 0
    people: frozenset[int] = frozenset()


_ROWS: Mapping[str, Select[Any]] = {
    "subject": select(Subject.id, Subject.case_id, Subject.id),
    "addition": select(Addition.id, Addition.case_id, Addition.subject_id),
    "objection": select(Objection.id, Objection.case_id, Objection.subject_id),
    "report": select(Report.id, Report.case_id),
}


def about(objects: Iterable[Object]) -> dict[Object, About]:
    """What each object shows, in at most six statements. Lists, entrustments and requests show many
    households in the course of the work and are not resolved."""
    asked: dict[str, set[int]] = defaultdict(set)
    for kind, id_ in objects:
        asked[kind].add(id_)
    found = {(PERSON, key): About(people=frozenset({key})) for key in asked[PERSON]}
    whole: dict[Object, int] = {(kind, id_): id_ for kind in CASES for id_ in asked[kind]}
    single: dict[Object, tuple[int, int]] = {}
    for kind, query in _ROWS.items():
        for row in _rows(query, asked[kind]):
            if len(row) == 2 or not row[2]:
                whole[(kind, row[0])] = row[1]
            else:
                single[(kind, row[0])] = (row[1], row[2])
    cases = {*whole.values(), *(case_id for case_id, _subject in single.values())}
    people, by_case = _people(cases)
    for one, case_id in whole.items():
        found[one] = About(case_id, frozenset(by_case.get(case_id, ())))
    for one, (case_id, subject_id) in single.items():
        found[one] = About(case_id, frozenset({people[subject_id]}))
    return found


def _rows(query: Select[Any], ids: set[int]) -> Iterable[Any]:
    column = query.selected_columns[0]
    return db.session.execute(query.where(column == any_of(sorted(ids)))) if ids else ()


def _people(case_ids: Iterable[int]) -> tuple[dict[int, int], dict[int, set[int]]]:
    """Subject → key, and household → keys."""
    query = select(Subject.id, Subject.case_id, Subject.id_hash).where(
        Subject.case_id == any_of(sorted(case_ids))
    )
    people: dict[int, int] = {}
    by_case: dict[int, set[int]] = defaultdict(set)
    for subject_id, case_id, digest in db.session.execute(query):
        people[subject_id] = person_key(digest)
        by_case[case_id].add(people[subject_id])
    return people, by_case
