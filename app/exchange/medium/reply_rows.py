"""Row by row: is it about somebody we asked about, and does it agree with what was said before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.exchange.medium.asked import AskedRequest, Pair
from app.exchange.medium.cells import Cell, is_blank
from app.exchange.medium.item_columns import ColumnMap, map_columns
from app.exchange.medium.layout import layout
from app.exchange.medium.replies import Gathered, Record
from app.exchange.medium.reply_answers import RowAnswer, read_answer, read_outcome
from app.exchange.medium.reply_lines import RowRefused, asked_line, row_refused
from app.exchange.medium.reply_parts import Table
from app.exchange.medium.values import is_scientific
from tenants.catalogue import DataItem, Service
from tenants.catalogue.outcomes import Outcome
from tenants.messages import Fault, RowFault


def read_table(table: Table, asked: AskedRequest, today: date, gathered: Gathered) -> None:
    """Read one data item's sheet into ``gathered``; faults of rows are collected there.

    Raises the faults that spoil the whole file: ``reply_item_not_asked``, those of the columns,
    and ``reply_id_scientific``.
    """
    if not any(table.item in line.items for line in asked.lines.values()):
        raise Fault("reply_item_not_asked", sheet=table.title, item=table.item)
    item = asked.items[table.item]
    columns = map_columns(table.title, table.rows, item)
    rows = list(_filled_rows(table, columns))
    for number, row in rows:
        if is_scientific(row[columns.id_number]):
            raise Fault("reply_id_scientific", sheet=table.title, row=number)
    reader = _RowReader(item, columns, asked, today, gathered)
    for number, row in rows:
        try:
            reader.take(row)
        except RowRefused as refused:
            for column, fault in refused.faults:
                place = f"{table.title}{layout().marks['colon']}{column}"
                values = {**fault.values, "sheet": table.title}
                gathered.add_fault(RowFault(number, place, fault.code, values))


def _filled_rows(table: Table, columns: ColumnMap) -> Iterator[tuple[int, Sequence[Cell]]]:
    first = columns.header + 1
    for number, row in enumerate(table.rows[first:], start=first + 1):
        if all(map(is_blank, row)):
            continue
        short = columns.width - len(row)
        yield number, [*row, *[""] * short] if short > 0 else row


@dataclass(frozen=True)
class _RowReader:
    """Takes the rows of one sheet; each may raise :class:`RowRefused`."""

    item: DataItem
    columns: ColumnMap
    asked: AskedRequest
    today: date
    gathered: Gathered

    def take(self, row: Sequence[Cell]) -> None:
        pair = (asked_line(row, self.columns, self.asked, self.item.code), self.item.code)
        outcome = read_outcome(row, self.columns)
        if outcome is None:
            return
        if self._only_repeats(pair, outcome):
            self.gathered.repeated += 1
            return
        answer = read_answer(row, self.columns, self.item, outcome, self.today)
        self._hold_against_earlier(pair, outcome)
        self._gather(pair, answer)

    def _only_repeats(self, pair: Pair, outcome: Outcome) -> bool:
        """Whether an accepted part has said the same; a hit might bring other records, so no."""
        before = self.asked.answered.get(pair)
        if before is None:
            return False
        if before is outcome and outcome is not Outcome.HIT:
            return True
        first = layout().outcome_words[before]
        column = layout().columns.outcome
        raise row_refused(column, "reply_answered_before", line_no=pair[0], first=first)

    def _hold_against_earlier(self, pair: Pair, outcome: Outcome) -> None:
        first = self.gathered.outcomes.get(pair)
        column = layout().columns.outcome
        if first is not None and first is not outcome:
            raise row_refused(
                column,
                "reply_outcomes_contradict",
                line_no=pair[0],
                first=layout().outcome_words[first],
                second=layout().outcome_words[outcome],
            )
        if first is Outcome.HIT and self.item.service is Service.YES_NO:
            raise row_refused(column, "reply_yes_no_twice", line_no=pair[0])

    def _gather(self, pair: Pair, answer: RowAnswer) -> None:
        gathered = self.gathered
        gathered.outcomes[pair] = answer.outcome
        if answer.remark:
            gathered.remarks.setdefault(pair, {})[answer.remark] = None
        if answer.as_of is None:
            return
        gathered.as_of[pair] = max(answer.as_of, gathered.as_of.get(pair, answer.as_of))
        if answer.outcome is Outcome.HIT:
            gathered.records.append(Record(*pair, answer.as_of, answer.values))
