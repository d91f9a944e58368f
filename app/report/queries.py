"""Reads of reports for the screens of 报告出具 and 核对反馈: sets, one query per question."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from app.cases.models import Case
from app.cases.paging import Page, Place, read_page
from app.report.models import Report
from tenants.agency.models import Agency
from tenants.database import db
from tenants.remembering import remembered
from tenants.vault import vault


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
