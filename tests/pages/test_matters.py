"""孙立军's household is heard before anything goes against it, and named people sign."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.accounts.actor import Standing
from app.accounts.permissions import permissions_of
from app.audit.models import AuditRow
from app.cases.models import Case, Subject
from app.delegation.answers import Answer, count_own, set_outcomes
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding
from app.findings.service import Fact, keep
from app.matters.excluding import Proposal
from app.matters.messages import Fault
from app.matters.models import Exclusion, Explanation, Matter
from app.matters.service import exclude, sign_off
from app.papers.models import Paper
from app.report.issuing import issue_own
from app.report.paper.verifying import verify_report
from tenants import files
from tenants.catalogue.outcomes import Outcome
from tenants.database import db, take_ids
from tenants.scope import acting_for
from tenants.vault import vault
from tests.pages.reporting import ISSUER, OFFICER, answered, cases, county, reports
from tests.pages.stage import Browser, Stage, on_day
from tests.usecases.test_month import words_of
from tests.world.papers import authorisation

REVIEWER, DEPARTMENT, DESK_CLERK = "赵磊", "罗琳", "孙丽"
SAYS = "邮储银行的存款中有3000元是替母亲代存的。"


BANKS = {"吉林榆树农村商业银行": 23_500_50, "中国邮政储蓄银行榆树市支行": 18_000_00}


@pytest.fixture
def stage(app, settings) -> Stage:
    """Every question answered on the 20th; two banks know more of 孙立军 than he declared."""
    with on_day(20):
        stage = answered(app, settings)
        with app.app_context(), acting_for(county(stage)):
            for bank, fen in BANKS.items():
                tell(stage, bank, fen)
        stage.work()
        yield stage


def tell(stage: Stage, bank: str, fen: int) -> None:
    """A bank's answer about 孙立军, past its disc."""
    case = db.session.scalars(select(Case.id).where(Case.household_no == "WKS-003")).one()
    head = select(Subject.id).where(Subject.case_id == case, Subject.role == "applicant")
    subject = db.session.scalars(head).one()
    unit = stage.world.unit(bank).id
    request = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == unit)
    fields = {"bank": bank, "account_no": "6228000110010000417", "balance": fen}
    day = dt.date(2026, 10, 31)
    fact = Fact(subject, case, 1601, county(stage), bank, "榆交 1", day, fields)
    keep([fact], request_id=db.session.scalars(request).one())
    set_outcomes(unit, [Answer(subject, 1601, int(Outcome.HIT))])
    count_own([case])


def matter(stage: Stage) -> Matter:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        return db.session.scalars(select(Matter)).one()


def explain(stage: Stage, who: str = DEPARTMENT, **fields: Any) -> str:
    """The department writes down what the household said."""
    page = f"/matters/{matter(stage).id}"
    given = {"words": SAYS, "told_on": "2026-11-20"} | fields
    browser = stage.at_browser(who)
    answer = browser.send(page, f"{page}/explain", **given)
    return browser.after(answer) if answer.status_code == 303 else answer.text


def sign(browser: Browser, stage: Stage) -> str:
    here = f"{matter(stage).id}"
    return browser.after(browser.send(f"/matters/{here}", "/matters/sign", ids=here))


def merge(stage: Stage) -> str:
    issuer = stage.at_browser(ISSUER)
    ids = [str(id_) for id_ in cases(stage)]
    issuer.send_unasked("/reports", "/reports/issue", ids=ids)
    stage.work()
    told = issuer.after(issuer.send_unasked("/reports", "/reports/merge", ids=ids))
    stage.work()
    return told


WRONG = (
    ({"words": ""}, "请填写家庭的说明"),
    ({"words": "无"}, "说明应为 4 至 500 个字"),
    ({"told_on": "2026-11-21"}, "说明日期不能晚于今天（2026-11-20）"),
    ({"told_on": "2026-11-19"}, "说明日期不能早于提出待说明的日期（2026-11-20）"),
    ({"told_on": "昨天"}, "说明日期"),
)


def _newest_merged(stage: Stage) -> str:
    here = matter(stage).case_id
    newest = [row for row in reports(stage, "merged") if row.case_id == here][-1]
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        pdf = files.read(newest.file_id, "report").data
    assert verify_report(pdf, [], production=False).intact
    return words_of(pdf)


def test_a_household_is_heard_signed_off_and_only_then_reported(stage: Stage) -> None:
    assert "跳过 1 项：有待说明或待签认的事项" in merge(stage)
    assert len(reports(stage, "merged")) == len(cases(stage)) - 1
    assert "有待说明或待签认的事项" in stage.at_browser(ISSUER).read("/reports?list=waiting")
    for who in (DEPARTMENT, DESK_CLERK):
        assert "有 1 户的查得情况需要家庭说明" in stage.at_browser(who).read("/notices"), who
    assert "需要家庭说明" not in stage.at_browser("徐晨").read("/notices"), "another window"
    seen = stage.at_browser(DEPARTMENT).read("/explanations")
    assert "申报 20,000.00 元，查得 41,500.50 元；比申报多 21,500.50 元" in seen
    assert "待家庭说明" in stage.at_browser(DEPARTMENT).read("/")
    for fields, told in WRONG:
        assert told in explain(stage, **fields)
        assert matter(stage).state == "open", "nothing is written"
    assert SAYS in explain(stage)
    _leave_out(stage)
    reviewer = stage.at_browser(REVIEWER)
    assert SAYS in reviewer.read("/matters")
    assert "已签认" in sign(reviewer, stage)
    assert "已办理 1 项" in merge(stage)
    said = _newest_merged(stage)
    assert f"2026-11-20说明：{SAYS}（罗琳记录）" in said
    assert "赵磊2026-11-20签认：已说明，供委托单位核实" in said
    assert "41,500.50元不计入后38,500.50元" in said
    assert "事由：他人代存（书面说明），王芳2026-11-20提出，赵磊2026-11-20签认" in said
    page = stage.at_browser(ISSUER).read(f"/cases/{matter(stage).case_id}")
    assert SAYS in page
    page = stage.at_browser(ISSUER).read(f"/cases/{matter(stage).case_id}/comparison")
    assert "不计入后 38,500.50 元" in page
    assert "孙立军·存款 41,500.50 元（截至 2026-10-31）" in page


def _leave_out(stage: Stage) -> None:
    """王芳 prepares that 3,000 元 do not count; she cannot sign it herself, 赵磊 can."""
    page, officer = f"/matters/{matter(stage).id}", stage.at_browser(OFFICER)
    finding = officer.read(page).split('name="finding" value="')[2].split('"')[0]
    given = {"finding": finding, "ground": "held_for_others", "note": "书面说明", "amount": "3000"}
    refused = officer.send(page, f"{page}/exclude", **given | {"amount": "18000.01"})
    assert refused.status_code == 422
    assert "不超过该条记录" in refused.text
    officer.after(officer.send(page, f"{page}/exclude", **given))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        row = db.session.scalars(select(Exclusion)).one()
    signing = f"/exclusions/{row.id}/sign"
    assert officer.send_unasked(page, signing, revision="0").status_code == 403
    reviewer = stage.at_browser(REVIEWER)
    assert "有不计入的申请尚未签认" in sign(reviewer, stage)
    assert "已签认不计入" in reviewer.after(reviewer.send(page, signing))


def test_after_one_matter_the_next_is_a_key_away(stage: Stage) -> None:
    """罗琳 explains one matter and goes on to the other; after the last there is none to go to."""
    first = matter(stage)
    with stage.app.app_context(), acting_for(county(stage)):
        (id_,) = take_ids(1)
        content = vault().open("matter", first.id, first.sealed)
        other = {c.name: getattr(first, c.name) for c in Matter.__table__.columns}
        other |= {"id": id_, "topic": "monthly_income"}
        other["sealed"] = vault().seal("matter", id_, content)
        db.session.execute(insert(Matter).values(other))
    browser = stage.at_browser(DEPARTMENT)
    given = {"words": SAYS, "told_on": "2026-11-20"}
    page, other_page = f"/matters/{first.id}", f"/matters/{id_}"
    offered = f'rel="next" aria-keyshortcuts="N" href="{other_page}"'
    assert offered in browser.after(browser.send(page, f"{page}/explain", **given))
    last = browser.after(browser.send(other_page, f"{other_page}/explain", **given))
    assert 'rel="next"' not in last


def test_only_what_a_matter_rests_on_is_left_out(stage: Stage) -> None:
    """A finding about another thing cannot be excluded by way of this matter."""
    with stage.app.app_context(), acting_for(county(stage)):
        one = db.session.scalars(select(Matter)).one()
        held = vault().open("matter", one.id, one.sealed)["findings"]
        other = db.session.scalars(select(Finding.id).where(Finding.id.not_in(held))).first()
        officer = stage.world.actor(OFFICER)
        for finding in (other, 1):
            with pytest.raises(Fault, match="不属于这一事项"):
                exclude(one.id, Proposal(finding, "held_for_others", None, "书面说明"), officer)
        assert exclude(one.id, Proposal(held[0], "held_for_others", None, "书面"), officer).done


def test_what_the_household_signed_is_scanned_with_its_explanation(stage: Stage) -> None:
    """The window and the agency see the sheet, each with a trace; what is no picture is refused."""
    here, case_id = f"/matters/{matter(stage).id}", matter(stage).case_id
    letter = io.BytesIO(b"MZ not a picture"), "说明.jpg"
    assert "第 1 个文件" in explain(stage, scans=letter)
    assert matter(stage).state == "open", "nothing is written"
    signed = io.BytesIO(authorisation("孙立军", "2026-11-20")), "说明.jpg"
    assert "扫描件 1 张" in explain(stage, scans=signed)
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        sheet = db.session.scalars(select(Paper).where(Paper.origin_id > 0)).one()
        stored = files.read(sheet.file_id, "paper")
        said = db.session.scalars(select(Explanation.id)).one()
        added = select(AuditRow).where(AuditRow.verb == "paper.add")
        assert db.session.scalars(added.where(AuditRow.subject_id == case_id)).all()
    assert (sheet.kind, sheet.origin_id, sheet.case_id) == ("explanation", said, case_id)
    assert stored.data.startswith(b"\xff\xd8")
    page, picture = f"/papers/cases/{case_id}", f"/papers/{sheet.id}/picture"
    for who, fields in ((DEPARTMENT, {}), (REVIEWER, {"reason": "核对家庭说明"})):
        browser = stage.at_browser(who)
        assert "扫描件 1 张" in browser.read(here)
        assert browser.open(picture).status_code == 303, "not before it is opened, with a trace"
        browser.after(browser.send(page, f"{page}/look", **fields))
        assert browser.open(picture).mimetype == "image/jpeg"
        assert browser.open(f"/papers/{sheet.id}").status_code in (303, 403)
    remove = f"/papers/{sheet.id}/remove"
    assert stage.at_browser(DEPARTMENT).send_unasked(here, remove).status_code == 404
    assert stage.at_browser("徐晨").open(picture).status_code == 404


def test_nobody_signs_their_own_work_nor_before_the_date(stage: Stage) -> None:
    """赵磊 wrote the household's words down, so 刘洋 signs; what is new is to be explained anew."""
    reviewer, issuer = stage.at_browser(REVIEWER), stage.at_browser(ISSUER)
    assert "尚在说明期限内" in sign(reviewer, stage)
    explain(stage, REVIEWER)
    assert "签认人不能是登记说明或提出不计入的人" in sign(reviewer, stage)
    page = f"/matters/{matter(stage).id}"
    finding = reviewer.read(page).split('name="finding" value="')[2].split('"')[0]
    given = {"finding": finding, "ground": "held_for_others", "note": "书面说明", "amount": "3000"}
    reviewer.after(reviewer.send(page, f"{page}/exclude", **given))
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        own = db.session.scalars(select(Exclusion)).one()
    for act, fields in (("sign", {}), ("turn-down", {"reason": "不成立"})):
        answer = reviewer.send_unasked(page, f"/exclusions/{own.id}/{act}", revision="0", **fields)
        assert "签认人不能是登记说明或提出不计入的人" in reviewer.after(answer)
    turning = f"/exclusions/{own.id}/turn-down"
    told = issuer.after(issuer.send_unasked(page, turning, revision="0", reason="没有证明"))
    assert "没有证明" in told
    assert "已签认" in sign(issuer, stage)
    assert stage.at_browser(DEPARTMENT).open("/matters").status_code == 403
    assert reviewer.open("/explanations").status_code == 403
    with on_day(26):
        with stage.app.app_context(), acting_for(county(stage)):
            tell(stage, next(iter(BANKS)), 7_000_00)
        stage.work()
        again = matter(stage)
        assert (again.state, again.signer_name, again.due_on) == ("open", "", dt.date(2026, 11, 30))
    with on_day(30):
        assert "尚在说明期限内" in sign(issuer, stage)


def test_who_signs_and_issues_in_anothers_stead_says_so(stage: Stage) -> None:
    """吴晓东 stands in for 赵磊 and 刘洋: the signature and the lanes name both of each pair."""
    explain(stage)
    one = matter(stage)
    stead = {"reviewer": REVIEWER, "report_issuer": ISSUER}
    with stage.app.app_context(), acting_for(county(stage)):
        standing = tuple(Standing(1, name, role) for role, name in stead.items())
        who = replace(
            stage.world.actor("吴晓东"),
            roles=frozenset(stead),
            permissions=permissions_of(stead),
            standing=standing,
        )
        assert sign_off([one.id], who).done
        done = issue_own(cases(stage), who).done
    stage.work()
    assert matter(stage).signer_name == f"吴晓东（代 {REVIEWER}）"
    issued = [row for row in reports(stage, "own") if row.case_id in done]
    assert {row.issuer_name for row in issued} == {f"吴晓东（代 {ISSUER}）"}
    assert f"（代 {ISSUER}）" in stage.at_browser(ISSUER).read(f"/cases/{issued[0].case_id}")
