"""谭勇 inspects who looked at what; 王芳 explains an evening; a person gets the list of looks."""

import datetime as dt
import subprocess

import pytest
from sqlalchemy import insert, select

from app.audit.models import AuditRow
from app.cases.models import Case, Subject
from app.oversight.inspections.models import InspectionItem
from tenants.calendar import SHANGHAI
from tenants.database import db
from tenants.scope import acting_for
from tenants.vault import vault
from tests.pages.stage import Stage, approved, on_day

AUDITOR, OFFICER, REVIEWER, DIRECTOR = "谭勇", "王芳", "赵磊", "韩立新"
FORM = {"about": "looks", "unit": "0", "last_on": "2026-11-20", "size": "1"}
FORM |= {"purpose": "第四季度例行检查"}
WHY = "当晚受理急难申请，在窗口核对证件。"


@pytest.fixture
def stage(app, settings) -> Stage:
    """Households approved on the 4th; the trail of the month up to the 20th."""
    stage = approved(app, settings)
    with on_day(20):
        yield stage


def county(stage):
    return stage.world.agency("榆树市").id


def plant(stage, who, at, verb="subject.unmask", kind="subject", id_=0, reason="受理初审", unit=0):
    """A look of that instant: the program itself cannot set one."""
    when = dt.datetime.fromisoformat(f"2026-11-{at}").replace(tzinfo=SHANGHAI)
    row = {"verb": verb, "subject_kind": kind, "subject_id": id_, "reason": reason, "detail": {}}
    account = stage.world.person(who).account_id
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(
            insert(AuditRow).values(at=when, account_id=account, unit_id=unit, **row).inline()
        )


def people_of(stage, household="WKS-003") -> tuple[int, list[int]]:
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        case = db.session.scalars(select(Case.id).where(Case.household_no == household)).one()
        query = select(Subject.id).where(Subject.case_id == case).order_by(Subject.id)
        return case, list(db.session.scalars(query))


def number_of(stage, subject):
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        row = db.session.scalars(select(Subject).where(Subject.id == subject)).one()
        return vault().open("subject", row.id, row.sealed)["id_number"]


def items(stage) -> dict[int, InspectionItem]:
    """Items by the instant's hour and minute, for a test's own looks."""
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        rows = db.session.scalars(select(InspectionItem)).all()
        return {int(f"{row.at.astimezone(SHANGHAI):%d%H%M}"): row for row in rows}


def opened(stage, **given):
    """The page of an inspection of the month to the 20th, drawn."""
    auditor = stage.at_browser(AUDITOR)
    form = FORM | {"first_on": "2026-11-01"} | given
    answer = auditor.send("/inspections/new", "/inspections/new", **form)
    assert answer.status_code == 303, answer.text
    stage.work()
    return answer.location


def test_an_evening_is_asked_about_explained_and_reported(stage):
    case, (applicant, *others) = people_of(stage)
    officer = stage.at_browser(OFFICER)
    own = {"relation": "kin", "number": number_of(stage, others[0])}
    bad_number = own | {"number": own["number"][:-1] + "?"}
    assert officer.send("/me/recusal", "/me/recusal", **bad_number).status_code == 422
    registered = officer.after(officer.send("/me/recusal", "/me/recusal", **own))
    assert own["number"] not in registered
    assert "亲属" in registered

    plant(stage, OFFICER, "12 22:40", id_=applicant)
    plant(stage, OFFICER, "12 10:00", id_=applicant)
    plant(stage, OFFICER, "13 10:01", id_=others[0])
    plant(stage, DIRECTOR, "13 23:00", "list.export", "", 0, "")
    for minute in range(5):
        plant(stage, REVIEWER, f"16 09:0{minute}", "case.unmask", "case", case, "审核复审")
    page = opened(stage)
    auditor = stage.at_browser(AUDITOR)
    shown = auditor.read(page)
    assert "工作时间以外" in shown
    assert "亲属的信息" in shown
    assert "随机抽取" in shown
    found = items(stage)
    assert found[122240].flags == ["night"]
    assert found[131001].flags == ["kin"]
    assert len(found) == 4, "three flagged, one of the six others drawn"
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        name = vault().open(
            "subject",
            applicant,
            db.session.scalars(select(Subject.sealed).where(Subject.id == applicant)).one(),
        )["name"]
    assert name not in shown, "who inspects sees no case"

    wrong = auditor.send("/inspections/new", "/inspections/new", first_on="2026-11-21", **FORM)
    assert wrong.status_code == 422
    assert "检查期间不对" in wrong.text

    # nothing goes against somebody who was not asked
    late = found[122240]
    item = f"/inspections/items/{late.id}"
    given = {"judge-verdict": "breach", "judge-words": "没有事由"}
    refused = auditor.send(item, f"{item}/judge", **given)
    assert refused.status_code == 422
    assert "先请其说明" in refused.text
    asked = auditor.send(item, f"{item}/ask", **{"ask-words": "请说明当晚查看该户的事由。"})
    assert asked.status_code == 303, asked.text
    still = auditor.send(item, f"{item}/judge", **given)
    assert "2026-11-27" in still.text, "five working days to answer"

    # who looked answers on a page of their own; nobody else does
    mine = f"/me/looks/{late.id}"
    assert "请您说明一次查看" in officer.read("/notices")
    assert "检查中请您说明的查看（1 次）" in officer.read("/"), "one of the things that wait"
    assert "说明一次查看" in officer.read("/me/looks") or mine in officer.read("/me/looks")
    assert stage.at_browser(REVIEWER).open(mine).status_code == 404
    assert "当晚查看该户" in officer.read(mine)
    answered = officer.after(officer.send(mine, mine, words=WHY))
    assert "已说明" in answered

    # it is judged by somebody else; the director cannot judge what they did themselves
    assert WHY in auditor.read(item)
    words = {"judge-verdict": "explained", "judge-words": "与窗口登记一致"}
    auditor.after(auditor.send(item, f"{item}/judge", **words))
    director, exported = stage.at_browser(DIRECTOR), found[132300]
    assert "由其他检查人核实" in director.read(f"/inspections/items/{exported.id}")
    own_look = director.send_unasked(
        page,
        f"/inspections/items/{exported.id}/judge",
        **{"judge-verdict": "proper", "judge-words": "可以", "revision": "0"},
    )
    assert own_look.status_code == 422
    assert "您本人的操作" in own_look.text
    director.send(page, f"{page}/proper", ids=[str(exported.id), str(found[131001].id)])
    assert items(stage)[131001].verdict == "proper"
    assert items(stage)[132300].state == "picked"

    # it has an end, and a report
    early = auditor.send_unasked(page, f"{page}/conclude", conclusion="各项都正常", revision="1")
    assert "还有 2 条没有核实" in early.text, early.text[early.text.find("<main") :][:3000]
    rest = [str(row.id) for row in items(stage).values() if row.state != "judged"]
    auditor.send(page, f"{page}/proper", ids=rest)
    told = {"conclusion": "各项查看均有工作事由。", "follow_up": "提醒夜间办理写明事由。"}
    ended = auditor.after(auditor.send(page, f"{page}/conclude", **told))
    assert "已办结" in ended
    number = page.rpartition("/")[2]
    report = auditor.send(page, f"/prints/inspections/{number}")
    text = words_of(report.data)
    assert "各项查看均有工作事由" in text
    assert "说明后认可 1 条" in text
    assert WHY in text
    assert name not in text
    assert stage.at_browser(OFFICER).open(page).status_code == 403


def words_of(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().replace("\n", "").replace(" ", " ")


def test_a_person_gets_the_list_of_who_looked(stage):
    case, (applicant, *others) = people_of(stage)
    unit = stage.world.unit("五棵树镇受理窗口")
    plant(stage, OFFICER, "12 22:40", id_=applicant, reason="与纸质材料比对")
    plant(stage, OFFICER, "12 22:41", id_=others[0])
    plant(stage, REVIEWER, "14 09:00", "case.unmask", "case", case, "审核复审")
    plant(stage, REVIEWER, "16 09:00", "list.export", "", 0, "")
    searched = stage.at_browser(REVIEWER)
    searched.send("/cases", "/search", q=number_of(stage, applicant))

    clerk = stage.at_browser("孙丽")
    page = f"/cases/{case}/look-lists"
    form = {"subject": str(applicant), "asked_as": "self", "proof": "id_card"}
    form |= {"first_on": "2026-11-10", "last_on": "2026-11-20"}
    wrong = clerk.send(page, page, **form | {"first_on": "2026-11-21"})
    assert wrong.status_code == 422
    assert "期间不对" in wrong.text
    clerk.after(clerk.send(page, page, **form))
    stage.work()
    shown = clerk.forms(page)
    (download,) = [url for url in shown if url.endswith("/download")]
    text = words_of(clerk.send(page, download).data)
    assert "与纸质材料比对" in text
    assert "22:40" in text
    assert "22:41" not in text, "another person's"
    assert "审核复审" in text
    assert not {name for name in (OFFICER, REVIEWER) if name in text}, "posts, not names"
    assert "导出列表" not in text
    assert number_of(stage, applicant) not in text

    # both the request and the download are on the trail, and another desk has no such page
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        rows = db.session.execute(
            select(AuditRow.verb, AuditRow.subject_id).where(AuditRow.verb.like("look_list.%"))
        ).all()
        searches = select(AuditRow.subject_id).where(AuditRow.verb == "person.search")
        assert db.session.scalars(searches).one() > 0
    assert {("look_list.order", applicant), ("look_list.download", applicant)} <= {
        *map(tuple, rows)
    }
    assert unit.id
    assert stage.at_browser("徐晨").open(page).status_code == 404
    assert stage.at_browser(REVIEWER).open(page).status_code == 403

    # what was shared with units is inspected in the same way
    sharing = opened(stage, about="sharing", size="50")
    assert "信息共享" in stage.at_browser(AUDITOR).read(sharing)
