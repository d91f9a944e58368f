"""What the page of a request shows of its way over the wire."""

from dataclasses import dataclass

from sqlalchemy import select

from app.exchange.models import ExchangeRequest
from app.exchange.outbox.models import NotTaken
from app.exchange.outbox.refused import not_taken_of
from app.exchange.wire.messages import COMING, FAILURES, LAID_OUT, PARTS, PHASES, STEPS
from app.exchange.wire.models import Attempt, Connection, Dispatch
from app.exchange.wire.queries import attempts_of
from app.exchange.wire.rules import phase_of
from tenants.calendar import instant
from tenants.database import db


@dataclass(frozen=True)
class Travel:
    """A request's way: its phase in words, how far it is, and each attempt."""

    found: Dispatch
    connection: Connection
    phase: str
    attempts: list[Attempt]
    not_taken: list[NotTaken]
    is_answered: bool

    steps = STEPS
    failures = FAILURES

    @property
    def progress(self) -> str:
        """The phase in words; what waits to be fetched is not being sent any more."""
        if self.phase == "kept" and self.is_answered:
            return PHASES["taken"][0]
        lies_ready = self.found.lines_sent == self.found.lines and not self.is_asked
        return LAID_OUT if self.phase == "sending" and lies_ready else PHASES[self.phase][0]

    @property
    def lines_answered(self) -> int:
        """How many lines the unit has answered; all, once its answers are kept."""
        return self.found.lines if self.found.kept_at else self.found.lines_answered

    @property
    def is_asked(self) -> bool:
        """Whether we speak to the unit's server, and do not wait for the unit to come."""
        return self.connection.direction == "asks"

    @property
    def may_hurry(self) -> bool:
        """Whether there is a next step that could be done now; none where the unit comes."""
        return self.is_asked and self.phase not in ("taken", "dead", "dropped")

    @staticmethod
    def part_title(part: str) -> str:
        """What a file of the folder is, in words; a page of lines with its first line."""
        kind, _, first = part.partition("-")
        return PARTS[kind].format(first=int(first or 0))

    @property
    def coming(self) -> str:
        """Where the unit comes for it or files cross a gate: what to wait for."""
        return COMING.get(self.connection.direction, "")

    @property
    def may_drop(self) -> bool:
        """Whether it can still go by disc instead."""
        return self.phase not in ("kept", "taken", "dropped")

    @property
    def is_broken(self) -> bool:
        """Whether the circuit breaker of the connection is open."""
        until = self.connection.open_until
        return until is not None and until > instant()


def travel_of(asked: ExchangeRequest) -> Travel | None:
    """How a request travels; None for one that goes by disc from the start."""
    pair = _with_connection(asked.id) if asked.made_by else None
    if pair is None:
        return None
    found, connection = pair
    refused = not_taken_of(asked.id) if connection.direction == "folder" else []
    tried, is_answered = attempts_of(asked.id), asked.state == "answered"
    return Travel(found, connection, phase_of(found), tried, refused, is_answered)


def _with_connection(request_id: int) -> tuple[Dispatch, Connection] | None:
    query = (
        select(Dispatch, Connection)
        .join(
            Connection,
            (Connection.agency_id == Dispatch.agency_id)
            & (Connection.id == Dispatch.connection_id),
        )
        .where(Dispatch.request_id == request_id)
    )
    return db.session.execute(query).tuples().one_or_none()
