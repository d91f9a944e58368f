"""One objection as it is loaded for a verb, and what its source has answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.cases.models import Ask
from app.exchange.models import RECHECK, ExchangeRequest
from app.findings.models import Finding, FindingReplaced
from app.objections.contested import own_sources
from app.objections.models import Objection
from app.objections.rules import outcomes_open
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.vault import vault


@dataclass(frozen=True)
class Recheck:
    """What the source was asked again and how it answered, before and now: outcome, and records as
    fields."""

    request_id: int | None
    outcome: int
    before: int
    was: tuple[dict[str, Any], ...]
    now: tuple[dict[str, Any], ...]

    @property
    def is_open(self) -> bool:
        """Whether the source has still to answer."""
        return self.outcome == Outcome.PENDING

    @property
    def outcomes(self) -> tuple[str, ...]:
        """How it can be concluded."""
        return () if self.is_open else outcomes_open(self.outcome, self.was, self.now, self.before)


def objection_of(objection_id: int, *, lock: bool = False) -> Objection:
    """An objection of this scope; ``LookupError`` when there is none."""
    found = objections_of([objection_id], lock=lock)
    if not found:
        raise LookupError(f"no objection {objection_id}")
    return found[0]


def objections_of(ids: list[int], *, lock: bool = False) -> list[Objection]:
    """Objections of this scope by id; locked for a verb that follows."""
    query = select(Objection).where(Objection.id == any_of(ids)).order_by(Objection.id)
    query = query.execution_options(populate_existing=True)
    return list(db.session.scalars(query.with_for_update() if lock else query))


def recheck_of(row: Objection) -> Recheck | None:
    """The last recheck with the agency's own sources; None where there was none. An ask that was
    taken back before it left (no consent in force any more) counts as unanswered."""
    if not row.source_unit_id:
        return None
    asks = sources_of(row)
    again = [ask for ask in asks if _is_recheck(ask, row)]
    was = _fields(_about(row, Finding.request_id == row.request_id))
    if not again:
        return Recheck(None, int(Outcome.UNANSWERED), row.was, was, ())
    replaced = select(FindingReplaced.finding_id).where(
        FindingReplaced.agency_id == Finding.agency_id, FindingReplaced.finding_id == Finding.id
    )
    of_sources = select(ExchangeRequest.id).where(
        ExchangeRequest.unit_id.in_([ask.source for ask in again])
    )
    now = _fields(_about(row, Finding.request_id.in_(of_sources) & ~replaced.exists()))
    outcomes = [dict(zip(a.items, a.outcomes, strict=True))[row.item] for a in again]
    return Recheck(again[0].request_id, _weightiest(outcomes), row.was, was, now)


def sources_of(row: Objection) -> list[Ask]:
    """The own units that are asked again, each as it was asked last: the one that said it, or all
    of them, where a tier below knows only that nothing was found."""
    asks = own_sources(row.subject_id, row.item)
    if row.finding_id or not row.from_agency_id:
        return [ask for ask in asks if ask.source == row.source_unit_id]
    return list(asks)


def _is_recheck(ask: Ask, row: Objection) -> bool:
    lane = select(ExchangeRequest.lane).where(ExchangeRequest.id == ask.request_id)
    is_other = ask.request_id is not None and ask.request_id != row.request_id
    return is_other and db.session.scalar(lane) == RECHECK


def _weightiest(outcomes: list[int]) -> int:
    """What decides of several answers: one that is out, then a record, then no record."""
    order = (Outcome.PENDING, Outcome.HIT, Outcome.NO_RECORD)
    return next((int(one) for one in order if one in outcomes), outcomes[0])


def _about(row: Objection, more: ColumnElement[bool]) -> ColumnElement[bool]:
    same = (Finding.subject_id == row.subject_id) & (Finding.item == row.item)
    return same & more


def _fields(fits: ColumnElement[bool]) -> tuple[dict[str, Any], ...]:
    keys = vault()
    rows = db.session.scalars(select(Finding).where(fits).order_by(Finding.id))
    return tuple(keys.open("finding", row.id, row.sealed) for row in rows)
