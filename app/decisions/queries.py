"""Reads for the pages of decisions: who still has to report, what was decided, what it changed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    select,
    text,
)

from app.cases.models import Case, Entrustment
from app.cases.paging import Page, Place, read_page
from app.cases.queries import Household, households_by_id
from app.cases.small_counts import suppressed, total_of
from app.decisions.models import Decision
from app.decisions.rules import FOUND, OPEN, OUTCOMES
from app.decisions.service import reason_of
from app.report.models import Report
from tenants.calendar import business_date
from tenants.database import db
from tenants.rulebook import Rulebook, rulebook
from tenants.scope import current_scope

_REPORTED_ON = (
    select(func.max(Report.issued_on))
    .where(
        Report.agency_id == Case.agency_id,
        Report.case_id == Case.id,
        Report.kind == "merged",
        Report.state.in_(("issued", "received")),
    )
    .correlate(Case)
    .scalar_subquery()
)
_LEFT_OPEN_ON = (
    select(Decision.recorded_on)
    .where(
        Decision.agency_id == Case.agency_id,
        Decision.case_id == Case.id,
        Decision.replaced_by == 0,
        Decision.outcome == OPEN,
    )
    .correlate(Case)
    .scalar_subquery()
)


def _month(day: Any) -> ColumnElement[int]:
    year, month = (cast(func.extract(part, day), Integer) for part in ("year", "month"))
    return year * 100 + month


REPORTED_IN: ColumnElement[int] = func.greatest(
    Case.period, _month(_REPORTED_ON), _month(_LEFT_OPEN_ON)
)
"""The month (yyyymm) after which a decision is due: that of the check, of the report where it was
late, or in which the unit last said that it is still open."""

MOST_MONTHS = 36
_ASKED = and_(Case.origin == "unit", Case.state == "reported")
_CURRENT = and_(
    Decision.agency_id == Case.agency_id, Decision.case_id == Case.id, Decision.replaced_by == 0
)


@dataclass(frozen=True)
class Decided:
    """One revision of a household's decision, opened."""

    row: Decision
    reason: str

    @property
    def is_current(self) -> bool:
        """Whether no correction took its place."""
        return self.row.replaced_by == 0


@dataclass(frozen=True)
class Line:
    """One household in a list, the day by which its decision is due, and what is known of it."""

    household: Household
    reported_on: dt.date | None
    due_on: dt.date
    decided: Decided | None


def law_here() -> Rulebook:
    """The rulebook of the agency at work."""
    return rulebook(current_scope().agency_id // 10_000)


def condition(which: str) -> ColumnElement[bool]:
    """The households of a list of the pages."""
    is_open = func.coalesce(Decision.outcome == OPEN, false())
    conditions: Mapping[str, ColumnElement[bool]] = {
        "waiting": and_(_ASKED, ~is_open),
        "open": and_(_ASKED, is_open),
        "overdue": and_(_ASKED, law_here().decisions_overdue(business_date()) >= REPORTED_IN),
        "done": Case.state == "closed",
    }
    return conditions[which]


def _joined(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Case).outerjoin(Decision, _CURRENT)


def counts(lists: Iterable[str]) -> dict[str, int]:
    """How many households each list has; one statement."""
    filters = [func.count().filter(condition(which)).label(which) for which in lists]
    row = db.session.execute(_joined(*filters).where(Case.state.in_(("reported", "closed")))).one()
    return dict(row._mapping)


def lines(which: str, place: Place) -> Page[Line]:
    """A page of one list, the oldest first where something is to be done."""
    statement = _joined(Case.id, REPORTED_IN.label("reported_in"), _REPORTED_ON, Decision)
    page = read_page(statement.where(condition(which)), Case.id, place, ascending=which != "done")
    known = households_by_id(row.id for row in page.rows)
    law = law_here()
    return page.holding(tuple(_line(row, known[row.id], law) for row in page.rows))


def _line(row: Any, household: Household, law: Rulebook) -> Line:
    decision = row.Decision
    decided = Decided(decision, reason_of(decision)) if decision else None
    due_on = law.decisions_by(row.reported_in or household.period)
    return Line(household, row[2], due_on, decided)


def due_of(case_id: int) -> dt.date:
    """The day by which one household's decision is to be reported; ``LookupError``."""
    month = func.coalesce(REPORTED_IN, Case.period)
    found = db.session.scalar(select(month).where(Case.id == case_id))
    if found is None:
        raise LookupError(f"no case {case_id}")
    return law_here().decisions_by(found)


def decisions_of(case_id: int) -> list[Decided]:
    """Every revision of one household's decision, the newest first."""
    query = select(Decision).where(Decision.case_id == case_id).order_by(Decision.version.desc())
    return [Decided(row, reason_of(row)) for row in db.session.scalars(query)]


def to_fill_in(most: int) -> list[Household]:
    """The households whose decisions are still to be reported, the oldest first."""
    query = select(Case.id).where(_ASKED).order_by(Case.id).limit(most)
    ids = list(db.session.scalars(query))
    known = households_by_id(ids)
    return [known[id_] for id_ in ids]


def waiting_decisions(most: int) -> list[dict[str, Any]]:
    """What waits at a department, per entrustment, for 待我办理."""
    month = func.min(REPORTED_IN)
    query = (
        select(
            Entrustment.id.label("ref"),
            Entrustment.number,
            Entrustment.period,
            month.label("month"),
            func.count().label("households"),
            func.sum(Case.size).label("people"),
            func.array_agg(Case.scheme.distinct()).label("schemes"),
        )
        .join(
            Case,
            and_(Case.agency_id == Entrustment.agency_id, Case.entrustment_id == Entrustment.id),
        )
        .where(_ASKED)
        .group_by(Entrustment.id, Entrustment.number, Entrustment.period)
        .order_by(month, Entrustment.id)
        .limit(most)
    )
    law = law_here()
    return [
        {**row, "due_on": law.decisions_by(row["month"] or row["period"])}
        for row in db.session.execute(query).mappings()
    ]


_EFFECTS = text("""
SELECT d.scheme, d.outcome,
       CASE WHEN EXISTS (SELECT FROM matter m
                         WHERE m.agency_id = d.agency_id AND m.case_id = d.case_id
                           AND m.state = 'signed') THEN 'matter'
            WHEN r.findings > 0 THEN 'found' ELSE 'nothing' END AS found,
       count(*) AS households
FROM decision d JOIN report r ON r.agency_id = d.agency_id AND r.id = d.report_id
WHERE d.replaced_by = 0 AND d.decided_month = :month
GROUP BY 1, 2, 3
""")


@dataclass(frozen=True)
class Effect:
    """Of one scheme, households of which the reports held the same: how they were decided.
    A count is None where it is too small to be shown; so is then the sum."""

    scheme: str
    found: str
    counts: tuple[int | None, ...]
    total: int | None


def effects(month: int, least: int) -> list[Effect]:
    """Of what was found, what did it change? Counts of the decisions of one month (yyyymm)."""
    table: dict[tuple[str, str], dict[str, int]] = {}
    for row in db.session.execute(_EFFECTS, {"month": month}):
        table.setdefault((row.scheme, row.found), {})[row.outcome] = row.households
    found = []
    for scheme, kind in sorted(table, key=lambda key: (key[0], FOUND.index(key[1]))):
        given = [table[scheme, kind].get(outcome, 0) for outcome in DECIDED]
        shown = suppressed(given, least)
        found.append(Effect(scheme, kind, shown, total_of(shown)))
    return found


DECIDED: Sequence[str] = tuple(outcome for outcome in OUTCOMES if outcome != OPEN)


def months() -> list[int]:
    """The months (yyyymm) of which there are decisions, the newest first."""
    query = select(Decision.decided_month).where(
        Decision.decided_month > 0, Decision.replaced_by == 0, Decision.report_id.is_not(None)
    )
    newest = query.distinct().order_by(Decision.decided_month.desc())
    return list(db.session.scalars(newest.limit(MOST_MONTHS)))


def pending_by_unit(last: int, *, first: int = 0) -> Select[Any]:
    """(unit, desk 0, the month ``last``, no number, households) that were reported on from the
    month ``first`` to ``last`` and on which nothing was decided, as notices want it."""
    told = cast(0, Integer), cast(last, BigInteger), cast("", Text), func.count()
    query = select(Case.unit_id, *told).where(_ASKED, REPORTED_IN.between(first, last))
    return query.group_by(Case.unit_id)
