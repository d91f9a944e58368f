"""On which days a list is due, by its rhythm: pure decisions (粤民发〔2020〕143号 二)."""

import datetime as dt

from tenants.rulebook.outward import Rhythm

WEEK = 7


def newest_due(rhythm: Rhythm, today: dt.date) -> dt.date:
    """The last day on which a list was due, today included; so a day that was missed is known the
    next day still."""
    if rhythm.every == "week":
        return today - dt.timedelta(days=(today.isoweekday() - rhythm.day) % WEEK)
    if rhythm.every == "month":
        within = today if today.day >= rhythm.day else today.replace(day=1) - dt.timedelta(days=1)
        return within.replace(day=rhythm.day)
    return today


def next_due(rhythm: Rhythm, today: dt.date) -> dt.date:
    """The first day after today on which a list is due."""
    if rhythm.every == "week":
        return newest_due(rhythm, today) + dt.timedelta(days=WEEK)
    if rhythm.every == "month":
        after = today.replace(day=1) + dt.timedelta(days=31)
        within = today if today.day < rhythm.day else after
        return within.replace(day=rhythm.day)
    return today + dt.timedelta(days=1)
