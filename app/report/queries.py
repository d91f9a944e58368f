"""Reads for the screens of 报告出具 and 核对反馈: sets, one query per question."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, or_, select

from app.cases.models import Ask, Case, CaseDuty
from app.cases.paging import Page, Place, read_page
from app.cases.sources import TO_PARENT
from app.report.models import Report
from app.report.readiness import STANDING
from tenants.agency.models import Agency, Unit
from tenants.calendar import business_date
from tenants.database import db
from tenants.remembering import remembered
from tenants.scope import current_scope
from tenants.vault import vault

MOST_AT_ONCE = 5_000
LISTS = ("issue", "merge", "decide", "waiting")

_IDS_PER_MONTH = 10**12
_MONTHS_BACK = 2


def condition(which: str) -> ColumnElement[bool]:
    """The cases of one list: ready for the own report, ready for merging, overdue so that a named
    person may decide, or waiting. What a late answer touched comes back as ready."""
    return and_(_open_cases(), _in_list(which, STANDING.c))


def _in_list(which: str, row: Any) -> ColumnElement[bool]:
    lists: dict[str, ColumnElement[bool]] = {
        "issue": row.own_block == "",
        "merge": row.merge_block == "",
        "decide": and_(row.merge_block == "answers_open", row.is_overdue),
    }
    if which == "waiting":
        return and_(row.state == "checking", *(~ready for ready in lists.values()))
    return lists[which]


def _open_cases() -> ColumnElement[bool]:
    """Cases being checked, and those reported lately that got a late answer since."""
    row = STANDING.c
    late = and_(row.state == "reported", row.id >= _first_id_to_watch(), ~row.is_current)
    return or_(row.state == "checking", late)


def _first_id_to_watch() -> int:
    first = business_date().replace(day=1)
    for _ in range(_MONTHS_BACK):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return (first.year * 100 + first.month) * _IDS_PER_MONTH


def another_step_of(account_id: int) -> ColumnElement[bool]:
    """The person holds another step on the case and so may not issue (操作规程 五(一))."""
    return (
        select(CaseDuty.case_id)
        .where(
            CaseDuty.agency_id == current_scope().agency_id,
            CaseDuty.case_id == STANDING.c.id,
            CaseDuty.account_id == account_id,
            CaseDuty.step != "issue",
        )
        .exists()
    )


def counts() -> dict[str, int]:
    """How many cases each of ``LISTS`` holds, in one statement."""
    return dict(db.session.execute(_counted(LISTS, _open_cases())).one()._mapping)


def waiting_for(account_id: int) -> Select[Any]:
    """One row with the counts ``issue``, ``merge`` and ``decide`` of what this person may do.

    Every page asks this, so the many cases that still wait for a unit are left out before anything
    is counted: they can only be decided about, once they are overdue.
    """
    worth = or_(STANDING.c.due_on < business_date(), ~_waits_for_a_unit())
    mine = and_(_open_cases(), worth, ~another_step_of(account_id))
    return _counted(("issue", "merge", "decide"), mine)


def _waits_for_a_unit() -> ColumnElement[bool]:
    return (
        select(Ask.case_id)
        .where(
            Ask.agency_id == current_scope().agency_id,
            Ask.case_id == STANDING.c.id,
            Ask.source > TO_PARENT,
            Ask.is_open,
        )
        .exists()
    )


def _counted(lists: Sequence[str], among: ColumnElement[bool]) -> Select[Any]:
    """Counts per list. The cases are grouped first, so that each is judged once, not per list."""
    row = STANDING.c
    judged = (row.state, row.own_block, row.merge_block, row.is_overdue)
    groups = select(*judged, func.count().label("cases")).where(among).group_by(*judged)
    kinds = groups.subquery("judged")
    return select(
        *(
            cast(
                func.coalesce(func.sum(kinds.c.cases).filter(_in_list(which, kinds.c)), 0), Integer
            ).label(which)
            for which in lists
        )
    )


def by_entrustment(which: str, account_id: int, limit: int) -> Select[Any]:
    """A list's cases that this person may act on, per entrustment, the most urgent first."""
    row = STANDING.c
    return (
        select(
            row.entrustment_id,
            func.min(row.due_on).label("due_on"),
            func.count().label("households"),
            func.sum(row.size).label("people"),
            func.array_agg(row.scheme.distinct()).label("schemes"),
            func.max(row.id).label("sample"),
        )
        .where(condition(which), ~another_step_of(account_id))
        .group_by(row.entrustment_id)
        .order_by(func.min(row.due_on), row.entrustment_id)
        .limit(limit)
    )


def ids_in(which: str, up_to: int) -> list[int]:
    """The cases of a list up to an id, at most ``MOST_AT_ONCE``."""
    chosen = select(STANDING.c.id).where(condition(which), STANDING.c.id <= up_to)
    return list(db.session.scalars(chosen.order_by(STANDING.c.id).limit(MOST_AT_ONCE)))


def newest_in(which: str) -> int:
    """The highest case id of a list now; 0 for an empty one."""
    return db.session.scalar(select(func.max(STANDING.c.id)).where(condition(which))) or 0


@dataclass(frozen=True)
class Household:
    """One case in a list; ``sender`` is the commissioning unit or the lower agency."""

    id: int
    number: str
    head: str
    sender: str
    scheme: str
    application: str
    size: int
    due_on: dt.date | None
    is_reported: bool
    own_block: str
    merge_block: str
    own_open: int
    upper_open: int
    is_barred: bool


def households(which: str, account_id: int, place: Place) -> Page[Household]:
    """One page of a list, oldest first."""
    row = STANDING.c
    statement = (
        select(
            row.id,
            row.number,
            row.head_sealed,
            func.coalesce(Unit.name, Agency.name, "").label("sender"),
            row.scheme,
            row.application,
            row.size,
            row.due_on,
            row.state,
            row.own_block,
            row.merge_block,
            row.own_open,
            row.upper_open,
            another_step_of(account_id).label("is_barred"),
        )
        .outerjoin(Unit, Unit.id == row.unit_id)
        .outerjoin(Agency, Agency.id == row.from_agency_id)
        .where(condition(which))
    )
    page = read_page(statement, row.id, place, ascending=True)
    keys = vault()
    return page.holding(
        tuple(
            Household(
                id=found.id,
                number=found.number,
                head=keys.open("household_case", found.id, found.head_sealed)["name"],
                sender=found.sender,
                scheme=found.scheme,
                application=found.application,
                size=found.size,
                due_on=found.due_on,
                is_reported=found.state == "reported",
                own_block=found.own_block,
                merge_block=found.merge_block,
                own_open=found.own_open,
                upper_open=found.upper_open,
                is_barred=found.is_barred,
            )
            for found in page.rows
        )
    )


@dataclass(frozen=True)
class IssuedReport:
    """One report in a list, with its case."""

    report: Report
    case_id: int
    case_number: str
    head: str
    scheme: str
    issuer: str


def reports(kind: str, state: str, place: Place) -> Page[IssuedReport]:
    """Reports that have left the draft, newest first; empty ``kind`` or ``state`` means any."""
    statement = _with_case().where(Report.state != "drafted")
    if kind:
        statement = statement.where(Report.kind == kind)
    if state:
        statement = statement.where(Report.state == state)
    page = read_page(statement, Report.id, place)
    keys = vault()
    return page.holding(
        tuple(
            IssuedReport(
                report=row.Report,
                case_id=row.case_id,
                case_number=row.number,
                head=keys.open("household_case", row.case_id, row.head_sealed)["name"],
                scheme=row.scheme,
                issuer=row.issuer,
            )
            for row in page.rows
        )
    )


def _with_case() -> Select[Any]:
    columns = (Case.id.label("case_id"), Case.number, Case.head_sealed, Case.scheme)
    return (
        select(Report, *columns, Agency.name.label("issuer"))
        .join(Case, and_(Case.agency_id == Report.agency_id, Case.id == Report.case_id))
        .join(Agency, Agency.id == Report.by_agency_id)
    )


def counts_by_state(kind: str) -> dict[str, int]:
    """How many reports of a kind are in each state."""
    rows = db.session.execute(
        select(Report.state, func.count()).where(Report.kind == kind).group_by(Report.state)
    )
    return dict(rows.tuples().all())


def reports_of(case_id: int) -> list[Report]:
    """Every report of one case, drafts included, oldest first."""
    query = select(Report).where(Report.case_id == case_id).order_by(Report.id)
    return remembered(("reports", case_id), lambda: list(db.session.scalars(query)))
