"""预览: before an entrustment is submitted, who will check what, by when, and what nobody can.

Nothing is decided here: the items are the rulebook's, the tier is that of the routing rules.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.accounts.actor import Actor
from app.cases.models import Authorisation, Case, Subject
from app.cases.queries import unit_names
from app.cases.sources import permits
from app.delegation.coverage import coverage_above, own_capabilities
from app.delegation.rules import checking_tier
from tenants.agency.models import Agency
from tenants.agency.tree import agency, parent_of
from tenants.catalogue import DataItem, Kind, catalogue
from tenants.database import any_of, db
from tenants.own_items import asked_of_each
from tenants.rulebook import LastDays, Rulebook, last_days


@dataclass(frozen=True)
class KindAsked:
    """One kind of sharing unit: the items asked of it, about how many people at most, and which
    units will be asked where they are the agency's own."""

    kind: Kind
    items: tuple[DataItem, ...]
    people: int
    units: tuple[str, ...]


@dataclass(frozen=True)
class TierAsked:
    """What one agency of the line will check, and by when its report is to be out."""

    agency: Agency
    days: LastDays
    kinds: tuple[KindAsked, ...]

    @property
    def item_count(self) -> int:
        """How many data items it checks."""
        return sum(len(kind.items) for kind in self.kinds)


@dataclass(frozen=True)
class Preview:
    """The line of agencies from the one that is entrusted upwards, what no tier can check, and
    what ``narrowed`` people's authorisations do not name (``outside``)."""

    households: int
    people: int
    refused: int
    narrowed: int
    period: int
    report_by: dt.date | None
    tiers: tuple[TierAsked, ...]
    nobody: tuple[KindAsked, ...]
    outside: tuple[KindAsked, ...]

    @property
    def last_days(self) -> list[tuple[Agency, LastDays]]:
        """Each agency of the line with the last days on which it can still act."""
        return [(tier.agency, tier.days) for tier in self.tiers]

    def windows(self, law: Rulebook) -> tuple[tuple[str, dt.date, dt.date], ...]:
        """The windows of the month that the households join; empty where there are none."""
        return law.windows_in(dt.date(self.period // 100, self.period % 100, 1))


def preview(actor: Actor, law: Rulebook, day: dt.date, list_ids: Sequence[int]) -> Preview:
    """Over the households of this unit, or desk, that wait to be submitted; ``list_ids`` narrows
    them to some lists."""
    chosen = _waiting(actor, list_ids)
    households = db.session.scalar(select(func.count()).where(chosen)) or 0
    about = _people_by_item(chosen, law)
    line = _line(actor.agency_id, day)
    own, above = own_capabilities(day), coverage_above(day)
    ranks = [str(tier) for tier in law.precedence.value]
    by_tier: dict[str | None, list[int]] = {}
    for item in sorted(about.items):
        tier = checking_tier(line[0].tier, own.get(item, ()), above.get(item, frozenset()), ranks)
        by_tier.setdefault(tier, []).append(item)
    names, period = unit_names(), law.period_of(day)
    days = last_days(law, period, len(line))
    return Preview(
        households=households,
        people=about.people,
        refused=about.refused,
        narrowed=about.narrowed,
        period=period,
        report_by=law.report_by(period),
        tiers=tuple(
            TierAsked(
                here,
                days[height],
                _kinds(by_tier.get(here.tier, ()), about.items, {} if height else own, names),
            )
            for height, here in enumerate(line)
        ),
        nobody=_kinds(by_tier.get(None, ()), about.items, {}, names),
        outside=_kinds(sorted(about.outside), about.outside, {}, names),
    )


@dataclass(frozen=True)
class _About:
    people: int
    refused: int
    narrowed: int
    items: Mapping[int, int]
    outside: Mapping[int, int]


def _waiting(actor: Actor, list_ids: Sequence[int]) -> ColumnElement[bool]:
    chosen = (Case.unit_id == actor.unit_id) & (Case.state == "prepared")
    if actor.desk_id:
        chosen = chosen & (Case.desk_id == actor.desk_id)
    return chosen & (Case.list_id == any_of(list_ids)) if list_ids else chosen


def _people_by_item(chosen: ColumnElement[bool], law: Rulebook) -> _About:
    """How many people each item will be asked about, and about how many it is not authorised; how
    many refused, about whom nothing is asked."""
    scope, refused = func.coalesce(Authorisation.scope, []), Subject.refused_on.is_not(None)
    rows = db.session.execute(
        select(Case.scheme, Subject.role, refused, scope, func.count())
        .join(Subject, (Subject.agency_id == Case.agency_id) & (Subject.case_id == Case.id))
        .join(
            Authorisation,
            (Authorisation.agency_id == Subject.agency_id)
            & (Authorisation.subject_id == Subject.id),
            isouter=True,
        )
        .where(chosen)
        .group_by(Case.scheme, Subject.role, refused, scope)
    ).all()
    asked, items = asked_of_each(law), Counter[int]()
    outside: Counter[int] = Counter()
    for scheme, role, has_refused, kinds, count in rows:
        for item in asked[scheme, role] if not has_refused else ():
            (items if permits(kinds, item) else outside)[item] += count
    return _About(
        people=sum(count for *_, count in rows),
        refused=sum(count for *_, has_refused, _kinds, count in rows if has_refused),
        narrowed=sum(count for *_, kinds, count in rows if kinds),
        items=items,
        outside=outside,
    )


def _line(agency_id: int, day: dt.date) -> list[Agency]:
    line = [agency(agency_id)]
    while (above := parent_of(line[-1].id, day)) is not None:
        line.append(above)
    return line


def _kinds(
    items: Sequence[int],
    people: Mapping[int, int],
    own: Mapping[int, Sequence[int]],
    names: Mapping[int, str],
) -> tuple[KindAsked, ...]:
    known = catalogue()
    by_kind: dict[int, list[int]] = {}
    for item in items:
        by_kind.setdefault(known.item(item).kind, []).append(item)
    return tuple(
        KindAsked(
            known.kinds[kind],
            tuple(known.item(item) for item in its),
            max(people[item] for item in its),
            tuple(names[u] for u in sorted({unit for item in its for unit in own.get(item, ())})),
        )
        for kind, its in by_kind.items()
    )
