"""Reads of the pages of 一次性临时救助: at the desk, at the agency, at human resources."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.assistance.temporary.models import (
    Application,
    ApplicationPaper,
    Check,
    Referral,
    Verdict,
    Visit,
)
from app.assistance.temporary.paying_models import LedgerAsk, Payment, PaymentList, Rule
from app.assistance.temporary.people import Applicant, opened
from app.assistance.temporary.rules import Answer, standing
from app.cases.paging import Page, Place, read_page
from tenants.calendar import business_date
from tenants.database import any_of, db
from tenants.vault import Vault, vault

LISTS: dict[str, tuple[str, ...]] = {
    "open": ("applied", "visited"),
    "decide": ("determining",),
    "pay": ("granted", "listed", "returned"),
    "over": ("paid", "refused", "withdrawn", "released"),
}


@dataclass(frozen=True)
class Listed:
    """One line of a list."""

    row: Application
    person: Applicant


@dataclass(frozen=True)
class Answered:
    """One answer to a question, as it is shown."""

    row: Check
    note: str


@dataclass(frozen=True)
class Visited:
    """One investigation, as it is shown."""

    row: Visit
    visitors: str
    findings: str


@dataclass(frozen=True)
class Decided:
    """What one bureau decided, as it is shown."""

    row: Verdict
    words: str


@dataclass(frozen=True)
class Around:
    """What stands beside an application on its page at the agency."""

    papers: list[ApplicationPaper]
    visits: list[Visited]
    answers: list[Answered]
    outcomes: dict[str, str]
    verdicts: list[Decided]
    asks: list[LedgerAsk]
    payments: list[tuple[Payment, str]]
    rule: Rule | None


def condition(which: str) -> ColumnElement[bool]:
    """The applications of one list."""
    return Application.state.in_(LISTS[which])


def counts() -> dict[str, int]:
    """How many stand in each list, in one statement."""
    columns = [func.count().filter(condition(name)).label(name) for name in LISTS]
    query = select(*columns).select_from(Application)
    return dict(db.session.execute(query).one()._mapping)


def rows(where: ColumnElement[bool] | None, place: Place) -> Page[Listed]:
    """A page of applications, the newest first."""
    query = select(Application)
    if where is not None:
        query = query.where(where)
    page, keys = read_page(query, Application.id, place), vault()
    return page.holding(tuple(Listed(found[0], opened(keys, found[0])) for found in page.rows))


def visits_of(application_id: int, keys: Vault) -> list[Visited]:
    """Every investigation, the latest last."""
    query = select(Visit).where(Visit.application_id == application_id).order_by(Visit.id)
    return [
        Visited(row, **keys.open("temporary_visit", row.id, row.sealed))
        for row in db.session.scalars(query)
    ]


def papers_of(application_id: int) -> list[ApplicationPaper]:
    """The scans that came with it."""
    query = select(ApplicationPaper).where(ApplicationPaper.application_id == application_id)
    return list(db.session.scalars(query.order_by(ApplicationPaper.id)))


def around(row: Application) -> Around:
    """What the agency sees of one application."""
    keys, of = vault(), row.id
    checks = db.session.scalars(
        select(Check).where(Check.application_id == of).order_by(Check.id)
    ).all()
    verdicts = db.session.scalars(
        select(Verdict).where(Verdict.application_id == of).order_by(Verdict.at)
    )
    asks = select(LedgerAsk).where(LedgerAsk.application_id == of).order_by(LedgerAsk.id)
    paid = (
        select(Payment, PaymentList.number)
        .join(
            PaymentList,
            (PaymentList.agency_id == Payment.agency_id) & (PaymentList.id == Payment.list_id),
        )
        .where(Payment.application_id == of)
    )
    rule = select(Rule).where(Rule.id == row.rule_id)
    return Around(
        papers=papers_of(of),
        visits=visits_of(of, keys),
        answers=[
            Answered(one, keys.open("temporary_check", one.id, one.sealed)["note"])
            for one in checks
        ],
        outcomes=dict(standing(Answer(one.kind, one.outcome) for one in checks)),
        verdicts=[Decided(one, words_of(keys, one)) for one in verdicts],
        asks=list(db.session.scalars(asks)),
        payments=[(one[0], one[1]) for one in db.session.execute(paid.order_by(Payment.id))],
        rule=db.session.scalar(rule) if row.rule_id else None,
    )


def words_of(keys: Vault, row: Verdict) -> str:
    """The words of a decision."""
    place = f"temporary_verdict_{row.side}"
    return str(keys.open(place, row.application_id, row.sealed)["words"])


def asked_today() -> int:
    """How many questions this agency has put to the ledger today."""
    query = select(func.count()).where(LedgerAsk.asked_on == business_date())
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Referred:
    """What was put before human resources, and what it decided."""

    row: Referral
    told: dict[str, Any]
    verdict: Verdict | None


def referrals(place: Place) -> Page[Referred]:
    """A page of what was put before this unit, the newest first."""
    page, keys = read_page(select(Referral), Referral.id, place), vault()
    found = [row[0] for row in page.rows]
    mine = _verdicts(row.application_id for row in found)
    return page.holding(
        tuple(
            Referred(
                row,
                keys.open("temporary_referral", row.id, row.sealed),
                mine.get(row.application_id),
            )
            for row in found
        )
    )


def referred(row: Referral) -> Referred:
    """One of them."""
    told = vault().open("temporary_referral", row.id, row.sealed)
    return Referred(row, told, _verdicts([row.application_id]).get(row.application_id))


def _verdicts(application_ids: Iterable[int]) -> dict[int, Verdict]:
    query = select(Verdict).where(
        Verdict.application_id == any_of(application_ids), Verdict.side == "bureau"
    )
    return {row.application_id: row for row in db.session.scalars(query)}


def payment_lists(place: Place) -> Page[PaymentList]:
    """A page of payment lists, the newest first."""
    page = read_page(select(PaymentList), PaymentList.id, place)
    return page.holding(tuple(row[0] for row in page.rows))


@dataclass(frozen=True)
class Line:
    """One row of a payment list with whose it is."""

    payment: Payment
    row: Application
    person: Applicant


def lines_of_list(list_id: int) -> list[Line]:
    """The rows of one list, in their order."""
    query = (
        select(Payment, Application)
        .join(
            Application,
            (Application.agency_id == Payment.agency_id)
            & (Application.id == Payment.application_id),
        )
        .where(Payment.list_id == list_id)
        .order_by(Payment.id)
    )
    keys = vault()
    return [Line(one[0], one[1], opened(keys, one[1])) for one in db.session.execute(query)]


def to_list() -> tuple[int, int]:
    """How many wait to be put on a list, and how much that is (fen)."""
    total = func.coalesce(func.sum(Application.amount_fen), 0)
    query = select(func.count(), total).where(Application.state.in_(("granted", "returned")))
    count, amount = db.session.execute(query).tuples().one()
    return count, int(amount)


def as_day(text: str) -> dt.date | None:
    """A date that was sealed as text."""
    return dt.date.fromisoformat(text) if text else None
