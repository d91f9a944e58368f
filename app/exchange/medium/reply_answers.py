"""What one row answers: outcome, as-of date, typed values, remark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange.medium.cells import Cell, is_blank, plain, text_of
from app.exchange.medium.item_columns import ColumnMap, field_header
from app.exchange.medium.layout import layout
from app.exchange.medium.reply_contents import contents_faults
from app.exchange.medium.reply_lines import Place, RowRefused, row_refused
from app.exchange.medium.values import Value, read_date, read_remark, read_value
from tenants.catalogue import DataItem
from tenants.catalogue.outcomes import Outcome
from tenants.messages import Fault

_NEEDS_AS_OF = (Outcome.HIT, Outcome.NO_RECORD)


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """One row's answer; ``as_of`` may be missing only when nothing was looked up."""

    outcome: Outcome
    as_of: date | None
    values: Mapping[str, Value]
    remark: str


def read_outcome(row: Sequence[Cell], columns: ColumnMap) -> Outcome | None:
    """The row's outcome; ``None`` for a row that nobody has touched yet.

    Raises :class:`RowRefused`: ``reply_outcome_missing``, ``reply_outcome_unknown``.
    """
    cell = row[columns.outcome]
    if is_blank(cell):
        if _is_touched(row, columns):
            raise _outcome_refused("reply_outcome_missing")
        return None
    outcome = layout().outcome_of.get(plain(text_of(cell)))
    if outcome is None:
        raise _outcome_refused("reply_outcome_unknown")
    return outcome


def read_answer(
    row: Sequence[Cell], columns: ColumnMap, item: DataItem, outcome: Outcome, today: date
) -> RowAnswer:
    """The typed answer; every fault of the row is found in one go and raised as one."""
    faults: list[Place] = []
    values = _values(row, columns, faults)
    as_of = _as_of(row[columns.as_of], outcome, today, faults)
    remark = _remark(row, columns, faults)
    if not faults:
        faults.extend(contents_faults(item, outcome, values))
    if faults:
        raise RowRefused(tuple(faults))
    return RowAnswer(outcome, as_of, values, remark)


def _is_touched(row: Sequence[Cell], columns: ColumnMap) -> bool:
    places = [place for _, place in columns.fields] + [columns.as_of]
    if columns.remark is not None:
        places.append(columns.remark)
    return not all(is_blank(row[place]) for place in places)


def _outcome_refused(code: str) -> RowRefused:
    words = layout().marks["and"].join(layout().outcome_words.values())
    return row_refused(layout().columns.outcome, code, words=words)


def _values(row: Sequence[Cell], columns: ColumnMap, faults: list[Place]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for field, place in columns.fields:
        if is_blank(row[place]):
            continue
        try:
            values[field.name] = read_value(row[place], field)
        except Fault as fault:
            faults.append((field_header(field), fault))
    return values


def _as_of(cell: Cell, outcome: Outcome, today: date, faults: list[Place]) -> date | None:
    column = layout().columns.as_of
    if is_blank(cell):
        if outcome in _NEEDS_AS_OF:
            faults.append((column, Fault("reply_as_of_missing")))
        return None
    try:
        as_of = read_date(cell, column)
    except Fault as fault:
        faults.append((column, fault))
        return None
    if as_of > today:
        faults.append((column, Fault("reply_as_of_future", today=today.isoformat())))
    return as_of


def _remark(row: Sequence[Cell], columns: ColumnMap, faults: list[Place]) -> str:
    if columns.remark is None:
        return ""
    try:
        return read_remark(row[columns.remark], layout().columns.remark)
    except Fault as fault:
        faults.append((layout().columns.remark, fault))
        return ""
