"""Reads of the register of media (介质登记簿): what is where, since when, by whose hands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from app.accounts.models import Account, AccountRole
from app.exchange.custody.models import CustodyStep, Medium
from app.exchange.models import ExchangeRequest
from tenants.database import db

PER_PAGE = 50
_ON_THE_SIDE = "password_told"


@dataclass(frozen=True)
class Filter:
    """Which media the register shows; empty or 0 means all, ``kept``: those not ended."""

    place: str = ""
    unit_id: int = 0
    period: int = 0


@dataclass(frozen=True)
class Kept:
    """A medium, its request's number and period, and its last step."""

    medium: Medium
    number: str
    period: int
    last: CustodyStep


def medium_of(medium_id: int) -> Kept:
    """One medium of this scope; ``LookupError`` when there is none."""
    found = _kept(_media().where(Medium.id == medium_id))
    if not found:
        raise LookupError(f"no medium {medium_id}")
    return found[0]


def of_request(request_id: int) -> list[Kept]:
    """The media of a request, in the order in which they were registered."""
    return _kept(_media().where(Medium.request_id == request_id).order_by(Medium.id))


def register(chosen: Filter, before: int | None) -> list[Kept]:
    """One page of the register, newest first, and one more if there is a next page."""
    query = _media().where(*_conditions(chosen))
    if before:
        query = query.where(Medium.id < before)
    return _kept(query.order_by(Medium.id.desc()).limit(PER_PAGE + 1))


def steps_of(medium_ids: Iterable[int]) -> list[CustodyStep]:
    """Every step of some media, oldest first."""
    query = select(CustodyStep).where(CustodyStep.medium_id.in_(list(medium_ids)))
    return list(db.session.scalars(query.order_by(CustodyStep.id)))


def last_step(medium_id: int) -> CustodyStep:
    """The step that says where the medium is."""
    query = select(CustodyStep).where(
        CustodyStep.medium_id == medium_id, CustodyStep.step != _ON_THE_SIDE
    )
    return db.session.scalars(query.order_by(CustodyStep.id.desc()).limit(1)).one()


def media_waiting_to_leave(request_id: int) -> list[Medium]:
    """The media of a request that were written and are still here."""
    return [kept.medium for kept in of_request(request_id) if kept.last.step == "written"]


def leaving_media(request_id: int) -> list[Medium]:
    """The media of this agency's own that a request went out on, or will."""
    found = of_request(request_id)
    return [
        kept.medium for kept in found if kept.medium.origin == "own" and kept.last.step != "lost"
    ]


def operators(on: dt.date) -> dict[int, str]:
    """The agency's exchange operators on a day, by account."""
    query = (
        select(Account.id, Account.name)
        .join(
            AccountRole,
            and_(AccountRole.agency_id == Account.agency_id, AccountRole.account_id == Account.id),
        )
        .where(
            AccountRole.role == "exchange_operator",
            AccountRole.valid_from <= on,
            or_(AccountRole.valid_to.is_(None), AccountRole.valid_to >= on),
            Account.is_active,
        )
        .order_by(Account.id)
    )
    return dict(db.session.execute(query).tuples().all())


def _media() -> Select[Any]:
    """Medium, number and period of its request, and the step that says where it is."""
    later = CustodyStep.__table__.alias("later")
    is_last = ~exists().where(
        later.c.agency_id == CustodyStep.agency_id,
        later.c.medium_id == CustodyStep.medium_id,
        later.c.id > CustodyStep.id,
        later.c.step != _ON_THE_SIDE,
    )
    return (
        select(Medium, ExchangeRequest.number, ExchangeRequest.period, CustodyStep)
        .join(
            ExchangeRequest,
            and_(
                ExchangeRequest.agency_id == Medium.agency_id,
                ExchangeRequest.id == Medium.request_id,
            ),
        )
        .join(
            CustodyStep,
            and_(
                CustodyStep.agency_id == Medium.agency_id,
                CustodyStep.medium_id == Medium.id,
                CustodyStep.step != _ON_THE_SIDE,
                is_last,
            ),
        )
    )


def _kept(query: Select[Any]) -> list[Kept]:
    query = query.execution_options(populate_existing=True)
    return [Kept(*row) for row in db.session.execute(query)]


def _conditions(chosen: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.place == "kept":
        conditions.append(Medium.ended_on.is_(None))
    elif chosen.place:
        conditions.append(CustodyStep.step == chosen.place)
    if chosen.unit_id:
        conditions.append(Medium.unit_id == chosen.unit_id)
    if chosen.period:
        conditions.append(ExchangeRequest.period == chosen.period)
    return conditions
