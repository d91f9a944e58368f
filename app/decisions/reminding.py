"""What the passing of days says about decisions that are awaited: before the 10th, and after it.

Told once a month: a notice that stands is not told again.
"""

from sqlalchemy import func, literal, select

from app.decisions.handing_up import close_decided
from app.decisions.queries import law_here, pending_by_unit
from app.notices.models import Notice
from app.notices.service import tell_from
from tenants.calendar import add_working_days, business_date
from tenants.database import db

DEPARTMENT, STAFF = ("department_clerk",), ("report_issuer", "director")


def remind_of_decisions() -> None:
    """Tell departments of what is due soon or late, and the agency of what is late; close what
    was decided below meanwhile. Again changes nothing."""
    close_decided()
    law, today = law_here(), business_date()
    late = law.decisions_overdue(today)
    coming = late + 1 if late % 100 < 12 else late + 89
    due_on = law.decisions_by(coming)
    if today <= due_on <= add_working_days(today, law.reminder_working_days.value):
        _tell("decision.due_soon", coming, first=coming)
    _tell("decision.overdue", late)
    _tell_staff(late)


def _tell(kind: str, month: int, *, first: int = 0) -> None:
    pending = pending_by_unit(month, first=first).subquery()
    told = select(Notice.id).where(
        Notice.kind == kind, Notice.object_id == month, Notice.unit_id == pending.c[0]
    )
    tell_from(kind, DEPARTMENT, select(*pending.c).where(~told.exists()))


def _tell_staff(month: int) -> None:
    told = select(Notice.id).where(
        Notice.kind == "decision.overdue", Notice.object_id == month, Notice.unit_id == 0
    )
    if db.session.scalar(told.limit(1)) is not None:
        return
    pending = pending_by_unit(month).subquery()
    here = literal(0), literal(0), literal(month), literal(""), func.sum(pending.c[4])
    tell_from("decision.overdue", STAFF, select(*here).having(func.sum(pending.c[4]) > 0))
