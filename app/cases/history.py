"""Reads of what happened: the events of an object, reasons given, and who holds which step."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.cases.models import CaseDuty, Event
from tenants.database import any_of, db
from tenants.messages import say
from tenants.remembering import remembered


@dataclass(frozen=True)
class Happening:
    """One event in words' codes: ``who`` is the account's name, empty for the system."""

    day: dt.date
    when: dt.datetime
    action: str
    who: str
    why: str


def happenings(machine: str, object_id: int) -> list[Happening]:
    """The history of one object, oldest first."""
    return remembered(("happenings", machine, object_id), lambda: _happenings(machine, object_id))


def _happenings(machine: str, object_id: int) -> list[Happening]:
    absent = aliased(Account)
    rows = db.session.execute(
        select(Event, Account.name, absent.name)
        .outerjoin(
            Account,
            (Account.agency_id == Event.agency_id) & (Account.id == Event.account_id),
        )
        .outerjoin(absent, (absent.agency_id == Event.agency_id) & (absent.id == Event.absent_id))
        .where(Event.machine == machine, Event.object_id == object_id)
        .order_by(Event.at, Event.id)
    )
    return [
        Happening(event.day, event.at, event.action, acting_name(name, absent), event.reason)
        for event, name, absent in rows
    ]


def acting_name(name: str | None, absent: str | None) -> str:
    """Who did it, and in whose stead; empty for the system."""
    return say("history.stood_in", name=name, absent=absent) if absent else name or ""


def latest_reasons(
    object_ids: Sequence[int], action: str, *, machine: str = "case"
) -> dict[int, Event]:
    """Id of a case (or another object) → its latest event of this kind, with the reason given."""
    rows = db.session.scalars(
        select(Event)
        .where(
            Event.machine == machine,
            Event.object_id == any_of(object_ids),
            Event.action == action,
        )
        .distinct(Event.object_id)
        .order_by(Event.object_id, Event.id.desc())
    )
    return {event.object_id: event for event in rows}


def duty_holders(case_ids: Sequence[int]) -> dict[int, dict[str, tuple[int, str]]]:
    """Case id → step → (account, name) of who holds it (staff only)."""
    rows = db.session.execute(
        select(CaseDuty.case_id, CaseDuty.step, CaseDuty.account_id, Account.name)
        .join(
            Account,
            (Account.agency_id == CaseDuty.agency_id) & (Account.id == CaseDuty.account_id),
        )
        .where(CaseDuty.case_id == any_of(case_ids))
    )
    holders: dict[int, dict[str, tuple[int, str]]] = {}
    for case_id, step, account_id, name in rows:
        holders.setdefault(case_id, {})[step] = (account_id, name)
    return holders
