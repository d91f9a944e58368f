"""A month with the October holidays: 1 to 7 October off, 20 September and 10 October made up."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.cases.models import Case, Entrustment
from app.exchange.models import ExchangeRequest
from app.sharing.models import Agreement
from tenants.database import db
from tenants.rulebook import Rulebook, last_days, rulebook, rulebooks
from tenants.settings import Settings
from tests.usecases.tree import Tree

UNITS = {220100: {"市不动产登记中心": (601,)}, 220182: {"农商银行": (1601,)}}
TWO = {220100: ("city", None), 220182: ("county", 220100)}
CITY, COUNTY = 220100, 220182
SIGNED = {"authorised_on": "2026-09-01", "authorisation_expires_on": "2027-08-31"}


def planted(
    app: Flask, settings: Settings, shape: Mapping[int, Any] = TWO, units: Mapping[int, Any] = UNITS
) -> Tree:
    return Tree(app, settings, shape, units).open(dt.date(2026, 9, 29))


def request_in(tree: Tree, agency: int) -> ExchangeRequest:
    with tree.at(agency):
        return db.session.scalars(select(ExchangeRequest)).one()


def periods(tree: Tree) -> list[int]:
    with tree.at(tree.lowest):
        return list(db.session.scalars(select(Entrustment.period).order_by(Entrustment.id)))


def test_the_reply_clock_stands_still_from_the_first_to_the_seventh(
    app: Flask, settings: Settings
) -> None:
    """Received on 30 September: 8, 9, 10 (a Saturday that works), 12 to 15 October."""
    tree = planted(app, settings)
    tree.today(dt.date(2026, 9, 8))
    tree.entrust(["赵一"], **SIGNED)
    tree.today(dt.date(2026, 9, 30))
    tree.send_requests(COUNTY)
    assert request_in(tree, COUNTY).due_on == dt.date(2026, 10, 15)


def test_the_make_up_saturday_is_the_last_day_of_intake_and_sunday_is_next_month(
    app: Flask, settings: Settings
) -> None:
    tree = planted(app, settings)
    tree.today(dt.date(2026, 10, 10))
    tree.entrust(["赵一"], **SIGNED)
    assert periods(tree) == [202610]
    with tree.at(COUNTY):
        assert set(db.session.scalars(select(Case.due_on))) == {dt.date(2026, 10, 27)}
    tree.seal(COUNTY)
    with tree.at(CITY):
        county, city = last_days(rulebook(22), 202610, 2)
        assert set(db.session.scalars(select(Case.due_on))) == {city.report_by}
    assert county.report_by == dt.date(2026, 10, 27)
    assert city.report_by == dt.date(2026, 10, 26)
    assert (county.send_by, city.send_by) == (dt.date(2026, 10, 16), dt.date(2026, 10, 15))
    tree.today(dt.date(2026, 10, 11))
    with tree.at(COUNTY):
        assert rulebook(22).period_of(dt.date(2026, 10, 11)) == 202611


def test_a_period_that_closes_in_a_holiday_closes_on_the_working_day_before(
    app: Flask, settings: Settings
) -> None:
    """25 to 27 September 2026 are a holiday: what is due on the 27th is due on the 24th."""
    tree = planted(app, settings)
    tree.today(dt.date(2026, 9, 8))
    tree.entrust(["赵一"], **SIGNED)
    with tree.at(COUNTY):
        assert set(db.session.scalars(select(Case.due_on))) == {dt.date(2026, 9, 24)}


@pytest.mark.parametrize("book", rulebooks().values(), ids=lambda book: book.name)
def test_no_window_and_no_deadline_are_values_of_every_rulebook(
    app: Flask, settings: Settings, book: Rulebook
) -> None:
    """Where the law sets no date, a case has none; where it caps no agreement, neither has a reply
    that an agreement leaves open."""
    city, county = book.province * 10_000 + 100, book.province * 10_000 + 101
    shape = {city: ("city", None), county: ("county", city)}
    tree = planted(app, settings, shape, {city: {}, county: {"银行": (1601,)}})
    with tree.at(county):
        db.session.execute(update(Agreement).values(term="none"))
    tree.today(dt.date(2026, 10, 9))
    tree.entrust(["赵一"], **SIGNED)
    tree.send_requests(county)
    with tree.at(county):
        due = db.session.scalars(select(Case.due_on)).one()
    assert (due is None) is (book.windows.value.report is None)
    is_capped = book.agreed_reply_days_of(16).value is not None
    assert (request_in(tree, county).due_on is None) is not is_capped
    assert periods(tree) == [202610]
