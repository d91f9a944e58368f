"""Scans on their way up: the signed authorisation and the card of a subject, and nothing else.

Their bytes stay where they are; the letter, sealed to its recipient, carries each file's own key
(操作规程 二(二): what is in the data package goes to the higher agency by itself).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from app.papers.models import Paper
from app.papers.rules import OF_SUBJECT
from tenants import files
from tenants.calendar import instant
from tenants.database import any_of, db


def papers_for_letter(case_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Subject id → its authorisation and card scans, for the subjects of these cases."""
    rows = db.session.scalars(
        select(Paper)
        .where(
            Paper.case_id == any_of(case_ids),
            Paper.kind.in_(OF_SUBJECT),
        )
        .order_by(Paper.subject_id, Paper.kind, Paper.sequence, Paper.id)
    ).all()
    shared = files.share([row.file_id for row in rows])
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(
            {
                "kind": row.kind,
                "sequence": row.sequence,
                "media_type": row.media_type,
                "pages": row.pages,
                "file": vars(shared[row.file_id]),
            }
        )
    return found


def take_in_papers(carried: Mapping[tuple[int, int], Sequence[dict[str, Any]]]) -> None:
    """Enter what a letter carried, by (case, subject) of this agency; two statements."""
    sheets = [(place, sheet) for place, rows in carried.items() for sheet in rows]
    ids = files.adopt([files.SharedFile(**sheet["file"]) for _place, sheet in sheets])
    rows = [
        {
            "case_id": case_id,
            "subject_id": subject_id,
            "kind": sheet["kind"],
            "sequence": sheet["sequence"],
            "media_type": sheet["media_type"],
            "pages": sheet["pages"],
            "file_id": file_id,
            "size": sheet["file"]["size"],
            "uploaded_by": 0,
            "uploaded_at": instant(),
        }
        for file_id, ((case_id, subject_id), sheet) in zip(ids, sheets, strict=True)
    ]
    if rows:
        db.session.execute(insert(Paper).inline(), rows)


def take_in_new_papers(carried: Mapping[tuple[int, int], Sequence[dict[str, Any]]]) -> None:
    """As ``take_in_papers``, for people who are here already: without the sheets that are here."""
    subjects = [subject_id for _case_id, subject_id in carried]
    rows = db.session.execute(
        select(Paper.subject_id, files.File.blob)
        .join(
            files.File,
            (files.File.agency_id == Paper.agency_id) & (files.File.id == Paper.file_id),
        )
        .where(Paper.subject_id == any_of(subjects))
    )
    known = set(rows.tuples())
    take_in_papers(
        {
            place: [sheet for sheet in sheets if (place[1], sheet["file"]["blob"]) not in known]
            for place, sheets in carried.items()
        }
    )
