"""Which list of 报告出具 a case is in, judged in the database: by condition, or once for a page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, ScalarSelect, and_, func, literal_column, or_, select

from app.cases.models import Ask, CaseDuty, Event
from app.cases.sources import TO_PARENT
from app.cases.transitions import HANDED_OVER
from app.report.readiness import STANDING
from tenants.calendar import business_date
from tenants.database import db
from tenants.remembering import is_remembered, remembered
from tenants.scope import current_scope

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
    """Cases being checked, and those that got an answer after their report: late, if it was issued
    lately, or to what somebody contested, whenever that was."""
    row = STANDING.c
    watched = or_(row.id >= _first_id_to_watch(), _is_contested())
    news = and_(row.state.in_(HANDED_OVER), row.has_news, watched)
    late = and_(news, ~row.is_current)
    return or_(row.state == "checking", late)


def _is_contested() -> ColumnElement[bool]:
    return (
        select(Event.id)
        .where(
            Event.agency_id == current_scope().agency_id,
            Event.machine == "case",
            Event.object_id == STANDING.c.id,
            Event.action.in_(("objection_taken", "objection_came")),
        )
        .exists()
    )


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
    """The cases of the lists ``issue``, ``merge`` and ``decide``, judged once for a whole page."""
    judged = select(judged_for(account_id))
    return remembered(_name(account_id), lambda: groups_of(db.session.scalar(judged)))


def are_known(account_id: int) -> bool:
    """Whether this page has asked for the groups already."""
    return is_remembered(_name(account_id))


def remember(account_id: int, found: list[Group]) -> None:
    """The navigation, which every page has, reads the groups along with its other numbers."""
    remembered(_name(account_id), lambda: found)


def _name(account_id: int) -> tuple[str, int]:
    return "report groups", account_id


def judged_for(account_id: int) -> ScalarSelect[Any]:
    """One value: a list of the cases of each entrustment that were judged alike.

    The many cases that still wait for a unit are left out before anything is counted: they can
    only be decided about, once they are overdue.
    """
    row = STANDING.c
    worth = or_(row.due_on < business_date(), ~_waits_for(Ask.source > TO_PARENT))
    alike = (
        row.state,
        row.entrustment_id,
        row.own_block,
        row.merge_block,
        row.is_overdue,
        another_step_of(account_id).label("is_barred"),
    )
    judged = (
        select(
            *alike,
            func.count().label("households"),
            func.sum(row.size).label("people"),
            func.array_agg(row.scheme.distinct()).label("schemes"),
            func.min(row.due_on).label("due_on"),
            func.max(row.id).label("newest"),
        )
        .where(_open_cases(), worth)
        .group_by(*alike)
        .subquery("judged")
    )
    whole = literal_column("judged", JSON)
    return select(func.json_agg(whole, type_=JSON)).select_from(judged).scalar_subquery()


def groups_of(judged: Sequence[Mapping[str, Any]] | None) -> list[Group]:
    """The groups in what ``judged_for`` found."""
    found = ((_list_of(row), row) for row in judged or ())
    return [
        Group(
            which=which,
            state=row["state"],
            entrustment_id=row["entrustment_id"],
            is_mine=not row["is_barred"],
            households=row["households"],
            people=row["people"],
            schemes=tuple(row["schemes"]),
            due_on=dt.date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            newest=row["newest"],
        )
        for which, row in found
        if which
    ]


def _list_of(row: Mapping[str, Any]) -> str:
    """As ``_in_list`` says it, for a row that has been judged; empty for a case that waits."""
    if row["own_block"] == "":
        return "issue"
    if row["merge_block"] == "":
        return "merge"
    return "decide" if row["merge_block"] == "answers_open" and row["is_overdue"] else ""


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
