"""What the passing of days says about awaited replies: before they are due, and after.

Each event is told once: a notice that stands is not told again, and a term that was extended is a
new one. How many working days before and after comes from the rulebook.
"""

from sqlalchemy import ColumnElement, literal, select

from app.exchange.models import ExchangeRequest
from app.exchange.telling import LIAISON, OPERATORS
from app.notices.models import Notice
from app.notices.service import tell_from
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope

DIRECTOR = ("director",)
_AWAITED = ExchangeRequest.state == "delivered"


def remind() -> None:
    """Tell of every awaited reply in this scope what today makes of it; again changes nothing."""
    law = rulebook(agency(current_scope().agency_id).province)
    tell_due_soon(law)
    tell_overdue()
    escalate(law)


def tell_due_soon(law: Rulebook) -> None:
    """Liaison and operators learn that a reply is due within the days that the rulebook gives."""
    today, days = business_date(), law.reminder_working_days.value
    soon = ExchangeRequest.due_on.between(today, add_working_days(today, days))
    # A reminder of this term cannot be older; one of the term before the extension can.
    since = add_working_days(today, -days)
    _tell("request.due_soon", LIAISON, soon, Notice.day >= since, to_unit=True)
    _tell("request.due_soon", OPERATORS, soon, Notice.day >= since)


def tell_overdue() -> None:
    """Operators and liaison learn of each request past its last day (art. 12)."""
    late = ExchangeRequest.due_on < business_date()
    _tell("request.overdue", LIAISON, late, Notice.day > ExchangeRequest.due_on, to_unit=True)
    _tell("request.overdue", OPERATORS, late, Notice.day > ExchangeRequest.due_on)


def escalate(law: Rulebook) -> None:
    """The director learns of what is still missing some working days after the last day."""
    days = law.escalation_working_days.value
    late = ExchangeRequest.due_on < add_working_days(business_date(), -days)
    _tell("request.escalated", DIRECTOR, late, Notice.day > ExchangeRequest.due_on)


def _tell(
    kind: str,
    roles: tuple[str, ...],
    when: ColumnElement[bool],
    this_term: ColumnElement[bool],
    *,
    to_unit: bool = False,
) -> None:
    place = ExchangeRequest.unit_id if to_unit else literal(0)
    told = select(Notice.id).where(
        Notice.agency_id == ExchangeRequest.agency_id,
        Notice.kind == kind,
        Notice.object_id == ExchangeRequest.id,
        Notice.unit_id == place,
        this_term,
    )
    about = place, literal(0), ExchangeRequest.id, ExchangeRequest.number, literal(0)
    tell_from(kind, roles, select(*about).where(_AWAITED, when, ~told.exists()))
