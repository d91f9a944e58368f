"""Everything about one case in the clear, as its package holds it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.cases import history
from app.cases.identity import Identity
from app.cases.messages import EVENT_TITLES
from app.cases.models import Ask, Authorisation, Subject
from app.decisions.messages import OUTCOMES
from app.decisions.models import Decision
from app.exchange.models import ExchangeRequest
from app.findings.service import facts_of
from app.findings.showing import shown_fields
from app.intake.wording import title
from app.matters.models import Matter
from app.matters.telling import matters
from app.objections.messages import WORD_TITLES
from app.objections.models import Objection
from app.objections.words import said_about
from app.web.formats import happened, money
from tenants.agency.models import Agency, Unit
from tenants.catalogue import catalogue
from tenants.database import any_of, db
from tenants.vault import vault

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Contents:
    """Tables of text, a row each thing, in the order of the process; ``names`` by subject."""

    names: dict[int, str]
    people: Rows
    results: Rows
    requests: Rows
    decisions: Rows
    statements: Rows
    events: Rows


def names_in(case_id: int) -> dict[int, str]:
    """Subject → name, of everybody of one case."""
    return {id_: identity.name for id_, identity in _identities(_subjects(case_id)).items()}


def _subjects(case_id: int) -> list[Subject]:
    query = select(Subject).where(Subject.case_id == case_id)
    return list(db.session.scalars(query.order_by(Subject.row_no, Subject.id)))


def _identities(subjects: Sequence[Subject]) -> dict[int, Identity]:
    keys = vault()
    return {row.id: Identity.of(keys.open("subject", row.id, row.sealed)) for row in subjects}


def contents_of(case_id: int) -> Contents:
    """All of it; the number of statements does not depend on how much there is."""
    subjects = _subjects(case_id)
    who = _identities(subjects)
    names = {id_: identity.name for id_, identity in who.items()}
    return Contents(
        names=names,
        people=_people(subjects, who),
        results=_results(case_id, names),
        requests=_requests(case_id),
        decisions=_decisions(case_id),
        statements=_statements(case_id),
        events=_events(case_id),
    )


def _people(subjects: Sequence[Subject], who: dict[int, Identity]) -> Rows:
    consents: dict[int, list[str]] = {}
    given = select(Authorisation).where(
        Authorisation.subject_id == any_of([s.id for s in subjects])
    )
    for row in db.session.scalars(given.order_by(Authorisation.id)):
        ended = row.withdrawn_on or row.expires_on
        consents.setdefault(row.subject_id, []).append(f"{row.signed_on}/{ended}")
    return [
        (
            who[row.id].name,
            who[row.id].id_number,
            title("relation", row.relation),
            _day(row.joined_on),
            _day(row.left_on),
            " ".join(consents.get(row.id, ())),
        )
        for row in subjects
    ]


def _results(case_id: int, names: dict[int, str]) -> Rows:
    agencies = dict(db.session.execute(select(Agency.id, Agency.name)).tuples().all())
    known = catalogue()
    return [
        (
            names.get(fact.subject, ""),
            known.item(fact.item).title,
            " ".join(f"{title} {value}" for title, value in shown_fields(fact.item, fact.fields)),
            fact.source_name,
            fact.request_number,
            agencies.get(fact.by_agency_id, ""),
            _day(fact.as_of),
        )
        for fact in facts_of([case_id])
    ]


def _requests(case_id: int) -> Rows:
    asked = select(Ask.request_id).where(Ask.case_id == case_id, Ask.request_id.is_not(None))
    rows = db.session.execute(
        select(ExchangeRequest, Unit.name)
        .join(
            Unit,
            (Unit.agency_id == ExchangeRequest.agency_id) & (Unit.id == ExchangeRequest.unit_id),
        )
        .where(ExchangeRequest.id.in_(asked), ExchangeRequest.number != "")
        .order_by(ExchangeRequest.id)
    )
    return [
        (row.number, unit, _day(row.made_on), _day(row.delivered_on), row.stamp)
        for row, unit in rows
    ]


def _decisions(case_id: int) -> Rows:
    rows = db.session.scalars(
        select(Decision).where(Decision.case_id == case_id).order_by(Decision.version)
    )
    return [
        (
            str(row.version),
            OUTCOMES[row.outcome][0],
            _day(row.decided_on),
            "" if row.amount_fen is None else money(row.amount_fen),
            str(row.from_period or ""),
            row.recorder_name,
            _day(row.recorded_on),
        )
        for row in rows
    ]


def _statements(case_id: int) -> Rows:
    told = matters(Matter.case_id == case_id)
    rows: Rows = [
        (matter.title, _day(said.told_on), said.recorder, said.words)
        for matter in told
        for said in matter.said
    ]
    numbers = dict(
        db.session.execute(
            select(Objection.id, Objection.number).where(Objection.case_id == case_id)
        )
        .tuples()
        .all()
    )
    for objection_id, all_said in said_about(sorted(numbers)).items():
        rows += [
            (f"{numbers[objection_id]} {WORD_TITLES[s.kind]}", _day(s.said_on), s.name, s.words)
            for s in all_said
        ]
    return rows


def _events(case_id: int) -> Rows:
    return [
        (happened(event.day, event.when), EVENT_TITLES[event.action], event.who, event.why)
        for event in history.happenings("case", case_id)
    ]


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
