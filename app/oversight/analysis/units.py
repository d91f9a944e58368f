"""共享单位履约: how each sharing unit answered in some months (第十二、十八条)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.cases.queries import unit_names
from app.oversight.analysis.counting import objections_by_unit, requests_by_unit
from app.oversight.analysis.measures import rate


@dataclass
class Performance:
    """One unit: its requests by how they were answered, the items in them, files that were not
    taken, and objections to what it told; counts only."""

    unit_id: int
    name: str
    requests: int = 0
    answered: int = 0
    answered_late: int = 0
    extended: int = 0
    unanswered: int = 0
    waiting: int = 0
    waiting_late: int = 0
    items: int = 0
    hits: int = 0
    no_records: int = 0
    unable: int = 0
    refused: int = 0
    files_refused: int = 0
    objections: int = 0
    corrected: int = 0

    @property
    def in_time(self) -> int:
        """Requests that were answered by their last day."""
        return self.answered - self.answered_late

    @property
    def over(self) -> int:
        """Requests that were or are past their last day, or ended without an answer."""
        return self.answered_late + self.unanswered + self.waiting_late

    @property
    def rate(self) -> float | None:
        """Of the requests that are due or answered, the percentage that was answered in time."""
        return rate(self.in_time, self.in_time + self.over)


_SUMMED = (
    *("requests", "answered", "answered_late", "extended", "unanswered", "waiting"),
    *("waiting_late", "items", "hits", "no_records", "unable", "refused", "files_refused"),
)


def performances(first: int, last: int) -> Sequence[Performance]:
    """The units that were asked in these months, those with the most late ones first."""
    names, found = unit_names(), dict[int, Performance]()
    for row in requests_by_unit(first, last):
        unit = found.setdefault(row.unit_id, Performance(row.unit_id, names.get(row.unit_id, "")))
        for name in _SUMMED:
            setattr(unit, name, getattr(unit, name) + int(getattr(row, name)))
    for row in objections_by_unit(first, last):
        if contested := found.get(row.unit_id):
            contested.objections += row.objections
            contested.corrected += row.corrected
    return sorted(found.values(), key=lambda unit: (-unit.over, -unit.requests, unit.name))
