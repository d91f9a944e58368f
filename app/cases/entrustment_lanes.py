"""The lanes of one entrustment: a mark for each step with how many of its households are past it.

What is here follows from the states of the cases, which its own unit sees as the agency does.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import text

from app.cases.lane_model import Arrow, ArrowState, Drawing, Lane, Lanes, Mark, MarkState
from app.cases.lanes import draw
from app.cases.models import Entrustment
from app.web.formats import short_day
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.database import db
from tenants.messages import say
from tenants.rulebook import rulebook

UNIT = "unit"
"""The lane of the commissioning unit, below the agency's."""

_COUNTS = text("""
SELECT count(*) AS households,
       count(*) FILTER (WHERE state IN ('accepted', 'checking', 'reported', 'closed')) AS accepted,
       count(*) FILTER (WHERE state IN ('checking', 'reported', 'closed')) AS approved,
       count(*) FILTER (WHERE state IN ('reported', 'closed')) AS reported,
       count(*) FILTER (WHERE state = 'returned') AS returned,
       count(*) FILTER (WHERE state IN ('terminated', 'recalled')) AS ended,
       min(due_on) AS due_on
FROM household_case WHERE entrustment_id = :entrustment
""")

_DAYS = text("""
SELECT v.action, max(v.day) AS day
FROM household_case c
JOIN event v ON v.agency_id = c.agency_id AND v.machine = 'case' AND v.object_id = c.id
WHERE c.entrustment_id = :entrustment GROUP BY v.action
""")


@dataclass(frozen=True)
class Standing:
    """How many households of an entrustment are past each step, and on which day the last was."""

    households: int
    accepted: int
    approved: int
    reported: int
    returned: int
    ended: int
    due_on: dt.date | None
    days: dict[str, dt.date]

    @property
    def going_on(self) -> int:
        """Those that are to be reported: without the terminated and the recalled."""
        return self.households - self.ended


def standing_of(entrustment_id: int) -> Standing:
    """Two statements, whatever the number of households."""
    values = {"entrustment": entrustment_id}
    counts = db.session.execute(_COUNTS, values).one()._mapping
    days = {row.action: row.day for row in db.session.execute(_DAYS, values)}
    return Standing(**counts, days=days)


def counted_mark(
    key: str, n: int, of: int, *, by: dt.date | None, day: dt.date | None, title: str = ""
) -> Mark:
    """A step that ``n`` of ``of`` households are past: done with its day, or open until ``by``."""
    words = say(title or f"lanes.{key}", n=n, of=of)
    if of and n >= of:
        return Mark(key, words, short_day(day) if day else "", day or by, "done")
    state: MarkState = "late" if by is not None and by < business_date() else "open"
    return Mark(key, words, said_until(by, is_late=state == "late"), by, state)


def said_until(by: dt.date | None, *, is_late: bool) -> str:
    """The last day in words; what is over it is said, not only coloured."""
    if by is None:
        return ""
    return say("lanes.overdue" if is_late else "lanes.latest", day=short_day(by))


def drawn(lanes: Lanes, period: int, agency_id: int, due_on: dt.date | None) -> Drawing:
    """The drawing of an entrustment, from the first of its month to the day it is due."""
    first = dt.date(period // 100, period % 100, 1)
    windows = rulebook(agency(agency_id).province).windows_in(first)
    return draw(lanes, windows, business_date(), first, due_on or business_date())


def drawing_for_unit(entrustment: Entrustment, unit_name: str) -> Drawing:
    """What its own commissioning unit sees: its letter going up, its results coming down."""
    now, own = standing_of(entrustment.id), agency(entrustment.agency_id)
    due, of = now.due_on, now.going_on
    submitted = entrustment.submitted_on
    marks = [
        Mark(
            "submit",
            say("lanes.submit", n=now.households),
            short_day(submitted) if submitted else "",
            submitted,
            "done",
        )
    ]
    if now.returned:
        sent_back = now.days.get("return")
        words = say("lanes.returned", n=now.returned)
        marks.append(Mark("returned", words, say("lanes.to_correct"), sent_back, "open"))
    reported = now.days.get("report")
    marks.append(counted_mark("receive", now.reported, of, by=due, day=reported))
    checks = [
        counted_mark("accept", now.accepted, of, by=None, day=now.days.get("accept")),
        counted_mark("approve", now.approved, of, by=None, day=now.days.get("approve")),
        counted_mark("report", now.reported, of, by=due, day=reported),
    ]
    lanes = (
        Lane(own.tier, say(f"lane.tier.{own.tier}"), own.name, tuple(checks)),
        Lane(UNIT, say("lanes.unit"), unit_name, tuple(marks)),
    )
    arrows = (
        Arrow(UNIT, "submit", own.tier, "accept", "done", "letter"),
        Arrow(own.tier, "report", UNIT, "receive", _state(checks[-1]), "report"),
    )
    return drawn(Lanes(lanes, arrows), entrustment.period, own.id, due)


def _state(mark: Mark) -> ArrowState:
    return "done" if mark.state == "done" else "open"
