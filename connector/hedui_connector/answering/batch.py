"""One batch of lines: who is looked up for which item, and the answers to all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence

from hedui_connector.answering.composing import answer_of, reason, without_look_up
from hedui_connector.settings.model import ItemQuery, Settings
from hedui_connector.sources.base import PERSON, QueryFault, Row, Source
from hedui_connector.sources.conversion import as_day
from hedui_connector.wire.models import Answer, Head, Line, Outcome, Reason

BeforeLookUp = Callable[[int, Sequence[str]], None]


class Batch:
    """Answers lines of one request; ``before_look_up`` is told item and persons first."""

    def __init__(
        self,
        settings: Settings,
        source: Source,
        head: Head,
        day: dt.date,
        before_look_up: BeforeLookUp,
    ) -> None:
        self.settings, self.source, self.head, self.day = settings, source, head, day
        self.before_look_up = before_look_up
        self._items = {item.code: item for item in head.items}

    def answers(self, lines: Sequence[Line], first: int) -> list[Answer]:
        """The answers to every asked line and item, in the order of the lines, from ``first``."""
        rows: dict[int, dict[str, list[Row]]] = {}
        days: dict[int, dt.date] = {}
        for code in self._items:
            numbers = [line.id_number for line in lines if self._is_looked_up(line, code)]
            if numbers:
                query = self.settings.items[code]
                self.before_look_up(code, numbers)
                rows[code] = self._rows(query, numbers)
                days[code] = self._day(query)
        found: list[Answer] = []
        for line in lines:
            for code in line.items:
                found.append(self._answer(first + len(found), line, code, rows, days))
        return found

    def _answer(
        self,
        number: int,
        line: Line,
        code: int,
        rows: dict[int, dict[str, list[Row]]],
        days: dict[int, dt.date],
    ) -> Answer:
        why_not = self._why_not(line, code)
        if why_not is not None:
            return without_look_up(number, line.line, code, *why_not, self.day)
        own = rows[code].get(line.id_number, [])
        query = self.settings.items[code]
        return answer_of(number, line.line, self._items[code], query, own, days[code])

    def _is_looked_up(self, line: Line, code: int) -> bool:
        return code in line.items and self._why_not(line, code) is None

    def _why_not(self, line: Line, code: int) -> tuple[Outcome, Reason] | None:
        """Outcome and reason where nobody is to be looked up."""
        for agency in self.settings.agencies:
            if agency.code == self.head.agency.code and agency.refuse:
                return Outcome.REFUSED, reason("policy", words=agency.refuse)
        query = self.settings.items.get(code)
        if query is None:
            return Outcome.UNABLE, reason("not_held")
        if query.refuse:
            return Outcome.REFUSED, reason("policy", words=query.refuse)
        if not line.authorisation.covers(code, self.day):
            return Outcome.REFUSED, reason("authorisation")
        return None

    def _rows(self, query: ItemQuery, numbers: Sequence[str]) -> dict[str, list[Row]]:
        """The source's rows by person; numbers are compared without blanks, in capitals."""
        by_person: dict[str, list[Row]] = defaultdict(list)
        for row in self.source.look_up(query, sorted(set(numbers))):
            if PERSON not in row:
                raise QueryFault(f"the query gives no column {PERSON}")
            by_person[str(row[PERSON]).strip().upper()].append(row)
        return by_person

    def _day(self, query: ItemQuery) -> dt.date:
        if not query.as_of.query:
            return self.day
        try:
            return as_day(self.source.as_of(query))
        except (ValueError, ArithmeticError, TypeError) as error:
            raise QueryFault("the query of as_of gives no day") from error
