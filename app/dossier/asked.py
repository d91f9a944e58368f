"""What was asked about a household: item by item, who checks it, how it ended, as of when."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.cases.models import Ask, Subject
from app.cases.queries import unit_names
from app.cases.rounds import latest
from app.cases.sources import TO_PARENT
from app.delegation.coverage import coverage_above
from app.dossier.messages import ABOVE, OUTCOME_TITLES, OWN_TIER
from app.exchange.models import ExchangeRequest, Reply
from app.findings.models import Finding
from app.report.queries import reports_of
from tenants.agency.messages import TIER_TITLES
from tenants.agency.models import Agency
from tenants.agency.tree import agency
from tenants.catalogue import AskedOf, catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import any_of, db
from tenants.rulebook import rulebook
from tenants.scope import current_scope

# What was asked under a wrong number is not about anybody of the household.
_ABOUT_PEOPLE = (
    select(Ask)
    .join(Subject, (Subject.agency_id == Ask.agency_id) & (Subject.id == Ask.subject_id))
    .where(Subject.left_reason != "corrected")
)

_TONES = {
    Outcome.PENDING: "plain",
    Outcome.HIT: "active",
    Outcome.NO_RECORD: "done",
}
_FIRST = (Outcome.HIT, Outcome.PENDING, Outcome.UNANSWERED, Outcome.UNABLE, Outcome.REFUSED)


@dataclass(frozen=True)
class Ended:
    """One outcome with the number of people it holds for; ``late``: awaited and over time."""

    title: str
    people: int
    tone: str


@dataclass(frozen=True)
class AskedItem:
    """One data item at one place: ``tier`` and ``source`` say who checks it; both empty when
    no tier can."""

    title: str
    tier: str
    source: str
    ends: tuple[Ended, ...]
    as_of: dt.date | None
    due_on: dt.date | None


@dataclass
class Asked:
    """All of it, what matters most first, with the totals; what no tier can check by title."""

    items: list[AskedItem] = field(default_factory=list)
    uncovered_titles: list[str] = field(default_factory=list)
    awaits_employer: bool = False
    counts: Counter[Outcome] = field(default_factory=Counter)
    waits_above: bool = False
    waits_units: bool = False

    @property
    def total(self) -> int:
        """Asked subject × item pairs."""
        return sum(self.counts.values())

    @property
    def pending(self) -> int:
        """Those that have no outcome yet."""
        return self.counts[Outcome.PENDING]

    @property
    def uncovered(self) -> int:
        """Those that no tier can check."""
        return self.counts[Outcome.UNCOVERED]


Place = tuple[int, int]
"""Data item and source."""


def asked_of(case_id: int, today: dt.date) -> Asked:
    """Everything asked about one case, in a fixed number of statements."""
    asks = latest(db.session.scalars(_ABOUT_PEOPLE.where(Ask.case_id == case_id)))
    ends: dict[Place, Counter[Outcome]] = {}
    requests: dict[int, int] = {}
    asked = Asked()
    for ask in asks:
        if ask.request_id:
            requests[ask.source] = ask.request_id
        asked.waits_above |= ask.is_open and ask.source == TO_PARENT
        asked.waits_units |= ask.is_open and ask.source > TO_PARENT
        for item, outcome in zip(ask.items, ask.outcomes, strict=True):
            ends.setdefault((item, ask.source), Counter())[Outcome(outcome)] += 1
            asked.counts[Outcome(outcome)] += 1
    known = _Known(
        facts=_facts(case_id),
        dates=_dates(requests.values()),
        requests=requests,
        units=unit_names(),
        above=_covering_tiers(today),
        reported_on=_reported_above_on(case_id),
    )
    for place, counts in sorted(ends.items(), key=_most_telling):
        if set(counts) == {Outcome.UNCOVERED}:
            missing = catalogue().item(place[0])
            asked.uncovered_titles.append(missing.title)
            asked.awaits_employer |= missing.asked_of is AskedOf.OWN_EMPLOYER
        else:
            asked.items.append(_item(place, counts, known, today))
    return asked


@dataclass(frozen=True)
class _Known:
    facts: Mapping[tuple[int, bool], tuple[str, str, dt.date]]
    dates: Mapping[int, tuple[dt.date | None, dt.date | None]]
    requests: Mapping[int, int]
    units: Mapping[int, str]
    above: Mapping[int, str]
    reported_on: dt.date | None


def _item(place: Place, counts: Counter[Outcome], known: _Known, today: dt.date) -> AskedItem:
    item, source = place
    is_own, is_above = source > TO_PARENT, source == TO_PARENT
    fact = known.facts.get((item, is_own)) if counts[Outcome.HIT] else None
    received, due = known.dates.get(known.requests.get(source, 0), (None, None))
    if is_above:
        received, due = known.reported_on, None
    is_pending = bool(counts[Outcome.PENDING])
    was_asked = is_own or is_above
    tier = OWN_TIER if is_own else known.above.get(item, ABOVE) if is_above else ""
    return AskedItem(
        title=catalogue().item(item).title,
        tier=fact[0] if fact and is_above else tier,
        source=known.units.get(source, "") if is_own else fact[1] if fact else "",
        ends=_ended(counts, is_late=bool(is_pending and due and due < today)),
        as_of=fact[2] if fact else (received if was_asked and not is_pending else None),
        due_on=due if is_pending else None,
    )


def _most_telling(entry: tuple[Place, Counter[Outcome]]) -> tuple[int, int, int]:
    (item, source), counts = entry
    rank = next((n for n, outcome in enumerate(_FIRST) if counts[outcome]), len(_FIRST))
    return rank, item, source


def _ended(counts: Counter[Outcome], *, is_late: bool) -> tuple[Ended, ...]:
    return tuple(
        Ended(
            OUTCOME_TITLES[outcome],
            counts[outcome],
            "late" if is_late and outcome is Outcome.PENDING else _TONES.get(outcome, "plain"),
        )
        for outcome in Outcome
        if counts[outcome]
    )


def _facts(case_id: int) -> dict[tuple[int, bool], tuple[str, str, dt.date]]:
    """(Item, whether an own unit found it) → tier, the source's name, the latest as-of date."""
    is_own = Finding.request_id.is_not(None)
    rows = db.session.execute(
        select(
            Finding.item,
            is_own,
            func.max(Agency.tier),
            func.max(Finding.source_name),
            func.max(Finding.as_of),
        )
        .join(Agency, Agency.id == Finding.by_agency_id)
        .where(Finding.case_id == case_id)
        .group_by(Finding.item, is_own)
    )
    return {(item, own): (TIER_TITLES[tier], name, as_of) for item, own, tier, name, as_of in rows}


def _covering_tiers(day: dt.date) -> dict[int, str]:
    """Data item → title of the tier above that is asked first for it."""
    ranks = [str(tier) for tier in _precedence()]
    return {
        item: TIER_TITLES[next(rank for rank in ranks if rank in tiers)]
        for item, tiers in coverage_above(day).items()
    }


def _precedence() -> Sequence[str]:
    return rulebook(agency(current_scope().agency_id).province).precedence.value


def _reported_above_on(case_id: int) -> dt.date | None:
    above = [report for report in reports_of(case_id) if report.kind == "upper"]
    return max((report.issued_on for report in above if report.issued_on), default=None)


def _dates(request_ids: Iterable[int]) -> dict[int, tuple[dt.date | None, dt.date | None]]:
    """Request → the day of its latest accepted reply, and the day it is due."""
    rows = db.session.execute(
        select(ExchangeRequest.id, func.max(Reply.received_on), ExchangeRequest.due_on)
        .outerjoin(
            Reply,
            (Reply.agency_id == ExchangeRequest.agency_id)
            & (Reply.request_id == ExchangeRequest.id)
            & (Reply.state == "accepted"),
        )
        .where(ExchangeRequest.id == any_of(request_ids))
        .group_by(ExchangeRequest.agency_id, ExchangeRequest.id)
    )
    return {request_id: (received, due) for request_id, received, due in rows}
