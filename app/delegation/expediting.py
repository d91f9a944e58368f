"""紧急办理 (急难型): a named person lets a household be checked at once, outside the windows.

The aid comes first and the report after it. The law gives the emergency no lane of its own: who
may allow it, for which schemes and by when the report follows are rulebook values of ours. What
was allowed goes up with the household, or after it where its letter has left already.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, update

from app.accounts.actor import Actor, system_actor
from app.cases.lifecycle import Moved, note
from app.cases.models import Case
from app.cases.telling import tell_senders, tell_staff
from app.delegation.answers import lock_cases
from app.delegation.holding import hold
from app.delegation.letters import send_up
from app.delegation.models import Expedition
from app.delegation.routing import into_lane
from tenants.agency.tree import agency
from tenants.calendar import add_working_days, business_date, instant
from tenants.database import any_of, db, take_ids
from tenants.messages import Fault
from tenants.rulebook import rulebook
from tenants.scope import current_scope

OPEN = ("submitted", "accepted", "checking")
AID_WITHIN = dt.timedelta(days=31)
"""Aid that lies further away from the day of the permission is no emergency, or a slip."""

_SENT_UP = text("""
SELECT DISTINCT a.case_id, l.parent_id, l.period
FROM ask a JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
WHERE a.case_id = ANY(:ids) AND l.state = 'sent' ORDER BY 1
""")


@dataclass(frozen=True)
class Permission:
    """Who allowed it and why, as every tier that checks the household keeps it."""

    agency_id: int
    name: str
    on: dt.date
    reason: str
    aid_on: dt.date
    account_id: int = 0

    def as_json(self) -> dict[str, Any]:
        """As it goes up in a letter; the account stays where it is."""
        told = {"agency": self.agency_id, "name": self.name, "reason": self.reason}
        return told | {"on": self.on.isoformat(), "aid_on": self.aid_on.isoformat()}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Permission":
        """As it came in a letter."""
        return cls(
            told["agency"],
            told["name"],
            dt.date.fromisoformat(told["on"]),
            told["reason"],
            dt.date.fromisoformat(told["aid_on"]),
        )


def allow(case_id: int, reason: str, aid_on: dt.date, actor: Actor) -> Moved:
    """Let a household of this agency's own units be checked at once.

    Raises ``LookupError``, ``Forbidden``, and ``Fault`` for a household that came from below or is
    of another scheme, is not open, is expedited already, or for a day of aid that cannot be.
    """
    actor.must("case.expedite")
    if not reason.strip():
        raise Fault("reason_missing")
    case = require_allowable(case_id, lock=True)
    today = business_date()
    if abs(aid_on - today) > AID_WITHIN:
        raise Fault("expedite.aid", today=today, days=AID_WITHIN.days)
    given = Permission(case.agency_id, actor.name, today, reason, aid_on, actor.account_id)
    expedite([case_id], given, actor)
    tell_parent([case_id], given)
    return Moved((case_id,))


def require_allowable(case_id: int, *, lock: bool = False) -> Case:
    """The household, when it can be expedited; ``LookupError`` or ``Fault`` otherwise."""
    query = select(Case).where(Case.id == case_id).execution_options(populate_existing=True)
    case = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if case is None:
        raise LookupError(f"no case {case_id}")
    schemes = rulebook(agency(case.agency_id).province).expedited_schemes.value
    if case.origin != "unit":
        raise Fault("expedite.below")
    if case.scheme not in schemes:
        raise Fault("expedite.scheme")
    if case.lane == "expedited":
        raise Fault("expedite.twice")
    if case.state not in OPEN:
        raise Fault("expedite.state")
    return case


def expedite(case_ids: Sequence[int], given: Permission, actor: Actor) -> None:
    """Mark households, set when their report is due, and take them out of the month's batches."""
    lock_cases(case_ids)
    found = select(Case.id, Case.height, Case.unit_id, Case.desk_id)
    cases = {row.id: row for row in db.session.execute(found.where(Case.id == any_of(case_ids)))}
    heights = {case_id: row.height for case_id, row in cases.items()}
    for height in sorted(set(heights.values())):
        same = [case_id for case_id in case_ids if heights[case_id] == height]
        write = update(Case).where(Case.id == any_of(same))
        db.session.execute(write.values(lane="expedited", due_on=due_on(given.aid_on, height)))
    permissions = [
        Expedition(
            id=id_,
            case_id=case_id,
            unit_id=cases[case_id].unit_id,
            desk_id=cases[case_id].desk_id,
            allowed_agency_id=given.agency_id,
            allowed_by=given.account_id,
            allowed_name=given.name,
            allowed_on=given.on,
            allowed_at=instant(),
            reason=given.reason,
            aid_on=given.aid_on,
        )
        for id_, case_id in zip(take_ids(len(case_ids)), case_ids, strict=True)
    ]
    db.session.add_all(permissions)
    db.session.flush()
    note("case", case_ids, "expedite", actor, reason=given.reason)
    hold(case_ids)
    into_lane(case_ids)
    tell_staff("case.expedited", ["reviewer", "exchange_operator"], list(case_ids))
    tell_senders("case.hastened", list(case_ids))


def due_on(aid_on: dt.date, height: int) -> dt.date:
    """When the report follows the aid: each tier above is due earlier, so that it can be merged."""
    law = rulebook(agency(current_scope().agency_id).province)
    first = add_working_days(aid_on, law.expedited_report_working_days.value)
    return max(aid_on, add_working_days(first, -height * law.tier_working_days.value))


def told_with(case_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Case → what is told upwards about its emergency, for those that have one."""
    return {row.case_id: _permission(row).as_json() for row in expeditions_of(case_ids)}


def expeditions_of(case_ids: Sequence[int]) -> list[Expedition]:
    """The permissions of these households."""
    query = select(Expedition).where(Expedition.case_id == any_of(case_ids))
    return list(db.session.scalars(query))


def _permission(row: Expedition) -> Permission:
    return Permission(
        row.allowed_agency_id, row.allowed_name, row.allowed_on, row.reason, row.aid_on
    )


def take_along(told: Mapping[int, Mapping[str, Any] | None]) -> None:
    """Households that arrived from below with a permission (case → what the letter told)."""
    actor = system_actor(current_scope().agency_id)
    for case_id, permission in told.items():
        if permission:
            expedite([case_id], Permission.of(permission), actor)


def tell_parent(case_ids: Sequence[int], given: Permission) -> None:
    """Tell the parent of what has left already."""
    letters: dict[tuple[int, int], list[int]] = {}
    for row in db.session.execute(_SENT_UP, {"ids": list(case_ids)}):
        letters.setdefault((row.parent_id, row.period), []).append(row.case_id)
    for (parent_id, period), cases in letters.items():
        content = {"cases": cases, "permission": given.as_json()}
        send_up(agency(parent_id), "expedite", uuid.uuid4(), content, period=period)
