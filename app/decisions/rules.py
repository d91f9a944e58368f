"""What a commissioning unit may report of its decision, and what counts may be shown: pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tenants.rulebook import AmountKind

OUTCOMES = ("granted", "refused", "stopped", "changed", "open")
OPEN = "open"
WITH_AMOUNT = ("granted", "changed")
WAYS = ("page", "file", "letter")
FOUND = ("nothing", "found", "matter")
"""What the report held: no record, records, or records that had to be explained and signed."""

LARGEST_FEN = 10_000_000
LONGEST_REASON, SHORTEST_REASON = 200, 2
MONTHS_APART = 12


@dataclass(frozen=True)
class Entry:
    """A decision as somebody wrote it down; ``from_period`` yyyymm, 0 for none."""

    outcome: str
    decided_on: dt.date | None = None
    amount_fen: int | None = None
    from_period: int = 0
    reason: str = ""

    @property
    def month(self) -> int:
        """The month of the decision (yyyymm); 0 while it is open."""
        return month_of_day(self.decided_on) if self.decided_on else 0


@dataclass(frozen=True)
class Known:
    """What is known of the household: its state, the report it got, the decision that stands."""

    state: str
    lane: str
    amount: AmountKind
    reported_on: dt.date | None
    current: Entry | None = None


@dataclass(frozen=True)
class Wrong:
    """What cannot be: the column, the code of the sentence, and its values."""

    column: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def month_of_day(day: dt.date) -> int:
    """``202611``."""
    return day.year * 100 + day.month


def wrong_in(entry: Entry, known: Known, today: dt.date) -> Wrong | None:
    """Why this cannot be reported of this household; None when it can (操作规程 四)."""
    if known.reported_on is None or known.state not in ("reported", "closed"):
        return Wrong("outcome", "decision.not_reported")
    if entry.outcome not in OUTCOMES:
        return Wrong("outcome", "decision.outcome")
    if entry.outcome == OPEN:
        return _wrong_while_open(entry, known)
    return (
        _wrong_day(entry, known, today) or _wrong_amount(entry, known) or _wrong_from(entry, known)
    )


def _wrong_while_open(entry: Entry, known: Known) -> Wrong | None:
    if known.state == "closed":
        return Wrong("outcome", "decision.closed")
    if entry.decided_on or entry.amount_fen is not None or entry.from_period:
        return Wrong("outcome", "decision.open_blank")
    if not SHORTEST_REASON <= len(entry.reason) <= LONGEST_REASON:
        limits = {"least": SHORTEST_REASON, "most": LONGEST_REASON}
        return Wrong("reason", "decision.reason", limits)
    return None


def _wrong_day(entry: Entry, known: Known, today: dt.date) -> Wrong | None:
    if entry.reason:
        return Wrong("reason", "decision.reason_unasked")
    if entry.decided_on is None:
        return Wrong("decided_on", "decision.no_day")
    if entry.decided_on > today:
        return Wrong("decided_on", "decision.day_to_come", {"today": today.isoformat()})
    # In an emergency the aid comes first and the report after it.
    first = known.reported_on
    if known.lane == "regular" and first and entry.decided_on < first:
        return Wrong("decided_on", "decision.day_before_report", {"first": first.isoformat()})
    return None


def _wrong_amount(entry: Entry, known: Known) -> Wrong | None:
    if known.amount is AmountKind.NONE or entry.outcome not in WITH_AMOUNT:
        unasked = entry.amount_fen is not None
        return Wrong("amount", "decision.amount_unasked") if unasked else None
    if entry.amount_fen is None:
        return Wrong("amount", f"decision.no_amount.{known.amount}")
    if not 0 < entry.amount_fen < LARGEST_FEN:
        return Wrong("amount", "decision.amount_size", {"most": LARGEST_FEN // 100})
    return None


def _wrong_from(entry: Entry, known: Known) -> Wrong | None:
    if known.amount is AmountKind.ONCE or entry.outcome == "refused":
        return Wrong("from_period", "decision.from_unasked") if entry.from_period else None
    if not entry.from_period:
        return Wrong("from_period", "decision.no_from")
    if abs(_months(entry.from_period) - _months(entry.month)) > MONTHS_APART:
        return Wrong("from_period", "decision.from_far", {"most": MONTHS_APART})
    return None


def _months(period: int) -> int:
    return period // 100 * 12 + period % 100
