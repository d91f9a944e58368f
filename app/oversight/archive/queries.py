"""Reads of the pages of 核对档案."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, distinct, exists, func, select, true

from app.cases.models import Case
from app.cases.paging import Page, Place, read_page
from app.cases.queries import Household, agency_names, households, households_by_id
from app.objections.models import Objection
from app.objections.queries import condition as objections_in
from app.oversight.archive.documents import Document, documents_of
from app.oversight.archive.messages import MISSING_TITLES
from app.oversight.archive.models import ArchiveDestruction, ArchiveFile, ArchiveHold
from app.oversight.archive.rules import barred, digest_of
from app.oversight.archive.service import to_file
from app.oversight.archive.standings import Standing, standings, with_objection
from tenants.calendar import business_date
from tenants.database import any_of, db

FILING_ROWS = 30


@dataclass(frozen=True)
class Line:
    """One file of a list; ``household`` None once it is destroyed. ``holds``: kinds, open ones."""

    row: ArchiveFile
    household: Household | None
    holds: tuple[str, ...]


@dataclass(frozen=True)
class ToFile:
    """One closed case that may be filed."""

    household: Household
    standing: Standing


@dataclass(frozen=True)
class Detail:
    """One file's page."""

    line: Line
    documents: tuple[Document, ...]
    holds: tuple[ArchiveHold, ...]
    is_newer: bool
    bar: str
    destruction: ArchiveDestruction | None
    agencies: dict[int, str]

    @property
    def lacks(self) -> list[str]:
        """What the file lacks, in words."""
        return [MISSING_TITLES[code] for code in self.line.row.missing]


def is_held() -> ColumnElement[bool]:
    """Files that an open hold, or an objection under way, keeps from being destroyed."""
    placed = exists().where(
        ArchiveHold.agency_id == ArchiveFile.agency_id,
        ArchiveHold.archive_id == ArchiveFile.id,
        ArchiveHold.lifted_on.is_(None),
    )
    objected = exists().where(
        Objection.agency_id == ArchiveFile.agency_id,
        Objection.case_id == ArchiveFile.case_id,
        objections_in("open"),
    )
    return placed | objected


def is_due() -> ColumnElement[bool]:
    """Files on the shelf whose term is over."""
    return (ArchiveFile.state == "filed") & (ArchiveFile.keep_until < business_date())


def condition(state: str, year: int = 0, basis: str = "") -> ColumnElement[bool]:
    """The files that a list is narrowed to."""
    fits: ColumnElement[bool] = true()
    if state == "held":
        fits = (ArchiveFile.state == "filed") & is_held()
    elif state:
        fits = ArchiveFile.state == state
    if year:
        fits = fits & (ArchiveFile.year == year)
    return fits & (ArchiveFile.basis == basis) if basis else fits


def counts(states: Sequence[str], year: int, basis: str) -> dict[str, int]:
    """How many files each list has, in one statement."""
    named = {f"n{at}": condition(state, year, basis) for at, state in enumerate(states)}
    columns = [func.count().filter(fits).label(name) for name, fits in named.items()]
    row = db.session.execute(select(*columns).select_from(ArchiveFile)).one()
    return dict(zip(states, row, strict=True))


def years() -> list[int]:
    """The years of the files, newest first."""
    return list(
        db.session.scalars(select(distinct(ArchiveFile.year)).order_by(ArchiveFile.year.desc()))
    )


def lines(fits: ColumnElement[bool], place: Place) -> Page[Line]:
    """One page of files, newest first."""
    page = read_page(select(ArchiveFile).where(fits), ArchiveFile.id, place)
    return page.holding(tuple(_lines([row[0] for row in page.rows])))


def _lines(rows: Sequence[ArchiveFile]) -> list[Line]:
    here = households_by_id(row.case_id for row in rows if row.state != "destroyed")
    placed, objected = (
        open_holds([row.id for row in rows]),
        with_objection([r.case_id for r in rows]),
    )
    return [
        Line(
            row,
            here.get(row.case_id),
            (*placed.get(row.id, ()), *(("objection",) if row.case_id in objected else ())),
        )
        for row in rows
    ]


def open_holds(archive_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """File → the kinds of its holds that nobody lifted."""
    rows = db.session.execute(
        select(ArchiveHold.archive_id, ArchiveHold.kind)
        .where(ArchiveHold.archive_id == any_of(archive_ids), ArchiveHold.lifted_on.is_(None))
        .order_by(ArchiveHold.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for archive_id, kind in rows:
        found[archive_id] = (*found.get(archive_id, ()), kind)
    return found


def archive_file(archive_id: int) -> ArchiveFile:
    """One file's row; ``LookupError`` when this scope has none such."""
    row = db.session.scalars(select(ArchiveFile).where(ArchiveFile.id == archive_id)).one_or_none()
    if row is None:
        raise LookupError(f"no archive file {archive_id}")
    return row


def destruction(destruction_id: int) -> ArchiveDestruction:
    """One set; ``LookupError`` when this scope has none such."""
    query = select(ArchiveDestruction).where(ArchiveDestruction.id == destruction_id)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise LookupError(f"no destruction {destruction_id}")
    return row


def in_destruction(destruction_id: int) -> list[ArchiveFile]:
    """Every file of a set, by number."""
    query = select(ArchiveFile).where(ArchiveFile.destruction_id == destruction_id)
    return list(db.session.scalars(query.order_by(ArchiveFile.id)))


def detail(archive_id: int) -> Detail:
    """One file opened."""
    (line,) = _lines([archive_file(archive_id)])
    row = line.row
    documents = documents_of([row.case_id]).get(row.case_id, [])
    holds = select(ArchiveHold).where(ArchiveHold.archive_id == row.id).order_by(ArchiveHold.id)
    now = digest_of((document.file_kind, document.digest) for document in documents)
    return Detail(
        line=line,
        documents=tuple(documents),
        holds=tuple(db.session.scalars(holds)),
        is_newer=row.state == "filed" and now != row.digest,
        bar=barred(
            keep_until=row.keep_until,
            today=business_date(),
            is_held="objection" not in line.holds and bool(line.holds),
            has_objection="objection" in line.holds,
        ),
        destruction=db.session.scalars(
            select(ArchiveDestruction).where(ArchiveDestruction.id == row.destruction_id)
        ).one_or_none(),
        agencies=agency_names({document.agency_id for document in documents}),
    )


def in_month(period: int) -> ColumnElement[bool]:
    """Closed cases of a month that have no file yet."""
    return to_file() & (Case.period == period)


def months() -> list[tuple[int, int]]:
    """Each month with cases to be filed, newest first, and how many."""
    query = select(Case.period, func.count()).where(to_file()).group_by(Case.period)
    return [(month, n) for month, n in db.session.execute(query.order_by(Case.period.desc()))]


def awaiting_decision(period: int) -> int:
    """Cases of a month that were handed over and whose decision is not known yet."""
    query = select(func.count()).select_from(Case)
    return db.session.scalar(query.where(Case.period == period, Case.state == "reported")) or 0


def filing(period: int, place: Place) -> Page[ToFile]:
    """A page of what can be filed of a month, each with what it lacks."""
    page = households(in_month(period), place, ascending=True, limit=FILING_ROWS)
    rows = select(Case).where(Case.id == any_of([row.id for row in page.rows])).order_by(Case.id)
    found = {row.case.id: row for row in standings(list(db.session.scalars(rows)))}
    return page.holding(tuple(ToFile(row, found[row.id]) for row in page.rows))


def archive_of_case(case_id: int) -> ArchiveFile | None:
    """The file of a case, if it has one."""
    query = select(ArchiveFile).where(ArchiveFile.case_id == case_id)
    return db.session.scalars(query).one_or_none()
