"""How an asked subject × data item ended; stored as smallint arrays in the ask rows."""

from enum import IntEnum


class Outcome(IntEnum):
    """Every asked item ends as one of these, never as a blank (DESIGN §3.7)."""

    PENDING = 0
    HIT = 1
    NO_RECORD = 2
    UNABLE = 3
    REFUSED = 4
    UNANSWERED = 5
    UNCOVERED = 6
    UNAUTHORISED = 7
    TERMINATED = 8
    WITHDRAWN = 9
    CEASED = 10


ANSWERED = frozenset({Outcome.HIT, Outcome.NO_RECORD, Outcome.UNABLE, Outcome.REFUSED})
