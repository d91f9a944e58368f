"""One objection as it is loaded for a verb, and what its source has answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.cases.models import Ask
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding, FindingReplaced
from app.objections.models import Objection
from app.objections.rules import outcomes_open
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.vault import vault


@dataclass(frozen=True)
class Recheck:
    """What the source was asked again and how it answered: records before and now, as fields."""

    request_id: int | None
    outcome: int
    was: tuple[dict[str, Any], ...]
    now: tuple[dict[str, Any], ...]

    @property
    def is_open(self) -> bool:
        """Whether the source has still to answer."""
        return self.outcome == Outcome.PENDING

    @property
    def outcomes(self) -> tuple[str, ...]:
        """How it can be concluded."""
        return () if self.is_open else outcomes_open(self.outcome, self.was, self.now)


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
    """The last recheck with the agency's own source; None where there was none. An ask that was
    taken back before it left (no consent in force any more) counts as unanswered."""
    if not row.source_unit_id:
        return None
    ask = db.session.scalars(
        select(Ask)
        .where(Ask.subject_id == row.subject_id, Ask.source == row.source_unit_id)
        .where(Ask.items.contains([row.item]))
        .order_by(Ask.round.desc())
        .limit(1)
    ).first()
    contested = db.session.scalars(select(Finding).where(Finding.id == row.finding_id)).one()
    if ask is None or ask.request_id == contested.request_id:
        return Recheck(None, int(Outcome.UNANSWERED), _fields(_same_request(contested)), ())
    replaced = select(FindingReplaced.finding_id).where(
        FindingReplaced.agency_id == Finding.agency_id, FindingReplaced.finding_id == Finding.id
    )
    of_source = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == row.source_unit_id)
    now = Finding.request_id.in_(of_source) & ~replaced.exists()
    outcome = dict(zip(ask.items, ask.outcomes, strict=True))[row.item]
    was = _fields(_about(contested, _same_request(contested)))
    return Recheck(ask.request_id, outcome, was, _fields(_about(contested, now)))


def _same_request(contested: Finding) -> ColumnElement[bool]:
    return _about(contested, Finding.request_id == contested.request_id)


def _about(contested: Finding, more: ColumnElement[bool]) -> ColumnElement[bool]:
    same = (Finding.subject_id == contested.subject_id) & (Finding.item == contested.item)
    return same & more


def _fields(fits: ColumnElement[bool]) -> tuple[dict[str, Any], ...]:
    keys = vault()
    rows = db.session.scalars(select(Finding).where(fits).order_by(Finding.id))
    return tuple(keys.open("finding", row.id, row.sealed) for row in rows)
