"""The requests that wait for a unit's system, as its own role sees them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.exchange.models import ExchangeRequest
from app.exchange.outbox.models import LinePage
from app.exchange.outbox.parties import Party
from app.exchange.wire.models import Connection, Dispatch
from hedui_connector.wire.limits import INTERFACE, LINES_PER_PAGE
from hedui_connector.wire.models import Head, Line, State, Status
from hedui_connector.wire.problems import Refusal
from tenants import files
from tenants.database import db

RELEASED = ("confirmed", "delivered", "closed")
"""Two operators released it, and it waits for answers, late ones included."""
WIRE_ID = re.compile(r"([0-9]{1,9})-([0-9]{1,18})")
MOST_LISTED = 500


@dataclass(frozen=True)
class Offer:
    """A request and how it travels."""

    request: ExchangeRequest
    dispatch: Dispatch

    @property
    def head(self) -> Head:
        """The head, the same each time."""
        return Head.model_validate_json(self.dispatch.head)

    @property
    def status(self) -> Status:
        """How far it is at the unit, as far as the portal knows."""
        found = self.dispatch
        received = found.lines if found.received_at else 0
        state = State.ANSWERING if found.received_at else State.RECEIVING
        if found.kept_at:
            state = State.ANSWERED
        return Status(
            interface=INTERFACE,
            id=f"{found.agency_id}-{found.request_id}",
            state=state,
            lines=found.lines,
            lines_received=received,
            lines_answered=found.lines if found.kept_at else found.lines_answered,
            answers=found.answers_kept,
        )


def _open(party: Party) -> Select[tuple[ExchangeRequest, Dispatch]]:
    return (
        select(ExchangeRequest, Dispatch)
        .join(
            Dispatch,
            (Dispatch.agency_id == ExchangeRequest.agency_id)
            & (Dispatch.request_id == ExchangeRequest.id),
        )
        .join(
            Connection,
            (Connection.agency_id == Dispatch.agency_id)
            & (Connection.id == Dispatch.connection_id),
        )
        .where(
            Connection.id == party.connection_id,
            Connection.is_paused.is_(False),
            ExchangeRequest.way == "system",
            ExchangeRequest.state.in_(RELEASED),
            Dispatch.lines_sent == Dispatch.lines,
            Dispatch.dead_at.is_(None),
            Dispatch.dropped_at.is_(None),
        )
    )


def waiting(party: Party) -> list[Offer]:
    """What the unit has not wholly answered yet, oldest first."""
    query = _open(party).where(Dispatch.kept_at.is_(None)).order_by(Dispatch.id)
    return [Offer(*row) for row in db.session.execute(query.limit(MOST_LISTED)).tuples()]


def offer_of(party: Party, wire_id: str, *, lock: bool = False) -> Offer:
    """One of them, or one that is answered; ``Refusal("not_found")`` for all others alike."""
    found = WIRE_ID.fullmatch(wire_id)
    if found is None or int(found[1]) != party.agency_id:
        raise Refusal("not_found")
    query = _open(party).where(Dispatch.request_id == int(found[2]))
    if lock:
        query = query.with_for_update(of=(ExchangeRequest, Dispatch))
        query = query.execution_options(populate_existing=True)
    row = db.session.execute(query).tuples().one_or_none()
    if row is None:
        raise Refusal("not_found")
    return Offer(*row)


def any_offer(party: Party, wire_id: str) -> Offer:
    """A request of the unit's connection, whatever became of it; ``Refusal("not_found")``."""
    found = WIRE_ID.fullmatch(wire_id)
    if found is None or int(found[1]) != party.agency_id:
        raise Refusal("not_found")
    row = (
        db.session.execute(
            select(ExchangeRequest, Dispatch)
            .join(
                Dispatch,
                (Dispatch.agency_id == ExchangeRequest.agency_id)
                & (Dispatch.request_id == ExchangeRequest.id),
            )
            .where(
                Dispatch.connection_id == party.connection_id,
                Dispatch.request_id == int(found[2]),
            )
        )
        .tuples()
        .one_or_none()
    )
    if row is None:
        raise Refusal("not_found")
    return Offer(*row)


def lines_from(offer: Offer, after: int, most: int) -> list[str]:
    """Up to ``most`` lines that follow line ``after``, as they will be sent; out of one page."""
    if after >= offer.dispatch.lines:
        return []
    page = db.session.scalars(
        select(LinePage).where(
            LinePage.request_id == offer.request.id,
            LinePage.first <= after + 1,
            LinePage.first > after + 1 - LINES_PER_PAGE,
        )
    ).one_or_none()
    if page is None:
        return []
    skipped = after + 1 - page.first
    return _texts(page)[skipped : skipped + most]


def asked_in(offer: Offer, lines: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The items that each of these lines asks for; a line that is none is left out."""
    wanted = {line for line in lines if 1 <= line <= offer.dispatch.lines}
    return {line.line: line.items for line in _lines(offer, wanted)}


def _lines(offer: Offer, wanted: set[int]) -> Iterator[Line]:
    firsts = {line - (line - 1) % LINES_PER_PAGE for line in wanted}
    pages = select(LinePage).where(
        LinePage.request_id == offer.request.id, LinePage.first.in_(sorted(firsts))
    )
    for page in db.session.scalars(pages.order_by(LinePage.first)):
        for number, text in enumerate(_texts(page), start=page.first):
            if number in wanted:
                yield Line.model_validate_json(text)


def _texts(page: LinePage) -> list[str]:
    return files.read(page.file_id, "package").data.decode().splitlines()


def answers_due(offer: Offer) -> int:
    """How many answers the whole request asks for."""
    asked = select(func.sum(LinePage.items)).where(LinePage.request_id == offer.request.id)
    return int(db.session.scalar(asked) or 0)
