"""A batch of pictures for a whole list: kept with the place proposed for each, then confirmed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select, update

from app.accounts.actor import Actor
from app.cases import queries as cases
from app.cases.models import Case, Subject, SubjectList
from app.papers.assigning import Assigned, Home, Person, assign
from app.papers.models import PaperBatch
from app.papers.pictures import Picture, clean
from app.papers.queries import sheets
from app.papers.rules import OPEN_STATES
from app.papers.service import NewSheet, described, keep, write
from tenants.calendar import instant
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault, say
from tenants.vault import vault

MOST_FILES = 120


@dataclass(frozen=True)
class Placed:
    """One file of a batch: the sheets it became and where they go, or why they go nowhere."""

    name: str
    sheets: tuple[NewSheet, ...] = ()
    problem: str = ""


def homes_of(list_id: int) -> list[Home]:
    """The households of a list whose sheets may still be added, in the list's order."""
    found = db.session.scalar(select(SubjectList.id).where(SubjectList.id == list_id))
    if found is None:
        raise LookupError(f"no list {list_id}")
    condition = (Case.list_id == list_id) & Case.state.in_(OPEN_STATES)
    rows = db.session.execute(select(Case.id, Case.household_no).where(condition)).all()
    people = cases.members([row.id for row in rows])
    homes = [
        Home(row.id, row.household_no, tuple(Person(m.id, m.name) for m in people.get(row.id, ())))
        for row in rows
    ]
    first_rows = {case_id: people_of[0].row_no for case_id, people_of in people.items()}
    return sorted(homes, key=lambda home: first_rows.get(home.case_id, 0))


def keep_batch(list_id: int, sent: Sequence[tuple[str, bytes]], order: str, actor: Actor) -> int:
    """Keep a batch of (file name, bytes) with the place proposed for each; returns its id.

    Nothing of it counts before ``write_batch``. A file that is no scan, or that finds no place,
    is kept out and said by its name. Raises ``Fault``: ``paper_none``, ``batch_most``,
    ``batch_nothing``.
    """
    actor.must("paper.prepare")
    if not sent:
        raise Fault("paper_none", files="")
    if len(sent) > MOST_FILES:
        raise Fault("batch_most", most=MOST_FILES)
    homes = homes_of(list_id)
    if not homes:
        raise Fault("batch_nothing")
    batch_id = take_ids(1)[0]
    found = assign([name for name, _data in sent], homes, order)
    placed = _placed(sent, found)
    db.session.add(
        PaperBatch(
            agency_id=actor.agency_id,
            id=batch_id,
            unit_id=actor.unit_id,
            desk_id=actor.desk_id,
            list_id=list_id,
            sealed=vault().seal("paper_batch", batch_id, {"files": [asdict(p) for p in placed]}),
            uploaded_by=actor.account_id,
            uploaded_at=instant(),
        )
    )
    db.session.flush()
    return batch_id


def _placed(sent: Sequence[tuple[str, bytes]], found: Sequence[Assigned]) -> list[Placed]:
    known = _cases({to.case_id for to in found if not to.problem})
    looked = [_looked_at(data, to) for (_name, data), to in zip(sent, found, strict=True)]
    pictures = [
        (picture, known[to.case_id])
        for (sheets_of_file, _problem), to in zip(looked, found, strict=True)
        for picture in sheets_of_file
    ]
    ids = iter(keep(pictures))
    return [
        Placed(
            name,
            tuple(
                NewSheet(
                    *(to.case_id, to.subject_id, to.kind, to.sequence + further),
                    next(ids),
                    *described(picture),
                )
                for further, picture in enumerate(sheets_of_file)
            ),
            problem,
        )
        for (name, _data), to, (sheets_of_file, problem) in zip(sent, found, looked, strict=True)
    ]


def _looked_at(data: bytes, to: Assigned) -> tuple[tuple[Picture, ...], str]:
    """The sheets of a file that has a place; none, and what is wrong, otherwise."""
    if to.problem:
        return (), say(f"batch.{to.problem}")
    try:
        return clean(data), ""
    except Fault as fault:
        return (), str(fault)


def batch_of(batch_id: int, actor: Actor) -> tuple[PaperBatch, list[Placed]]:
    """A batch of this desk (or of this department) opened; ``LookupError`` when there is none."""
    row = db.session.scalar(
        select(PaperBatch).where(PaperBatch.id == batch_id, PaperBatch.desk_id == actor.desk_id)
    )
    if row is None:
        raise LookupError(f"no batch {batch_id}")
    opened = vault().open("paper_batch", row.id, row.sealed)
    return row, [
        Placed(
            name=file["name"],
            sheets=tuple(NewSheet(**sheet) for sheet in file["sheets"]),
            problem=file["problem"],
        )
        for file in opened["files"]
    ]


def write_batch(batch_id: int, actor: Actor) -> list[int]:
    """Enter the sheets of a confirmed batch, after those that are there; returns their ids.

    A household that was submitted meanwhile is left out. Raises ``Fault``: ``batch_written``,
    ``batch_unplaced``.
    """
    actor.must("paper.prepare")
    row, placed = batch_of(batch_id, actor)
    marked = db.session.execute(
        update(PaperBatch)
        .where(PaperBatch.id == row.id, PaperBatch.written_at.is_(None))
        .values(written_at=instant())
        .returning(PaperBatch.id)
    )
    if marked.first() is None:
        raise Fault("batch_written")
    new = [sheet for file in placed for sheet in file.sheets]
    known = _cases({sheet.case_id for sheet in new})
    people = _subjects(list(known))
    new = [sheet for sheet in new if (sheet.case_id, sheet.subject_id) in people]
    here = sheets(list(known))
    last: dict[tuple[int, int, str], int] = {}
    for sheet in (sheet for rows in here.values() for sheet in rows):
        key = (sheet.case_id or 0, sheet.subject_id, sheet.kind)
        last[key] = max(last.get(key, 0), sheet.sequence)
    if not new:
        raise Fault("batch_unplaced")
    return write([(known[sheet.case_id], _after(sheet, last)) for sheet in new], actor)


def _after(sheet: NewSheet, last: dict[tuple[int, int, str], int]) -> NewSheet:
    above = last.get((sheet.case_id, sheet.subject_id, sheet.kind), 0)
    return NewSheet(**vars(sheet) | {"sequence": above + sheet.sequence})


def _cases(ids: Sequence[int] | set[int]) -> dict[int, Case]:
    rows = select(Case).where(Case.id == any_of(sorted(ids)), Case.state.in_(OPEN_STATES))
    return {case.id: case for case in db.session.scalars(rows)}


def _subjects(case_ids: Sequence[int]) -> set[tuple[int, int]]:
    """(case, subject) of everybody in these cases, 0 for each household itself."""
    rows = select(Subject.case_id, Subject.id).where(Subject.case_id == any_of(case_ids))
    found = set(db.session.execute(rows).tuples())
    return found | {(case_id, 0) for case_id in case_ids}
