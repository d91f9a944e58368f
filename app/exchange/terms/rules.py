"""Whether a reply term may be extended: pure (Jilin 2017/58, art. 12)."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A request as far as an extension asks: ``due_on`` is None where no term was agreed."""

    state: str
    delivered_on: dt.date | None
    due_on: dt.date | None
    is_extended: bool


def refusal(
    asked: Asked, *, days: int, most: int, letter_on: dt.date, arrived_on: dt.date, today: dt.date
) -> str:
    """The code of the message that says why not; empty when the term is extended.

    Once, by at most ``most`` working days, by a letter that has arrived by the due date: one that
    came later leaves the reply overdue.
    """
    if asked.state != "delivered" or asked.delivered_on is None:
        return "extension_not_awaited"
    if asked.due_on is None:
        return "extension_no_term"
    if asked.is_extended:
        return "extension_twice"
    if not 1 <= days <= most:
        return "extension_days"
    if not letter_on <= arrived_on <= today or arrived_on < asked.delivered_on:
        return "extension_dates"
    return "extension_late" if arrived_on > asked.due_on else ""
