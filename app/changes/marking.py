"""Marks on the subject's own rows: consent taken back, gone from the household."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import update

from app.cases.models import Authorisation, Subject
from tenants.database import any_of, db


def take_back(days: Mapping[int, dt.date]) -> list[int]:
    """Mark the consents of these subjects (id → day) as taken back; those that held one."""
    taken: set[int] = set()
    for day in sorted(set(days.values())):
        rows = db.session.execute(
            update(Authorisation)
            .where(
                Authorisation.subject_id == any_of(_on(days, day)),
                Authorisation.withdrawn_on.is_(None),
            )
            .values(withdrawn_on=day)
            .returning(Authorisation.subject_id)
            .execution_options(synchronize_session=False)
        )
        taken.update(rows.scalars())
    return sorted(taken)


def mark_left(days: Mapping[int, dt.date], reason: str) -> list[int]:
    """Mark these subjects (id → day) as dead or moved away; those that were there till now."""
    left: set[int] = set()
    for day in sorted(set(days.values())):
        rows = db.session.execute(
            update(Subject)
            .where(Subject.id == any_of(_on(days, day)), Subject.left_on.is_(None))
            .values(left_on=day, left_reason=reason)
            .returning(Subject.id)
            .execution_options(synchronize_session=False)
        )
        left.update(rows.scalars())
    return sorted(left)


def _on(days: Mapping[int, dt.date], day: dt.date) -> list[int]:
    return [subject for subject, on in days.items() if on == day]
