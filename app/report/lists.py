"""The lists of 报告出具: which case is in which, how many there are, whose work they are."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.cases.models import Ask, Case, CaseDuty
from app.cases.paging import Page, Place, read_page
from app.cases.sources import TO_PARENT
from app.report.readiness import STANDING
from tenants.agency.models import Agency, Unit
from tenants.calendar import business_date
from tenants.database import db
from tenants.remembering import remembered
from tenants.scope import current_scope
from tenants.vault import vault

MOST_AT_ONCE = 5_000
LISTS = ("issue", "merge", "decide", "waiting")

_IDS_PER_MONTH = 10**12
_MONTHS_BACK = 2


def condition(which: str) -> ColumnElement[bool]:
    """The cases of one list: ready for the own report, ready for merging, overdue so that a named
    person may decide, or waiting. What a late answer touched comes back as ready."""
    return and_(_open_cases(), *_worth_judging(which), _in_list(which, STANDING.c))


def _worth_judging(which: str) -> tuple[ColumnElement[bool], ...]:
    """What follows from the judgement and is found by one index: most cases wait for somebody."""
    lists: dict[str, tuple[ColumnElement[bool], ...]] = {
        "issue": (~_waits_for(Ask.source > TO_PARENT),),
        "merge": (~_waits_for(),),
        "decide": (STANDING.c.due_on < business_date(), _waits_for()),
    }
    return lists.get(which, ())


def _in_list(which: str, row: Any) -> ColumnElement[bool]:
    lists: dict[str, ColumnElement[bool]] = {
        "issue": row.own_block == "",
        "merge": row.merge_block == "",
        "decide": and_(row.merge_block == "answers_open", row.is_overdue),
    }
    if which == "waiting":
        return and_(row.state == "checking", *(~ready for ready in lists.values()))
    return lists[which]


def _open_cases() -> ColumnElement[bool]:
    """Cases being checked, and those reported lately that got a late answer since."""
    row = STANDING.c
    late = and_(row.state == "reported", row.id >= _first_id_to_watch(), ~row.is_current)
    return or_(row.state == "checking", late)


def _first_id_to_watch() -> int:
    first = business_date().replace(day=1)
    for _ in range(_MONTHS_BACK):
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return (first.year * 100 + first.month) * _IDS_PER_MONTH


def another_step_of(account_id: int) -> ColumnElement[bool]:
    """The person holds another step on the case and so may not issue (操作规程 五(一))."""
    return (
        select(CaseDuty.case_id)
        .where(
            CaseDuty.agency_id == current_scope().agency_id,
            CaseDuty.case_id == STANDING.c.id,
            CaseDuty.account_id == account_id,
            CaseDuty.step != "issue",
        )
        .exists()
    )


@dataclass(frozen=True)
class Group:
    """Cases of one entrustment in the same list. ``is_mine``: this person may act on them."""

    which: str
    state: str
    entrustment_id: int
    is_mine: bool
    households: int
    people: int
    schemes: tuple[str, ...]
    due_on: dt.date | None
    newest: int


def groups(account_id: int) -> list[Group]:
    """The cases of the lists ``issue``, ``merge`` and ``decide``, in one statement that judges each
    once; every page of this person asks it, so a page keeps the answer.

    The many cases that still wait for a unit are left out before anything is counted: they can
    only be decided about, once they are overdue.
    """
    return remembered(("report groups", account_id), lambda: _read_groups(account_id))


def _read_groups(account_id: int) -> list[Group]:
    row = STANDING.c
    worth = or_(row.due_on < business_date(), ~_waits_for(Ask.source > TO_PARENT))
    judged = (
        row.state,
        row.entrustment_id,
        row.own_block,
        row.merge_block,
        row.is_overdue,
        another_step_of(account_id).label("is_barred"),
    )
    statement = (
        select(
            *judged,
            func.count().label("households"),
            func.sum(row.size).label("people"),
            func.array_agg(row.scheme.distinct()).label("schemes"),
            func.min(row.due_on).label("due_on"),
            func.max(row.id).label("newest"),
        )
        .where(_open_cases(), worth)
        .group_by(*judged)
    )
    found = ((_list_of(group), group) for group in db.session.execute(statement))
    return [
        Group(
            which=which,
            state=group.state,
            entrustment_id=group.entrustment_id,
            is_mine=not group.is_barred,
            households=group.households,
            people=group.people,
            schemes=tuple(group.schemes),
            due_on=group.due_on,
            newest=group.newest,
        )
        for which, group in found
        if which
    ]


def _list_of(group: Any) -> str:
    """As ``_in_list`` says it, for a row that has been judged; empty for a case that waits."""
    if group.own_block == "":
        return "issue"
    if group.merge_block == "":
        return "merge"
    return "decide" if group.merge_block == "answers_open" and group.is_overdue else ""


def _waits_for(*kinds: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Ask.case_id)
        .where(
            Ask.agency_id == current_scope().agency_id,
            Ask.case_id == STANDING.c.id,
            Ask.is_open,
            *kinds,
        )
        .exists()
    )


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


def waiting_for(account_id: int) -> dict[str, int]:
    """How many cases of ``issue``, ``merge`` and ``decide`` this person may act on."""
    found = dict.fromkeys(("issue", "merge", "decide"), 0)
    for group in groups(account_id):
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
                is_reported=found.state == "reported",
                own_block=found.own_block,
                merge_block=found.merge_block,
                own_open=found.own_open,
                upper_open=found.upper_open,
                is_barred=found.is_barred,
            )
            for found in page.rows
        )
    )
