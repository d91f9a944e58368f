"""What the exchange pages show: requests, what they ask, replies, who did what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text

from app.cases.models import Event
from app.exchange.models import ExchangeRequest, Reply
from tenants.agency.models import Unit
from tenants.database import db
from tenants.outbox import Job
from tenants.vault import vault

REQUESTS_PER_PAGE = 50
SENT = ("confirmed", "delivered", "answered", "closed")
"""States in which a request has left, so that its sharing unit may see it."""
# What the store of returned data answers never leaves, and is nothing to the unit.
_LEFT = (ExchangeRequest.state.in_(SENT), ExchangeRequest.way != "store")

_COLLECTED = text("""
SELECT request_id, count(DISTINCT case_id) AS households, count(DISTINCT subject_id) AS people,
       sum(cardinality(items)) AS items
FROM ask WHERE request_id = ANY(:ids) GROUP BY request_id
""")

_BY_ITEM = text("""
SELECT i.item, count(*) AS asked,
       count(*) FILTER (WHERE i.outcome = 0) AS pending,
       count(*) FILTER (WHERE i.outcome = 1) AS hit,
       count(*) FILTER (WHERE i.outcome = 2) AS no_record,
       count(*) FILTER (WHERE i.outcome = 3) AS unable,
       count(*) FILTER (WHERE i.outcome = 4) AS refused,
       count(*) FILTER (WHERE i.outcome = 5) AS unanswered
FROM ask a CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
WHERE a.request_id = :request GROUP BY i.item ORDER BY i.item
""")


@dataclass(frozen=True)
class Collected:
    """What a request asks: households, people, and items over all people."""

    households: int = 0
    people: int = 0
    items: int = 0


@dataclass(frozen=True)
class Filter:
    """Which requests a list shows; empty or 0 means all."""

    state: str = ""
    unit_id: int = 0
    period: int = 0


def requests(chosen: Filter, before: int | None) -> list[ExchangeRequest]:
    """One page of requests, newest first, and one more if there is a next page."""
    query = select(ExchangeRequest).where(*_conditions(chosen))
    if before:
        query = query.where(ExchangeRequest.id < before)
    query = query.order_by(ExchangeRequest.id.desc()).limit(REQUESTS_PER_PAGE + 1)
    return list(db.session.scalars(query))


def sent_requests(before: int | None) -> list[ExchangeRequest]:
    """One page of the requests that have left; under a liaison's scope those of its unit."""
    query = select(ExchangeRequest).where(*_LEFT)
    if before:
        query = query.where(ExchangeRequest.id < before)
    query = query.order_by(ExchangeRequest.id.desc()).limit(REQUESTS_PER_PAGE + 1)
    return list(db.session.scalars(query))


def sent_request(request_id: int) -> ExchangeRequest:
    """A request that has left; ``LookupError`` for one that is still being prepared."""
    query = select(ExchangeRequest).where(ExchangeRequest.id == request_id, *_LEFT)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no request {request_id} that has left")
    return found


def requests_by_state(chosen: Filter) -> dict[str, int]:
    """How many requests of this unit and period are in each state."""
    narrowed = Filter(unit_id=chosen.unit_id, period=chosen.period)
    query = select(ExchangeRequest.state, func.count()).where(*_conditions(narrowed))
    return dict(db.session.execute(query.group_by(ExchangeRequest.state)).tuples().all())


def _conditions(chosen: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.state:
        conditions.append(ExchangeRequest.state == chosen.state)
    if chosen.unit_id:
        conditions.append(ExchangeRequest.unit_id == chosen.unit_id)
    if chosen.period:
        conditions.append(ExchangeRequest.period == chosen.period)
    return conditions


def periods() -> list[int]:
    """The periods that have requests, newest first."""
    query = select(ExchangeRequest.period).distinct().order_by(ExchangeRequest.period.desc())
    return list(db.session.scalars(query.limit(24)))


def sharing_units() -> dict[int, str]:
    """The agency's sharing units by id, in the order of their names."""
    query = select(Unit.id, Unit.name).where(Unit.kind == "sharing").order_by(Unit.name)
    return dict(db.session.execute(query).tuples().all())


def unit_of(unit_id: int) -> Unit:
    """The sharing unit of a request."""
    return db.session.scalars(select(Unit).where(Unit.id == unit_id)).one()


def collected(request_ids: Iterable[int]) -> dict[int, Collected]:
    """What each request asks, counted now (a draft grows until it is made)."""
    rows = db.session.execute(_COLLECTED, {"ids": list(request_ids)})
    return {row.request_id: Collected(row.households, row.people, row.items) for row in rows}


def by_item(request_id: int) -> Sequence[Any]:
    """Rows (item, asked, pending, hit, no_record, unable, refused, unanswered) of a request."""
    return db.session.execute(_BY_ITEM, {"request": request_id}).all()


def replies_of(request_ids: Iterable[int]) -> list[Reply]:
    """The replies to some requests, in the order of their parts."""
    query = select(Reply).where(Reply.request_id.in_(list(request_ids)))
    return list(db.session.scalars(query.order_by(Reply.request_id, Reply.part)))


def reply(reply_id: int) -> Reply:
    """One reply of this scope, not locked; ``LookupError`` when there is none."""
    found = db.session.scalars(select(Reply).where(Reply.id == reply_id)).one_or_none()
    if found is None:
        raise LookupError(f"no reply {reply_id}")
    return found


def faults_of(found: Reply) -> list[str]:
    """Why a file was refused, by the check or by a person, as sentences without private data."""
    if found.faults_sealed is None:
        return []
    return list(vault().open("reply", found.id, found.faults_sealed)["faults"])


def job_of(kind: str, key: str, object_id: int) -> tuple[str, int]:
    """The state of the last job of this kind about an object that is not done, and how far it is;
    an empty state when there is none."""
    # Unfinished jobs are few and have an index of their own; what they are about is in a JSON
    # column, which is never filtered on.
    query = select(Job.state, Job.done, Job.payload).where(Job.kind == kind, Job.state != "done")
    found = [
        (row.state, row.done)
        for row in db.session.execute(query.order_by(Job.id))
        if row.payload.get(key) == object_id
    ]
    return found[-1] if found else ("", 0)


def events_of(request_id: int, reply_ids: Iterable[int]) -> list[Event]:
    """What happened to a request and its replies, oldest first."""
    of_replies = and_(Event.machine == "reply", Event.object_id.in_(list(reply_ids)))
    of_request = and_(Event.machine == "request", Event.object_id == request_id)
    query = select(Event).where(or_(of_request, of_replies)).order_by(Event.id)
    return list(db.session.scalars(query))
