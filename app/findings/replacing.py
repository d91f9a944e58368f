"""Findings that a recheck with the same source put others in the place of, here and further down.

Nothing is deleted: an old finding stays with its source and date, and is used no more.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence

from sqlalchemy import select, text

from app.findings.models import Finding, FindingReplaced
from tenants.calendar import instant
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db

# Only what the source did answer takes the place of what it answered before.
_REPLACE = text("""
INSERT INTO finding_replaced (finding_id, case_id, replaced_at)
SELECT DISTINCT f.id, f.case_id, CAST(:at AS timestamptz)
FROM ask a
CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
JOIN ask b ON b.agency_id = a.agency_id AND b.subject_id = a.subject_id
  AND b.source = a.source AND b.round < a.round AND i.item = ANY(b.items)
JOIN finding f ON f.agency_id = b.agency_id AND f.subject_id = b.subject_id
  AND f.request_id = b.request_id AND f.item = i.item
WHERE a.request_id = :request AND i.outcome = ANY(CAST(:answered AS smallint[]))
ON CONFLICT DO NOTHING
""")

_TAKE_IN = text("""
INSERT INTO finding_replaced (finding_id, case_id, replaced_at)
SELECT f.id, f.case_id, CAST(:at AS timestamptz)
FROM jsonb_to_recordset(CAST(:told AS jsonb)) AS x("by" int, origin bigint)
JOIN finding f ON f.by_agency_id = x."by" AND f.origin_finding = x.origin
WHERE f.origin_finding <> 0
ON CONFLICT DO NOTHING
""")

Origin = tuple[int, int]
"""The agency that checked, and its own id of the finding."""


def replace_older(request_id: int) -> None:
    """What a recheck's source answered now takes the place of what it answered before."""
    answered = [int(Outcome.HIT), int(Outcome.NO_RECORD)]
    values = {"request": request_id, "at": instant(), "answered": answered}
    db.session.execute(_REPLACE, values)


def replaced_in(case_ids: Iterable[int]) -> dict[int, list[Origin]]:
    """Case → the findings that are used no more, by whom they were found."""
    rows = db.session.execute(
        select(Finding.case_id, Finding.by_agency_id, Finding.origin_finding, Finding.id)
        .join(
            FindingReplaced,
            (FindingReplaced.agency_id == Finding.agency_id)
            & (FindingReplaced.finding_id == Finding.id),
        )
        .where(FindingReplaced.case_id == any_of(sorted(set(case_ids))))
        .order_by(Finding.id)
    )
    found: dict[int, list[Origin]] = {}
    for case_id, by_agency_id, origin, own in rows:
        found.setdefault(case_id, []).append((by_agency_id, origin or own))
    return found


def take_in_replaced(told: Sequence[Sequence[int]]) -> None:
    """The same findings are used no more here, as far as they ever came down."""
    if told:
        rows = [{"by": by, "origin": origin} for by, origin in told]
        db.session.execute(_TAKE_IN, {"told": json.dumps(rows), "at": instant()})


def items_replaced_since(case_id: int, since: dt.datetime) -> list[int]:
    """Data items of a case of which a finding was replaced after an instant."""
    rows = (
        select(Finding.item)
        .join(
            FindingReplaced,
            (FindingReplaced.agency_id == Finding.agency_id)
            & (FindingReplaced.finding_id == Finding.id),
        )
        .where(FindingReplaced.case_id == case_id, FindingReplaced.replaced_at > since)
        .distinct()
        .order_by(Finding.item)
    )
    return list(db.session.scalars(rows))
