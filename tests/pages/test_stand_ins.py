"""赵磊 is away: 吴晓东 reviews in his stead for a week, as himself, and not what he checked himself."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from app.accounts.models import StandIn
from app.audit.models import AuditRow
from app.cases.lifecycle import Chosen
from app.cases.models import Event
from app.intake import service as intake
from tenants.calendar import business_date_set_to
from tenants.database import db
from tests.pages.desk import Desk, at_work, entrusted, ids_on
from tests.pages.stage import on_day
from tests.world.builder import build_world

SECURITY = "沙丽"
FIELDS = {"role": "reviewer", "first": "2026-11-09", "last": "2026-11-13", "reason": "training"}


@pytest.fixture
def world(app):
    return build_world(app, settle=False)


def form_of(world, name):
    return f"/people/{world.person(name).account_id}/stand-in"


def filed(app, world, **other):
    security = Desk(app, world, SECURITY)
    fields = {"who": str(world.person("吴晓东").account_id), **FIELDS, **other}
    return security, security.send(form_of(world, "赵磊"), **fields)


def test_the_right_comes_and_goes_with_the_dates_in_a_session_that_is_open(app, world):
    with on_day(5):
        stand_in, absent = Desk(app, world, "吴晓东"), Desk(app, world, "赵磊")
        shown = Desk(app, world, SECURITY).client.get(form_of(world, "赵磊")).get_data(as_text=True)
        first = re.findall(r'name="who".*?<option[^>]* value="(\d*)"', shown, re.S)
        assert first == ["0"], "nobody is preselected"
        _, nobody = filed(app, world, who="0")
        assert nobody.status_code == 422
        assert "请选择代理人" in nobody.get_data(as_text=True)
        security, answer = filed(app, world)
        assert answer.status_code == 303
        listed = security.read("/people/stand-ins")
        assert "吴晓东 赵磊 审核复审 2026-11-09 2026-11-13 培训 未开始" in listed
        assert "已登记岗位代理（2026-11-09 ~ 2026-11-13）" in stand_in.read("/notices")
        assert "已登记岗位代理" in absent.read("/notices")
        assert stand_in.client.get("/review").status_code == 403
    for day, status in ((9, 200), (13, 200), (14, 403)):
        with on_day(day):
            assert Desk(app, world, "吴晓东").client.get("/review").status_code == status
            assert Desk(app, world, "赵磊").client.get("/review").status_code == 200
    with on_day(10):
        assert stand_in.client.get("/review").status_code == 200, "the open session follows"
        assert "代 赵磊 审核复审" in stand_in.read("/")
        assert "提前结束" in security.act(ends(security))
        assert stand_in.client.get("/review").status_code == 403, "at once"
        assert "代 赵磊" not in stand_in.read("/")


def ends(security):
    found = re.search(r'action="(/people/stand-ins/\d+/end)"', security.source("/people/stand-ins"))
    assert found
    return found[1]


def test_whoever_checked_a_household_does_not_review_it_in_anothers_stead(app, world):
    with on_day(9):
        ids = entrusted(app, world)
        with app.app_context(), at_work(world, "王芳"):
            assert intake.accept(Chosen.of(ids[:1]), world.actor("吴晓东")).done
            assert intake.accept(Chosen.of(ids[1:]), world.actor("王芳")).done
        filed(app, world)
        stand_in = Desk(app, world, "吴晓东")
        shown = ids_on(stand_in.source("/review"))
        assert {int(row.partition(":")[0]) for row in shown} >= set(ids[1:])
        told = stand_in.act("/review/approve", ids=[str(id_) for id_ in ids])
        assert f"已办理 {len(ids) - 1} 项" in told
        assert "跳过 1 项：您已办理过该户的其他环节" in told
        with app.app_context(), at_work(world, "王芳"):
            me, absent = world.person("吴晓东").account_id, world.person("赵磊").account_id
            approved = db.session.scalars(select(Event).where(Event.action == "approve")).all()
            assert {(e.account_id, e.absent_id) for e in approved} == {(me, absent)}
            row = db.session.scalars(select(AuditRow).where(AuditRow.verb == "case.approve")).one()
            assert (row.account_id, row.detail["absent_id"]) == (me, absent)
        assert "吴晓东（代 赵磊）" in stand_in.read(f"/cases/{ids[1]}")
        assert "吴晓东（代 赵磊）" in Desk(app, world, "谭勇").read("/audit")
        assert Desk(app, world, "赵磊").act("/review/approve", ids=[str(ids[0])])


REFUSED = [
    ("赵磊", {"first": "2026-11-01"}, "不早于今天"),
    ("赵磊", {"last": "2026-11-08"}, "不早于开始日期"),
    ("赵磊", {"role": "report_issuer"}, "不是一直担任该岗位"),
    ("程功", {"role": "system_administrator"}, "不得互相兼任"),
]


def test_what_the_law_keeps_apart_is_refused_in_words_and_kept(app, world):
    with on_day(5):
        security = Desk(app, world, SECURITY)
        who = str(world.person("吴晓东").account_id)
        for absent, wrong, words in REFUSED:
            answer = security.send(form_of(world, absent), who=who, **(FIELDS | wrong))
            assert answer.status_code == 422
            page = answer.get_data(as_text=True)
            assert words in page
            assert (FIELDS | wrong)["last"] in page
        assert "尚未登记代理" in security.read("/people/stand-ins")


def test_only_the_security_administrator_files_and_never_for_herself(app, world):
    with on_day(5):
        own = form_of(world, SECURITY)
        fields = {"who": str(world.person("吴晓东").account_id), **FIELDS}
        security = Desk(app, world, SECURITY)
        refused = security.send(own, **(fields | {"role": "security_administrator"}))
        assert refused.status_code == 422
        assert "不能对本人的账号办理" in refused.get_data(as_text=True)
        me = str(world.person(SECURITY).account_id)
        refused = security.send(form_of(world, "赵磊"), **(fields | {"who": me}))
        assert "不能对本人的账号办理" in refused.get_data(as_text=True)
        for name in ("程功", "谭勇", "王芳", "罗琳"):
            assert Desk(app, world, name).send(form_of(world, "赵磊"), **fields).status_code == 403


def test_nobody_ends_the_stand_in_that_is_about_themselves(app, world):
    """One that another administrator had filed for her."""
    with on_day(5):
        with app.app_context(), at_work(world, "王芳"):
            days = {"valid_from": dt.date(2026, 11, 9), "valid_to": dt.date(2026, 11, 13)}
            filed_for_her = StandIn(
                account_id=world.person("谭勇").account_id,
                absent_id=world.person(SECURITY).account_id,
                role="security_administrator",
                reason="training",
                filed_by=0,
                filed_on=dt.date(2026, 11, 4),
                **days,
            )
            db.session.add(filed_for_her)
        security = Desk(app, world, SECURITY)
        assert "不能对本人的账号办理" in security.send(ends(security)).get_data(as_text=True)
        with app.app_context(), at_work(world, "王芳"):
            assert db.session.scalars(select(StandIn)).one().ended_on is None


def test_a_role_given_later_is_held_against_what_one_stands_in_for(app, world):
    with on_day(5):
        security, _ = filed(app, world, role="reviewer")
        page = f"/people/{world.person('吴晓东').account_id}"
        for role in ("exchange_operator", "intake_officer"):
            security.act(f"{page}/roles/end", role=role)
        refused = security.send(f"{page}/roles/give", role="audit_administrator")
        assert refused.status_code == 422
    with business_date_set_to(dt.date(2026, 11, 14), allow=True):
        assert security.send(f"{page}/roles/give", role="audit_administrator").status_code == 303
