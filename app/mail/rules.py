"""What goes by e-mail, to which address, when, and when it is tried again. Pure."""

import datetime as dt
import re

NOTHING, URGENT, ALL = "nothing", "urgent", "all"
WANTS = (NOTHING, URGENT, ALL)
DIGEST, CODE = "digest", "code"
KINDS = (DIGEST, CODE)

URGENT_KINDS = (
    *("request.due_soon", "request.overdue", "request.escalated"),
    *("decision.due_soon", "decision.overdue"),
    *("inquiry.due_soon", "inquiry.overdue", "inquiry.escalated"),
)
"""Reminders and escalations of ``app.exchange.terms.reminding`` and ``app.decisions.reminding``."""

MOST_CODES_A_DAY = 5
MOST_TRIES = 5
CODE_LASTS = dt.timedelta(hours=24)
FIRST_HOUR, LAST_HOUR = 8, 18

_WAITS = (1, 5, 15, 60, 240, 720)
"""Minutes after each failed attempt; a server that defers strangers (greylisting) wants some."""

_CHINA = dt.timezone(dt.timedelta(hours=8))
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LONGEST_ADDRESS, _LONGEST_LOCAL = 254, 64


def is_address(text: str) -> bool:
    """Whether a text is one plain address (RFC 5321 without quotes, comments and literals)."""
    local = text.partition("@")[0]
    short = len(text) <= _LONGEST_ADDRESS and len(local) <= _LONGEST_LOCAL
    return short and _ADDRESS.fullmatch(text) is not None


def is_mailing_time(now: dt.datetime) -> bool:
    """Whether digests go out at this instant: by day, in China. The day itself is the caller's."""
    return FIRST_HOUR <= now.astimezone(_CHINA).hour < LAST_HOUR


def wait_before_next(attempts: int) -> dt.timedelta | None:
    """How long after the ``attempts``-th failed attempt it is tried again; None: no more."""
    if not 1 <= attempts <= len(_WAITS):
        return None
    return dt.timedelta(minutes=_WAITS[attempts - 1])


def code_of(keyed: bytes) -> str:
    """Six digits out of a keyed hash (at least 8 bytes)."""
    return f"{int.from_bytes(keyed[:8]) % 1_000_000:06d}"
