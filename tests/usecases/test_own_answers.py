"""In the demonstration a bank answers in its own layout and a station on paper: as planted."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Ask, Subject
from app.exchange.layouts.models import ReplyLayout
from app.exchange.models import ExchangeRequest, Reply
from app.exchange.paper.models import PaperReply
from app.findings.models import Finding
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tenants.vault import vault
from tests.pages.stage import approved, on_day
from tests.pages.test_exchange import MAKER, SECOND
from tests.world import month_own
from tests.world.households import subjects_by_id_number
from tests.world.month import Month
from tests.world.month_exchange import accept_replies, answer, deliver, make_requests

HERE = "榆树市"


@pytest.fixture
def month(app: Flask, settings: Settings) -> Iterator[Month]:
    with on_day(12):
        stage = approved(app, settings)
        with app.app_context():
            month = Month(app, stage.world, dt.date(2026, 11, 12))
            make_requests(month)
            deliver(month)
            yield month


def answered(month: Month, unit_name: str) -> Reply:
    """The unit's reply, accepted by both operators."""
    unit, agency = month.world.unit(unit_name), month.world.agency(HERE)
    with acting_for(agency.id):
        query = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == unit.id)
        request_id = db.session.scalars(query.order_by(ExchangeRequest.id.desc())).first()
    assert request_id
    answer(month, agency, unit, request_id)
    month.work()
    accept_replies(month)
    with acting_for(agency.id, read_only=True):
        reply = db.session.scalars(select(Reply).where(Reply.request_id == request_id)).one()
        db.session.expunge_all()
    return reply


def found(month: Month, reply: Reply) -> list[dict]:
    """What the reply's findings say, opened."""
    with acting_for(reply.agency_id, read_only=True):
        keys = vault()
        query = select(Finding).where(Finding.reply_id == reply.id).order_by(Finding.id)
        return [keys.open("finding", f.id, f.sealed) for f in db.session.scalars(query)]


def planted(month: Month, unit: str, reply: Reply) -> list[dict]:
    """The records of the unit about the people of this request."""
    with acting_for(reply.agency_id, read_only=True):
        keys = vault()
        rows = db.session.scalars(
            select(Subject)
            .join(Ask, (Ask.agency_id == Subject.agency_id) & (Ask.subject_id == Subject.id))
            .where(Ask.request_id == reply.request_id)
        ).unique()
        numbers = {keys.open("subject", s.id, s.sealed)["id_number"] for s in rows}
    people = subjects_by_id_number()
    return [
        dict(record)
        for number in numbers
        for item in month.world.unit(unit).items
        for fact in people[number].facts_at(unit, item)
        for record in fact.records
    ]


def test_the_banks_export_says_what_was_planted(month: Month) -> None:
    reply = answered(month, month_own.BANK)
    assert reply.state == "accepted"
    assert reply.missing == 0
    facts, told = planted(month, month_own.BANK, reply), found(month, reply)
    assert facts
    assert sorted(str(f["account_no"]) for f in facts) == sorted(t["account_no"] for t in told)
    in_fen = [int(Decimal(str(f["balance"])) * 100) for f in facts]
    assert sorted(in_fen) == sorted(t["balance"] for t in told), "though written in 10,000 yuan"
    with acting_for(reply.agency_id, read_only=True):
        (layout,) = db.session.scalars(select(ReplyLayout)).all()
        assert layout.layout["basis"] == month_own.STATEMENT


def test_the_stations_paper_says_what_was_planted(month: Month) -> None:
    reply = answered(month, month_own.STATION)
    assert reply.state == "accepted"
    assert reply.missing == 0
    assert reply.hits + reply.no_records > 0
    facts, told = planted(month, month_own.STATION, reply), found(month, reply)
    assert len(told) == len(facts)
    with acting_for(reply.agency_id, read_only=True):
        (typed,) = db.session.scalars(select(PaperReply)).all()
        people = month.world.person(MAKER).account_id, month.world.person(SECOND).account_id
        assert (typed.first_by, typed.second_by, typed.settled_by) == (*people, people[1])
        assert typed.settled_why == month_own.WHY
