"""When to try again, when to stop trying, when a unit is called: pure."""

import datetime as dt
import re
import secrets
from typing import Protocol
from zoneinfo import ZoneInfo

MOST_FAILURES = 8
"""In a row, about two hours; then a person decides."""
BREAKS_AT = 5
"""Failures of one connection in a row after which nothing is sent to it for a while."""
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
SOONEST_POLL_S = 5
LATEST_POLL_S = 1800
JITTER_PERCENT = 20
PAUSED_FOR = dt.timedelta(minutes=15)
"""How often a connection that is not in use is looked at."""
CHECKED_SOON = dt.timedelta(seconds=2)
"""How soon to look whether answers were checked."""
CHINA = ZoneInfo("Asia/Shanghai")
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")

LASTING = frozenset(
    {
        "address_form",
        "address_not_allowed",
        "folder_form",
        "folder_not_allowed",
        "address_inside",
        "plain_http",
        "redirected",
        "unverified",
        "rejected",
        "clock",
        "conflict",
        "bad_message",
        "bad_page",
        "too_big",
        "other_request",
        "reply_refused",
        "scan_missing",
        "gone",
        "not_accepted",
        "not_taken",
        "box_missing",
    }
)
"""What another try does not mend: a person looks at it at once."""


class Travelling(Protocol):
    """The facts of a dispatch."""

    @property
    def lines(self) -> int: ...
    @property
    def lines_answered(self) -> int: ...
    @property
    def received_at(self) -> dt.datetime | None: ...
    @property
    def kept_at(self) -> dt.datetime | None: ...
    @property
    def taken_at(self) -> dt.datetime | None: ...
    @property
    def dead_at(self) -> dt.datetime | None: ...
    @property
    def dropped_at(self) -> dt.datetime | None: ...


def phase_of(found: Travelling) -> str:
    """``sending``, ``waiting``, ``fetching``, ``kept``, ``taken``, ``dead`` or ``dropped``."""
    if found.dropped_at:
        return "dropped"
    if found.dead_at:
        return "dead"
    if found.taken_at:
        return "taken"
    if found.kept_at:
        return "kept"
    if not found.received_at:
        return "sending"
    return "fetching" if found.lines_answered >= found.lines else "waiting"


def wait_after(failures: int) -> dt.timedelta:
    """Exponential back-off with jitter after so many failures in a row (from 1)."""
    return _about(min(FIRST_WAIT_S * 2 ** min(failures - 1, 10), LONGEST_WAIT_S))


def open_for(failures: int) -> dt.timedelta | None:
    """How long nothing is sent over a connection that failed so often in a row; None: go on."""
    if failures < BREAKS_AT:
        return None
    return _about(min(60 * 2 ** min(failures - BREAKS_AT, 10), LONGEST_WAIT_S))


def poll_after(waited: dt.timedelta) -> dt.timedelta:
    """When to ask again a unit that has had a request for ``waited``: the longer, the rarer."""
    seconds = waited.total_seconds() / 4
    return _about(min(max(seconds, SOONEST_POLL_S), LATEST_POLL_S))


def _about(seconds: float) -> dt.timedelta:
    spread = secrets.randbelow(2 * JITTER_PERCENT + 1) - JITTER_PERCENT
    return dt.timedelta(seconds=seconds * (100 + spread) / 100)


def hours_of(text: str) -> tuple[dt.time, dt.time] | None:
    """``08:30-17:00`` as two times; None for an empty text; ``ValueError`` for anything else."""
    if not text:
        return None
    found = HOURS.fullmatch(text)
    if found is None:
        raise ValueError("hours")
    first, last = (dt.time(int(found[n]), int(found[n + 1])) for n in (1, 3))
    if first >= last:
        raise ValueError("hours")
    return first, last


def is_within(hours: str, now: dt.datetime) -> bool:
    """Whether ``now`` lies in the agreed hours (Asia/Shanghai)."""
    agreed = hours_of(hours)
    clock = now.astimezone(CHINA).time()
    return agreed is None or agreed[0] <= clock < agreed[1]


def next_opening(hours: str, now: dt.datetime) -> dt.datetime:
    """The next instant at which the agreed hours begin."""
    agreed = hours_of(hours)
    if agreed is None:
        return now
    here = now.astimezone(CHINA)
    opens = here.replace(hour=agreed[0].hour, minute=agreed[0].minute, second=0, microsecond=0)
    return opens if opens > here else opens + dt.timedelta(days=1)
