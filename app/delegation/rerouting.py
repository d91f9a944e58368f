"""Routing anew what has not been sent, when a tier gains or loses a capability in mid-month.

The households are locked first, then the drafts and letters in which their asks wait, as wherever
something is taken out of them: a draft that is made, or a letter that is sealed, at the same moment
goes either wholly before or wholly after.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text

from app.accounts.actor import system_actor
from app.cases.lifecycle import note
from app.cases.sources import TO_NOBODY, TO_PARENT
from app.delegation.answers import count_own, lock_cases
from app.delegation.asking import ask_here
from app.delegation.consent import end_unsent
from app.delegation.coverage import coverage_above, own_capabilities
from app.delegation.coverage import reroute as record
from app.delegation.emptied import end_emptied
from app.delegation.holders import with_a_former_parent
from app.delegation.holding import hold
from app.delegation.routing import collect
from app.delegation.rules import route_anew
from tenants.agency.models import Unit
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.database import db
from tenants.messages import say
from tenants.outbox import post
from tenants.rulebook import rulebook
from tenants.scope import current_scope

CASES_AT_ONCE = 500

_NEXT_CASES = text("""
SELECT DISTINCT a.case_id FROM ask a
JOIN household_case c ON c.agency_id = a.agency_id AND c.id = a.case_id
WHERE c.state = 'checking' AND a.case_id > :after AND a.items && CAST(:items AS smallint[])
ORDER BY 1 LIMIT :most
""")

# Of each person and item: where it waits unsent (with the round), and where it has been sent. A
# unit that never could check anything was named by a person (employers.py), and stays.
_WAITING = """
SELECT a.subject_id, a.case_id, i.item,
       array_agg(a.source ORDER BY a.source, a.round) FILTER (WHERE u.unsent) AS current,
       array_agg(a.round ORDER BY a.source, a.round) FILTER (WHERE u.unsent) AS rounds,
       coalesce(array_agg(DISTINCT a.source) FILTER (WHERE NOT u.unsent AND a.source >= 0),
                '{}') AS sent
FROM household_case c
JOIN ask a ON a.agency_id = c.agency_id AND a.case_id = c.id
LEFT JOIN exchange_request q ON q.agency_id = a.agency_id AND q.id = a.request_id
LEFT JOIN letter_out l ON l.agency_id = a.agency_id AND l.id = a.letter_id
CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
CROSS JOIN LATERAL (SELECT CASE
  WHEN a.source > 0 THEN i.outcome = 0 AND coalesce(q.state, 'draft') = 'draft'
    AND EXISTS (SELECT FROM capability k
                WHERE k.agency_id = a.agency_id AND k.unit_id = a.source)
  WHEN a.source = 0 THEN i.outcome = 0 AND coalesce(l.state, 'prepared') = 'prepared'
  ELSE i.outcome = 6 END) AS u(unsent)
WHERE c.state = 'checking' AND a.items && CAST(:items AS smallint[])
  AND i.item = ANY(CAST(:items AS smallint[]))
"""
_EACH = "GROUP BY a.subject_id, a.case_id, i.item HAVING bool_or(u.unsent)"
_WAITING_IN = text(_WAITING + " AND c.id = ANY(:cases) " + _EACH)
_PER_ITEM = """
SELECT w.item, w.current, w.sent, count(*) AS people, array_agg(DISTINCT w.case_id) AS cases FROM (
"""
_COUNTED = text(_PER_ITEM + _WAITING + _EACH + ") w GROUP BY w.item, w.current, w.sent ORDER BY 1")

_TURNED = text("""
SELECT item FROM capability WHERE valid_from = :today OR valid_to = :yesterday
UNION SELECT item FROM coverage WHERE valid_from = :today OR valid_to = :yesterday
""")

_TAKE_OUT = text("""
WITH gone AS (
  SELECT r.subject, r.source, r.round, array_agg(r.item) AS items
  FROM jsonb_to_recordset(CAST(:rows AS jsonb))
    AS r(subject bigint, source int, round smallint, item smallint) GROUP BY 1, 2, 3
), kept AS (
  UPDATE ask a SET items = x.items, outcomes = x.outcomes
  FROM (SELECT b.subject_id, b.source, b.round,
               CAST(array_agg(i.item ORDER BY i.place) AS smallint[]) AS items,
               CAST(array_agg(i.outcome ORDER BY i.place) AS smallint[]) AS outcomes
        FROM gone g
        JOIN ask b ON (b.subject_id, b.source, b.round) = (g.subject, g.source, g.round)
        CROSS JOIN LATERAL unnest(b.items, b.outcomes) WITH ORDINALITY AS i(item, outcome, place)
        WHERE i.item <> ALL (g.items) GROUP BY 1, 2, 3) x
  WHERE (a.subject_id, a.source, a.round) = (x.subject_id, x.source, x.round)
)
DELETE FROM ask a USING gone g
WHERE (a.subject_id, a.source, a.round) = (g.subject, g.source, g.round) AND a.items <@ g.items
""")


@dataclass(frozen=True)
class Abilities:
    """Who can check what: own units and tiers above by item, and which tier comes first."""

    own_tier: str
    own: Mapping[int, Sequence[int]]
    above: Mapping[int, frozenset[str]]
    precedence: Sequence[str]

    def wanted(self, item: int, current: Collection[int], sent: Collection[int]) -> frozenset[int]:
        """Where an unsent item is asked under these abilities."""
        return route_anew(item, current, sent, **vars(self))


@dataclass(frozen=True)
class Shift:
    """One item that would be asked elsewhere: of how many people, in which households."""

    item: int
    before: frozenset[int]
    after: frozenset[int]
    people: int
    cases: tuple[int, ...]


def abilities() -> Abilities:
    """What holds today for the agency in scope."""
    here, day = agency(current_scope().agency_id), business_date()
    ranks = [str(tier) for tier in rulebook(here.province).precedence.value]
    return Abilities(here.tier, own_capabilities(day), coverage_above(day), ranks)


def foresee(items: Collection[int], then: Abilities) -> list[Shift]:
    """What of these items would be asked elsewhere under other abilities; one statement."""
    shifts = []
    for row in db.session.execute(_COUNTED, {"items": sorted(items)}):
        before, after = frozenset(row.current), then.wanted(row.item, row.current, row.sent)
        if before != after:
            shifts.append(Shift(row.item, before, after, row.people, tuple(row.cases)))
    return shifts


def reroute(items: Sequence[int], after: int) -> None:
    """Route anew what has not been sent of these items, in the households after this one."""
    chosen = {"items": list(items), "after": after, "most": CASES_AT_ONCE}
    cases = list(db.session.execute(_NEXT_CASES, chosen).scalars())
    if not cases:
        return
    _reroute(list(items), cases)
    if len(cases) == CASES_AT_ONCE:
        post("coverage.reroute", {"items": list(items), "after": cases[-1]})


def reroute_what_turned() -> None:
    """A capability that begins today, or ended yesterday, moves what has not been sent."""
    turned = {"today": business_date(), "yesterday": business_date() - dt.timedelta(days=1)}
    items = set(db.session.scalars(_TURNED, turned))
    if items and (shifts := foresee(items, abilities())):
        record({shift.item for shift in shifts})


def _reroute(items: Sequence[int], cases: Sequence[int]) -> None:
    lock_cases(cases)
    hold(cases)
    now, elsewhere = abilities(), with_a_former_parent(cases)
    gone: list[dict[str, int]] = []
    asked: dict[tuple[int, int], list[int]] = {}
    moved: dict[tuple[int, frozenset[int], frozenset[int]], set[int]] = {}
    for row in db.session.execute(_WAITING_IN, {"items": items, "cases": list(cases)}):
        before, then = frozenset(row.current), now.wanted(row.item, row.current, row.sent)
        if before == then or (row.case_id in elsewhere and TO_PARENT in before ^ then):
            continue
        moved.setdefault((row.item, before, then), set()).add(row.case_id)
        gone += [
            {"subject": row.subject_id, "source": source, "round": round_, "item": row.item}
            for source, round_ in zip(row.current, row.rounds, strict=True)
            if source not in then
        ]
        for source in then - before:
            asked.setdefault((row.subject_id, source), []).append(row.item)
    if not moved:
        return
    take_out(gone)
    ask_here(asked)
    touched = sorted(set().union(*moved.values()))
    end_unsent(touched)
    collect(touched)
    end_emptied()
    count_own(touched)
    _note(moved)
    post("case.settle", {"ids": touched})


def take_out(gone: Sequence[Mapping[str, int]]) -> None:
    """Take items out of asks: rows with subject, source, round and item."""
    if gone:
        db.session.execute(_TAKE_OUT, {"rows": json.dumps(list(gone))})


def _note(moved: Mapping[tuple[int, frozenset[int], frozenset[int]], Collection[int]]) -> None:
    """The file of each household says which items are asked elsewhere from now on."""
    names = source_names(source for _, before, then in moved for source in before | then)
    reasons: dict[int, list[str]] = {}
    for (item, before, then), cases in sorted(moved.items(), key=lambda entry: entry[0][0]):
        for case_id in cases:
            reasons.setdefault(case_id, []).append(shift_words(item, before, then, names))
    alike: dict[str, list[int]] = {}
    for case_id, words in reasons.items():
        alike.setdefault(say("rerouted.between").join(dict.fromkeys(words)), []).append(case_id)
    actor = system_actor(current_scope().agency_id)
    for reason, cases in alike.items():
        note("case", sorted(cases), "rerouted", actor, reason=reason)


def shift_words(
    item: int, before: Collection[int], after: Collection[int], names: Mapping[int, str]
) -> str:
    """One item's move as people read it."""
    return say(
        "rerouted",
        item=catalogue().item(item).title,
        before=places(before, names),
        after=places(after, names),
    )


def places(sources: Collection[int], names: Mapping[int, str]) -> str:
    """Sources in words; none at all is said too."""
    return say("rerouted.and").join(names[source] for source in sorted(sources)) or say(
        "rerouted.nothing"
    )


def source_names(sources: Iterable[int]) -> dict[int, str]:
    """What each source is called."""
    units = select(Unit.id, Unit.name).where(Unit.id.in_({s for s in sources if s > TO_PARENT}))
    fixed = {TO_PARENT: say("rerouted.parent"), TO_NOBODY: say("rerouted.nobody")}
    return fixed | dict(db.session.execute(units).tuples().all())
