"""Anyone scans a report's QR code: authentic and current, replaced, or unknown; never a name."""

import pytest
from sqlalchemy import text

from tenants.database import db
from tenants.scope import acting_for
from tests.pages.reporting import DEPARTMENT, ISSUER, answered, county, issue_all, reports
from tests.pages.stage import Stage, on_day
from tests.world.builder import build_world


def test_a_late_answer_makes_a_supplementary_report_and_the_qr_code_says_so(app, settings):
    stage = answered(app, settings)
    with on_day(20):
        issuer = stage.at_browser(ISSUER)
        issue_all(stage, issuer)
        old = reports(stage, "merged")[0]
        late(stage, old.case_id)
        issue_all(stage, issuer)
        first, *_, newest = (r for r in reports(stage, "merged") if r.case_id == old.case_id)
        assert (first.state, newest.version) == ("issued", 2)
        assert (newest.supplements, first.supplemented_by) == (first.number, newest.number)

        anyone = app.test_client()
        current = anyone.get(f"/v/{newest.by_agency_id}/{newest.code}")
        assert current.status_code == 200
        assert "真实有效" in current.text
        assert newest.number in current.text
        assert f"补充 <b>{first.number}</b>" in current.text
        former = anyone.get(f"/v/{first.by_agency_id}/{first.code}").text
        assert "真实有效，其后有补充报告" in former
        assert newest.number in former
        late(stage, old.case_id)
        ids = str(old.case_id)
        issuer.send("/reports?list=issue", "/reports/issue", ids=ids)
        stage.work()
        refused = issuer.send("/reports?list=merge", "/reports/merge", ids=ids, replacing="错")
        assert "理由应为 4 至 300 个字" in refused.text
        reason = "原报告把另一户的反馈并入，应停止使用。"
        issuer.send("/reports?list=merge", "/reports/merge", ids=ids, replacing=reason)
        stage.work()
        third = [r for r in reports(stage, "merged") if r.case_id == old.case_id][-1]
        assert (third.version, third.supplements) == (3, "")
        newest = third
        replaced = anyone.get(f"/v/{first.by_agency_id}/{first.code}")
        assert "已被新版替代" in replaced.text
        assert newest.number in replaced.text
        clerk = stage.at_browser(DEPARTMENT)
        assert newest.number in clerk.read("/feedback?state=replaced")


def late(stage, case_id: int) -> None:
    """An answer that came after the report."""
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(
            text("UPDATE household_case SET own_answers = own_answers + 1 WHERE id = :id"),
            {"id": case_id},
        )


def test_the_page_names_nobody(app, settings):
    stage = answered(app, settings)
    with on_day(20):
        issue_all(stage, stage.at_browser(ISSUER))
        report = reports(stage, "merged")[0]
        page = app.test_client().get(f"/v/{report.by_agency_id}/{report.code}").text
        names = [s.name for h in stage.world.households for s in h.subjects]
        people = [person.name for person in stage.world.people.values()]
        assert "榆树市核对中心" in page
        assert not [name for name in names + people if name in page]
        stranger = app.test_client().get(f"/v/440118/{report.code}")
        assert stranger.status_code == 404, "the code counts only with the agency that issued it"


@pytest.mark.parametrize(
    "path", ["/v/220182/nothing", "/v/999999/nothing", "/v/99999999999/x", "/v/220182/%00"]
)
def test_an_unknown_code_and_an_unknown_agency_get_the_same_answer(app, path):
    client = app.test_client()
    answer = client.get(path)
    assert answer.status_code == 404
    assert "未查到" in answer.text
    assert answer.text == client.get("/v/220182/other").text


def test_the_page_is_not_for_trying_out_codes(app):
    client = app.test_client()
    answers = [client.get(f"/v/220182/guess{n}").status_code for n in range(31)]
    assert answers[:30] == [404] * 30
    assert answers[30] == 429


def test_what_the_public_may_know(app):
    """Anybody reads what is checked, by which law, with which rights, and how to reach an agency."""
    with on_day(4):
        build_world(app, settle=False)
        anyone = app.test_client()
        page = anyone.get("/info/220182")
        assert page.headers["Cache-Control"] == "public, max-age=600"
        assert "Set-Cookie" not in page.headers
        for said in (
            *(
                "吉民发〔2017〕58号 第三条",
                "不动产",
                "随时书面撤回",
                "提出异议",
                "谁看过",
                "7 个工作日",
            ),
            *("第十二条", "本月受理", "1—10 日", "尚未在此公布", "长春市"),
        ):
            assert said in page.text, said
        stage = Stage(app, app.extensions["hedui.settings"], world=build_world(app, settle=False))
        head = stage.at_browser("韩立新")
        here = {"address": "榆树市府前街 1 号", "hours": "工作日 8:30—16:30"}
        wrong = head.send("/public-contact", "/public-contact", **here, phone="没有", tip_phone="1")
        assert "请填写电话号码" in wrong.text
        assert "榆树市府前街 1 号" in wrong.text
        phones = {"phone": "0431-83600000", "tip_phone": "0431-83600001"}
        told = head.after(head.send("/public-contact", "/public-contact", **here, **phones))
        assert "已公布" in told
        read = anyone.get("/info/220182").text
        assert "榆树市府前街 1 号" in read
        assert "0431-83600001" in read
        assert "榆树市府前街" not in anyone.get("/info/220112").text, "each agency its own"
        every = anyone.get("/info")
        assert "榆树市核对中心" in every.text
        assert every.headers["Cache-Control"] == "public, max-age=600"
        assert head.open("/public-contact").headers["Cache-Control"] == "no-store"
