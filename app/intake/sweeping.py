"""A file whose columns nobody explains does not stay: its sender is told, then it is thrown away.

Whoever put it in kept their own; what waits here holds people's names and numbers to no purpose.
"""

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, select
from sqlalchemy.types import Integer, Text

from app.cases.models import SubjectList
from app.notices.models import Notice
from app.notices.service import tell_from
from tenants import files
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.files import File
from tenants.rulebook import rulebook
from tenants.scope import current_scope

WARNED_BEFORE = 2
"""Days between the notice that a file will be thrown away and the day it is."""

WAITING, SWEPT = "list.waiting", "list.swept"


def sweep_waiting() -> int:
    """Tell the senders of files that will soon have waited too long, and throw those away whose
    senders were told before today; how many were. Acting again the same day changes nothing."""
    kept_days = rulebook(agency(current_scope().agency_id).province).waiting_list_days.value
    today = business_date()
    old = today - dt.timedelta(days=kept_days)
    due = list(db.session.scalars(select(File.id).where(_waits_since(old), _told(today))))
    if due:
        _tell(SWEPT, File.id == any_of(due), kept_days)
        files.forget(due)
    soon = old + dt.timedelta(days=WARNED_BEFORE)
    _tell(WAITING, _waits_since(soon) & ~_told(), WARNED_BEFORE)
    return len(due)


def _waits_since(day: dt.date) -> ColumnElement[bool]:
    taken_in = exists().where(
        SubjectList.agency_id == File.agency_id, SubjectList.file_id == File.id
    )
    return (File.kind == "list") & (File.stored_on <= day) & ~taken_in


def _told(before: dt.date | None = None) -> ColumnElement[bool]:
    told = exists().where(
        Notice.agency_id == File.agency_id, Notice.kind == WAITING, Notice.object_id == File.id
    )
    return told if before is None else told.where(Notice.day < before)


def _tell(kind: str, which: ColumnElement[bool], days: int) -> None:
    for role, place in (("desk_clerk", File.desk_id > 0), ("department_clerk", File.desk_id == 0)):
        about: Select[Any] = select(
            File.unit_id, File.desk_id, File.id, literal("", Text), literal(days, Integer)
        ).where(which, place)
        tell_from(kind, [role], about)
