"""A change of a household on paper: who may record it where, and the row that keeps it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.lifecycle import note
from app.cases.models import Case, Subject
from app.cases.transitions import NOT_HANDED_IN
from app.changes.messages import place_words
from app.changes.models import HouseholdChange
from app.papers.service import add_evidence
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.messages import Fault
from tenants.vault import vault


def case_of(case_id: int, actor: Actor) -> Case:
    """The household of a commissioning unit in this scope; ``LookupError`` when there is none.

    Papers about a household from below are kept, and recorded, at the agency below.
    """
    query = select(Case).where(Case.id == case_id, Case.origin == "unit")
    if not actor.unit_id:
        query = query.where(Case.state.not_in(NOT_HANDED_IN))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no case {case_id}")
    return found


def subject_of(case: Case, subject_id: int) -> Subject:
    """A person of this household; ``LookupError`` when there is none."""
    found = db.session.scalars(
        select(Subject).where(Subject.id == subject_id, Subject.case_id == case.id)
    ).one_or_none()
    if found is None:
        raise LookupError(f"no subject {subject_id}")
    return found


def check_day(on: dt.date, earliest: dt.date | None = None) -> None:
    """Raise ``Fault("change_day")`` for a day to come, ``Fault("change_day_early")`` for one
    before ``earliest``."""
    if on > business_date():
        raise Fault("change_day", today=business_date())
    if earliest is not None and on < earliest:
        raise Fault("change_day_early", earliest=earliest)


def record(
    kind: str,
    case: Case,
    actor: Actor,
    *,
    on: dt.date,
    reason: str,
    action: str = "",
    subject: Subject | None = None,
    sealed: Mapping[str, Any] | None = None,
    scans: Sequence[bytes] = (),
) -> int:
    """Keep the change and, with an ``action``, write the household's history line; the row's id.

    ``reason`` is a title from a list, without private data; ``sealed`` may hold what is private,
    ``scans`` the paper that the change rests on.
    """
    (change_id,) = take_ids(1)
    place = {"unit_id": case.unit_id, "desk_id": case.desk_id}
    content = {"reason": reason, **(sealed or {})}
    db.session.add(
        HouseholdChange(
            agency_id=actor.agency_id,
            id=change_id,
            kind=kind,
            case_id=case.id,
            subject_id=subject.id if subject else 0,
            happened_on=on,
            sealed=vault().seal("household_change", change_id, content),
            recorded_by=actor.account_id,
            recorded_at=instant(),
            **place,
        )
    )
    db.session.flush()
    add_evidence(case, "change", change_id, scans, actor)
    if action and subject is not None:
        words = place_words(subject.relation, subject.row_no, reason)
        note("case", [case.id], action, actor, reason=words, **place)
    return change_id
