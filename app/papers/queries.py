"""Reads of the papers: what is there for a household, what is missing, who may see it now."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.cases.looks import looked_at
from app.cases.models import Case, Subject
from app.papers.models import Paper
from app.papers.rules import OPEN_STATES, Place, count_missing
from tenants.database import any_of, db

LOOK = "papers"
"""The kind under which a look at a case's sheets is noted (``app.cases.looks``)."""


@dataclass(frozen=True)
class Sheet:
    """One scanned sheet as a page shows it."""

    id: int
    case_id: int | None
    subject_id: int
    kind: str
    sequence: int
    media_type: str
    pages: int
    size: int
    uploader: str
    uploaded_at: dt.datetime
    is_altered: bool
    is_evidence: bool = False

    @property
    def is_pdf(self) -> bool:
        """Whether it cannot be shown as a picture."""
        return self.media_type == "application/pdf"


def sheets(case_ids: Sequence[int]) -> dict[int, list[Sheet]]:
    """Case id → its sheets, by subject, kind and number."""
    found: dict[int, list[Sheet]] = {}
    for sheet in _sheets(Paper.case_id == any_of(case_ids)):
        found.setdefault(sheet.case_id or 0, []).append(sheet)
    return found


def sheets_of_household(case_id: int, entrustment_id: int) -> tuple[list[Sheet], list[Sheet]]:
    """A household's sheets, and those that came with its entrustment's letter, in one statement."""
    found = _sheets(or_(Paper.case_id == case_id, Paper.entrustment_id == entrustment_id))
    return [s for s in found if s.case_id], [s for s in found if not s.case_id]


def _sheets(condition: ColumnElement[bool]) -> list[Sheet]:
    rows = db.session.scalars(
        select(Paper)
        .where(condition)
        .order_by(Paper.case_id, Paper.subject_id, Paper.kind, Paper.sequence, Paper.id)
    ).all()
    people = names_of(row.uploaded_by for row in rows)
    return [
        Sheet(
            id=row.id,
            case_id=row.case_id,
            subject_id=row.subject_id,
            kind=row.kind,
            sequence=row.sequence,
            media_type=row.media_type,
            pages=row.pages,
            size=row.size,
            uploader=people.get(row.uploaded_by, ""),
            uploaded_at=row.uploaded_at,
            is_altered=row.original_file_id is not None,
            is_evidence=bool(row.origin_id),
        )
        for row in rows
    ]


def evidence_counts(case_id: int, kind: str) -> dict[int, int]:
    """Explanation or change → how many sheets show it."""
    rows = db.session.execute(
        select(Paper.origin_id, func.count())
        .where(Paper.case_id == case_id, Paper.kind == kind, Paper.origin_id > 0)
        .group_by(Paper.origin_id)
    )
    return dict(rows.tuples().all())


def places_of(case_ids: Sequence[int]) -> dict[int, set[Place]]:
    """Case id → the (subject, kind) of which there is a sheet."""
    rows = db.session.execute(
        select(Paper.case_id, Paper.subject_id, Paper.kind)
        .where(Paper.case_id == any_of(case_ids))
        .distinct()
    )
    found: dict[int, set[Place]] = {}
    for case_id, subject_id, kind in rows:
        found.setdefault(case_id or 0, set()).add((subject_id, kind))
    return found


def missing_counts(subjects: dict[int, Iterable[int]]) -> dict[int, int]:
    """Case id → how many papers of its subjects (case id → ids) are missing."""
    return count_missing(subjects, places_of(list(subjects)))


def paper(paper_id: int, *conditions: ColumnElement[bool]) -> Paper:
    """One sheet; ``LookupError`` when this scope has none such."""
    found = db.session.scalar(select(Paper).where(Paper.id == paper_id, *conditions))
    if found is None:
        raise LookupError(f"no paper {paper_id}")
    return found


def is_open(row: Paper) -> bool:
    """Whether a sheet is still the unit's to change: what shows an explanation never is."""
    if row.case_id is None or row.origin_id:
        return False
    return db.session.scalar(_open(row.case_id)) is not None


def _open(case_id: int) -> Select[tuple[Case]]:
    return select(Case).where(
        Case.id == case_id, Case.state.in_(OPEN_STATES), Case.origin == "unit"
    )


def open_case(case_id: int) -> Case:
    """A case whose sheets may still be changed; ``LookupError`` when this scope has none such."""
    found = db.session.scalar(_open(case_id))
    if found is None:
        raise LookupError(f"no open case {case_id}")
    return found


def open_paper(paper_id: int) -> Paper:
    """A sheet of a case whose sheets may still be changed; ``LookupError`` otherwise."""
    found = paper(paper_id, Paper.case_id.is_not(None), Paper.origin_id == 0)
    open_case(found.case_id or 0)
    return found


def subject_ids(case_id: int) -> list[int]:
    """The subjects of a case in the list's order."""
    rows = select(Subject.id).where(Subject.case_id == case_id)
    return list(db.session.scalars(rows.order_by(Subject.row_no, Subject.id)))


def may_see(row: Paper, actor: Actor) -> bool:
    """Whether the person has opened the sheets of this case, or of this entrustment."""
    if row.case_id is None:
        return row.entrustment_id in looked_at("entrustment", actor)
    return row.case_id in looked_at(LOOK, actor)
