"""What an entry of the integrity record is, on whose decision, until when: pure decisions."""

import datetime as dt
from collections.abc import Collection

ABOUT = ("person", "organisation", "staff")
"""Whom it is about: 核对对象 (第十三条), 单位和组织 (第十四条), 工作人员 (第十五条)."""

ARTICLES = {"person": 13, "organisation": 14, "staff": 15}

WORD_KINDS = ("served", "appealed", "upheld", "withdrawn", "told")

WAYS = ("in_person", "post", "home_visit", "announcement")
"""How a notice is served."""

NOTICE_WAYS = ("hand", "post", "platform")
"""How a notice leaves for a department or another agency."""

STEPS = ("enter", "confirm", "decide")

DISPATCH_KINDS = ("disclosed", "withdrawn")


def ends_on(served_on: dt.date, months: int) -> dt.date:
    """The last day on which it is shown: so many months from the day on which it was served."""
    place = served_on.year * 12 + served_on.month - 1 + months
    year, month = divmod(place, 12)
    first = dt.date(year, month + 1, 1)
    longest = ((first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - first).days
    return first.replace(day=min(served_on.day, longest))


def is_shown(state: str, ends: dt.date | None, today: dt.date) -> bool:
    """Whether it counts today: served, not suspended, not withdrawn, not run out (第二十条)."""
    return state == "in_force" and ends is not None and today <= ends


def still_to_tell(disclosed: Collection[str], recalled: Collection[str]) -> list[str]:
    """Those that were told of an entry and not yet of its withdrawal, in their order."""
    return [name for name in dict.fromkeys(disclosed) if name not in recalled]
