"""What a store of returned data may still say, by the day as of which it speaks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """A load in force of one data item: its row, the day as of which it speaks."""

    load_id: int
    as_of: dt.date


@dataclass(frozen=True)
class Usable:
    """What can be said of one data item: the loads to look into, and as of which day nobody found
    in them has no record; ``why`` that cannot be said ("not_held", "too_old")."""

    loads: tuple[Held, ...]
    as_of: dt.date | None
    why: str = ""


def is_too_old(as_of: dt.date, today: dt.date, fresh_days: int) -> bool:
    """Whether a load speaks of a day longer ago than the rulebook lets it be answered from."""
    return (today - as_of).days > fresh_days


def usable(held: Sequence[Held], today: dt.date, fresh_days: int) -> Usable:
    """What the loads of one item can still answer.

    One part that is too old makes "no record" impossible, for the person may be in it; what the
    fresh parts hold is a hit all the same. Nothing is taken from a part that is too old.
    """
    fresh = tuple(one for one in held if not is_too_old(one.as_of, today, fresh_days))
    if not held:
        return Usable((), None, "not_held")
    if len(fresh) < len(held):
        return Usable(fresh, None, "too_old")
    return Usable(fresh, min(one.as_of for one in fresh))
