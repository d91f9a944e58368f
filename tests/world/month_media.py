"""The media of the month: written, handed over, taken back, destroyed; a few still wait for that."""

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cases.lifecycle import Moved
from app.exchange.custody import queries
from app.exchange.custody import service as custody
from app.exchange.custody.models import Medium
from app.exchange.models import ExchangeRequest
from tenants.calendar import business_date
from tenants.database import db

LIAISON, BY_PHONE, SHREDDED = "联络员", "电话告知", "光盘粉碎"
NOT_YET = 3
"""Of so many media that came back one still waits to be destroyed."""


def hand_over(request: ExchangeRequest, rev: int, operator: Actor, how: str) -> Moved:
    """A disc is written and registered, its password told by telephone, the receipt recorded."""
    today = business_date()
    medium = custody.add_medium(
        request.id, "disc", f"CD-{request.id % 10_000:04d}", today, operator
    )
    told = custody.Told("password_told", today, other=LIAISON, how=BY_PHONE)
    custody.record(medium.id, told, operator)
    return custody.deliver(
        request.id, rev, operator, on=today, carrier="disc", signed_by=LIAISON, how=how
    )


def take_back(request_id: int, operator: Actor) -> None:
    """The disc comes back with the reply."""
    for kept in queries.of_request(request_id):
        if kept.last.step == "handed_over":
            told = custody.Told("received_back", business_date(), other=LIAISON)
            custody.record(kept.medium.id, told, operator)


def destroy(operator: Actor, witness: Actor) -> int:
    """What came back of answered requests is destroyed before two, but for a few."""
    done = 0
    answered = select(Medium.id).join(
        ExchangeRequest,
        (ExchangeRequest.agency_id == Medium.agency_id) & (ExchangeRequest.id == Medium.request_id),
    )
    rows = answered.where(Medium.ended_on.is_(None), ExchangeRequest.state == "answered")
    for place, medium_id in enumerate(db.session.scalars(rows.order_by(Medium.id)).all()):
        if queries.last_step(medium_id).step != "received_back" or place % NOT_YET == 0:
            continue
        told = custody.Told(
            "destroyed", business_date(), how=SHREDDED, witness_id=witness.account_id
        )
        custody.record(medium_id, told, operator)
        done += 1
    return done
