"""What was handed to sharing units in a period, for which purpose, and whether it came back
(民发〔2020〕95号 二(四): the sharing work, and human resources' use of our data)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.exchange.asked.models import Inquiry, InquiryPage
from app.exchange.custody.models import CustodyStep, Medium
from app.exchange.models import ExchangeRequest
from app.oversight.inspections.models import Inspection
from app.oversight.inspections.population import midnight
from app.oversight.inspections.rules import SHARING_FLAGS
from app.sharing.models import Agreement
from tenants.calendar import business_date
from tenants.database import any_of, db

_OVER = ("answered", "closed")


@dataclass(frozen=True)
class Shared:
    """One request that was delivered, or one inquiry that was answered; ``account_id`` is who
    confirmed the request, 0 for an inquiry: the worker answers it."""

    what: str
    id: int
    at: dt.datetime
    unit_id: int
    account_id: int
    number: str
    flags: tuple[str, ...]


def shared_in(inspection: Inspection) -> list[Shared]:
    """Everything of the period, oldest first."""
    found = [*_requests(inspection), *_inquiries(inspection)]
    return sorted(found, key=lambda one: (one.at, one.id))


def _requests(inspection: Inspection) -> Iterable[Shared]:
    query = select(ExchangeRequest).where(
        ExchangeRequest.delivered_on >= inspection.first_on,
        ExchangeRequest.delivered_on <= inspection.last_on,
    )
    if inspection.source_unit_id:
        query = query.where(ExchangeRequest.unit_id == inspection.source_unit_id)
    rows = list(db.session.scalars(query.order_by(ExchangeRequest.id)))
    agreed = _agreements({row.unit_id for row in rows})
    media = _media([row.id for row in rows])
    for row in rows:
        on = row.delivered_on or inspection.first_on
        flags = {*media[row.id]} if row.state in _OVER else {*media[row.id]} - {"medium_out"}
        if not any(_runs(one, on) for one in agreed[row.unit_id]):
            flags.add("no_agreement")
        if row.state == "delivered" and row.due_on and row.due_on < business_date():
            flags.add("late")
        who = row.confirmed_by or row.made_by or 0
        yield Shared("request", row.id, midnight(on), row.unit_id, who, row.number, _ordered(flags))


def _inquiries(inspection: Inspection) -> Iterable[Shared]:
    query = select(Inquiry).where(
        Inquiry.received_on >= inspection.first_on, Inquiry.received_on <= inspection.last_on
    )
    if inspection.source_unit_id:
        query = query.where(Inquiry.unit_id == inspection.source_unit_id)
    rows = list(db.session.scalars(query.order_by(Inquiry.id)))
    kept = set(
        db.session.scalars(
            select(InquiryPage.inquiry_id).where(
                InquiryPage.inquiry_id == any_of([row.id for row in rows])
            )
        )
    )
    for row in rows:
        flags = {"kept_there"} if row.taken_at is not None and row.id in kept else set[str]()
        if row.answered_at is None and row.due_on and row.due_on < business_date():
            flags.add("late")
        yield Shared(
            "inquiry", row.id, row.received_at, row.unit_id, 0, row.wire_id, _ordered(flags)
        )


def _agreements(unit_ids: Iterable[int]) -> dict[int, list[Agreement]]:
    found: dict[int, list[Agreement]] = defaultdict(list)
    query = select(Agreement).where(Agreement.unit_id.in_(sorted(unit_ids)), ~Agreement.is_void)
    for row in db.session.scalars(query.where(Agreement.confirmed_by.is_not(None))):
        found[row.unit_id].append(row)
    return found


def _runs(agreement: Agreement, on: dt.date) -> bool:
    return agreement.valid_from <= on and (agreement.valid_to is None or on <= agreement.valid_to)


def _media(request_ids: Sequence[int]) -> dict[int, set[str]]:
    """Request → what is wrong with its media: still out, or lost."""
    found: dict[int, set[str]] = defaultdict(set)
    kept = select(Medium.request_id).where(
        Medium.request_id == any_of(request_ids), Medium.ended_on.is_(None)
    )
    for request_id in db.session.scalars(kept):
        found[request_id].add("medium_out")
    lost = (
        select(Medium.request_id)
        .join(
            CustodyStep,
            (CustodyStep.agency_id == Medium.agency_id) & (CustodyStep.medium_id == Medium.id),
        )
        .where(Medium.request_id == any_of(request_ids), CustodyStep.step == "lost")
    )
    for request_id in db.session.scalars(lost):
        found[request_id].add("medium_lost")
    return found


def _ordered(flags: Iterable[str]) -> tuple[str, ...]:
    given = set(flags)
    return tuple(flag for flag in SHARING_FLAGS if flag in given)
