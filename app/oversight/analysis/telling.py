"""Counts go up: each agency's own, and those that it was told from below, once a day.

A letter replaces what its sender told of these months before. It holds counts only, and no count
of households that is smaller than the rulebook lets be shown (第二十二条; ADR 19).
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select

from app.delegation.letters import OpenLetter, send_up
from app.delegation.models import LetterUp
from app.delegation.overtaken import was_overtaken
from app.oversight.analysis.counting import month_counts
from app.oversight.analysis.measures import MEASURES, Counts, day_of, months_before, told
from app.oversight.analysis.models import Tally
from tenants.agency.tree import agency, descendants_of, parent_of
from tenants.calendar import business_date
from tenants.database import db
from tenants.outbox import post_unless_waiting
from tenants.rulebook import rulebook
from tenants.scope import current_scope

PUSH = "tally.push"
Lines = Mapping[tuple[int, int], tuple[Counts, dt.date]]
MONTHS_TOLD = 3
"""The month under way and those before it, which late answers still change."""


def count_the_day() -> None:
    """Record that today's counts are to be made, unless they were."""
    own = current_scope().agency_id
    newest = db.session.scalar(select(func.max(Tally.counted_on)).where(Tally.child_id == own))
    if newest is None or newest < business_date():
        post_unless_waiting(PUSH)


def push() -> None:
    """Count the newest months and tell the parent, with what was told from below. A month is told
    to whoever was the parent at its end."""
    own, day = current_scope().agency_id, business_date()
    periods = months_before(day.year * 100 + day.month, MONTHS_TOLD)
    least = rulebook(own // 10_000).small_count.value
    counted = month_counts(periods)
    _replace(own, {(own, period): (told(counted[period], least), day) for period in periods})
    parents: dict[int, list[int]] = {}
    for period in periods:
        parent = parent_of(own, day_of(period, day))
        if parent is not None:
            parents.setdefault(parent.id, []).append(period)
    for parent_id, theirs in parents.items():
        lines = {"lines": _lines(theirs)}
        send_up(agency(parent_id), "tally", uuid.uuid4(), lines, period=theirs[-1])


def take_in(letter: OpenLetter) -> None:
    """Keep what a child told of itself and of those below it, and tell the parent.

    What it says of an agency that is not below this one, or of a measure that is not known here,
    is left out; a letter that a newer one overtook changes nothing.
    """
    if was_overtaken(LetterUp, letter):
        return
    by_period: dict[int, list[Mapping[str, Any]]] = {}
    for line in letter.content["lines"]:
        by_period.setdefault(line["period"], []).append(line)
    found: dict[tuple[int, int], tuple[Counts, dt.date]] = {}
    for period, lines in by_period.items():
        found |= known_lines(lines, _below(period))
    _replace(letter.from_agency_id, found)
    if parent_of(current_scope().agency_id, business_date()) is not None:
        post_unless_waiting(PUSH)


def _below(period: int) -> set[int]:
    """The agencies below this one in the tree of a month."""
    day = day_of(period, business_date())
    return {below.id for below, _ in descendants_of(current_scope().agency_id, day)}


def known_lines(lines: Iterable[Mapping[str, Any]], below: Collection[int]) -> Lines:
    """What a letter says of the agencies ``below``: (agency, month) → counts, and their day."""
    return {
        (line["by"], line["period"]): (line["counts"], dt.date.fromisoformat(line["on"]))
        for line in lines
        if line["by"] in below
    }


def _replace(child: int, found: Lines) -> None:
    periods = sorted({period for _, period in found})
    db.session.execute(delete(Tally).where(Tally.child_id == child, Tally.period.in_(periods)))
    rows = [
        {
            **{"child_id": child, "by_agency_id": by, "period": period},
            **{"measure": measure, "value": counts[measure], "counted_on": counted_on},
        }
        for (by, period), (counts, counted_on) in sorted(found.items())
        for measure in MEASURES
        if measure in counts
    ]
    if rows:
        db.session.execute(insert(Tally).inline(), rows)


def _lines(periods: Iterable[int]) -> list[dict[str, Any]]:
    lines: dict[tuple[int, int], dict[str, Any]] = {}
    query = select(Tally).where(Tally.period.in_(list(periods)))
    own = current_scope().agency_id
    known = {period: _below(period) | {own} for period in periods}
    for row in db.session.scalars(query.order_by(Tally.by_agency_id, Tally.period)):
        if row.by_agency_id not in known[row.period]:
            continue
        first = {"by": row.by_agency_id, "period": row.period, "counts": {}}
        line = lines.setdefault((row.by_agency_id, row.period), first)
        line["on"] = row.counted_on.isoformat()
        line["counts"][row.measure] = row.value
    return list(lines.values())
