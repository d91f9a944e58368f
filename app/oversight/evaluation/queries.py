"""Reads of the pages of 考评: the sheets of a year, and one sheet with what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.cases.queries import agency_names
from app.oversight.analysis.service import counts_of_year
from app.oversight.evaluation.models import ScoreItem, ScoreSheet
from app.oversight.evaluation.rules import Rate, ranges, ranks, rate_of, suggested
from tenants.database import db
from tenants.rulebook import EvaluationItem, rulebook
from tenants.scope import current_scope


@dataclass(frozen=True)
class Line:
    """One item of a sheet, what was counted of it (percent), and the points that come to."""

    item: ScoreItem
    rate: Rate | None
    points: tuple[int, int] | None


@dataclass(frozen=True)
class Sheet:
    """One score sheet: its agencies by name, its lines; totals in tenths, None until complete."""

    row: ScoreSheet
    child: str
    parent: str
    lines: tuple[Line, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is this agency that is evaluated."""
        return self.row.child_id == current_scope().agency_id

    @property
    def self_total(self) -> int | None:
        """What the agency gave itself."""
        return _total([line.item.self_tenths for line in self.lines])

    @property
    def score_total(self) -> int | None:
        """What the parent gave."""
        return _total([line.item.score_tenths for line in self.lines])

    @property
    def settle_total(self) -> int | None:
        """What another person there settled after it was contested."""
        return _total([line.item.settle_tenths for line in self.lines])

    @property
    def standing_total(self) -> int | None:
        """What counts as things stand."""
        return self.score_total if self.settle_total is None else self.settle_total


def _total(points: Sequence[int | None]) -> int | None:
    known = [tenths for tenths in points if tenths is not None]
    return sum(known) if points and len(known) == len(points) else None


def sheet_of(sheet_id: int, *, lock: bool = False) -> ScoreSheet:
    """A sheet's row; ``LookupError`` where this agency has none such."""
    query = select(ScoreSheet).where(ScoreSheet.id == sheet_id)
    query = query.execution_options(populate_existing=True)
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise LookupError(f"no score sheet {sheet_id}")
    return found


def items_of(sheet_ids: Sequence[int]) -> dict[int, list[ScoreItem]]:
    """Sheet → its items in their order."""
    query = select(ScoreItem).where(ScoreItem.sheet_id.in_(list(sheet_ids)))
    found: dict[int, list[ScoreItem]] = {id_: [] for id_ in sheet_ids}
    for item in db.session.scalars(query.order_by(ScoreItem.sheet_id, ScoreItem.position)):
        found[item.sheet_id].append(item)
    return found


def sheet(sheet_id: int) -> Sheet:
    """One sheet with what was counted of its year; both sides see the same counts."""
    row = sheet_of(sheet_id)
    least = rulebook(current_scope().agency_id // 10_000).small_count.value
    counts = ranges(counts_of_year(row.child_id, row.year), least)
    lines = []
    for item in items_of([row.id])[row.id]:
        rate = rate_of(item.measure, counts)
        known = EvaluationItem(item.code, item.title, item.measure, item.weight, item.target)
        lines.append(Line(item, rate, suggested(known, rate)))
    names = agency_names({row.child_id, row.parent_id})
    return Sheet(
        row,
        names.get(row.child_id, str(row.child_id)),
        names.get(row.parent_id, str(row.parent_id)),
        tuple(lines),
    )


def years() -> list[int]:
    """The years of which there are sheets, the newest first."""
    query = select(ScoreSheet.year).distinct().order_by(ScoreSheet.year.desc())
    return list(db.session.scalars(query))


def sheets(year: int) -> tuple[list[Sheet], list[Sheet], Mapping[int, int]]:
    """A year's sheets of the agencies below and of this one, and the places (sheet → rank) among
    those below that have a score; by points, then by code."""
    query = select(ScoreSheet).where(ScoreSheet.year == year).order_by(ScoreSheet.child_id)
    rows = list(db.session.scalars(query))
    items = items_of([row.id for row in rows])
    names = agency_names({id_ for row in rows for id_ in (row.child_id, row.parent_id)})
    found = [
        Sheet(
            row,
            names.get(row.child_id, str(row.child_id)),
            names.get(row.parent_id, str(row.parent_id)),
            tuple(Line(item, None, None) for item in items[row.id]),
        )
        for row in rows
    ]
    below = [one for one in found if not one.is_own]
    placed = ranks({s.row.id: t for s in below if (t := s.standing_total) is not None})
    last = len(below) + 1
    below.sort(key=lambda one: (placed.get(one.row.id, last), one.row.child_id))
    return below, [one for one in found if one.is_own], placed
