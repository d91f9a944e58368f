"""What waits for whom: the home page, the navigation, and the page that says something broke."""

import re

import pytest
from sqlalchemy import event, select

from app.cases.models import Case
from app.intake import service as intake
from app.web.navigation import ENTRIES
from tenants.database import db
from tests.pages.desk import at_work
from tests.pages.reporting import DEPARTMENT, ISSUER, OFFICER, answered, cases
from tests.pages.stage import BANK, Stage, approved, on_day
from tests.world.builder import build_world
from tests.world.lists import desk_list


@pytest.fixture
def stage(app, settings):
    return Stage(app, settings, build_world(app, settle=False))


def test_every_page_of_the_navigation_exists(app):
    assert [e.endpoint for e in ENTRIES if e.endpoint not in app.view_functions] == []


def marked(page):
    """The page of the navigation that is shown as open."""
    return re.findall(r'<a href="[^"]*" aria-current="page"><span>([^<]*)', page)


def test_a_page_behind_a_list_keeps_the_list_marked_and_bears_its_name(app, settings):
    stage = answered(app, settings)
    with on_day(20):
        issuer, clerk = stage.at_browser(ISSUER), stage.at_browser(DEPARTMENT)
        assert marked(issuer.read(f"/cases/{cases(stage)[0]}")) == ["全部案件"]
        listed = clerk.read("/entrustments")
        one = re.search(r'href="(/entrustments/\d+)"', listed)
        assert one is not None
        assert marked(clerk.read(one[1])) == ["我的委托"]
        for browser in (issuer, clerk):
            links = re.findall(r'<li><a href="([^"]*)"[^>]*><span>([^<]*)', browser.read("/"))
            assert len(links) > 5
            for path, title in links:
                assert f"<h1>{title}</h1>" in browser.read(path)


HOMES = [
    ("王芳", ["受理初审", "全部案件"], ["审核复审", "人员与岗位", "核对反馈"]),
    ("赵磊", ["审核复审", "向上级委托"], ["受理初审", "报告出具"]),
    ("刘洋", ["报告出具"], ["受理初审", "审核复审"]),
    ("周建华", ["数据交换", "信息共享单位"], ["全部案件", "报告出具"]),
    ("罗琳", ["提交委托", "退回补正", "核对反馈"], ["受理初审", "操作留痕"]),
    ("孙丽", ["核对名单", "上传核对名单"], ["提交委托", "核对反馈"]),
    ("潘婷", ["数据交换申请"], ["核对名单", "全部案件", "本月案件"]),
    ("程功", ["人员与岗位", "开立账号"], ["全部案件", "操作留痕"]),
    ("沙丽", ["人员与岗位", "授予、收回岗位"], ["开立账号", "操作留痕"]),
    ("谭勇", ["操作留痕"], ["人员与岗位", "全部案件"]),
]


def test_everybody_finds_their_own_desk_and_nobody_elses(stage):
    with on_day(5):
        for name, theirs, not_theirs in HOMES:
            page = stage.at_browser(name).read("/")
            body = page.split('<div class="side">')[1]
            assert [word for word in theirs if word not in body] == [], name
            assert [word for word in not_theirs if word in body] == [], name


def test_what_waits_is_grouped_and_counted(app, settings):
    stage = answered(app, settings)
    with on_day(20):
        page = stage.at_browser(ISSUER).read("/")
        households = [h for h in stage.world.households if h.desk == "五棵树镇受理窗口"]
        assert f"出具报告 <span>{len(households)}</span>" in page
        assert page.count("榆委 2026-11-000001") == 3, "one line for all, its box and its button"
        assert "还有 5 个工作日" in page
        assert "批量出具报告" in stage.at_browser(ISSUER).read("/?kind=issue")
        operator = stage.at_browser("周建华").read("/")
        assert "制作交换包" in operator
        assert BANK in operator
        sealer = stage.at_browser("赵磊").read("/")
        assert "向长春市核对中心委托" in sealer


def test_a_line_is_worked_off_where_it_stands(app, settings):
    """刘洋 ticks the line and issues; 周建华, who holds no such desk, gets nowhere with it."""
    stage = answered(app, settings)
    with on_day(20):
        issuer, operator = stage.at_browser(ISSUER), stage.at_browser("周建华")
        values = re.findall(r'name="ids" value="(issue:[^"]+)"', issuer.read("/"))
        assert len(values) == 1
        refused = operator.send_unasked("/", "/work", ids=values, work="issue")
        assert refused.status_code == 403
        for wrong in ("issue:7", "issue:x:y", "review:7:7"):
            answer = issuer.send_unasked("/", "/work", ids=wrong, work="issue")
            assert answer.status_code == 422, wrong
        done = issuer.after(issuer.send("/", "/work", ids=values, work="issue"))
        households = [h for h in stage.world.households if h.desk == "五棵树镇受理窗口"]
        assert f"已办理 {len(households)} 项" in done
        assert "issue:" not in done


def test_a_request_made_by_oneself_waits_for_a_colleague(app, settings):
    stage = approved(app, settings)
    with on_day(12):
        first, second = stage.at_browser("周建华"), stage.at_browser("吴晓东")
        request_id = stage.request_to(BANK)
        revision = first.forms(f"/exchange/{request_id}")[f"/exchange/{request_id}/make"]
        made = first.client.post(f"/exchange/{request_id}/make", data=revision)
        assert made.status_code == 303, made.text
        stage.work()
        assert "确认交换包" not in first.read("/")
        assert "确认交换包" in second.read("/")


def test_the_numbers_are_one_statement_however_many_there_are(app, settings):
    stage = answered(app, settings)
    with on_day(20):
        browser = stage.at_browser(ISSUER)
        assert _counting(app, browser, "/delegation/coverage") == 1
        assert _counting(app, browser, "/") == 1


def _counting(app, browser, path):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if "AS own_block" in statement:
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        browser.read(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_page_about_a_broken_database_needs_no_database(stage, monkeypatch, caplog):
    with on_day(5):
        browser = stage.at_browser(OFFICER)

        def broken(*_args, **_values):
            raise ConnectionError("the database is gone")

        monkeypatch.setattr("app.web.home.work", broken)
        monkeypatch.setattr("app.web.surroundings.shell_for", broken)
        answer = browser.open("/")
        assert answer.status_code == 500
        assert "系统出现故障" in answer.text
        reference = re.search(r"记录编号 ([\w-]+)", answer.text)
        assert reference is not None
        assert reference[1] in caplog.text, "the log has the fault under the number shown"
        monkeypatch.setattr("app.accounts.sign_in.acting_for", broken)
        answer = browser.open("/")
        assert answer.status_code == 500
        assert "系统出现故障" in answer.text


def test_what_was_written_down_after_the_window_is_counted_until_it_is_handed_in(stage):
    """After the 10th a household carries the next month; it waits for the department all the same."""
    with on_day(12):
        clerk = stage.world.actor("徐晨")
        with stage.app.app_context(), at_work(stage.world, "徐晨"):
            name, data = desk_list("弓棚镇受理窗口")
            intake.upload_list(data, name, clerk)
        with stage.app.app_context(), at_work(stage.world, "王芳"):
            found = list(db.session.scalars(select(Case.period).where(Case.state == "prepared")))
        assert set(found) == {202612}
        home = stage.at_browser("罗琳").read("/")
        assert re.search(rf"待提交\D*{len(found)}\D", home.partition("本月案件")[2])
        assert f"共 {len(found)} 户" in home
        assert "待提交" not in stage.at_browser("王芳").read("/").partition("本月案件")[2]
