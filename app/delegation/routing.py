"""Routing: what was approved becomes asks, drafts of requests, and a letter in preparation.

A fixed number of statements for any number of cases: the rule runs once per distinct set of
items, the rows are made by INSERT … SELECT.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import text

from app.cases.sources import TO_NOBODY, TO_PARENT, permits
from app.delegation.coverage import coverage_above, own_capabilities
from app.delegation.emptied import end_emptied
from app.delegation.rules import route
from tenants.agency.tree import agency, parent_of
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.outbox import post
from tenants.own_items import asked_of_each
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope

_LOCK_UNROUTED = text("""
SELECT c.id FROM household_case c
WHERE c.id = ANY(:ids) AND c.state = 'checking'
  AND NOT EXISTS (SELECT FROM ask a WHERE a.agency_id = c.agency_id AND a.case_id = c.id)
ORDER BY c.id FOR UPDATE
""")

# What is asked follows from the scheme; a delegated case brings its items in its letter.
_ITEMS_FROM_MATRIX = text("""
UPDATE subject s SET items = m.items
FROM household_case c,
     jsonb_to_recordset(CAST(:matrix AS jsonb)) AS m(scheme text, role text, items smallint[])
WHERE s.case_id = ANY(:ids) AND c.agency_id = s.agency_id AND c.id = s.case_id
  AND c.origin = 'unit' AND m.scheme = c.scheme AND m.role = s.role
""")

# The consent in force that holds longest says what may be asked; no row without one.
_AUTHORISED_ITEMS = text("""
SELECT DISTINCT s.items, c.period, z.scope
FROM subject s JOIN household_case c ON c.agency_id = s.agency_id AND c.id = s.case_id
CROSS JOIN LATERAL (
  SELECT z.scope FROM authorisation z WHERE z.agency_id = s.agency_id AND z.subject_id = s.id
    AND z.signed_on <= :day AND z.expires_on >= :day AND z.withdrawn_on IS NULL
  ORDER BY z.expires_on DESC, z.id DESC LIMIT 1) z
WHERE s.case_id = ANY(:ids) AND s.left_on IS NULL
""")

_ASK_AUTHORISED = text("""
INSERT INTO ask (subject_id, source, case_id, items, outcomes, request_id, letter_id)
SELECT s.id, r.source, s.case_id, r.part, r.outcomes, r.request, r.letter
FROM subject s
JOIN household_case c ON c.agency_id = s.agency_id AND c.id = s.case_id
CROSS JOIN LATERAL (
  SELECT z.scope FROM authorisation z WHERE z.agency_id = s.agency_id AND z.subject_id = s.id
    AND z.signed_on <= :day AND z.expires_on >= :day AND z.withdrawn_on IS NULL
  ORDER BY z.expires_on DESC, z.id DESC LIMIT 1) z
JOIN jsonb_to_recordset(CAST(:routes AS jsonb))
  AS r(items smallint[], period int, scope smallint[], source int, part smallint[],
       outcomes smallint[], request bigint, letter bigint)
  ON r.items = s.items AND r.period = c.period AND r.scope = z.scope
WHERE s.case_id = ANY(:ids) AND s.left_on IS NULL
""")

_ASK_UNAUTHORISED = text("""
INSERT INTO ask (subject_id, source, case_id, items, outcomes)
SELECT s.id, :nobody, s.case_id, s.items, array_fill(
  CASE WHEN s.left_on IS NOT NULL THEN CAST(:ceased AS smallint)
       WHEN EXISTS (SELECT FROM authorisation z WHERE z.agency_id = s.agency_id
                      AND z.subject_id = s.id AND z.withdrawn_on IS NOT NULL)
       THEN CAST(:withdrawn AS smallint) ELSE CAST(:unauthorised AS smallint) END,
  ARRAY[cardinality(s.items)])
FROM subject s
WHERE s.case_id = ANY(:ids) AND cardinality(s.items) > 0
  AND (s.left_on IS NOT NULL OR NOT EXISTS (
    SELECT FROM authorisation z WHERE z.agency_id = s.agency_id AND z.subject_id = s.id
      AND z.signed_on <= :day AND z.expires_on >= :day AND z.withdrawn_on IS NULL))
""")

_ON_NO_REQUEST = text("""
SELECT DISTINCT a.source, c.period
FROM ask a JOIN household_case c ON c.agency_id = a.agency_id AND c.id = a.case_id
WHERE a.case_id = ANY(:ids) AND a.source > 0 AND a.request_id IS NULL AND a.is_open
""")

# DO UPDATE locks the draft that is there: it cannot be made, nor a letter sealed, while asks are on
# their way into it; one that was made a moment ago is no conflict any more, and a new one opens.
_DRAFT_REQUESTS = text("""
INSERT INTO exchange_request (unit_id, period, state, lane)
SELECT x.source, x.period, 'draft', :lane
FROM unnest(CAST(:sources AS int[]), CAST(:periods AS int[])) AS x(source, period)
ORDER BY 1, 2
ON CONFLICT (agency_id, unit_id, period, lane) WHERE state = 'draft'
  DO UPDATE SET lane = excluded.lane
RETURNING unit_id, period, id
""")

_INTO_REQUESTS = text("""
UPDATE ask a SET request_id = q.id
FROM household_case c, exchange_request q
WHERE a.case_id = ANY(:ids) AND a.source > 0 AND a.request_id IS NULL AND a.is_open
  AND c.agency_id = a.agency_id AND c.id = a.case_id
  AND q.agency_id = a.agency_id AND q.unit_id = a.source AND q.period = c.period
  AND q.state = 'draft' AND q.lane = 'regular'
""")

# A household that an agency above has already is supplemented there, not entrusted a second time,
# whoever is the parent today.
_HELD_BY = """(
  SELECT m.parent_id FROM ask b
  JOIN letter_out m ON m.agency_id = b.agency_id AND m.id = b.letter_id
  WHERE b.agency_id = a.agency_id AND b.case_id = a.case_id AND m.kind = 'entrust'
    AND m.state IN ('sent', 'answered') ORDER BY m.id DESC LIMIT 1)"""

_IN_NO_LETTER = text(
    "SELECT DISTINCT c.period, "
    + _HELD_BY
    + """ AS holder
FROM ask a JOIN household_case c ON c.agency_id = a.agency_id AND c.id = a.case_id
WHERE a.case_id = ANY(:ids) AND a.source = 0 AND a.letter_id IS NULL AND a.is_open
"""
)

_PREPARE_LETTERS = text("""
INSERT INTO letter_out (state, parent_id, period, kind, lane, key)
SELECT 'prepared', x.parent, x.period, x.kind, :lane, gen_random_uuid()
FROM unnest(CAST(:periods AS int[]), CAST(:kinds AS text[]), CAST(:parents AS int[]))
  AS x(period, kind, parent)
ORDER BY x.period, x.kind, x.parent
ON CONFLICT (agency_id, parent_id, period, kind, lane) WHERE state = 'prepared'
  DO UPDATE SET period = excluded.period
RETURNING period, id
""")

_INTO_LETTER = text(
    """
UPDATE ask a SET letter_id = l.id
FROM household_case c, letter_out l
WHERE a.case_id = ANY(:ids) AND a.source = 0 AND a.letter_id IS NULL AND a.is_open
  AND c.agency_id = a.agency_id AND c.id = a.case_id
  AND l.agency_id = a.agency_id AND l.period = c.period AND l.state = 'prepared'
  AND l.lane = 'regular' AND l.parent_id = coalesce("""
    + _HELD_BY
    + """, :parent)
  AND l.kind = CASE WHEN """
    + _HELD_BY
    + """ IS NULL THEN 'entrust' ELSE 'supplement' END
"""
)

# What of a household in an emergency waits in a draft (kind '') or a letter of the month.
_IN_THE_MONTHS = text("""
SELECT DISTINCT coalesce(q.unit_id, 0), coalesce(q.period, l.period), coalesce(l.kind, ''),
       coalesce(l.parent_id, 0)
FROM household_case c
JOIN ask a ON a.agency_id = c.agency_id AND a.case_id = c.id AND a.is_open
LEFT JOIN exchange_request q ON q.agency_id = a.agency_id AND q.id = a.request_id
  AND q.state = 'draft' AND q.lane = 'regular'
LEFT JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
  AND l.state = 'prepared' AND l.lane = 'regular'
WHERE c.id = ANY(:ids) AND c.lane = 'expedited' AND (q.id IS NOT NULL OR l.id IS NOT NULL)
""")

_INTO_EXPEDITED_REQUESTS = text("""
UPDATE ask a SET request_id = x.id
FROM household_case c, exchange_request q, exchange_request x
WHERE a.case_id = ANY(:ids) AND a.is_open AND c.agency_id = a.agency_id AND c.id = a.case_id
  AND c.lane = 'expedited' AND q.agency_id = a.agency_id AND q.id = a.request_id
  AND q.state = 'draft' AND q.lane = 'regular' AND x.agency_id = q.agency_id
  AND x.unit_id = q.unit_id AND x.period = q.period AND x.state = 'draft' AND x.lane = 'expedited'
""")

_INTO_EXPEDITED_LETTERS = text("""
UPDATE ask a SET letter_id = x.id
FROM household_case c, letter_out l, letter_out x
WHERE a.case_id = ANY(:ids) AND a.is_open AND c.agency_id = a.agency_id AND c.id = a.case_id
  AND c.lane = 'expedited' AND l.agency_id = a.agency_id AND l.id = a.letter_id
  AND l.state = 'prepared' AND l.lane = 'regular' AND x.agency_id = l.agency_id
  AND x.parent_id = l.parent_id AND x.period = l.period AND x.kind = l.kind
  AND x.state = 'prepared' AND x.lane = 'expedited'
""")


def route_cases(ids: Iterable[int]) -> None:
    """Make the asks of approved cases and put each where it will be sent from. Idempotent."""
    chosen = {"ids": list(ids)}
    unrouted = list(db.session.execute(_LOCK_UNROUTED, chosen).scalars())
    if not unrouted:
        return
    chosen = {"ids": unrouted}
    own = agency(current_scope().agency_id)
    law, day = rulebook(own.province), business_date()
    db.session.execute(_ITEMS_FROM_MATRIX, chosen | {"matrix": json.dumps(_matrix(law))})
    asked = chosen | {"day": day}
    distinct = [tuple(row) for row in db.session.execute(_AUTHORISED_ITEMS, asked)]
    routes = _placed(routes_of(distinct, own.tier, law))
    db.session.execute(_ASK_AUTHORISED, asked | {"routes": json.dumps(routes)})
    db.session.execute(
        _ASK_UNAUTHORISED,
        asked
        | {
            "nobody": TO_NOBODY,
            "unauthorised": int(Outcome.UNAUTHORISED),
            "withdrawn": int(Outcome.WITHDRAWN),
            "ceased": int(Outcome.CEASED),
        },
    )
    into_lane(unrouted)
    post("case.settle", {"ids": unrouted})


def collect(case_ids: Sequence[int]) -> None:
    """Put open asks that are nowhere yet into their unit's draft, or into the letter upwards."""
    chosen = {"ids": list(case_ids)}
    draft_requests({(row.source, row.period) for row in db.session.execute(_ON_NO_REQUEST, chosen)})
    db.session.execute(_INTO_REQUESTS, chosen)
    parent = parent_of(current_scope().agency_id, business_date())
    if parent is not None:
        prepare_letters(
            {
                (row.period, "supplement", row.holder)
                if row.holder
                else (row.period, "entrust", parent.id)
                for row in db.session.execute(_IN_NO_LETTER, chosen)
            }
        )
        db.session.execute(_INTO_LETTER, chosen | {"parent": parent.id})
    into_lane(case_ids)


def into_lane(case_ids: Sequence[int]) -> None:
    """Of the households in an emergency, take what waits with the month into requests and a letter
    of their own, which leave at once. Idempotent."""
    chosen = {"ids": list(case_ids)}
    found = [tuple(row) for row in db.session.execute(_IN_THE_MONTHS, chosen)]
    requests = {(unit, period) for unit, period, kind, _parent in found if not kind}
    letters = {(period, kind, parent) for _unit, period, kind, parent in found if kind}
    if requests:
        draft_requests(requests, "expedited")
        db.session.execute(_INTO_EXPEDITED_REQUESTS, chosen)
    if letters:
        prepare_letters(letters, "expedited")
        db.session.execute(_INTO_EXPEDITED_LETTERS, chosen)
    if found:
        end_emptied()


def draft_requests(
    wanted: Collection[tuple[int, int]], lane: str = "regular"
) -> dict[tuple[int, int], int]:
    """(unit, period) → the draft that asks of it will be in, opened where there is none."""
    if not wanted:
        return {}
    sources, periods = zip(*sorted(wanted), strict=True)
    values = {"sources": list(sources), "periods": list(periods), "lane": lane}
    rows = db.session.execute(_DRAFT_REQUESTS, values)
    return {(row.unit_id, row.period): row.id for row in rows}


def prepare_letters(
    wanted: Collection[tuple[int, str, int]], lane: str = "regular"
) -> dict[int, int]:
    """Period → the letter upwards that is in preparation, opened where there is none, for each
    (period, kind, agency above)."""
    if not wanted:
        return {}
    periods, kinds, parents = (list(column) for column in zip(*sorted(wanted), strict=True))
    values = {"periods": periods, "kinds": kinds, "parents": parents, "lane": lane}
    return {row.period: row.id for row in db.session.execute(_PREPARE_LETTERS, values)}


def _matrix(law: Rulebook) -> list[dict[str, Any]]:
    return [
        {"scheme": scheme, "role": role, "items": sorted(items)}
        for (scheme, role), items in asked_of_each(law).items()
    ]


def _placed(routes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The routes with the request or letter that each one's asks go into."""
    requests = draft_requests({(r["source"], r["period"]) for r in routes if r["source"] > 0})
    parent = parent_of(current_scope().agency_id, business_date())
    letters = prepare_letters(
        {(r["period"], "entrust", parent.id) for r in routes if r["source"] == TO_PARENT}
        if parent
        else ()
    )
    return [
        route
        | {
            "request": requests.get((route["source"], route["period"])),
            "letter": letters.get(route["period"]) if route["source"] == TO_PARENT else None,
        }
        for route in routes
    ]


def routes_of(
    distinct: Iterable[tuple[list[int], int, list[int]]], tier: str, law: Rulebook
) -> list[dict[str, Any]]:
    """Where each (items, period, scope) is asked: rows with part, source and start."""
    day = business_date()
    own, above = own_capabilities(day), coverage_above(day)
    precedence = [str(t) for t in law.precedence.value]
    return [
        {
            "items": items,
            "period": period,
            "scope": scope,
            "source": source,
            "part": list(part),
            "outcomes": [beginning(item, source, scope) for item in part],
        }
        for items, period, scope in distinct
        for source, part in route(
            items, own_tier=tier, own=own, above=above, precedence=precedence, scope=scope
        ).items()
    ]


def beginning(item: int, source: int, scope: Sequence[int]) -> int:
    """How an item stands as its ask is made: it waits, or nobody will be asked, and why."""
    if source != TO_NOBODY:
        return int(Outcome.PENDING)
    return int(Outcome.UNCOVERED if permits(scope, item) else Outcome.UNAUTHORISED)
