"""The case page: one household with everything known about it, from all packages."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases import history
from app.cases import queries as cases
from app.cases.history import Happening
from app.cases.lane_model import Drawing
from app.cases.looks import looked_at
from app.cases.models import Case, Entrustment, Subject
from app.cases.queries import Household, Member
from app.cases.transitions import HANDED_OVER, NOT_HANDED_IN
from app.delegation.expediting import expeditions_of
from app.delegation.models import Expedition
from app.dossier.asked import Asked, asked_of
from app.matters.models import Matter
from app.matters.telling import MatterTold, matters
from app.report import queries as reports
from app.report.lanes import drawing_of, last_days_of
from tenants.agency.models import Agency
from tenants.agency.tree import agency
from tenants.database import db
from tenants.rulebook import LastDays, Rulebook, rulebook


@dataclass(frozen=True)
class ReportRow:
    """A report of the case: own, a higher tier's, or merged."""

    id: int
    kind: str
    number: str
    agency: str
    version: int
    state: str
    issuer: str
    issued_on: dt.date | None
    pages: int
    has_file: bool
    supplements: str
    supplemented_by: str


@dataclass(frozen=True)
class Dossier:
    """What the case page shows."""

    household: Household
    lanes: Drawing
    last_days: list[tuple[Agency, LastDays]]
    entrustment: Entrustment
    members: tuple[Member, ...]
    declared: dict[int, dict[str, int | None]]
    asked: Asked
    events: list[Happening]
    reports: list[ReportRow]
    matters: list[MatterTold]
    authorised: int

    @property
    def law(self) -> Rulebook:
        """The rulebook that the household's month goes by."""
        return rulebook(self.last_days[0][0].province)

    @property
    def windows(self) -> tuple[tuple[str, dt.date, dt.date], ...]:
        """The windows of the household's month; empty where the rulebook has none."""
        period = self.household.period
        return self.law.windows_in(dt.date(period // 100, period % 100, 1))

    @property
    def people(self) -> tuple[Member, ...]:
        """The members without the rows whose number was wrong."""
        return tuple(member for member in self.members if member.left_reason != "corrected")

    @property
    def waits_for(self) -> str:
        """What a case that is being checked waits for: ``above``, ``units`` or ``report``."""
        if self.household.state != "checking":
            return ""
        if self.asked.waits_above:
            return "above"
        return "units" if self.asked.waits_units else "report"

    @property
    def reported_on(self) -> dt.date | None:
        """The business day on which the result was first handed over, if it was."""
        if self.household.state not in HANDED_OVER:
            return None
        return next((event.day for event in self.events if event.action == "report"), None)


def dossier(case_id: int, actor: Actor, today: dt.date) -> Dossier:
    """Everything about one case; ``LookupError`` when this scope has none such."""
    case, entrustment = _case_and_entrustment(case_id)
    row = cases.as_household(case)
    people = cases.members([row.id], opened_subjects=looked_at("subject", actor)).get(row.id, ())
    # What was declared, and what is put before a household, stays with the agency that was asked.
    is_own = case.origin == "unit"
    return Dossier(
        household=row,
        lanes=drawing_of(case),
        last_days=last_days_of(case),
        entrustment=entrustment,
        members=people,
        declared=cases.declared([member.id for member in people]) if is_own else {},
        asked=asked_of(row.id, today),
        events=history.happenings("case", row.id),
        reports=reports_of(row.id),
        matters=matters(Matter.case_id == row.id) if is_own else [],
        authorised=sum(
            member.is_authorised_on(today) for member in people if member.left_reason != "corrected"
        ),
    )


def _case_and_entrustment(case_id: int) -> tuple[Case, Entrustment]:
    query = (
        select(Case, Entrustment)
        .join(
            Entrustment,
            (Entrustment.agency_id == Case.agency_id) & (Entrustment.id == Case.entrustment_id),
        )
        .where(Case.id == case_id, Case.state.not_in(NOT_HANDED_IN))
    )
    found = db.session.execute(query).tuples().one_or_none()
    if found is None:
        raise LookupError(f"no case {case_id}")
    return found


def emergency_of(case_id: int) -> tuple[Expedition, str] | None:
    """Who allowed that this household is checked at once, with the name of their agency."""
    found = next(iter(expeditions_of([case_id])), None)
    return (found, agency(found.allowed_agency_id).name) if found else None


def reports_of(case_id: int) -> list[ReportRow]:
    """The reports of one case, newest first."""
    found = reports.reports_of(case_id)[::-1]
    return [
        ReportRow(
            id=report.id,
            kind=report.kind,
            number=report.number,
            agency=agency(report.by_agency_id).name,
            version=report.version,
            state=report.state,
            issuer=report.issuer_name,
            issued_on=report.issued_on,
            pages=report.pages,
            has_file=report.file_id is not None,
            supplements=report.supplements,
            supplemented_by=report.supplemented_by,
        )
        for report in found
    ]


def sender_of(entrustment: Entrustment) -> str:
    """The commissioning unit, or the lower agency, that an entrustment came from."""
    if entrustment.from_agency_id:
        return cases.agency_names([entrustment.from_agency_id]).get(entrustment.from_agency_id, "")
    return cases.unit_names().get(entrustment.unit_id, "")


def subject_of(case_id: int, subject_id: int) -> int:
    """The subject's id when it belongs to this case; ``LookupError`` otherwise."""
    found = db.session.scalar(
        select(Subject.id).where(Subject.id == subject_id, Subject.case_id == case_id)
    )
    if found is None:
        raise LookupError(f"no subject {subject_id}")
    return found
