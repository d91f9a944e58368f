"""韩立新 looks at the morning page of 榆树市; 长春市 and the province get counts, and only counts."""

import re
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.cases.filtering import UNFINISHED, Filter
from app.cases.models import Ask
from app.oversight.analysis import service, telling
from app.oversight.analysis.models import Tally
from app.oversight.analysis.queries import Month
from app.oversight.analysis.units import performances
from tenants.database import db
from tenants.scope import acting_for
from tests.architecture.counting import counted
from tests.pages.desk import Desk, at_work, text_of
from tests.pages.reporting import answered
from tests.pages.stage import on_day
from tests.world.month_oversight import tell_counts

DIRECTOR = "韩立新"
PAGES = ("", "/findings", "/coverage", "/months", "/regions", "/units")


def fitting(**narrowed):
    return db.session.scalar(select(func.count()).where(Filter(**narrowed).condition()))


class ThatDay:
    """As much of a demonstration's month as its step asks for."""

    def __init__(self, stage):
        self.world, self.work = stage.world, stage.work

    def agencies(self, tier):
        return [agency for agency in self.world.agencies.values() if agency.tier == tier]


@pytest.fixture
def stage(app, settings):
    return answered(app, settings)


def test_the_figures_are_those_of_the_lists_and_counts_go_up_without_the_small_ones(app, stage):
    with on_day(30):
        with app.app_context(), at_work(stage.world, DIRECTOR):
            _the_figures()
        with app.app_context():
            tell_counts(ThatDay(stage))
            _what_went_up(stage)
            with acting_for(stage.world.agency("吉林省").id):
                sent = counted(db.engine, telling.count_the_day)
                assert not [one for one in sent if "INSERT" in one], "it was counted today"
        director = Desk(app, stage.world, DIRECTOR)
        for page in PAGES:
            source = director.source(f"/analysis{page}")
            assert 'aria-current="page"' in source
            book = director.send("/sheet", of=f"/analysis{page}")
            assert (book.get_data()[:2] == b"PK") is ('class="grid"' in source), (
                page,
                text_of(book),
            )
        links = re.findall(r'href="(/cases\?[^"]*late=1[^"]*)"', director.source("/analysis"))
        assert "没有符合条件的记录" not in director.read(links[0].replace("&amp;", "&"))
        assert "不是对家庭的认定" in director.read("/analysis/findings")
        for name in ("王芳", "程功", "罗琳"):
            stranger = Desk(app, stage.world, name)
            assert {stranger.client.get(f"/analysis{page}").status_code for page in PAGES} == {403}


def _the_figures():
    steps = service.standing()
    assert sum(step.households for step in steps) == sum(fitting(state=s) for s in UNFINISHED) > 3
    assert sum(step.late for step in steps) == fitting(late=True) > 0
    assert all(sum(step.ages) == step.households for step in steps)
    handed_in, *_ = service.to_date()
    assert (handed_in.now, handed_in.before) == (fitting(period=202611), 0)
    periods, (november,) = service.months(202611)
    assert periods == [202611]
    assert november["handed_in"] == fitting(period=202611)
    assert november["late"] == fitting(period=202611, late=True)
    kinds, table = service.outcomes(Month(202611), 1)
    asked: Counter[int] = Counter()
    for ask in db.session.scalars(select(Ask).where(Ask.source >= 0)):
        asked.update(item // 100 for item in ask.items)
    assert {kind: table[kind, ""] for kind in kinds} == asked
    _, where = service.sources(Month(202611), 1)
    assert where["", ""] == sum(map(len, db.session.scalars(select(Ask.items))))
    assert sum(unit.requests for unit in performances(202611, 202611)) == 0, "none was delivered"
    assert len(counted(db.engine, service.standing)) == 1


def _what_went_up(stage):
    """榆树市 has too few late households for anybody above to be told of."""
    county, city, top = (stage.world.agency(name).id for name in ("榆树市", "长春市", "吉林省"))
    with acting_for(county, read_only=True):
        open_here = fitting(state="checking")
        least = 5
        assert open_here > 0
    for above in (city, top):
        with acting_for(above, read_only=True):
            query = select(Tally.measure, Tally.value).where(
                Tally.by_agency_id == county, Tally.period == 202611
            )
            told = dict(db.session.execute(query).tuples().all())
            assert told["open"] == (open_here if open_here >= least else None)
            assert told["returned"] == 0
            places = service.places(202611)
            assert places[0].agency.id == above
            assert next(p for p in places if p.agency.id == county).depth == (above == top) + 1
    line = {"by": 440118, "period": 202611, "on": "2026-11-30", "counts": {"open": 99}}
    assert telling.known_lines([line], {county, city}) == {}, "of an agency that is not below"


def _of(agency_id):
    query = select(Tally.measure, Tally.value).where(Tally.by_agency_id == agency_id)
    return sorted(db.session.execute(query).tuples().all())
