"""韩立新 allows an emergency at his browser: lists, board and home say so."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.audit.models import AuditRow
from app.cases.models import Case
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import Stage, approved, on_day

DIRECTOR, OPERATOR, REVIEWER = "韩立新", "周建华", "赵磊"
FIELDS = {"reason": "住房失火，当日无处居住", "aid_on": "2026-11-12"}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def emergency(stage: Stage) -> int:
    """One household under way, of temporary assistance."""
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id):
        case_id = db.session.scalars(select(Case.id).where(Case.state == "checking")).first()
        db.session.execute(update(Case).where(Case.id == case_id).values(scheme="temporary"))
    return case_id or 0


def test_the_director_allows_it_by_name_and_everybody_sees_it(stage: Stage) -> None:
    case_id = emergency(stage)
    boss, zhou = stage.at_browser(DIRECTOR), stage.at_browser(OPERATOR)
    case, form = f"/cases/{case_id}", f"/expedited/{case_id}/allow"
    assert form in boss.read(case)
    assert form not in stage.at_browser(REVIEWER).read(case)
    missing = boss.send(form, form, reason="", aid_on="2026-11-12")
    assert "请填写允许紧急办理的理由" in missing.text
    listed = boss.after(boss.send(form, form, **FIELDS))
    assert "住房失火" in listed
    assert "还有 5 个工作日" in listed, "five working days after the aid"
    shown = boss.read(case)
    assert "急难型：紧急办理" in shown
    assert "2026-11-19" in shown
    assert "韩立新（榆树市" in shown
    assert form not in shown
    assert "急难 1 户在办" in boss.read("/board")
    assert "急难" in boss.read("/cases")
    assert "（急难）" in zhou.read("/")
    assert "急难" in zhou.read("/exchange")
    reviewer = stage.at_browser(REVIEWER)
    assert "急难" in reviewer.read("/delegation/letters")
    assert "急难型家庭允许紧急办理" in reviewer.read("/notices")
    twice = boss.send_unasked(case, form, **FIELDS)
    assert "不用重复登记" in twice.text
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id, read_only=True):
        trail = select(AuditRow.reason).where(AuditRow.verb == "case.expedite")
        assert list(db.session.scalars(trail)) == [FIELDS["reason"]]


def test_the_department_sees_who_allowed_it_and_when_the_report_follows(stage: Stage) -> None:
    case_id = emergency(stage)
    boss, clerk = stage.at_browser(DIRECTOR), stage.at_browser("罗琳")
    form = f"/expedited/{case_id}/allow"
    boss.after(boss.send(form, form, **FIELDS))
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id, read_only=True):
        entrustment = db.session.scalars(
            select(Case.entrustment_id).where(Case.id == case_id)
        ).one()
    shown = clerk.read(f"/entrustments/{entrustment}")
    assert "韩立新 11-12 允许紧急办理，11-12 救助" in shown
    assert "还有 5 个工作日" in shown
    assert shown.count("允许紧急办理，") == 1, "only of that household"
    assert "已允许紧急办理，核对报告在救助后补送" in clerk.read("/notices")
    listed = boss.read("/cases?lane=expedited")
    assert listed.count("/cases/2") >= 1
    assert f"/cases/{case_id}" in listed
    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id, read_only=True):
        others = list(db.session.scalars(select(Case.id).where(Case.lane == "regular")))
    assert others
    assert not any(f'"/cases/{other}"' in listed for other in others)
    drawn = boss.read(f"/cases/{case_id}")
    assert "急难：紧急办理（2026-11-12 救助）" in drawn
    assert "数据交换 11-" not in drawn
    assert "最迟 11-12" in drawn, "what leaves, leaves at once"
    assert "最迟 11-19" in drawn, "and the report follows the aid"


def test_nobody_else_allows_it(stage: Stage) -> None:
    form = f"/expedited/{emergency(stage)}/allow"
    for name in (REVIEWER, OPERATOR):
        assert stage.at_browser(name).open(form).status_code == 403
    elsewhere = next(p for p in stage.world.people_of("长春市", "director"))
    assert stage.at_browser(elsewhere.name).open(form).status_code == 404
