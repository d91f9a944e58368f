"""The board put together from counts: per step, per sender, per sharing unit. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

STEPS = (
    *("submitted", "returned", "accepted", "exchange", "parent", "report"),
    *("reported", "closed", "terminated", "recalled"),
)
"""In the order of the process; the middle three are what a case in exchange waits for."""

STATE_OF = {"exchange": "checking", "parent": "checking", "report": "checking"}
FINISHED = frozenset({"reported", "closed", "terminated", "recalled"})


@dataclass(frozen=True)
class Count:
    """So many households, so many of them late; the oldest entrustment, the nearest due date."""

    households: int = 0
    late: int = 0
    oldest: dt.date | None = None
    due_on: dt.date | None = None

    def with_row(self, row: Any) -> "Count":
        """These and those of one more group."""
        return Count(
            self.households + row.households,
            self.late + row.late,
            _earlier(self.oldest, row.oldest),
            _earlier(self.due_on, row.due_on),
        )


@dataclass(frozen=True)
class Sender:
    """A department, one of its desks, or a lower agency; ids as the case list filters by them."""

    unit_id: int
    agency_id: int
    name: str
    all: Count
    returned: int
    finished: int


@dataclass(frozen=True)
class SharingUnit:
    """How one sharing unit stands: requests by state, households that wait for it."""

    name: str
    unsent: int
    waiting: int
    late: int
    given_up: int
    due_on: dt.date | None
    asked: int
    answered: int
    households: int
    late_households: int


@dataclass(frozen=True)
class Board:
    """What is where, and what of it is late."""

    steps: Mapping[str, Count]
    senders: Sequence[Sender]
    units: Sequence[SharingUnit]

    @property
    def open(self) -> int:
        """Households that are not finished."""
        return sum(c.households for step, c in self.steps.items() if step not in FINISHED)

    @property
    def late(self) -> int:
        """Households past their last day."""
        return sum(count.late for count in self.steps.values())


def by_step(rows: Iterable[Any]) -> dict[str, Count]:
    """Step → its households, in the order of the process; the finished only where there are any."""
    found: dict[str, Count] = {}
    for row in rows:
        found[row.step] = found.get(row.step, Count()).with_row(row)
    return {
        step: found.get(step, Count()) for step in STEPS if step not in FINISHED or step in found
    }


def by_sender(
    rows: Iterable[Any], units: Mapping[int, str], agencies: Mapping[int, str]
) -> list[Sender]:
    """Each desk, department and lower agency that has households here, the latest first."""
    found: dict[tuple[int, int], Sender] = {}
    for row in rows:
        key = (row.desk_id or row.unit_id, row.from_agency_id)
        name = agencies.get(key[1]) or units.get(key[0], "")
        sender = found.get(key) or Sender(*key, name, Count(), 0, 0)
        if row.step in FINISHED:
            found[key] = replace(sender, finished=sender.finished + row.households)
            continue
        returned = row.households if row.step == "returned" else 0
        found[key] = replace(
            sender, all=sender.all.with_row(row), returned=sender.returned + returned
        )
    return sorted(found.values(), key=lambda s: (-s.all.late, -s.all.households, s.name))


def by_unit(
    rows: Iterable[Any], sources: Mapping[int, Any], units: Mapping[int, str]
) -> list[SharingUnit]:
    """Each sharing unit that was or will be asked, the latest first."""
    lines = []
    for row in rows:
        waits = sources.get(row.unit_id)
        lines.append(
            SharingUnit(
                name=units.get(row.unit_id, ""),
                unsent=row.unsent,
                waiting=row.waiting,
                late=row.late,
                given_up=row.given_up,
                due_on=row.due_on,
                asked=row.asked,
                answered=row.answered,
                households=waits.households if waits else 0,
                late_households=waits.late if waits else 0,
            )
        )
    return sorted(lines, key=lambda unit: (-unit.late, -unit.households, unit.name))


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None
