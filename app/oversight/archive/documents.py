"""The documents of closed cases with their digests, in the order of the process."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.cases.models import Case, Entrustment
from app.papers.models import Paper
from app.papers.rules import KINDS as PAPER_KINDS
from app.report.models import Report
from tenants.database import any_of, db
from tenants.files import File

_ORDER = ("entrustment", *PAPER_KINDS, "own", "upper", "merged")


@dataclass(frozen=True)
class Document:
    """One stored file of a case; ``subject_id`` 0 for the household's, ``file_kind`` as it is read
    by (``tenants.files``), ``digest`` SHA-256 of its bytes, ``size`` in bytes."""

    kind: str
    case_id: int
    file_id: int
    file_kind: str
    name: str
    digest: bytes
    size: int
    subject_id: int = 0
    number: str = ""
    day: dt.date | None = None
    pages: int = 0
    agency_id: int = 0
    state: str = ""


def documents_of(case_ids: Sequence[int]) -> dict[int, list[Document]]:
    """Case → its letter, scans and reports (every version); three statements."""
    found: dict[int, list[Document]] = {}
    for document in (*_letters(case_ids), *_papers(case_ids), *_reports(case_ids)):
        found.setdefault(document.case_id, []).append(document)
    for documents in found.values():
        documents.sort(key=lambda d: (_ORDER.index(d.kind), d.subject_id, d.number, d.file_id))
    return found


def _of(file: File) -> dict[str, Any]:
    return {
        "file_id": file.id,
        "file_kind": file.kind,
        "name": file.name,
        "digest": file.digest,
        "size": file.size,
    }


def _letters(case_ids: Sequence[int]) -> list[Document]:
    rows = db.session.execute(
        select(Case.id, Entrustment.letter_number, Entrustment.letter_on, File)
        .join(
            Entrustment,
            (Entrustment.agency_id == Case.agency_id) & (Entrustment.id == Case.entrustment_id),
        )
        .join(
            File,
            (File.agency_id == Entrustment.agency_id) & (File.id == Entrustment.letter_file_id),
        )
        .where(Case.id == any_of(case_ids))
    )
    return [
        Document("entrustment", case_id, number=number, day=on, **_of(file))
        for case_id, number, on, file in rows
    ]


def _papers(case_ids: Sequence[int]) -> list[Document]:
    rows = db.session.execute(
        select(Paper, File)
        .join(File, (File.agency_id == Paper.agency_id) & (File.id == Paper.file_id))
        .where(Paper.case_id == any_of(case_ids))
    )
    return [
        Document(
            paper.kind,
            paper.case_id or 0,
            subject_id=paper.subject_id,
            day=paper.uploaded_at.date(),
            pages=paper.pages,
            **_of(file),
        )
        for paper, file in rows
    ]


def _reports(case_ids: Sequence[int]) -> list[Document]:
    rows = db.session.execute(
        select(Report, File)
        .join(File, (File.agency_id == Report.agency_id) & (File.id == Report.file_id))
        .where(Report.case_id == any_of(case_ids))
    )
    return [
        Document(
            report.kind,
            report.case_id,
            number=report.number,
            day=report.issued_on,
            pages=report.pages,
            agency_id=report.by_agency_id,
            state=report.state,
            **_of(file),
        )
        for report, file in rows
    ]
