"""Sheets are added to a household, turned, cropped and taken away while it is the unit's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from app.accounts.actor import Actor
from app.audit import service as audit
from app.cases.models import Case, Entrustment
from app.papers import names
from app.papers.messages import PICTURE_FILES
from app.papers.models import Paper
from app.papers.pictures import Picture, clean, cropped, turned
from app.papers.queries import open_case, open_paper, subject_ids
from app.papers.rules import JPEG, MOST_SHEETS, fits
from tenants import files
from tenants.calendar import instant
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault

SUFFIXES = {JPEG: ".jpg"}
FILE_KIND = "paper"
OF_THE_HOUSEHOLD = 0
"""In place of a subject: the sheet is the household's."""


@dataclass(frozen=True)
class NewSheet:
    """A sheet whose file is kept already, and where it goes."""

    case_id: int
    subject_id: int
    kind: str
    sequence: int
    file_id: int
    media_type: str
    size: int
    pages: int
    origin_id: int = 0


def add_papers(
    case_id: int, subject_id: int, kind: str, sent: Sequence[bytes], actor: Actor
) -> list[int]:
    """Add scans of one kind to a subject, or (0) to the household; returns their ids.

    All are checked before one is kept. Raises ``Fault``: ``paper_none``, ``paper_of_nobody``,
    ``paper_most``, ``paper_in_file`` with the place of the file and what is wrong with it;
    ``LookupError`` when the household is not in preparation and not returned.
    """
    actor.must("paper.prepare")
    case = open_case(case_id)
    if not sent:
        raise Fault("paper_none", files=PICTURE_FILES)
    if not fits(kind, subject_id) or subject_id not in (0, *subject_ids(case_id)):
        raise Fault("paper_of_nobody")
    pictures = cleaned(sent)
    last, count = _numbered_so_far(case_id, subject_id, kind)
    if count + len(pictures) > MOST_SHEETS:
        raise Fault("paper_most", most=MOST_SHEETS, count=count)
    kept = keep([(picture, case) for picture in pictures])
    new = [
        NewSheet(case_id, subject_id, kind, number, file_id, *described(picture))
        for number, (file_id, picture) in enumerate(zip(kept, pictures, strict=True), last + 1)
    ]
    return write([(case, sheet) for sheet in new], actor)


def add_evidence(
    case: Case, kind: str, origin_id: int, sent: Sequence[bytes], actor: Actor
) -> list[int]:
    """Keep the scans of an explanation, or of what a change rests on, with the household's sheets;
    nobody turns or takes them away afterwards. Returns their ids.

    The verb that records it has asked for its permission. Raises ``Fault`` as ``add_papers``.
    """
    if not sent:
        return []
    pictures = cleaned(sent)
    if len(pictures) > MOST_SHEETS:
        raise Fault("paper_most", most=MOST_SHEETS, count=0)
    last, _count = _numbered_so_far(case.id, 0, kind)
    kept = keep([(picture, case) for picture in pictures])
    new = [
        NewSheet(case.id, 0, kind, number, file_id, *described(picture), origin_id=origin_id)
        for number, (file_id, picture) in enumerate(zip(kept, pictures, strict=True), last + 1)
    ]
    audit.record(
        actor.account_id,
        "paper.add",
        kind="household_case",
        subject_id=case.id,
        unit_id=actor.unit_id,
    )
    return write([(case, sheet) for sheet in new], actor)


def file_with_subject(paper_ids: Sequence[int], subject_id: int, kind: str) -> None:
    """Enter sheets of evidence among a person's own (0: the household's) as well, once what they
    show has been taken: the same files, which then go where the other sheets go."""
    rows = db.session.scalars(
        select(Paper).where(Paper.id == any_of(paper_ids)).order_by(Paper.sequence)
    ).all()
    if not rows:
        return
    last, _count = _numbered_so_far(rows[0].case_id or 0, subject_id, kind)
    same = ("case_id", "origin_id", "unit_id", "desk_id", "file_id", "media_type", "size", "pages")
    also = ("uploaded_by", "uploaded_at")
    entered = [
        {name: getattr(row, name) for name in (*same, *also)}
        | {"subject_id": subject_id, "kind": kind, "sequence": number}
        for number, row in enumerate(rows, start=last + 1)
    ]
    db.session.execute(insert(Paper).inline(), entered)


def cleaned(sent: Iterable[bytes]) -> list[Picture]:
    """The sheets of several files; a fault names the place of its file among them."""
    pictures: list[Picture] = []
    for place, data in enumerate(sent, start=1):
        try:
            pictures += clean(data)
        except Fault as fault:
            raise Fault("paper_in_file", place=place, fault=str(fault)) from fault
    return pictures


def keep(pictures: Sequence[tuple[Picture, Case]]) -> list[int]:
    """Store sheets, each behind the wall of its case; the ids of their files."""
    return files.store_many(
        FILE_KIND,
        [
            files.NewFile(
                names.SHEET + SUFFIXES.get(picture.media_type, ".pdf"),
                picture.data,
                case.unit_id,
                case.desk_id,
            )
            for picture, case in pictures
        ],
    )


def described(picture: Picture) -> tuple[str, int, int]:
    """Media type, size and pages of a sheet."""
    return picture.media_type, len(picture.data), picture.pages


def write(new: Sequence[tuple[Case, NewSheet]], actor: Actor) -> list[int]:
    """Enter sheets, each behind the wall of its case, in one statement."""
    ids = take_ids(len(new))
    rows = [
        {
            "id": id_,
            **vars(sheet),
            "unit_id": case.unit_id,
            "desk_id": case.desk_id,
            "uploaded_by": actor.account_id,
            "uploaded_at": instant(),
        }
        for id_, (case, sheet) in zip(ids, new, strict=True)
    ]
    if rows:
        db.session.execute(insert(Paper).inline(), rows)
    return ids


def add_sealed_list(entrustment: Entrustment, pictures: Sequence[Picture], actor: Actor) -> None:
    """Keep the scan of the sealed list that came with a letter (操作规程 二(一)2)."""
    if not pictures:
        return
    place = (entrustment.unit_id, entrustment.desk_id)
    new = [
        files.NewFile(names.SHEET + SUFFIXES.get(picture.media_type, ".pdf"), picture.data, *place)
        for picture in pictures
    ]
    rows = [
        {
            "entrustment_id": entrustment.id,
            "unit_id": entrustment.unit_id,
            "desk_id": entrustment.desk_id,
            "kind": "list",
            "sequence": number,
            "file_id": file_id,
            "media_type": picture.media_type,
            "size": len(picture.data),
            "pages": picture.pages,
            "uploaded_by": actor.account_id,
            "uploaded_at": instant(),
        }
        for number, (file_id, picture) in enumerate(
            zip(files.store_many(FILE_KIND, new), pictures, strict=True), start=1
        )
    ]
    db.session.execute(insert(Paper).inline(), rows)


def turn_paper(paper_id: int, quarters: int, actor: Actor) -> Paper:
    """Turn a sheet clockwise by quarter turns; the scan as it came is kept."""
    actor.must("paper.prepare")
    row = open_paper(paper_id)
    return _replace(row, turned(picture_of(row), quarters))


def crop_paper(paper_id: int, sides: tuple[int, int, int, int], actor: Actor) -> Paper:
    """Cut so many percent off each side (left, top, right, bottom); the original is kept."""
    actor.must("paper.prepare")
    row = open_paper(paper_id)
    return _replace(row, cropped(picture_of(row), *sides))


def remove_paper(paper_id: int, actor: Actor) -> Paper:
    """Take a sheet away from a household that is the unit's to prepare; nobody opens it again."""
    actor.must("paper.prepare")
    row = open_paper(paper_id)
    db.session.execute(delete(Paper).where(Paper.id == row.id))
    files.forget([row.file_id, row.original_file_id or row.file_id])
    return row


def picture_of(row: Paper) -> Picture:
    """The sheet's picture as it is kept."""
    return Picture(files.read(row.file_id, FILE_KIND).data, row.media_type, row.pages)


def _replace(row: Paper, picture: Picture) -> Paper:
    """The first scan stays beside its newest form; forms between the two are thrown away."""
    file_id = keep([(picture, open_case(row.case_id or 0))])[0]
    between = [row.file_id] if row.original_file_id is not None else []
    db.session.execute(
        update(Paper)
        .where(Paper.id == row.id)
        .values(
            file_id=file_id,
            size=len(picture.data),
            original_file_id=row.original_file_id or row.file_id,
        )
    )
    files.forget(between)
    return row


def _numbered_so_far(case_id: int, subject_id: int, kind: str) -> tuple[int, int]:
    last, count = db.session.execute(
        select(func.coalesce(func.max(Paper.sequence), 0), func.count()).where(
            Paper.case_id == case_id, Paper.subject_id == subject_id, Paper.kind == kind
        )
    ).one()
    return last, count
