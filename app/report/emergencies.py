"""The days of a household in an emergency, in place of the month's: at once, and the report after
the aid (急难型)."""

import datetime as dt

from app.cases.models import Case
from app.delegation.expediting import due_on, expeditions_of
from app.delegation.models import Expedition
from app.report.messages import say
from tenants.remembering import remembered
from tenants.rulebook import LastDays


def emergency_days(case: Case, tiers: int) -> tuple[LastDays, ...]:
    """The last days of each tier in line: everything that leaves does so on the day that it was
    allowed, each tier above reports earlier. Empty for a household of the month."""
    found = _expedition(case)
    if found is None:
        return ()
    at_once = found.allowed_on
    return tuple(
        LastDays(at_once, at_once, at_once, due_on(found.aid_on, height)) for height in range(tiers)
    )


def emergency_window(case: Case) -> tuple[str, dt.date, dt.date] | None:
    """What stands over the drawing in place of the month's windows: title, first and last day."""
    found = _expedition(case)
    if found is None:
        return None
    last = max(case.due_on or found.aid_on, found.allowed_on)
    return say("lane.emergency", day=found.aid_on), found.allowed_on, last


def _expedition(case: Case) -> Expedition | None:
    if case.lane != "expedited":
        return None
    read = remembered(("expedition", case.id), lambda: expeditions_of([case.id]))
    return read[0] if read else None
