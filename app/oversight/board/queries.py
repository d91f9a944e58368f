"""The board's three questions, each one statement whatever the number of cases: counts only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from app.cases.filtering import UNFINISHED
from tenants.calendar import business_date
from tenants.database import db

CLOSED_STATES = ("reported", "closed", "terminated", "recalled")
_OPEN_REQUESTS = ("draft", "made", "confirmed", "delivered")
_CLOSED_REQUESTS = ("answered", "closed")
_IDS_PER_MONTH = 10**12

# What a case in exchange waits for is derived from its asks: own units first, then the parent.
_HOUSEHOLDS = text("""
WITH waiting AS (
  SELECT a.case_id, bool_or(a.source > 0) AS own, bool_or(a.source = 0) AS above
  FROM ask a WHERE a.is_open GROUP BY a.case_id
)
SELECT CASE WHEN c.state <> 'checking' THEN c.state WHEN w.own THEN 'exchange'
            WHEN w.above THEN 'parent' ELSE 'report' END AS step,
       c.unit_id, c.desk_id, c.from_agency_id, count(*) AS households,
       count(*) FILTER (WHERE c.due_on < :today AND c.state = ANY(:open)) AS late,
       min(e.submitted_on) AS oldest, min(c.due_on) AS due_on
FROM household_case c
LEFT JOIN waiting w ON w.case_id = c.id
LEFT JOIN entrustment e ON e.agency_id = c.agency_id AND e.id = c.entrustment_id
WHERE c.state = ANY(:states) AND c.id >= :first
  AND (:period = 0 OR c.period = :period) AND (:scheme = '' OR c.scheme = :scheme)
GROUP BY 1, 2, 3, 4
""")

_EMERGENCIES = text("""
SELECT count(*) AS households, count(*) FILTER (WHERE due_on < :today) AS late
FROM household_case WHERE lane = 'expedited' AND state = ANY(:states)
""")

_SOURCES = text("""
SELECT a.source, count(DISTINCT a.case_id) AS households,
       count(DISTINCT a.case_id) FILTER (WHERE c.due_on < :today) AS late
FROM ask a JOIN household_case c ON c.agency_id = a.agency_id AND c.id = a.case_id
WHERE a.is_open AND c.state = 'checking' AND c.id >= :first
  AND (:period = 0 OR c.period = :period) AND (:scheme = '' OR c.scheme = :scheme)
GROUP BY a.source
""")

_REQUESTS = text("""
SELECT q.unit_id, count(*) AS requests,
       count(*) FILTER (WHERE q.state IN ('draft', 'made', 'confirmed')) AS unsent,
       count(*) FILTER (WHERE q.state = 'delivered') AS waiting,
       count(*) FILTER (WHERE q.state = 'delivered' AND q.due_on < :today) AS late,
       count(*) FILTER (WHERE q.state = 'closed') AS given_up,
       min(q.due_on) FILTER (WHERE q.state = 'delivered') AS due_on,
       coalesce(sum(q.items_asked), 0) AS asked, coalesce(sum(q.items_answered), 0) AS answered
FROM exchange_request q
WHERE q.state = ANY(:requests) AND q.id >= :first AND (:period = 0 OR q.period = :period)
GROUP BY q.unit_id
""")


@dataclass(frozen=True)
class Asked:
    """What the board is about: one period or everything that is not finished, one scheme or all."""

    period: int = 0
    scheme: str = ""

    @property
    def is_active(self) -> bool:
        """Whether anything is narrowed."""
        return self != Asked()

    def values(self) -> dict[str, Any]:
        """What the statements want to know; a period's rows begin in the month before it."""
        states, requests = [*UNFINISHED], [*_OPEN_REQUESTS]
        first = 0
        if self.period:
            states, requests = [*states, *CLOSED_STATES], [*requests, *_CLOSED_REQUESTS]
            before = dt.date(self.period // 100, self.period % 100, 1) - dt.timedelta(days=1)
            first = (before.year * 100 + before.month) * _IDS_PER_MONTH
        return {
            **{"period": self.period, "scheme": self.scheme, "first": first},
            **{"states": states, "open": [*UNFINISHED], "requests": requests},
            "today": business_date(),
        }


def households(asked: Asked) -> list[Any]:
    """(step, unit_id, desk_id, from_agency_id, households, late, oldest, due_on) groups."""
    return list(db.session.execute(_HOUSEHOLDS, asked.values()))


def emergencies() -> tuple[int, int]:
    """How many households of the expedited lane are open, and how many of them are late."""
    row = db.session.execute(_EMERGENCIES, Asked().values()).one()
    return row.households, row.late


def sources(asked: Asked) -> dict[int, Any]:
    """Source → how many households wait for it, and how many of those are late."""
    return {row.source: row for row in db.session.execute(_SOURCES, asked.values())}


def requests(asked: Asked) -> list[Any]:
    """How the exchange with each sharing unit stands."""
    return list(db.session.execute(_REQUESTS, asked.values()))
