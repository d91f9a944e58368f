"""刘洋 issues and merges, 罗琳 downloads and signs for it; anyone may check the QR code."""

import re

from sqlalchemy import and_, func, or_, select, text

from app.report import judging, lists
from app.report.paper.verifying import verify_report
from app.report.readiness import STANDING
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import acting_for
from tests.pages.reporting import (
    DEPARTMENT,
    ISSUER,
    OFFICER,
    answer_all,
    answered,
    cases,
    county,
    issue_all,
    reports,
)
from tests.pages.stage import approved, on_day

MAX_ID = 2**62


def test_from_answers_to_a_receipt(app, settings):
    stage = answered(app, settings)
    with on_day(20):
        issuer = stage.at_browser(ISSUER)
        count = len(cases(stage))
        assert f"待出具本级报告 <span>{count}</span>" in issuer.read("/reports")
        issue_all(stage, issuer)
        own, merged = reports(stage, "own"), reports(stage, "merged")
        assert len(own) == len(merged) == count
        with on_day(30):
            shown = issuer.read(f"/cases/{merged[0].case_id}")
            assert "已于 2026-11-20 反馈委托单位" in shown
            assert "已超期" not in shown, "handed over in time, whenever it is looked at"
            assert re.search(r"<time [^>]*>11-20</time>\s*<div class=.what.>反馈核对结果", shown)
        listed = issuer.read("/reports/issued")
        assert own[0].number in listed
        assert merged[0].number in listed

        clerk = stage.at_browser(DEPARTMENT)
        assert merged[0].number in clerk.read("/feedback")
        assert own[0].number not in clerk.read("/feedback"), "only merged reports leave the agency"
        download = f"/reports/{merged[0].id}/download"
        paper = clerk.send_unasked("/feedback", download)
        assert paper.mimetype == "application/pdf"
        assert "attachment" in paper.headers["Content-Disposition"]

        ticked = f"{merged[0].id}:{merged[0].rev}"
        page = clerk.after(clerk.send("/feedback", "/feedback/receive", ids=ticked))
        assert "已办理 1 项" in page
        assert merged[0].number in clerk.read("/feedback?state=received")
        assert merged[0].number not in clerk.read("/feedback")
    with app.app_context(), acting_for(county(stage)):
        looks = db.session.scalars(
            text("SELECT subject_id FROM audit WHERE verb = 'report.download'")
        ).all()
        assert looks == [merged[0].id]


def test_whoever_checked_a_household_does_not_issue_its_report(app, settings):
    """操作规程 五(一): 王芳 did the intake check; were she an issuer as well, she is skipped."""
    stage = answered(app, settings)
    with on_day(20):
        with app.app_context(), acting_for(county(stage)):
            db.session.execute(
                text(
                    "INSERT INTO account_role (account_id, role, valid_from)"
                    " VALUES (:who, 'report_issuer', '2026-01-01')"
                ),
                {"who": stage.world.person(OFFICER).account_id},
            )
        officer = stage.at_browser(OFFICER)
        page = officer.read("/reports")
        assert "您已办理该户其他环节" in page
        assert 'name="ids"' not in page
        chosen = str(cases(stage)[0])
        told = officer.after(officer.send_unasked("/reports", "/reports/issue", ids=chosen))
        assert "三个环节须由不同的人办理" in told
        issuer = stage.at_browser(ISSUER)
        assert "已办理 1 项" in issuer.after(issuer.send("/reports", "/reports/issue", ids=chosen))


def test_what_is_not_ready_says_what_it_waits_for(app, settings):
    stage = approved(app, settings)
    with on_day(20):
        issuer = stage.at_browser(ISSUER)
        page = issuer.read("/reports?list=waiting")
        assert "本级信息共享单位尚未全部反馈" in page
        assert "仍有事项未取得结果" in page
        chosen = str(cases(stage)[0])
        told = issuer.after(issuer.send_unasked("/reports", "/reports/issue", ids=chosen))
        assert "本级信息共享单位尚未全部反馈" in told
        assert not reports(stage, "own")


def test_each_list_holds_as_many_as_the_desk_counts(app, settings):
    """Counting leaves out early what waits; the whole judgement of each case says the same."""
    stage = approved(app, settings)
    households, issuer = len(cases(stage)), stage.world.person(ISSUER).account_id

    def held() -> dict[str, int]:
        with app.app_context(), acting_for(county(stage), read_only=True):
            counted, found = lists.counts(issuer), {}
            for which in judging.LISTS:
                late = and_(STANDING.c.state == "reported", ~STANDING.c.is_current)
                among = or_(STANDING.c.state == "checking", late)
                whole = and_(among, judging._in_list(which, STANDING.c))
                found[which] = db.session.scalar(select(func.count()).where(whole))
                mine = lists.by_entrustment(which, issuer, 50)
                assert sum(group.households for group in mine) in (found[which], 0)
                assert lists.ids_in(which, MAX_ID) == cases(stage)[: found[which]]
            assert counted == found
            return {which: count for which, count in found.items() if count}

    with on_day(20):
        assert held() == {"waiting": households}
    with on_day(28):
        assert held() == {"decide": households}
        answer_all(stage, Outcome.NO_RECORD)
        assert held() == {"issue": households}


def test_after_the_due_date_a_named_person_may_decide_with_a_reason(app, settings):
    stage = approved(app, settings)
    chosen = str(cases(stage)[0])
    with on_day(27):
        issuer = stage.at_browser(ISSUER)
        assert "目前没有可以办理的家庭" in issuer.read("/reports?list=decide")
    with on_day(28):
        issuer = stage.at_browser(ISSUER)
        page = "/reports?list=decide"
        silent = issuer.send(page, "/reports/decide", ids=chosen, reason="")
        assert silent.status_code == 422
        assert "请填写先行反馈的理由" in silent.text
        assert f'value="{chosen}" data-select' in silent.text
        assert "checked" in silent.text, "what was ticked is not lost"
        reason = "不动产登记中心系统升级，预计下月恢复。"
        told = issuer.after(issuer.send(page, "/reports/decide", ids=chosen, reason=reason))
        assert "已办理 1 项" in told
        stage.work()
        (report,) = reports(stage, "merged")
        assert report.incomplete_reason == reason
        answer_all(stage, Outcome.NO_RECORD)
        assert "有新结果，出补充报告" in issuer.read("/reports?list=issue")


def test_a_report_is_verified_offline(app, settings, tmp_path, monkeypatch):
    trust = tmp_path / "trust"
    portal = app
    monkeypatch.setitem(
        app.extensions, "hedui.settings", settings.model_copy(update={"hedui_trust_dir": trust})
    )
    stage = answered(portal, settings)
    with on_day(20):
        issuer = stage.at_browser(ISSUER)
        issue_all(stage, issuer)
        (merged, *_) = reports(stage, "merged")
        clerk = stage.at_browser(DEPARTMENT)
        pdf = clerk.send_unasked("/feedback", f"/reports/{merged.id}/download").data
    assert verify_report(pdf, [p.read_bytes() for p in trust.glob("*.pem")], False).valid
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pdf)
    bad.write_bytes(pdf.replace(b"obj", b"obk", 1))
    run = portal.test_cli_runner()
    said = run.invoke(args=["verify-report", str(good), "--trust", str(trust)])
    assert said.exit_code == 0, said.output
    for word in ("真实有效", "榆树市核对中心", merged.number, "所附核对报告 1 份", "[通过]"):
        assert word in said.output
    said = run.invoke(args=["verify-report", str(bad), "--trust", str(trust)])
    assert said.exit_code == 1
    assert "未通过核验" in said.output
    untrusting = run.invoke(args=["verify-report", str(good), "--trust", str(tmp_path)])
    assert untrusting.exit_code == 1
