"""韩立新, head of 榆树市's agency, sees what is late, and looks without touching."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.cases.filtering import Filter
from app.cases.models import Case
from app.oversight.board.queries import Asked
from app.oversight.board.service import board
from tenants.calendar import business_date
from tenants.database import db
from tests.architecture.counting import counted
from tests.pages.desk import Desk, at_work
from tests.pages.reporting import answered
from tests.pages.stage import BANK, on_day
from tests.world.builder import build_world

DIRECTOR = "韩立新"


def in_state(*states, **narrowed):
    fits = Filter(**narrowed).condition()
    return db.session.scalar(select(func.count()).where(fits, Case.state.in_(states)))


def test_every_figure_is_what_the_lists_hold(app, settings):
    stage = answered(app, settings)
    with on_day(30), app.app_context(), at_work(stage.world, DIRECTOR):
        found = board(Asked())
        assert found.open == in_state("submitted", "returned", "accepted", "checking") > 3
        assert found.late == in_state("checking", late=True) == found.open, "the 27th is over"
        waits = {step: count.households for step, count in found.steps.items()}
        assert waits["exchange"] + waits["parent"] + waits["report"] == in_state("checking")
        assert sum(sender.all.households for sender in found.senders) == found.open
        assert {sender.name for sender in found.senders} == {"五棵树镇受理窗口"}
        month = board(Asked(period=202611))
        assert month.open == found.open
        assert board(Asked(period=202610)).open == 0
        assert board(Asked(scheme="housing")).open == in_state("checking", scheme="housing")
        bank = next(unit for unit in month.units if unit.name == BANK)
        assert (bank.unsent, bank.waiting, bank.late) == (1, 0, 0), "its package was never made"


def test_the_board_says_who_has_to_act_and_links_to_the_lists(app, settings):
    stage = answered(app, settings)
    with on_day(30):
        director = Desk(app, stage.world, DIRECTOR)
        page, source = director.read("/board"), director.source("/board")
        assert "户超过反馈期限" in page
        assert "待信息共享单位反馈" in page
        links = re.findall(r'href="(/cases\?[^"]*late=1[^"]*)"', source)
        assert links
        listed = director.read(links[0].replace("&amp;", "&"))
        assert "全部案件" in listed
        assert "没有符合条件的记录" not in listed
        assert director.client.get("/").status_code == 200
        assert "查看办理情况" in director.read("/")


def test_the_workbook_holds_what_the_board_shows(app, settings):
    stage = answered(app, settings)
    with on_day(30):
        data = Desk(app, stage.world, DIRECTOR).send("/sheet", of="/board").get_data()
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        assert len(book.sheet_names) == 3
        rows = [row for row in book.get_sheet_by_index(0).to_python() if len(row) > 2]
        with app.app_context(), at_work(stage.world, DIRECTOR):
            found = board(Asked())
        counted_here = [row for row in rows if isinstance(row[1], int | float)]
        assert sum(row[1] for row in counted_here) == found.open
        assert sum(row[2] for row in counted_here) == found.late


@pytest.fixture
def world(app):
    return build_world(app, settle=False)


def test_the_director_looks_and_does_not_act(app, world):
    with on_day(5):
        director = Desk(app, world, DIRECTOR)
        assert director.client.get("/cases").status_code == 200
        for path in ("/intake", "/review", "/exchange", "/people", "/audit"):
            assert director.client.get(path).status_code == 403, path
        for path in ("/review/approve", "/cases/1/subjects/1/look", "/search"):
            assert director.send(path).status_code == 403, path
        for name in ("王芳", "程功", "罗琳"):
            stranger = Desk(app, world, name)
            assert stranger.client.get("/board").status_code == 403
            assert stranger.send("/sheet", of="/board").status_code == 403


def test_the_board_takes_few_statements(app, world):
    with on_day(5), app.app_context(), at_work(world, DIRECTOR):
        assert business_date().day == 5
        assert len(counted(db.engine, lambda: board(Asked()))) <= 6
