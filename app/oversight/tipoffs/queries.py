"""Reads of the pages of 举报 at the agency: the register, one tip-off, the counts."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, text

from app.accounts.actor import Actor
from app.accounts.people import names_of
from app.cases.models import Case
from app.cases.paging import Page, Place, read_page
from app.oversight.tipoffs.keeping_away import visible
from app.oversight.tipoffs.models import TipOff, TipOffCase, TipOffDuty, TipOffWord
from app.oversight.tipoffs.sealing import opened_by_agency
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.vault import vault

LISTS = ("open", "closed")


@dataclass(frozen=True)
class Listed:
    """One line of the register."""

    row: TipOff
    handler: str


@dataclass(frozen=True)
class Opened:
    """One word as the agency reads it; ``who`` is what the informant said of themselves."""

    kind: str
    said_on: dt.date
    name: str
    words: str
    who: str
    is_shown: bool


@dataclass(frozen=True)
class Around:
    """What a tip-off's page says beside the words: cases, who keeps away, who entered it."""

    cases: tuple[tuple[int, str], ...]
    people: tuple[tuple[str, str], ...]
    handler: str
    entered_by: str
    words: int


def condition(which: str) -> ColumnElement[bool]:
    """The tip-offs of one list."""
    is_over = TipOff.state == "closed"
    return is_over if which == "closed" else ~is_over


def counts(who: Actor) -> dict[str, int]:
    """How many this person sees in each list, in one statement."""
    columns = [func.count().filter(condition(name)).label(name) for name in LISTS]
    query = select(*columns).select_from(TipOff).where(visible(who))
    return dict(db.session.execute(query).one()._mapping)


def rows(which: str, who: Actor, place: Place) -> Page[Listed]:
    """One page of the register, newest first."""
    query = select(TipOff.id).where(condition(which), visible(who))
    page = read_page(query, TipOff.id, place)
    ids = [row.id for row in page.rows]
    found = list(
        db.session.scalars(
            select(TipOff).where(TipOff.id == any_of(ids)).order_by(TipOff.id.desc())
        )
    )
    names = names_of(row.handler_id for row in found)
    return page.holding(tuple(Listed(row, names.get(row.handler_id, "")) for row in found))


def around(row: TipOff) -> Around:
    """What stands beside the words of one tip-off."""
    cases = select(Case.id, Case.number).join(
        TipOffCase, (TipOffCase.agency_id == Case.agency_id) & (TipOffCase.case_id == Case.id)
    )
    here = cases.where(TipOffCase.tip_off_id == row.id).order_by(Case.id)
    duties = select(TipOffDuty.account_id, TipOffDuty.step).where(TipOffDuty.tip_off_id == row.id)
    held = db.session.execute(duties.order_by(TipOffDuty.step, TipOffDuty.account_id)).all()
    names = names_of([row.handler_id, row.entered_by, *(duty.account_id for duty in held)])
    words = select(func.count()).where(TipOffWord.tip_off_id == row.id)
    return Around(
        cases=tuple(db.session.execute(here).tuples()),
        people=tuple((names.get(duty.account_id, ""), duty.step) for duty in held),
        handler=names.get(row.handler_id, ""),
        entered_by=names.get(row.entered_by, ""),
        words=db.session.scalar(words) or 0,
    )


def opened(row: TipOff) -> list[Opened]:
    """Everything that was said, oldest first; the look has been audited by then."""
    keys, found = vault(), []
    query = select(TipOffWord).where(TipOffWord.tip_off_id == row.id).order_by(TipOffWord.id)
    for word in db.session.scalars(query):
        said = opened_by_agency(keys, row, word)
        shown = bool(word.for_informant)
        found.append(Opened(word.kind, word.said_on, word.name, said["words"], said["who"], shown))
    return found


_STATISTICS = text("""
SELECT t.channel, count(*) AS received,
       count(*) FILTER (WHERE t.state <> 'closed') AS open,
       count(*) FILTER (WHERE t.state <> 'closed' AND t.due_on < :today) AS late,
       count(*) FILTER (WHERE t.state = 'closed') AS closed,
       count(*) FILTER (WHERE t.state = 'closed' AND t.handled_on <= t.due_on) AS in_time,
       count(*) FILTER (WHERE t.state = 'closed' AND t.outcome IN ('true', 'partly')) AS borne_out,
       count(*) FILTER (WHERE t.state = 'closed' AND t.outcome = 'untrue') AS untrue,
       count(*) FILTER (WHERE t.state = 'closed' AND t.outcome = 'unknown') AS unknown,
       count(*) FILTER (WHERE t.state = 'closed' AND t.outcome = 'referred') AS referred
FROM tip_off t WHERE t.received_on >= :first AND t.received_on < :past GROUP BY t.channel
""")


def statistics(year: int) -> dict[str, dict[str, int]]:
    """Channel → counts of the tip-offs of a year: numbers only, nothing of what was told."""
    values = {"first": dt.date(year, 1, 1), "past": dt.date(year + 1, 1, 1)}
    found = db.session.execute(_STATISTICS, {**values, "today": business_date()}).mappings()
    return {row["channel"]: {k: v for k, v in row.items() if k != "channel"} for row in found}
