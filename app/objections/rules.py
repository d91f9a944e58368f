"""What a recheck can end with, and until when one may contest: pure decisions."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from tenants.calendar import add_working_days
from tenants.catalogue.outcomes import Outcome

OUTCOMES = ("upheld", "corrected", "source_correcting", "unanswered")
"""维持, 更正, 来源更正中, 来源未能复核."""

WORD_KINDS = (
    *("says", "declined", "concluded", "told", "disputed", "settled"),
    *("told_settled", "source_told"),
)

CONTESTABLE = (Outcome.NO_RECORD, Outcome.UNABLE)
"""Answers without a record that a person may contest as well: 无记录, 无法查询."""

WAYS = ("in_person", "phone", "letter", "home_visit")
"""How the person is told."""

Fields = Mapping[str, Any]


def last_day_to_object(issued_on: dt.date, working_days: int) -> dt.date:
    """Until when a report may be contested. No article says; the rulebook's days are ours."""
    return add_working_days(issued_on, working_days)


def is_same(was: Sequence[Fields], now: Sequence[Fields]) -> bool:
    """Whether the source says now what it said before, in whatever order."""
    return sorted(map(_key, was)) == sorted(map(_key, now))


def outcomes_open(
    outcome: int, was: Sequence[Fields], now: Sequence[Fields], before: int = Outcome.HIT
) -> tuple[str, ...]:
    """How a recheck can end, by what the source answered (143号 五 复核).

    ``was`` and ``now``: the records of the data item before and in the recheck; ``before``: the
    outcome that is contested. Who rechecks does not decide against the source: the same answer
    upholds, another one corrects. Who could not look before has given no answer to uphold.
    """
    if outcome not in (Outcome.HIT, Outcome.NO_RECORD):
        return ("source_correcting", "unanswered")
    if before in (Outcome.HIT, Outcome.NO_RECORD) and is_same(was, now):
        return ("upheld", "source_correcting")
    return ("corrected",)


def _key(fields: Fields) -> str:
    return repr(sorted(fields.items()))
