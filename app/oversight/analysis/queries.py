"""What the pages of 分析 ask: where everything is and how old, the month against the one before,
how what was asked ended, and what the households' reports held. One statement a question."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from app.cases.filtering import UNFINISHED
from app.cases.transitions import HANDED_OVER, NOT_HANDED_IN
from app.oversight.analysis.counting import span
from tenants.calendar import business_date
from tenants.database import db
from tenants.remembering import remembered

SOON_DAYS = 7
AGES = (5, 10, 20)
"""Days since it was handed in: up to the first, to the second, to the third, and more."""

# What a case in exchange waits for is derived from its asks, as the board does it.
_STANDING = text("""
WITH waiting AS (
  SELECT a.case_id, bool_or(a.source > 0) AS own, bool_or(a.source = 0) AS above
  FROM ask a WHERE a.is_open GROUP BY a.case_id
)
SELECT CASE WHEN c.state <> 'checking' THEN c.state WHEN w.own THEN 'exchange'
            WHEN w.above THEN 'parent' ELSE 'report' END AS step,
       count(*) AS households,
       count(*) FILTER (WHERE c.due_on < :today) AS late,
       count(*) FILTER (WHERE c.due_on BETWEEN :today AND :soon) AS soon,
       count(*) FILTER (WHERE :today - e.submitted_on <= :a) AS age_0,
       count(*) FILTER (WHERE :today - e.submitted_on > :a AND :today - e.submitted_on <= :b)
         AS age_1,
       count(*) FILTER (WHERE :today - e.submitted_on > :b AND :today - e.submitted_on <= :c)
         AS age_2,
       count(*) FILTER (WHERE :today - e.submitted_on > :c) AS age_3
FROM household_case c
LEFT JOIN waiting w ON w.case_id = c.id
LEFT JOIN entrustment e ON e.agency_id = c.agency_id AND e.id = c.entrustment_id
WHERE c.state = ANY(:open)
GROUP BY 1
""")

_TO_DATE = text("""
WITH told AS (
  SELECT v.object_id, min(v.day) FILTER (WHERE v.action = 'approve') AS approved_on,
         min(v.day) FILTER (WHERE v.action = 'return') AS returned_on,
         min(v.day) FILTER (WHERE v.action = 'report') AS reported_on
  FROM event v
  WHERE v.machine = 'case' AND v.object_id >= :first
    AND v.action IN ('approve', 'return', 'report')
  GROUP BY v.object_id
)
SELECT c.period, count(*) FILTER (WHERE e.submitted_on <= d.day) AS handed_in,
       count(*) FILTER (WHERE t.returned_on <= d.day) AS returned,
       count(*) FILTER (WHERE t.approved_on <= d.day) AS approved,
       count(*) FILTER (WHERE t.reported_on <= d.day) AS reported
FROM household_case c
JOIN entrustment e ON e.agency_id = c.agency_id AND e.id = c.entrustment_id
LEFT JOIN told t ON t.object_id = c.id
CROSS JOIN LATERAL (SELECT CASE WHEN c.period = :to THEN CAST(:today AS date)
                    ELSE CAST(:then AS date) END AS day) d
WHERE c.id >= :first AND c.period IN (:from, :to) AND c.state <> ALL(:unseen)
GROUP BY c.period
""")

_ASKED = text("""
SELECT i.item / 100 AS kind, sign(a.source)::int AS source, i.outcome, count(*) AS items
FROM household_case c
JOIN ask a ON a.agency_id = c.agency_id AND a.case_id = c.id
CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
WHERE c.id >= :first AND c.period = :to AND (:scheme = '' OR c.scheme = :scheme)
GROUP BY 1, 2, 3
""")

# A household to whom more than one applies counts where the most is to be looked at.
_HELD = text("""
SELECT c.scheme,
       CASE WHEN EXISTS (SELECT FROM matter m WHERE m.agency_id = c.agency_id
                         AND m.case_id = c.id AND m.state <> 'lapsed') THEN 'matter'
            WHEN EXISTS (SELECT FROM finding f WHERE f.agency_id = c.agency_id
                         AND f.case_id = c.id AND NOT EXISTS (
                           SELECT FROM finding_replaced x
                           WHERE x.agency_id = f.agency_id AND x.finding_id = f.id)) THEN 'found'
            ELSE 'nothing' END AS found,
       count(*) AS households
FROM household_case c
WHERE c.id >= :first AND c.period = :to AND c.state = ANY(:reported) AND c.origin = 'unit'
GROUP BY 1, 2
""")


@dataclass(frozen=True)
class Month:
    """A month (yyyymm) and a scheme (empty: all) that a page is about."""

    period: int
    scheme: str = ""


def standing() -> list[Any]:
    """Step → its households, those late, due soon, and how old they are."""
    today = business_date()
    values = dict(zip("abc", AGES, strict=True)) | {"today": today, "open": [*UNFINISHED]}
    soon = today + dt.timedelta(days=SOON_DAYS - 1)
    return list(db.session.execute(_STANDING, {**values, "soon": soon}))


def to_date(before: int, period: int, then: dt.date) -> dict[int, Any]:
    """The month as it is today, and the month before as it was on the day ``then``."""
    values = {"today": business_date(), "then": then, "unseen": [*NOT_HANDED_IN]}
    rows = db.session.execute(_TO_DATE, span(before, period) | values)
    return {row.period: row for row in rows}


def asked(month: Month) -> list[Any]:
    """(kind of source, 1 own unit, 0 the tiers above, -1 nobody, outcome) → asked items."""
    values = span(month.period, month.period) | {"scheme": month.scheme}
    return remembered(("asked", month), lambda: list(db.session.execute(_ASKED, values)))


def held(month: Month) -> list[Any]:
    """(scheme, what the report held) → households of own units that were reported on."""
    values = span(month.period, month.period) | {"reported": [*HANDED_OVER]}
    return list(db.session.execute(_HELD, values))
