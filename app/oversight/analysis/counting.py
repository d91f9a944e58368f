"""The agency's own counts, by month or by sharing unit: one statement a question."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from app.cases.filtering import UNFINISHED
from app.cases.transitions import HANDED_OVER, NOT_HANDED_IN
from tenants.calendar import business_date
from tenants.database import db

_IDS_PER_MONTH = 10**12

# A case's first report is what its last day is held against; a later version changes nothing.
_CASES = text("""
WITH told AS (
  SELECT v.object_id, min(v.day) FILTER (WHERE v.action = 'report') AS reported_on,
         bool_or(v.action = 'return') AS was_returned
  FROM event v
  WHERE v.machine = 'case' AND v.object_id >= :first AND v.action IN ('report', 'return')
  GROUP BY v.object_id
)
SELECT c.period, count(*) AS handed_in,
       count(*) FILTER (WHERE c.state = ANY(:open)) AS open,
       count(*) FILTER (WHERE c.state = ANY(:open) AND c.due_on < :today) AS late,
       count(*) FILTER (WHERE c.state = ANY(:reported)) AS reported,
       count(*) FILTER (WHERE c.state = ANY(:reported) AND t.reported_on > c.due_on) AS over,
       count(*) FILTER (WHERE c.state <> ALL(:open) AND c.state <> ALL(:reported)) AS ended,
       count(*) FILTER (WHERE t.was_returned) AS returned
FROM household_case c LEFT JOIN told t ON t.object_id = c.id
WHERE c.id >= :first AND c.period BETWEEN :from AND :to AND c.state <> ALL(:unseen)
GROUP BY c.period
""")

_REQUESTS = text("""
WITH came AS (
  SELECT r.request_id, min(r.received_on) FILTER (WHERE r.state = 'accepted') AS on_day,
         count(*) FILTER (WHERE r.state = 'refused') AS files_refused,
         coalesce(sum(r.hits) FILTER (WHERE r.state = 'accepted'), 0) AS hits,
         coalesce(sum(r.no_records) FILTER (WHERE r.state = 'accepted'), 0) AS no_records,
         coalesce(sum(r.unable) FILTER (WHERE r.state = 'accepted'), 0) AS unable,
         coalesce(sum(r.refused) FILTER (WHERE r.state = 'accepted'), 0) AS refused
  FROM reply r WHERE r.request_id >= :first GROUP BY r.request_id
)
SELECT q.period, q.unit_id, count(*) AS requests,
       count(*) FILTER (WHERE q.state = 'answered') AS answered,
       count(*) FILTER (WHERE q.state = 'answered' AND r.on_day > q.due_on) AS answered_late,
       count(*) FILTER (WHERE q.extended_days > 0) AS extended,
       count(*) FILTER (WHERE q.state = 'closed') AS unanswered,
       count(*) FILTER (WHERE q.state = 'delivered') AS waiting,
       count(*) FILTER (WHERE q.state = 'delivered' AND q.due_on < :today) AS waiting_late,
       sum(q.items_asked) AS items, coalesce(sum(r.hits), 0) AS hits,
       coalesce(sum(r.no_records), 0) AS no_records, coalesce(sum(r.unable), 0) AS unable,
       coalesce(sum(r.refused), 0) AS refused, coalesce(sum(r.files_refused), 0) AS files_refused
FROM exchange_request q LEFT JOIN came r ON r.request_id = q.id
WHERE q.id >= :first AND q.period BETWEEN :from AND :to AND q.delivered_on IS NOT NULL
GROUP BY q.period, q.unit_id
""")

# The month of an objection is that of its id.
_OBJECTIONS = text("""
SELECT o.id / 1000000000000 AS period, o.source_unit_id AS unit_id, count(*) AS objections,
       count(*) FILTER (WHERE o.outcome IN ('corrected', 'source_correcting')) AS corrected
FROM objection o WHERE o.id >= :low AND o.id < :high
GROUP BY 1, 2
""")


_INSURANCE = text("""
SELECT c.period, sum(c.persons) FILTER (WHERE c.result = 'insured') AS insured,
       sum(c.persons) FILTER (WHERE c.result = 'not_insured') AS uninsured,
       sum(c.persons) FILTER (WHERE c.result = 'unknown') AS insured_unknown
FROM insurance_count c
WHERE c.insurance = 'pension' AND c.period BETWEEN :from AND :to GROUP BY c.period
""")


def month_counts(periods: Sequence[int]) -> dict[int, dict[str, int]]:
    """Period (yyyymm) → measure → count, of every month between the first and the last; four
    statements. Households count in the month that they are checked in, requests likewise,
    objections in that in which they were raised."""
    found = {period: dict[str, int]() for period in periods}
    insured = db.session.execute(_INSURANCE, {"from": periods[0], "to": periods[-1]})
    for row in (*cases_by_month(periods[0], periods[-1]), *insured):
        found[row.period] |= _counts(row, "period")
    for row in (*requests_by_unit(periods[0], periods[-1]), *_objections(periods)):
        here = found[row.period]
        for name, count in _counts(row, "period", "unit_id").items():
            here[name] = here.get(name, 0) + count
    return found


def cases_by_month(first: int, last: int) -> list[Any]:
    """The households of these months, by how they stand."""
    values = span(first, last) | {
        "open": [*UNFINISHED],
        "reported": [*HANDED_OVER],
        "unseen": [*NOT_HANDED_IN],
        "today": business_date(),
    }
    return list(db.session.execute(_CASES, values))


def requests_by_unit(first: int, last: int) -> list[Any]:
    """(period, unit) → requests that were delivered to it and how they were answered."""
    return list(db.session.execute(_REQUESTS, span(first, last) | {"today": business_date()}))


def objections_by_unit(first: int, last: int) -> list[Any]:
    """(period, unit that is asked again; 0 for a tier above) → objections, and those corrected."""
    bounds = {"low": first * _IDS_PER_MONTH, "high": (last + 1) * _IDS_PER_MONTH}
    return list(db.session.execute(_OBJECTIONS, bounds))


def _objections(periods: Sequence[int]) -> list[Any]:
    rows = objections_by_unit(periods[0], periods[-1])
    return [row for row in rows if row.period in periods]


def _counts(row: Any, *without: str) -> dict[str, int]:
    return {name: int(count or 0) for name, count in row._mapping.items() if name not in without}


def span(first: int, last: int) -> dict[str, Any]:
    """What the statements want to know of the months; a month's rows begin in the month before."""
    before = dt.date(first // 100, first % 100, 1) - dt.timedelta(days=1)
    low = (before.year * 100 + before.month) * _IDS_PER_MONTH
    return {"first": low, "from": first, "to": last}
