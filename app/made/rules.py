"""What state a file is in, and how long it is kept."""

import datetime as dt

KEPT_DAYS = 3
"""Ours: a made file holds what its page holds, and is there to be fetched, not to be kept."""
REMEMBERED_DAYS = 30
"""As long a line says that there was one."""

_AT_WORK = frozenset({"waiting", "queued", "running"})


def state_of(
    *, file_id: int | None, expires_on: dt.date, job_state: str | None, today: dt.date
) -> str:
    """``making``, ``made``, ``failed`` or ``expired``; derived, kept nowhere."""
    if expires_on < today:
        return "expired"
    if file_id is not None:
        return "made"
    return "making" if job_state in _AT_WORK else "failed"
