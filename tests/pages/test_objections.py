"""王芳 writes down what a person contests, 赵磊 has it rechecked, 罗琳 tells the person."""

import datetime as dt

import pytest
from sqlalchemy import select

from app.audit.models import AuditRow
from app.cases.models import Case, Subject
from app.delegation.answers import Answer, count_own, set_outcomes
from app.exchange.models import ExchangeRequest
from app.findings.models import Finding
from app.findings.replacing import replace_older
from app.findings.service import Fact, keep
from app.objections.models import Objection
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.scope import acting_for
from tests.pages.reporting import DEPARTMENT, ISSUER, OFFICER, answered, county, issue_all, reports
from tests.pages.stage import Browser, Stage, on_day

REVIEWER, BANK = "赵磊", "吉林榆树农村商业银行"
SAYS = "该账户已于2026年8月销户，余额已取出。"


@pytest.fixture
def stage(app, settings) -> Stage:
    """Every household reported on; the bank knows one account."""
    with on_day(20):
        stage = answered(app, settings)
        with app.app_context(), acting_for(county(stage)):
            tell(stage, 100, "regular")
        stage.work()
        issue_all(stage, stage.at_browser(ISSUER))
        yield stage


def tell(stage: Stage, fen: int, lane: str) -> None:
    """The bank's answer about 孙立军 to what it was asked, past its disc."""
    case = db.session.scalars(select(Case.id).where(Case.household_no == "WKS-003")).one()
    head = select(Subject.id).where(Subject.case_id == case, Subject.role == "applicant")
    subject, unit = db.session.scalars(head).one(), stage.world.unit(BANK).id
    asked = select(ExchangeRequest.id).where(ExchangeRequest.unit_id == unit)
    request = db.session.scalars(asked.where(ExchangeRequest.lane == lane)).one()
    fields = {"bank": BANK, "account_no": "6228000110010000417", "balance": fen}
    day = dt.date(2026, 10, 31)
    keep(
        [Fact(subject, case, 1601, county(stage), BANK, "榆交 1", day, fields)], request_id=request
    )
    set_outcomes(unit, [Answer(subject, 1601, int(Outcome.HIT))], request_id=request)
    if lane == "recheck":
        replace_older(request)
    count_own([case])


def objection(stage: Stage) -> Objection:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        return db.session.scalars(select(Objection)).one()


def act(stage: Stage, who: str, verb: str, **fields: str) -> str:
    row = objection(stage)
    page = f"/objections/{row.id}"
    browser: Browser = stage.at_browser(who)
    answer = browser.send(page, f"{page}/{verb}", **fields)
    stage.work()
    return browser.after(answer) if answer.status_code == 303 else answer.text


def test_from_the_desk_to_the_person(stage):
    officer = stage.at_browser(OFFICER)
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        finding = db.session.scalars(select(Finding)).one()
    case = finding.case_id
    form = f"/cases/{case}/objection"
    given = {"finding": str(finding.id), "words": SAYS, "said_on": "2026-11-20"}
    assert "登记异议" in officer.read(f"/cases/{case}")
    assert "请选择有异议的一条记录" in officer.send(form, form, words=SAYS).text
    shown = officer.after(officer.send(form, form, **given))
    assert SAYS in shown
    assert "孙立军" not in shown.split("<main")[1].split("有异议的记录")[1], "masked"
    row = objection(stage)
    receipt = officer.send_unasked(f"/objections/{row.id}", f"/prints/objections/{row.id}/receipt")
    assert receipt.data.startswith(b"%PDF")
    assert row.number in officer.read("/objections")

    reviewer = stage.at_browser(REVIEWER)
    assert row.number in reviewer.read("/"), "one of the things that wait"
    reviewer.send("/objections", "/objections/pursue", ids=str(row.id))
    assert "异议复核" in stage.at_browser("周建华").read("/exchange")
    assert "来源单位尚未反馈" in reviewer.read(f"/objections/{row.id}")
    with stage.app.app_context(), acting_for(county(stage)):
        tell(stage, 0, "recheck")
    assert "请重新选择" in act(
        stage, REVIEWER, "conclude", words="银行复核：账户已销户。", outcome="upheld"
    )
    act(stage, REVIEWER, "conclude", words="银行复核：账户已销户。", outcome="corrected")
    letter = reviewer.send_unasked(
        f"/objections/{row.id}", f"/prints/objections/{row.id}/to-source"
    )
    assert letter.data.startswith(b"%PDF")
    assert "银行复核" in act(
        stage, REVIEWER, "source", **{"source-words": "已函告", "source-said_on": "2026-11-20"}
    )

    assert "异议告知" in stage.at_browser(DEPARTMENT).read("/")
    told = {"words": "已电话告知", "how": "phone", "said_on": "2026-11-20"}
    assert "新版核对反馈尚未出具" in act(stage, DEPARTMENT, "tell", **told)
    issue_all(stage, stage.at_browser(ISSUER))
    versions = [r.state for r in reports(stage, "merged") if r.case_id == case]
    assert versions == ["replaced", "issued"]
    assert "已电话告知" in act(stage, DEPARTMENT, "tell", **told)

    act(stage, OFFICER, "dispute", **{"dispute-words": "仍不认可", "dispute-said_on": "2026-11-20"})
    assert "异议处理应由另一人办理" in act(stage, REVIEWER, "settle", **{"settle-words": "维持"})
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        verbs = set(db.session.scalars(select(AuditRow.verb)))
    assert {"objection.take", "objection.conclude", "print.objection_receipt"} <= verbs
