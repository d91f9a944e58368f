"""From the rows of a person to the answer; pure."""

import datetime as dt
from collections.abc import Sequence

from hedui_connector.answering.messages import REASONS
from hedui_connector.settings.model import ItemQuery, ThresholdRule
from hedui_connector.sources.base import Row
from hedui_connector.sources.conversion import NotOfKind, as_day, converted
from hedui_connector.wire.limits import BYTES_PER_LINE
from hedui_connector.wire.models import (
    Answer,
    FieldType,
    Item,
    Outcome,
    Reason,
    Record,
    Threshold,
)
from hedui_connector.wire.pages import to_json


class CannotTell(ValueError):
    """The source has rows and no answer can be made of them; ``reason`` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.reason = reason(code, **values)


def reason(code: str, /, **values: object) -> Reason:
    """A reason by its code, in its words."""
    return Reason(code=code, words=REASONS[code].format(**values))


def without_look_up(
    number: int, line: int, item: int, outcome: Outcome, why: Reason, day: dt.date
) -> Answer:
    """An answer for which nobody was looked up."""
    return Answer(answer=number, line=line, item=item, outcome=outcome, as_of=day, reason=why)


def answer_of(
    number: int, line: int, item: Item, query: ItemQuery, rows: Sequence[Row], day: dt.date
) -> Answer:
    """The answer that the rows of one person give; ``day``: as of when, if no column says so."""
    found = Answer(
        answer=number, line=line, item=item.code, outcome=Outcome.NO_RECORD, as_of=day
    ).model_copy
    if not rows:
        return found()
    try:
        as_of = day if query.as_of.column is None else _latest(rows, query.as_of.column, day)
        hit = {"outcome": Outcome.HIT, "as_of": as_of}
        if query.threshold is not None:
            return found(update=hit | {"thresholds": (above_limit(query.threshold, item, rows),)})
        answer = found(update=hit | {"records": tuple(_record(row, item) for row in rows)})
        if len(to_json(answer).encode()) > BYTES_PER_LINE:
            raise CannotTell("too_many_records")
    except CannotTell as error:
        return found(update={"outcome": Outcome.UNABLE, "reason": error.reason})
    return answer


def above_limit(rule: ThresholdRule, item: Item, rows: Sequence[Row]) -> Threshold:
    """Yes or no, and no amount. A blank amount hides nothing: only a sure answer is given."""
    field = next((field for field in item.fields if field.name == rule.field), None)
    if field is None or field.type is not FieldType.MONEY:
        raise CannotTell("no_amount", field=rule.field)
    amounts = [_amount(row, rule.field, item) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    figure = sum(known) if rule.of == "sum" else max(known, default=0)
    is_above = figure > rule.limit_fen
    if not is_above and len(known) < len(amounts):
        raise CannotTell("amount_missing", field=field.title)
    return Threshold(field=rule.field, limit_fen=rule.limit_fen, is_above=is_above)


def _amount(row: Row, name: str, item: Item) -> int | None:
    value = _record(row, item, only=name)[name]
    return value if isinstance(value, int) else None


def _record(row: Row, item: Item, only: str = "") -> Record:
    record: Record = {}
    for field in item.fields:
        if only and field.name != only:
            continue
        if field.name not in row:
            raise CannotTell("no_column", field=field.name)
        try:
            record[field.name] = converted(row[field.name], field)
        except NotOfKind as error:
            raise CannotTell("not_of_kind", field=field.title) from error
    return record


def _latest(rows: Sequence[Row], column: str, day: dt.date) -> dt.date:
    try:
        return max((as_day(row[column]) for row in rows if row[column]), default=day)
    except KeyError as error:
        raise CannotTell("no_column", field=column) from error
    except (ValueError, ArithmeticError) as error:
        raise CannotTell("not_of_kind", field=column) from error
