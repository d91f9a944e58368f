"""A unit's answers as they came over the wire, held against what was asked: as a disc's rows are.

The result is the very ``CheckedReply`` that a file gives, so that everything behind it is one path.
A yes or no about a limit, where a unit may tell no amounts, is kept as a record of its own kind
(``LIMIT``): a fact that is shown, and never an amount that could enter a sum.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from app.exchange.medium.asked import AskedRequest, Pair
from app.exchange.medium.reconciliation import reconcile
from app.exchange.medium.replies import Answer, CheckedReply, Gathered, Record
from app.exchange.medium.reply_contents import contents_faults
from app.exchange.wire.messages import say
from hedui_connector.wire import models as wire
from hedui_connector.wire.values import answer_faults
from tenants.catalogue import DataItem, FieldType
from tenants.catalogue.limits import LIMIT, as_limit
from tenants.catalogue.outcomes import Outcome
from tenants.messages import Fault, RowFault

OUTCOMES = {
    wire.Outcome.HIT: Outcome.HIT,
    wire.Outcome.NO_RECORD: Outcome.NO_RECORD,
    wire.Outcome.UNABLE: Outcome.UNABLE,
    wire.Outcome.REFUSED: Outcome.REFUSED,
}
LOOKED_UP = (Outcome.HIT, Outcome.NO_RECORD)
"""Only what was looked up has a day as of which it is said."""
MOST_FAULTS = 500
Place = tuple[str, Fault]


def read_answers(
    answers: Iterable[wire.Answer],
    described: Mapping[int, wire.Item],
    asked: AskedRequest,
    *,
    today: dt.date,
) -> CheckedReply:
    """Every answer typed by the catalogue, or its faults; with any fault nothing is taken.

    ``described``: the data items as the head of the request described them.
    """
    gathered = Gathered(MOST_FAULTS)
    for expected, answer in enumerate(answers, start=1):
        _take(answer, expected, described, asked, today, gathered)
    refused = gathered.faults_found > 0
    outcomes = {} if refused else gathered.outcomes
    return CheckedReply(
        answers=tuple(
            Answer(
                *pair, outcome, gathered.as_of.get(pair), "".join(gathered.remarks.get(pair, ()))
            )
            for pair, outcome in outcomes.items()
        ),
        records=() if refused else tuple(gathered.records),
        reconciliation=reconcile(asked.pairs(), {**asked.answered, **outcomes}),
        faults=tuple(gathered.faults),
        faults_found=gathered.faults_found,
        repeated=gathered.repeated,
    )


def _take(
    answer: wire.Answer,
    expected: int,
    described: Mapping[int, wire.Item],
    asked: AskedRequest,
    today: dt.date,
    gathered: Gathered,
) -> None:
    pair, outcome = (answer.line, answer.item), OUTCOMES[answer.outcome]
    faults = list(_whose_faults(answer, asked, gathered.outcomes))
    if not faults and asked.answered.get(pair) is not None:
        if asked.answered[pair] is not outcome or outcome is Outcome.HIT:
            faults.append((_place(), Fault("wire.answered_twice", line=pair[0], item=pair[1])))
        else:
            gathered.repeated += 1
            return
    if not faults and outcome in LOOKED_UP and answer.as_of > today:
        faults.append((_place(), Fault("reply_as_of_future", today=today.isoformat())))
    records: list[Mapping[str, Any]] = []
    if not faults:
        records = _records(answer, described[answer.item], asked.items[answer.item], faults)
    if faults:
        for column, fault in faults:
            values = {**fault.values, "sheet": say("wire.answers_sheet")}
            gathered.add_fault(RowFault(expected, column, fault.code, values))
        return
    gathered.outcomes[pair] = outcome
    if outcome in LOOKED_UP:
        gathered.as_of[pair] = answer.as_of
    if answer.reason is not None:
        gathered.remarks[pair] = {answer.reason.words: None}
    gathered.records += [Record(*pair, answer.as_of, record) for record in records]


def _place() -> str:
    return say("wire.answer_place")


def _whose_faults(
    answer: wire.Answer, asked: AskedRequest, earlier: Mapping[Pair, Outcome]
) -> Iterator[Place]:
    """Whether it answers a line and an item that were asked, for the first time."""
    line = asked.lines.get(answer.line)
    if line is None:
        yield _place(), Fault("wire.line_unknown", line=answer.line)
    elif answer.item not in line.items:
        yield _place(), Fault("wire.item_unknown", line=answer.line, item=answer.item)
    elif (answer.line, answer.item) in earlier:
        yield _place(), Fault("wire.answered_twice", line=answer.line, item=answer.item)


def _records(
    answer: wire.Answer, described: wire.Item, item: DataItem, faults: list[Place]
) -> list[Mapping[str, Any]]:
    for found in answer_faults(answer, described):
        told = Fault("wire.field", place=found.place, wrong=found.wrong, right=found.right)
        faults.append((_place(), told))
    if faults:
        return []
    records: list[Mapping[str, Any]] = [_typed(record, item) for record in answer.records]
    outcome = OUTCOMES[answer.outcome]
    for values in records or ([] if answer.thresholds else [{}]):
        faults.extend(contents_faults(item, outcome, values))
    for threshold in answer.thresholds:
        if threshold.field not in {f.name for f in item.fields if f.type is FieldType.MONEY}:
            faults.append((_place(), Fault("wire.threshold_field", field=threshold.field)))
    if answer.thresholds and not faults:
        limits = [as_limit(t.field, t.limit_fen, t.is_above) for t in answer.thresholds]
        records.append({LIMIT: limits})
    return records


def _typed(record: wire.Record, item: DataItem) -> dict[str, Any]:
    """The values of a record by the catalogue; what is null is left out, as a blank cell is."""
    return {
        name: _value(value, item.field(name).type)
        for name, value in record.items()
        if value is not None and value != ""
    }


def _value(value: Any, kind: FieldType) -> Any:
    if kind is FieldType.DATE:
        return dt.date.fromisoformat(value)
    return Decimal(value) if kind is FieldType.NUMBER else value
