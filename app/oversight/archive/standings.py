"""How closed cases stand before they are filed: a fixed number of statements, whatever the set."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from app.cases.models import Ask, Case, Event, Subject
from app.decisions.models import Decision
from app.findings.models import Finding
from app.objections.models import Objection
from app.objections.queries import condition as objections_in
from app.oversight.archive.documents import Document, documents_of
from app.oversight.archive.rules import CLOSED, Held, basis_of, missing_of
from app.papers.rules import missing_papers
from tenants.calendar import business_date
from tenants.database import any_of, db

REPORTS = frozenset({"own", "upper", "merged"})


@dataclass(frozen=True)
class Standing:
    """One closed case: what its file would hold, lack, and go by."""

    case: Case
    closed_on: dt.date
    basis: str
    missing: tuple[str, ...]
    subjects: int
    findings: int
    documents: tuple[Document, ...]


def standings(cases: Sequence[Case]) -> list[Standing]:
    """These closed cases, in their order; five statements."""
    ids = [case.id for case in cases]
    documents, people, known = documents_of(ids), _people(ids), _known(ids)
    return [
        _standing(case, documents.get(case.id, []), people.get(case.id, ([], 0)), known[case.id])
        for case in cases
    ]


def _standing(
    case: Case, documents: list[Document], people: tuple[list[int], int], known: Any
) -> Standing:
    bringing, count = people
    held = Held(
        state=case.state,
        origin=case.origin,
        has_letter=case.origin == "below" or any(d.kind == "entrustment" for d in documents),
        papers=len(missing_papers(bringing, [(d.subject_id, d.kind) for d in documents])),
        asked_own=known.asked_own,
        reports=frozenset(d.kind for d in documents) & REPORTS,
        outcome=known.outcome or "",
        open_objections=known.objections,
        open_asks=known.open_asks,
        was_contested=known.corrected > 0,
    )
    return Standing(
        case=case,
        closed_on=known.closed_on or business_date(),
        basis=basis_of(held),
        missing=missing_of(held),
        subjects=count,
        findings=known.findings,
        documents=tuple(documents),
    )


def with_objection(case_ids: Sequence[int]) -> set[int]:
    """Which of these cases have an objection that is under way."""
    query = select(Objection.case_id).where(
        Objection.case_id == any_of(case_ids), objections_in("open")
    )
    return set(db.session.scalars(query))


def _people(ids: Sequence[int]) -> dict[int, tuple[list[int], int]]:
    """Case → the subjects who bring papers, and how many there are in all."""
    rows = db.session.execute(
        select(Subject.case_id, Subject.id, Subject.left_on, Subject.refused_on).where(
            Subject.case_id == any_of(ids), Subject.left_reason != "corrected"
        )
    )
    found: dict[int, tuple[list[int], int]] = {}
    for case_id, id_, left_on, refused_on in rows:
        bringing, count = found.get(case_id, ([], 0))
        if left_on is None and refused_on is None:
            bringing = [*bringing, id_]
        found[case_id] = (bringing, count + 1)
    return found


def _known(ids: Sequence[int]) -> dict[int, Any]:
    """Case → outcome in force, day of its end, findings, objections and asks, in one statement."""
    closing = (Event.object_id == Case.id) & (Event.to_state.in_(CLOSED))
    own = (Ask.source > 0) & Ask.request_id.is_not(None)
    corrected = Objection.outcome.in_(("corrected", "source_correcting"))
    rows = db.session.execute(
        select(
            Case.id,
            _one(Decision.outcome, Decision, Decision.replaced_by == 0).label("outcome"),
            select(func.max(Event.day))
            .where(Event.agency_id == Case.agency_id, Event.machine == "case", closing)
            .scalar_subquery()
            .label("closed_on"),
            _one(func.count(), Finding).label("findings"),
            _one(func.count(), Objection, objections_in("open")).label("objections"),
            _one(func.count(), Objection, corrected).label("corrected"),
            _one(func.count(), Ask, Ask.is_open).label("open_asks"),
            select(Ask.case_id)
            .where(Ask.agency_id == Case.agency_id, Ask.case_id == Case.id, own)
            .exists()
            .label("asked_own"),
        ).where(Case.id == any_of(ids))
    )
    return {row.id: row for row in rows}


def _one(value: Any, table: Any, *conditions: Any) -> ScalarSelect[Any]:
    """One value of a table's rows of the case at hand."""
    of_case = (table.agency_id == Case.agency_id, table.case_id == Case.id)
    return select(value).select_from(table).where(*of_case, *conditions).scalar_subquery()
