"""The month at a glance, for the home page: cases by state, and the sharing units."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import text

from app.cases.messages import STATE_TITLES
from tenants.calendar import business_date
from tenants.database import db

_IDS_PER_MONTH = 10**12

# Ids carry the month in which a row was made; a period's cases are made in it or the month before.
# What a unit has not handed in belongs to no month yet: what is written down after the window for
# handing in carries the next one, and waits all the same.
_STATES = text("""
SELECT state, count(*) AS households FROM household_case
WHERE id >= :first AND period = :period AND state <> 'prepared' GROUP BY state
UNION ALL
SELECT 'prepared', count(*) FROM household_case WHERE :with_prepared AND state = 'prepared'
""")

_UNITS = text("""
SELECT u.name, count(*) AS requests, sum(q.subjects) AS people, sum(q.items_asked) AS asked,
       sum(q.items_answered) AS answered,
       min(q.due_on) FILTER (WHERE q.state = 'delivered') AS due_on,
       bool_and(q.state IN ('answered', 'closed')) AS is_over,
       bool_or(q.state = 'closed') AS gave_up,
       bool_and(q.state IN ('draft', 'made', 'confirmed')) AS is_unsent
FROM exchange_request q JOIN unit u ON u.agency_id = q.agency_id AND u.id = q.unit_id
WHERE q.id >= :first AND q.period = :period AND q.state <> 'stopped'
GROUP BY u.id, u.name ORDER BY due_on NULLS LAST, u.id
""")

_ORDER = ("submitted", "accepted", "checking", "reported", "closed", "returned", "terminated")


@dataclass(frozen=True)
class UnitLine:
    """How one sharing unit stands this month: items asked and answered, and until when."""

    name: str
    people: int
    asked: int
    answered: int
    due_on: dt.date | None
    is_over: bool
    gave_up: bool
    is_unsent: bool


def this_period() -> int:
    """The calendar month of the business date, as yyyymm."""
    day = business_date()
    return day.year * 100 + day.month


def cases_by_state(period: int, *, with_prepared: bool) -> list[tuple[str, str, int]]:
    """(state, title, households) of the period in the order of the process, zeros included.

    What is still being prepared is its unit's own affair: the agency does not see it here.
    """
    values = {**_bounds(period), "with_prepared": with_prepared}
    rows = db.session.execute(_STATES, values)
    found = {row.state: row.households for row in rows}
    titles = STATE_TITLES["case"]
    order = list(_ORDER)
    order += [state for state in ("withdrawn",) if state in found]
    order += [state for state in ("prepared",) if with_prepared]
    order += [state for state in ("recalled",) if state in found]
    return [(state, titles[state], found.get(state, 0)) for state in order]


def units(period: int) -> list[UnitLine]:
    """The sharing units asked in the period, the next due first."""
    return [
        UnitLine(
            name=row.name,
            people=row.people,
            asked=row.asked,
            answered=row.answered,
            due_on=row.due_on,
            is_over=row.is_over,
            gave_up=row.gave_up,
            is_unsent=row.is_unsent,
        )
        for row in db.session.execute(_UNITS, _bounds(period))
    ]


def _bounds(period: int) -> dict[str, int]:
    before = dt.date(period // 100, period % 100, 1) - dt.timedelta(days=1)
    return {"first": (before.year * 100 + before.month) * _IDS_PER_MONTH, "period": period}
