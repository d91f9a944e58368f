"""The two clocks: instants in UTC for what machines compare, days as people in China count them."""

import datetime as dt
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def instant() -> dt.datetime:
    """Now, in UTC."""
    return dt.datetime.now(dt.UTC)


def in_china() -> dt.datetime:
    """Now, by the clock on the wall of the unit."""
    return dt.datetime.now(CHINA)


def today() -> dt.date:
    """The day it is in China."""
    return in_china().date()
