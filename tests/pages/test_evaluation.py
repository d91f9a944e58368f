"""长春市 evaluates 榆树市: targets, self-assessment, a score that is contested, settled by another."""

import datetime as dt
import re
from uuid import uuid4

from app.delegation.letters import OpenLetter
from app.oversight.analysis import telling
from app.oversight.evaluation import letters
from app.oversight.evaluation.queries import sheets
from app.oversight.evaluation.standing import let_stand
from tenants.calendar import business_date_set_to
from tenants.scope import acting_for
from tests.pages.desk import Desk
from tests.pages.stage import Stage, on_day
from tests.world.builder import build_world
from worker.daily import look_around

COUNTED = {"open": 3, "reported": 200, "over": None, "returned": 40, "ended": 0}
COUNTED |= {"answered": 20, "answered_late": 6, "unanswered": 0, "objections": 0, "corrected": 0}
SELF = {"on_time": "35", "first_pass": "15", "exchange": "15.6", "objections": "10"}
GIVEN = SELF | {"on_time": "30", "management": "15"}


def fill(desk, path, points, words):
    """The form of a sheet's page as it is shown, with these points."""
    page, _, step = path.rpartition("/")
    found = re.search(r'name="revision" value="(\d+)"', desk.source(page))
    given = {f"points_{code}": text for code, text in points.items()}
    return desk.send(path, revision=found[1] if found else "0", words=words, **given)


def test_a_contested_score_is_settled_by_another_person_of_the_parent(app, settings):
    world = build_world(app, settle=False)
    stage = Stage(app, settings, world)
    county, city = world.agency("榆树市").id, world.agency("长春市").id
    with on_day(30):
        with app.app_context():
            for place in (county, city):
                with acting_for(place):
                    counted = {(county, 202611): (COUNTED, dt.date(2026, 11, 30))}
                    telling._replace(county, counted)
        reviewer, head = Desk(app, world, "郑伟"), Desk(app, world, "宋建平")
        director, sibling = Desk(app, world, "韩立新"), Desk(app, world, "季平")
        assert "榆树市" in reviewer.read("/evaluation/new")
        targets = {"target_on_time": 98, "target_first_pass": 90}
        targets |= {"target_exchange": 90, "target_objections": 90}
        nobody = reviewer.send("/evaluation/new", words="全年要求", **targets)
        assert (nobody.status_code, "请至少选择" in nobody.text) == (422, True)
        assert "还没有下达" in reviewer.read("/evaluation")
        reviewer.act("/evaluation/new", words="按期反馈，材料规范", children=county, **targets)
        stage.work()

        at_county, at_city = (sheet_at(app, place) for place in (county, city))
        mine = f"/evaluation/{at_county}"
        page = director.read(mine)
        assert "98.0%–99.5%" in page, "late households too few to be told"
        assert "80.3%" in page or "80.2%" in page or "80.0%" in page
        assert sibling.client.get(mine).status_code == 404
        wrong = fill(director, f"{mine}/assess", SELF | {"management": "20.5"}, "全部完成")
        assert (wrong.status_code, "0 至 20 分之间" in wrong.text) == (422, True)
        assert (
            fill(director, f"{mine}/assess", SELF | {"management": "20"}, "完成").status_code == 303
        )
        stage.work()

        theirs = f"/evaluation/{at_city}"
        assert "95.6" in reviewer.read(theirs)
        assert (
            fill(director, f"{mine}/assess", SELF | {"management": "20"}, "再报").status_code == 303
        )
        assert "待评分" in director.read(mine), "a second self-assessment changes nothing"
        fill(reviewer, f"{theirs}/score", GIVEN, "有超期的家庭")
        stage.work()
        assert "85.6" in director.read(mine)
        empty = fill(director, f"{mine}/contest", {}, "")
        assert empty.status_code == 422
        fill(director, f"{mine}/contest", {}, "超期的是上级反馈迟，不是本级")
        stage.work()

        fill(reviewer, f"{theirs}/settle", GIVEN, "维持")
        assert "申诉待复核" in reviewer.read(theirs), "who scored does not settle"
        fill(head, f"{theirs}/settle", GIVEN | {"on_time": "35"}, "采纳申诉")
        stage.work()
        for desk, path in ((head, theirs), (director, mine)):
            assert "得分已确定" in desk.read(path)
            assert "90.6" in desk.read("/evaluation")
        with app.app_context(), acting_for(city, read_only=True):
            below, own, places = sheets(2026)
            assert ([one.standing_total for one in below], own) == ([906], [])
            assert places == {at_city: 1}
        _nobody_but_the_parent_sets_targets(app, county, world.agency("双阳区").id)
        for name in ("王芳", "罗琳"):
            assert Desk(app, world, name).client.get("/evaluation").status_code == 403
    _what_nobody_answered_in_time_stands(stage, reviewer)


def _what_nobody_answered_in_time_stands(stage, reviewer):
    """双阳区 is scored on 30 November; its ten working days are over with 14 December."""
    app, world = stage.app, stage.world
    district, (head, *_) = world.agency("双阳区").id, world.people_of("双阳区", "director")
    director = Desk(app, world, head.name)
    targets = {f"target_{code}": 90 for code in ("on_time", "first_pass", "exchange", "objections")}
    with on_day(30):
        reviewer.act("/evaluation/new", words="材料规范", children=district, **targets)
        stage.work()
        sheets_at = [sheet_at(app, id_, district) for id_ in (district, world.agency("长春市").id)]
        mine, theirs = (f"/evaluation/{sheet_id}" for sheet_id in sheets_at)
        fill(director, f"{mine}/assess", SELF | {"management": "20"}, "完成")
        stage.work()
        fill(reviewer, f"{theirs}/score", GIVEN, "有超期的家庭")
        stage.work()
        both = ((director, mine), (reviewer, theirs))
        for desk, path in both:
            assert "至 2026-12-14 没有确认也没有申诉的，得分确定（10个工作日" in desk.read(path)
    for day, standing in ((14, "待确认得分"), (15, "得分已确定")):
        with business_date_set_to(dt.date(2026, 12, day), allow=True):
            if day > 14:
                look_around(app)
            with app.app_context(), acting_for(district, read_only=day > 14):
                let_stand()
            stage.work()
            for desk, path in both:
                assert standing in desk.read(path)
    with on_day(30):
        for desk, path in both:
            assert "逾期未答复" in desk.read(path)
            assert desk.read("/notices").count("逾期没有确认也没有申诉") == 1


def _nobody_but_the_parent_sets_targets(app, county, stranger):
    told = {"step": "set", "key": str(uuid4()), "year": 2027, "on": "2026-11-30"}
    told |= {"words": "", "name": "", "items": []}
    with app.app_context(), acting_for(county):
        letters.take_in(OpenLetter(uuid4(), stranger, letters.KIND, "", 202712, told))
        assert sheets(2027) == ([], [], {})


def sheet_at(app, agency_id, child_id=0):
    with app.app_context(), acting_for(agency_id, read_only=True):
        below, own, _ = sheets(2026)
        found = [one.row for one in below or own if child_id in (0, one.row.child_id)]
        return found[0].id
