"""What the passing of days says about inquiries that wait for this agency: before they are due,
and after; each event once, as for its own requests. The numbers of days are the rulebook's."""

from sqlalchemy import ColumnElement, literal, select

from app.exchange.asked.models import Inquiry
from app.exchange.telling import OPERATORS
from app.exchange.terms.reminding import DIRECTOR
from app.notices.models import Notice
from app.notices.service import tell_from
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date
from tenants.rulebook import rulebook
from tenants.scope import current_scope


def remind() -> None:
    """Tell of every inquiry that waits in this scope what today makes of it; again changes
    nothing."""
    law, today = rulebook(agency(current_scope().agency_id).province), business_date()
    soon = add_working_days(today, law.reminder_working_days.value)
    late = add_working_days(today, -law.escalation_working_days.value)
    _tell("inquiry.due_soon", OPERATORS, Inquiry.due_on.between(today, soon))
    _tell("inquiry.overdue", OPERATORS, Inquiry.due_on < today)
    _tell("inquiry.escalated", DIRECTOR, Inquiry.due_on < late)


def _tell(kind: str, roles: tuple[str, ...], when: ColumnElement[bool]) -> None:
    told = select(Notice.id).where(
        Notice.agency_id == Inquiry.agency_id, Notice.kind == kind, Notice.object_id == Inquiry.id
    )
    nobody = literal(0)
    about = select(nobody, nobody, Inquiry.id, literal(""), Inquiry.lines)
    tell_from(kind, roles, about.where(Inquiry.answered_at.is_(None), when, ~told.exists()))
