"""What came from agencies below, and which of its items can still be handed back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.cases.models import Case, Entrustment
from app.delegation.queries import masked_head
from app.intake.wording import title
from tenants.agency.models import Agency
from tenants.database import db
from tenants.vault import vault

ENTRUSTMENTS_PER_PAGE = 50
CASES_PER_PAGE = 50

# What waits in a request that has left is not taken back: its reply would no longer fit.
_OPEN_ITEMS = text("""
SELECT a.case_id, i.item, a.source, coalesce(u.name, '') AS unit_name,
       (q.id IS NULL OR q.state = 'draft') AS is_free, count(*) AS people
FROM ask a CROSS JOIN LATERAL unnest(a.items, a.outcomes) AS i(item, outcome)
LEFT JOIN exchange_request q ON q.agency_id = a.agency_id AND q.id = a.request_id
LEFT JOIN unit u ON u.agency_id = a.agency_id AND u.id = a.source
WHERE a.case_id = ANY(:cases) AND a.is_open AND i.outcome = 0
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3
""")


@dataclass(frozen=True)
class OpenItem:
    """One data item of a case that has no result yet, and where it stands.

    ``source`` as in the asks (a unit's id or ``TO_PARENT``); ``is_free``: not yet in a request
    that has been made, so that it can be handed back.
    """

    case_id: int
    item: int
    source: int
    unit_name: str
    is_free: bool
    people: int


@dataclass(frozen=True)
class Received:
    """One entrustment of a lower agency and how its cases stand."""

    id: int
    number: str
    letter_number: str
    from_name: str
    period: int
    submitted_on: dt.date | None
    people: int
    states: dict[str, int]

    @property
    def households(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True)
class ReceivedCase:
    """One household that a lower agency entrusted; the head's name is masked."""

    id: int
    number: str
    their_number: str
    head: str
    scheme: str
    application: str
    size: int
    state: str
    free_items: int


def received(before: int | None) -> list[Received]:
    """One page of entrustments from below, newest first, one more if there is a next page."""
    query = select(Entrustment).where(
        Entrustment.unit_id == 0, Entrustment.desk_id == 0, Entrustment.origin == "below"
    )
    if before:
        query = query.where(Entrustment.id < before)
    rows = list(
        db.session.scalars(query.order_by(Entrustment.id.desc()).limit(ENTRUSTMENTS_PER_PAGE + 1))
    )
    return _with_cases(rows)


def entrustment(entrustment_id: int) -> Received:
    """One entrustment from below; ``LookupError`` when there is none."""
    query = select(Entrustment).where(
        Entrustment.id == entrustment_id, Entrustment.origin == "below"
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no entrustment {entrustment_id} from below")
    return _with_cases([found])[0]


def _with_cases(rows: Sequence[Entrustment]) -> list[Received]:
    names = agency_names(row.from_agency_id for row in rows)
    states: dict[int, dict[str, int]] = {}
    people: dict[int, int] = {}
    query = (
        select(Case.entrustment_id, Case.state, func.count(), func.sum(Case.size))
        .where(Case.entrustment_id.in_([row.id for row in rows]))
        .group_by(Case.entrustment_id, Case.state)
    )
    for entrustment_id, state, households, size in db.session.execute(query):
        states.setdefault(entrustment_id, {})[state] = households
        people[entrustment_id] = people.get(entrustment_id, 0) + size
    return [
        Received(
            id=row.id,
            number=row.number,
            letter_number=row.letter_number,
            from_name=names[row.from_agency_id],
            period=row.period,
            submitted_on=row.submitted_on,
            people=people.get(row.id, 0),
            states=states.get(row.id, {}),
        )
        for row in rows
    ]


def agency_names(agency_ids: Iterable[int]) -> dict[int, str]:
    """Names of agencies by code."""
    query = select(Agency.id, Agency.name).where(Agency.id.in_(sorted(set(agency_ids))))
    return dict(db.session.execute(query).tuples().all())


def received_cases(entrustment_id: int, after: int) -> list[ReceivedCase]:
    """One page of an entrustment's cases by id, one more if there is a next page."""
    query = (
        select(Case)
        .where(Case.entrustment_id == entrustment_id, Case.id > after)
        .order_by(Case.id)
        .limit(CASES_PER_PAGE + 1)
    )
    cases = list(db.session.scalars(query))
    free: dict[int, set[int]] = {}
    for found in open_items(case.id for case in cases):
        if found.is_free:
            free.setdefault(found.case_id, set()).add(found.item)
    keys = vault()
    return [
        ReceivedCase(
            id=case.id,
            number=case.number,
            their_number=case.household_no,
            head=masked_head(keys, case),
            scheme=title("scheme", case.scheme),
            application=title("application", case.application),
            size=case.size,
            state=case.state,
            free_items=len(free.get(case.id, ())),
        )
        for case in cases
    ]


def case_from_below(case_id: int) -> Case:
    """A case that a lower agency entrusted; ``LookupError`` when there is none."""
    query = select(Case).where(Case.id == case_id, Case.origin == "below")
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise LookupError(f"no case {case_id} from below")
    return found


def open_items(case_ids: Iterable[int]) -> list[OpenItem]:
    """The items of these cases that have no result yet, by case and item."""
    rows = db.session.execute(_OPEN_ITEMS, {"cases": list(case_ids)})
    return [OpenItem(*row) for row in rows]
