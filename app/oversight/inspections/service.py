"""Open an inspection, let the system draw what is looked at, end it with what was found."""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, insert, select

from app.accounts.actor import Actor, system_actor
from app.accounts.models import Account
from app.audit import service as audit
from app.cases.lifecycle import Chosen, Moved, move
from app.cases.models import Case
from app.oversight.inspections.messages import Fault, say
from app.oversight.inspections.models import Inspection, InspectionItem
from app.oversight.inspections.population import looks_of
from app.oversight.inspections.rules import Look, draw, flags_of
from app.oversight.inspections.sharing import Shared, shared_in
from app.sharing.service import sharing_unit
from tenants.agency.tree import agency
from tenants.calendar import business_date, is_working_day
from tenants.database import any_of, db, take_ids
from tenants.numbers import take_numbers
from tenants.outbox import post
from tenants.rulebook import LookLimits, Value, rulebook

MOST_DAYS = 366
Row = dict[str, Any]


def limits_here(agency_id: int) -> Value[LookLimits]:
    """The province's values for what is to be asked about."""
    return rulebook(agency(agency_id).province).looks


def rules_told(row: Inspection) -> str:
    """By what an inspection lists what is asked about, in words, and that it is ours."""
    if row.about == "sharing":
        return say("inspection.sharing_rules")
    law = limits_here(row.agency_id)
    return law.note if law.article else say("inspection.our_rules", note=law.note)


def open_inspection(
    about: str,
    unit_id: int,
    days: tuple[dt.date, dt.date],
    size: int,
    purpose: str,
    actor: Actor,
) -> Moved:
    """Open one over a period that is over or runs to today; the worker draws from it.

    Raises ``Fault``: ``inspection.days``, ``inspection.too_long``; ``LookupError`` for a unit that
    is not here.
    """
    actor.must("inspection.run")
    first, last = days
    today = business_date()
    if last < first or last > today:
        raise Fault("inspection.days", today=today)
    if (last - first).days >= MOST_DAYS:
        raise Fault("inspection.too_long", most=MOST_DAYS)
    if unit_id:
        sharing_unit(unit_id)
    (id_,), (number,) = take_ids(1), take_numbers("inspection", 1)
    row = insert(Inspection).values(
        id=id_,
        number=number,
        state="drawing",
        about=about,
        source_unit_id=unit_id if about == "sharing" else 0,
        first_on=first,
        last_on=last,
        purpose=purpose.strip(),
        sample_size=size,
        seed=secrets.randbelow(2**31),
        opened_by=actor.account_id,
        opened_on=today,
    )
    db.session.execute(row.inline())
    post("inspection.draw", {"inspection_id": id_}, account_id=actor.account_id)
    audit.record(actor.account_id, "inspection.open", kind="inspection", subject_id=id_)
    return Moved((id_,))


def draw_items(inspection_id: int) -> None:
    """Everything flagged and a sample of the rest, once; the worker's."""
    row = inspection_of(inspection_id, lock=True)
    if row.state != "drawing":
        return
    items = _looks(row) if row.about == "looks" else _shared(row)
    if items:
        db.session.execute(insert(InspectionItem).inline(), items)
    db.session.flush()
    move("inspection", "draw", Chosen.of([row.id]), system_actor(row.agency_id))


def _looks(row: Inspection) -> list[Row]:
    found = looks_of(row)
    limits = limits_here(row.agency_id).value
    flags = flags_of(found.looks, found.known, limits, is_working_day)
    picked = {*flags, *draw((look.id for look in found.looks), flags, row.sample_size, row.seed)}
    row.population, row.flagged = len(found.looks), len(flags)
    looks = [look for look in found.looks if look.id in picked]
    places = _places({look.account_id for look in looks})
    numbers = _numbers({case_id for look in looks for case_id in look.cases})
    return [_of_look(row.id, look, flags.get(look.id, ()), places, numbers) for look in looks]


def _of_look(
    inspection_id: int,
    look: Look,
    flags: Sequence[str],
    places: dict[int, tuple[int, int]],
    numbers: dict[int, str],
) -> Row:
    unit_id, desk_id = places.get(look.account_id, (0, 0))
    (case_id,) = look.cases or (0,)
    return {
        "inspection_id": inspection_id,
        "state": "picked",
        "unit_id": unit_id,
        "desk_id": desk_id,
        "what": "look",
        "object_id": look.id,
        "account_id": look.account_id,
        "at": look.at,
        "verb": look.verb,
        "case_id": case_id,
        "number": numbers.get(case_id, ""),
        "source_unit_id": 0,
        "reason": look.reason,
        "flags": list(flags),
    }


def _shared(row: Inspection) -> list[Row]:
    found = shared_in(row)
    flagged = {one.id for one in found if one.flags}
    picked = {*flagged, *draw((one.id for one in found), flagged, row.sample_size, row.seed)}
    row.population, row.flagged = len(found), len(flagged)
    return [_of_shared(row.id, one) for one in found if one.id in picked]


def _of_shared(inspection_id: int, one: Shared) -> Row:
    return {
        "inspection_id": inspection_id,
        "state": "picked",
        "unit_id": 0,
        "desk_id": 0,
        "what": one.what,
        "object_id": one.id,
        "account_id": one.account_id,
        "at": one.at,
        "verb": f"{one.what}.shared",
        "case_id": 0,
        "number": one.number,
        "source_unit_id": one.unit_id,
        "reason": "",
        "flags": list(one.flags),
    }


def _places(account_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    query = select(Account.id, Account.unit_id, Account.desk_id)
    rows = db.session.execute(query.where(Account.id == any_of(sorted(account_ids))))
    return {row.id: (row.unit_id, row.desk_id) for row in rows}


def _numbers(case_ids: Iterable[int]) -> dict[int, str]:
    query = select(Case.id, Case.number).where(Case.id == any_of(sorted(case_ids)))
    return dict(db.session.execute(query).tuples().all())


def conclude(inspection_id: int, seen: int, conclusion: str, follow_up: str, actor: Actor) -> Moved:
    """End it: every item is judged. What follows is only noted; discipline is not this system's.

    Raises ``Fault("inspection.items_open")``.
    """
    actor.must("inspection.run")
    row = inspection_of(inspection_id, lock=True)
    waiting = select(func.count()).where(
        InspectionItem.inspection_id == row.id, InspectionItem.state != "judged"
    )
    count = db.session.scalar(waiting) or 0
    if count:
        raise Fault("inspection.items_open", count=count)
    moved = move("inspection", "conclude_inspection", Chosen.seen({row.id: seen}), actor)
    if moved.done:
        row.conclusion, row.follow_up = conclusion.strip(), follow_up.strip()
        row.ended_by, row.ended_on = actor.account_id, business_date()
        db.session.flush()
    return moved


def inspection_of(inspection_id: int, *, lock: bool = False) -> Inspection:
    """An inspection of this scope; ``LookupError`` when there is none."""
    query = select(Inspection).where(Inspection.id == inspection_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise LookupError(f"no inspection {inspection_id}")
    return found
