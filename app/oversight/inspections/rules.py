"""Which looks are to be asked about, which others are drawn, and how one may be judged.

Nothing here says that somebody did wrong: a flag is a reason to ask (民发〔2020〕95号 二(四)).
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tenants.calendar import SHANGHAI
from tenants.rulebook import LookLimits

LOOK_FLAGS = (
    *("no_reason", "night", "rest_day", "many", "own", "kin"),
    *("colleague", "outside", "by_many"),
)
SHARING_FLAGS = ("no_agreement", "late", "medium_out", "medium_lost", "kept_there")
VERDICTS = ("proper", "explained", "breach")
ANSWERED_ENOUGH = {"explained": ("answered",), "breach": ("asked", "answered")}


@dataclass(frozen=True)
class Look:
    """One row of the trail: whose data it was about, as far as it names a household or a person.

    ``people`` are keys (``app.audit.looks.person_key``), ``cases`` households.
    """

    id: int
    at: dt.datetime
    account_id: int
    verb: str
    kind: str
    object_id: int
    reason: str = ""
    cases: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def is_opening(self) -> bool:
        """Whether masked data was shown, which needs a reason and a task."""
        return self.verb.endswith(".unmask")


@dataclass(frozen=True)
class Known:
    """What is known of those who looked: whose an account is, who they and their relatives are,
    in which households they had a part, and whose places are at the agency itself."""

    human_of: Mapping[int, int]
    own: Mapping[int, frozenset[int]] = field(default_factory=dict)
    kin: Mapping[int, frozenset[int]] = field(default_factory=dict)
    took_part: Collection[tuple[int, int]] = frozenset()
    staff: Collection[int] = frozenset()

    def human(self, account_id: int) -> int:
        """The person behind an account."""
        return self.human_of.get(account_id, account_id)


def flags_of(
    looks: Sequence[Look],
    known: Known,
    limits: LookLimits,
    is_working_day: Callable[[dt.date], bool],
) -> dict[int, tuple[str, ...]]:
    """Look → why it is to be asked about; looks without a flag are left out."""
    many = _many_in_a_row(looks, known, limits)
    seen_by = _seen_by(looks, known)
    found = {}
    for look in looks:
        flags = {*_when(look, limits, is_working_day), *_whose(look, known)}
        if look.is_opening and not look.reason.strip():
            flags.add("no_reason")
        if look.is_opening and _is_outside(look, known):
            flags.add("outside")
        if look.id in many:
            flags.add("many")
        if any(len(seen_by[person]) >= limits.people for person in look.people):
            flags.add("by_many")
        if flags:
            found[look.id] = tuple(flag for flag in LOOK_FLAGS if flag in flags)
    return found


def _when(
    look: Look, limits: LookLimits, is_working_day: Callable[[dt.date], bool]
) -> Iterable[str]:
    local = look.at.astimezone(SHANGHAI)
    if not limits.from_hour <= local.hour < limits.to_hour:
        yield "night"
    if not is_working_day(local.date()):
        yield "rest_day"


def _whose(look: Look, known: Known) -> Iterable[str]:
    human = known.human(look.account_id)
    own, kin = known.own.get(human, frozenset()), known.kin.get(human, frozenset())
    if look.people & own:
        yield "own"
    if look.people & (kin - own):
        yield "kin"
    if any(look.people & keys for other, keys in known.own.items() if other != human):
        yield "colleague"


def _is_outside(look: Look, known: Known) -> bool:
    """Whether somebody of the agency looked at one household in which they had no part."""
    if look.account_id not in known.staff or len(look.cases) != 1:
        return False
    return all((case_id, look.account_id) not in known.took_part for case_id in look.cases)


def _many_in_a_row(looks: Sequence[Look], known: Known, limits: LookLimits) -> set[int]:
    """The look that completes a run of different households; the next run is counted afresh."""
    within, found = dt.timedelta(minutes=limits.minutes), set()
    runs: dict[int, list[Look]] = defaultdict(list)
    for look in sorted(looks, key=lambda each: (each.at, each.id)):
        if not look.cases:
            continue
        run = runs[known.human(look.account_id)]
        run[:] = [each for each in run if look.at - each.at <= within]
        run.append(look)
        if len({case_id for each in run for case_id in each.cases}) >= limits.run:
            found.add(look.id)
            run.clear()
    return found


def _seen_by(looks: Sequence[Look], known: Known) -> Mapping[int, set[int]]:
    seen: dict[int, set[int]] = defaultdict(set)
    for look in looks:
        for person in look.people:
            seen[person].add(known.human(look.account_id))
    return seen


def draw(ids: Iterable[int], flagged: Collection[int], size: int, seed: int) -> list[int]:
    """``size`` of the ids that are not flagged, in their order: those whose SHA-256 of
    ``seed:id`` comes first, so that anybody can draw them again."""
    others = set(ids) - set(flagged)
    return sorted(sorted(others, key=lambda id_: _lot(seed, id_))[:size])


def _lot(seed: int, id_: int) -> bytes:
    return hashlib.sha256(f"{seed}:{id_}".encode()).digest()


def judging_barred(verdict: str, state: str, last_day: dt.date | None, today: dt.date) -> str:
    """Why an item in this state cannot be judged so today; empty when it can.

    Nothing goes against somebody who was not asked first, and had the time to answer.
    """
    needed = ANSWERED_ENOUGH.get(verdict)
    if needed is not None and state not in needed:
        return "inspection.ask_first" if state == "picked" else "inspection.not_answered"
    if verdict == "breach" and state == "asked" and (last_day is None or today <= last_day):
        return "inspection.still_time"
    return ""
