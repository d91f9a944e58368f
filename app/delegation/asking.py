"""Asking about people of a household that is under way: somebody added, or asked anew."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select, text

from app.cases.models import Ask, Authorisation, Case, Subject
from app.cases.rounds import latest
from app.cases.sources import TO_NOBODY, TO_PARENT
from app.delegation.answers import lock_cases
from app.delegation.consent import end_unsent
from app.delegation.holding import hold
from app.delegation.routing import beginning, collect, routes_of
from tenants.agency.tree import agency
from tenants.calendar import business_date
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.outbox import post
from tenants.rulebook import rulebook
from tenants.scope import current_scope

_ASK_HERE = text("""
INSERT INTO ask (subject_id, source, round, case_id, items, outcomes)
SELECT r.subject, r.source,
       coalesce((SELECT max(b.round) + 1 FROM ask b
                 WHERE b.subject_id = r.subject AND b.source = r.source), 0),
       s.case_id, r.items, r.outcomes
FROM jsonb_to_recordset(CAST(:rows AS jsonb))
  AS r(subject bigint, source int, items smallint[], outcomes smallint[])
JOIN subject s ON s.id = r.subject
""")

# What nobody was asked is not said beside what is asked now.
_ASKED_AFTER_ALL = text("""
DELETE FROM ask a USING jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w(subject bigint,
                                                                        items smallint[])
WHERE a.subject_id = w.subject AND a.source = :nobody AND a.items <@ w.items
""")

_ENDED = text("""
SELECT a.subject_id, i.item FROM ask a CROSS JOIN LATERAL unnest(a.items, a.outcomes)
  AS i(item, outcome)
WHERE a.subject_id = ANY(:subjects)
  AND (i.outcome = ANY(CAST(:outcomes AS smallint[]))
       OR :above AND i.outcome = 0 AND a.source = 0
          AND EXISTS (SELECT FROM letter_out l WHERE l.agency_id = a.agency_id
                        AND l.id = a.letter_id AND l.state = 'sent'))
  AND NOT EXISTS (SELECT FROM ask b WHERE b.agency_id = a.agency_id
                    AND b.subject_id = a.subject_id AND b.source = a.source
                    AND b.round > a.round AND i.item = ANY(b.items))
""")


def ask_here(
    rows: Mapping[tuple[int, int], Sequence[int]], scopes: Mapping[int, Sequence[int]] | None = None
) -> None:
    """(subject, source) → items: asked there in a round of their own, not yet sent. ``scopes``:
    what each subject's authorisation names, where it does not cover all."""
    asked = [
        {
            "subject": subject,
            "source": source,
            "items": list(items),
            "outcomes": [beginning(i, source, (scopes or {}).get(subject, ())) for i in items],
        }
        for (subject, source), items in rows.items()
    ]
    if asked:
        db.session.execute(_ASK_HERE, {"rows": json.dumps(asked)})


def ask_about(wanted: Mapping[int, Sequence[int]]) -> None:
    """Ask the items of these people (subject → items), by the routing of everybody.

    Only people of households whose asks are made already: the others are routed with their
    household. Whoever's consent is not in force is not asked about, and that is said.
    """
    cases = _routed_cases(list(wanted))
    mine = {subject: tuple(sorted(wanted[subject])) for subject in cases if wanted[subject]}
    if not mine:
        return
    own = agency(current_scope().agency_id)
    scopes = _scopes(list(mine))
    distinct = {(items, scopes.get(subject, ())) for subject, items in mine.items()}
    wanted_parts = [(list(items), 0, list(scope)) for items, scope in sorted(distinct)]
    parts: dict[tuple[Any, ...], list[tuple[int, list[int]]]] = {}
    for row in routes_of(wanted_parts, own.tier, rulebook(own.province)):
        key = (tuple(row["items"]), tuple(row["scope"]))
        parts.setdefault(key, []).append((row["source"], row["part"]))
    said = [{"subject": subject, "items": list(items)} for subject, items in mine.items()]
    db.session.execute(_ASKED_AFTER_ALL, {"wanted": json.dumps(said), "nobody": TO_NOBODY})
    known = _needs_no_asking(list(mine))
    wanted_here = {
        (subject, source): [item for item in part if (subject, source, item) not in known]
        for subject, items in mine.items()
        for source, part in parts.get((items, scopes.get(subject, ())), ())
    }
    ask_here({place: items for place, items in wanted_here.items() if items}, scopes)
    touched = sorted({cases[subject] for subject in mine})
    hold(touched)
    end_unsent(touched)
    collect(touched)
    post("case.settle", {"ids": touched})


def _scopes(subject_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Subject → what the consent in force that holds longest names."""
    today = business_date()
    rows = db.session.execute(
        select(Authorisation.subject_id, Authorisation.scope)
        .where(
            Authorisation.subject_id == any_of(subject_ids),
            Authorisation.signed_on <= today,
            Authorisation.expires_on >= today,
            Authorisation.withdrawn_on.is_(None),
        )
        .distinct(Authorisation.subject_id)
        .order_by(
            Authorisation.subject_id, Authorisation.expires_on.desc(), Authorisation.id.desc()
        )
    )
    return {subject_id: tuple(scope) for subject_id, scope in rows}


def _needs_no_asking(subject_ids: Sequence[int]) -> set[tuple[int, int, int]]:
    """(subject, source, item) of what was found, or is on its way to an own unit, already."""
    asks = db.session.scalars(select(Ask).where(Ask.subject_id == any_of(subject_ids)))
    return {
        (ask.subject_id, ask.source, item)
        for ask in latest(asks)
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        if outcome == Outcome.HIT or (outcome == Outcome.PENDING and ask.source > TO_PARENT)
    }


def _routed_cases(subject_ids: Sequence[int]) -> dict[int, int]:
    """Subject → case of those whose household has its asks; the households stay locked."""
    rows = db.session.execute(
        select(Subject.id, Subject.case_id).where(Subject.id == any_of(subject_ids))
    )
    cases = dict(rows.tuples().all())
    lock_cases(cases.values())
    asked = set(
        db.session.scalars(
            select(Ask.case_id)
            .join(Case, (Case.agency_id == Ask.agency_id) & (Case.id == Ask.case_id))
            .where(Ask.case_id == any_of(sorted(set(cases.values()))), Case.state == "checking")
        )
    )
    return {subject: case for subject, case in cases.items() if case in asked}


def ask_anew(
    subject_ids: Collection[int], outcomes: Collection[Outcome], *, above: bool = False
) -> None:
    """Ask again what ended in one of these ways, as it stands last; with ``above`` also what went
    up and has no answer yet, because it was stopped there and not yet told."""
    rows = db.session.execute(
        _ENDED,
        {
            "subjects": sorted(subject_ids),
            "outcomes": [int(outcome) for outcome in outcomes],
            "above": above,
        },
    )
    wanted: dict[int, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_id, set()).add(row.item)
    ask_about({subject: sorted(items) for subject, items in wanted.items()})
