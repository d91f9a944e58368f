"""Who is meant to be insured, and what a source's data say of them (粤民发〔2020〕143号 二). Pure.

"Not insured" is said only where every data set of the insurance is there and young enough: what is
too old, or was never given, says nothing of anybody.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.exchange.store.rules import Held, Usable, usable
from tenants.rulebook import InsuranceRule

PARTS = ("employees", "residents")


@dataclass(frozen=True)
class Insurance:
    """One insurance: the data item that tells of it, the codes of its field ``insurance`` that
    count with the part each stands for (empty: the data set or the employer says which), and
    whether only those of working age and older are meant."""

    item: int
    codes: Mapping[str, str]
    has_age: bool


INSURANCES: Mapping[str, Insurance] = {
    "pension": Insurance(501, {"1": ""}, has_age=True),
    "medical": Insurance(506, {"1": "employees", "2": "residents"}, has_age=False),
}
RESULTS = ("insured", "not_insured", "unknown", "not_meant")

DONE = ("visited", "enrolled", "paid")
REASONS = ("refuses", "elsewhere", "pupil", "pension", "moved", "other")
BY_SYSTEM = ("seen", "left")
KINDS = (*DONE, *REASONS, "confirmed", "declined", *BY_SYSTEM)
"""What is entered of a person: done; why they are not to be insured; what another person made of
that; what the next file or the register said."""
WITH_PROOF = frozenset({"enrolled", "paid"})
CLOSINGS = ("insured", "drawing", "young", "left", *REASONS)
NOT_MEANT = frozenset({"pupil", "pension", "moved"})
"""Confirmed reasons by which nobody is meant to be insured, as long as they hold."""

_DRAWING = "1"
_PAUSED = "2"


@dataclass(frozen=True)
class Load:
    """A load in force of an item: its row, the part its name says ("" for all), its day."""

    id: int
    part: str
    as_of: dt.date


@dataclass(frozen=True)
class Record:
    """What one row of a load says of a person."""

    load_id: int
    as_of: dt.date
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Sources:
    """What can be said today: part → what its loads can still answer."""

    parts: Mapping[str, Usable]

    @property
    def loads(self) -> list[int]:
        """The loads to look into."""
        return sorted({one.load_id for part in self.parts.values() for one in part.loads})

    @property
    def as_of(self) -> dt.date | None:
        """The day as of which nobody found is not insured; None where that cannot be said."""
        days = [part.as_of for part in self.parts.values()]
        known = [day for day in days if day is not None]
        return min(known) if len(known) == len(days) else None

    @property
    def why(self) -> str:
        """Why nothing can be said of who is not found: not_held or too_old."""
        return next((part.why for part in self.parts.values() if part.why), "")


@dataclass(frozen=True)
class Judged:
    """Result, why, and the day as of which the source speaks."""

    result: str
    why: str
    as_of: dt.date | None = None


def sources_of(loads: Iterable[Load], today: dt.date, fresh_days: int) -> Sources:
    """What the loads in force of an item can say of each part; one without a part tells of all."""
    held = list(loads)
    found = {}
    for part in PARTS:
        mine = [Held(one.id, one.as_of) for one in held if one.part in ("", part)]
        found[part] = usable(mine, today, fresh_days)
    return Sources(found)


def age_in(born_month: int, period: int) -> int:
    """Full years at the end of a month; both yyyymm."""
    months = (period // 100 - born_month // 100) * 12 + period % 100 - born_month % 100
    return months // 12


def judged(
    insurance: Insurance,
    rule: InsuranceRule,
    born_month: int,
    period: int,
    records: Collection[Record],
    parts: Mapping[int, str],
    reason: str,
    sources: Sources,
) -> Judged:
    """How one person stands. ``parts``: load → the part its name says; ``reason``: a confirmed one
    that still holds."""
    if not born_month:
        return Judged("unknown", "no_number")
    if insurance.has_age and age_in(born_month, period) < rule.from_age:
        return Judged("not_meant", "young")
    mine = [r for r in records if str(r.fields.get("insurance", "")) in insurance.codes]
    drawing = [r.as_of for r in mine if str(r.fields.get("benefit_status", "")) == _DRAWING]
    if drawing:
        return Judged("not_meant", "drawing", max(drawing))
    covering = [r for r in mine if str(r.fields.get("contribution_status", "")) in rule.covered]
    if covering:
        return Judged("insured", _which(insurance, covering, parts), max(r.as_of for r in covering))
    if reason in NOT_MEANT:
        return Judged("not_meant", reason)
    if reason == "elsewhere":
        return Judged("insured", reason)
    if sources.as_of is None:
        return Judged("unknown", sources.why)
    return Judged("not_insured", reason or "nothing", sources.as_of)


def _which(insurance: Insurance, covering: Collection[Record], parts: Mapping[int, str]) -> str:
    """employees, residents or both; paused where nothing is paid just now."""
    if all(str(r.fields["contribution_status"]) == _PAUSED for r in covering):
        return "paused"
    found = {_part(insurance, record, parts) for record in covering}
    return found.pop() if len(found) == 1 else "both"


def _part(insurance: Insurance, record: Record, parts: Mapping[int, str]) -> str:
    by_code = insurance.codes[str(record.fields["insurance"])]
    by_employer = "employees" if record.fields.get("employer") else "residents"
    return by_code or parts.get(record.load_id, "") or by_employer


def rate(insured: int, not_insured: int) -> float | None:
    """Percent insured of those of whom it is known, to one digit; None of nobody."""
    known = insured + not_insured
    return round(100 * insured / known, 1) if known else None
