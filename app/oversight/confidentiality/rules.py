"""保密: kinds of devices, ways to dispose of them, and what is to be seen to first."""

import datetime as dt

KEEP = "confidentiality.keep"
"""The permission to write in the registers."""

DEVICE_KINDS = ("computer", "laptop", "server", "storage", "printer", "other")
DISPOSALS = ("destroyed", "wiped", "handed_over")
LARGEST_SCAN_MB = 10
SOON_DAYS = 30
"""From so many days before its last day on, something is said to expire soon (ours)."""


def standing(valid_from: dt.date, valid_to: dt.date | None, today: dt.date) -> str:
    """How something with a term stands: coming, running, soon (to expire) or over."""
    if today < valid_from:
        return "coming"
    if valid_to is None or valid_to >= today + dt.timedelta(days=SOON_DAYS):
        return "running"
    return "soon" if valid_to >= today else "over"
