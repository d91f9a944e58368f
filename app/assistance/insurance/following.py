"""What is done about somebody who is not insured: entries that stay as they were written, and the
reasons that another person confirms (粤民发〔2020〕143号 二)."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.accounts.actor import Actor
from app.assistance.insurance.messages import Fault
from app.assistance.insurance.models import InsuranceEntry, InsuranceTask
from app.assistance.insurance.rules import REASONS, WITH_PROOF
from app.assistance.register.loading import law
from tenants.calendar import business_date, instant
from tenants.database import db, take_ids
from tenants.vault import vault

SEALED = InsuranceEntry.__tablename__


@dataclass(frozen=True)
class NewEntry:
    """What was done or found out on a day; ``next_due``: when to look again, None for the usual."""

    kind: str
    happened_on: dt.date
    proof: str
    note: str
    next_due: dt.date | None


def enter(task_id: int, new: NewEntry, actor: Actor) -> None:
    """Write down what was done about a person; a reason waits for somebody else to confirm it.

    Raises ``Fault`` for what cannot be, and then writes nothing.
    """
    actor.must("insurance.act")
    found, today = task_of(task_id, lock=True), business_date()
    if found.closed_on is not None:
        raise Fault("insurance.not_open")
    if new.happened_on > today:
        raise Fault("insurance.future", today=today)
    if new.kind in WITH_PROOF and not new.proof.strip():
        raise Fault("insurance.no_proof")
    if new.kind in REASONS and not new.note.strip():
        raise Fault("insurance.no_note")
    if new.next_due is not None and new.next_due <= today:
        raise Fault("insurance.next_past")
    due = new.next_due or today + dt.timedelta(days=law().insurance_rule.value.due_days)
    _write(found, new, due, actor)
    found.step, found.step_by, found.next_due = new.kind, actor.account_id, due
    found.has_reason = new.kind in REASONS
    db.session.flush()


def confirm(task_id: int, actor: Actor, note: str) -> None:
    """Confirm the reason that stands last: the person leaves the list as long as it holds."""
    found = _with_reason(task_id, actor)
    today = business_date()
    _write(found, NewEntry("confirmed", today, "", note, None), None, actor)
    found.closed_on, found.closed_why, found.has_reason = today, found.step, False
    found.reason_until = today + dt.timedelta(days=law().insurance_rule.value.reason_days)
    db.session.flush()


def decline(task_id: int, actor: Actor, note: str) -> None:
    """Give a reason back: the desk goes on from today."""
    found = _with_reason(task_id, actor)
    if not note.strip():
        raise Fault("reason_missing")
    today = business_date()
    _write(found, NewEntry("declined", today, "", note, None), today, actor)
    found.step, found.step_by, found.next_due = "declined", actor.account_id, today
    found.has_reason = False
    db.session.flush()


def task_of(task_id: int, *, lock: bool = False) -> InsuranceTask:
    """A row of the work list that this scope sees; ``LookupError`` when there is none."""
    query = select(InsuranceTask).where(InsuranceTask.id == task_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no insurance task {task_id}")
    return found


def _with_reason(task_id: int, actor: Actor) -> InsuranceTask:
    actor.must("insurance.confirm")
    found = task_of(task_id, lock=True)
    if found.closed_on is not None or not found.has_reason:
        raise Fault("insurance.no_reason")
    if found.step_by == actor.account_id:
        raise Fault("insurance.same_person")
    return found


def _write(found: InsuranceTask, new: NewEntry, due: dt.date | None, actor: Actor) -> None:
    (entry_id,) = take_ids(1)
    told = {"note": new.note.strip(), "proof": new.proof.strip()}
    row = {
        "id": entry_id,
        "task_id": found.id,
        "unit_id": found.unit_id,
        "desk_id": found.desk_id,
        "kind": new.kind,
        "happened_on": new.happened_on,
        "next_due": due,
        "account_id": actor.account_id,
        "written_at": instant(),
        "sealed": vault().seal(SEALED, entry_id, told),
    }
    db.session.execute(insert(InsuranceEntry).inline(), [row])
