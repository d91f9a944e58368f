"""The lists of 报告出具: how many cases each holds, whose work they are, and the cases."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from app.cases.models import Case
from app.cases.paging import Page, Place, read_page
from app.cases.transitions import HANDED_OVER
from app.report.judging import LISTS, Group, another_step_of, condition, groups
from app.report.readiness import STANDING
from tenants.agency.models import Agency, Unit
from tenants.database import db
from tenants.vault import vault

MOST_AT_ONCE = 5_000


def counts(account_id: int) -> dict[str, int]:
    """How many cases each of ``LISTS`` holds; those that wait are the rest of those checked."""
    found = dict.fromkeys(LISTS, 0)
    being_checked = select(func.count()).where(Case.state == "checking")
    found["waiting"] = db.session.scalar(being_checked) or 0
    for group in groups(account_id):
        found[group.which] += group.households
        if group.state == "checking":
            found["waiting"] -= group.households
    return found


def waiting_in(known: Sequence[Group]) -> dict[str, int]:
    """How many cases of ``issue``, ``merge`` and ``decide`` the person may act on."""
    found = dict.fromkeys(("issue", "merge", "decide"), 0)
    for group in known:
        found[group.which] += group.households if group.is_mine else 0
    return found


def by_entrustment(which: str, account_id: int, limit: int) -> list[Group]:
    """A list's cases that this person may act on, one group per entrustment, the most urgent
    first."""
    found: dict[int, Group] = {}
    for group in groups(account_id):
        if group.which == which and group.is_mine:
            known = found.get(group.entrustment_id)
            found[group.entrustment_id] = _together(known, group) if known else group
    return sorted(found.values(), key=_urgency)[:limit]


def _urgency(group: Group) -> tuple[dt.date, int]:
    return group.due_on or dt.date.max, group.entrustment_id


def _together(one: Group, other: Group) -> Group:
    days = [day for day in (one.due_on, other.due_on) if day]
    return replace(
        one,
        households=one.households + other.households,
        people=one.people + other.people,
        schemes=tuple(sorted({*one.schemes, *other.schemes})),
        due_on=min(days, default=None),
        newest=max(one.newest, other.newest),
    )


def ids_in(which: str, up_to: int) -> list[int]:
    """The cases of a list up to an id, at most ``MOST_AT_ONCE``."""
    chosen = select(STANDING.c.id).where(condition(which), STANDING.c.id <= up_to)
    return list(db.session.scalars(chosen.order_by(STANDING.c.id).limit(MOST_AT_ONCE)))


def newest_in(which: str, account_id: int) -> int:
    """The highest case id of a list now; 0 for an empty one, and for the cases that wait."""
    return max((g.newest for g in groups(account_id) if g.which == which), default=0)


@dataclass(frozen=True)
class Household:
    """One case in a list; ``sender`` is the commissioning unit or the lower agency."""

    id: int
    number: str
    head: str
    sender: str
    scheme: str
    application: str
    size: int
    due_on: dt.date | None
    is_reported: bool
    own_block: str
    merge_block: str
    own_open: int
    upper_open: int
    is_barred: bool


def households(which: str, account_id: int, place: Place) -> Page[Household]:
    """One page of a list, oldest first."""
    row = STANDING.c
    statement = (
        select(
            row.id,
            row.number,
            row.head_sealed,
            func.coalesce(Unit.name, Agency.name, "").label("sender"),
            row.scheme,
            row.application,
            row.size,
            row.due_on,
            row.state,
            row.own_block,
            row.merge_block,
            row.own_open,
            row.upper_open,
            another_step_of(account_id).label("is_barred"),
        )
        .outerjoin(Unit, Unit.id == row.unit_id)
        .outerjoin(Agency, Agency.id == row.from_agency_id)
        .where(condition(which))
    )
    page = read_page(statement, row.id, place, ascending=True)
    keys = vault()
    return page.holding(
        tuple(
            Household(
                id=found.id,
                number=found.number,
                head=keys.open("household_case", found.id, found.head_sealed)["name"],
                sender=found.sender,
                scheme=found.scheme,
                application=found.application,
                size=found.size,
                due_on=found.due_on,
                is_reported=found.state in HANDED_OVER,
                own_block=found.own_block,
                merge_block=found.merge_block,
                own_open=found.own_open,
                upper_open=found.upper_open,
                is_barred=found.is_barred,
            )
            for found in page.rows
        )
    )
