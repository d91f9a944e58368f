"""程功 opens accounts, 沙丽 gives roles, 谭勇 reads the trail, everybody keeps their own password."""

import pytest
from sqlalchemy import create_engine, text

from app.audit.service import seal_trail
from tenants.scope import acting_for
from tests.pages.stage import TOKEN, Stage, on_day
from tests.world.builder import build_world

SYSTEM, SECURITY, AUDIT = "程功", "沙丽", "谭勇"
COUNTY = 220182
NEW = {"place": "0", "name": "韩雪", "login": "hanxue", "password": "a long first password"}


@pytest.fixture
def stage(app, settings):
    with on_day(5):
        yield Stage(app, settings, build_world(app, settle=False))


def signs_in(app, login, password):
    client = app.test_client()
    token = TOKEN.search(client.get("/sign-in").text)
    assert token
    fields = {"csrf_token": token[1], "agency": COUNTY, "login": login, "password": password}
    answer = client.post("/sign-in", data=fields)
    return client if answer.status_code == 302 else None


def opened(stage):
    """韩雪's account, just opened; its page."""
    browser = stage.at_browser(SYSTEM)
    answer = browser.send("/people/open", "/people/open", **NEW)
    assert "已开立账号" in browser.after(answer)
    return answer.location


def test_an_account_is_opened_by_one_and_gets_its_role_from_another(stage):
    page = opened(stage)
    newcomer = signs_in(stage.app, "hanxue", NEW["password"])
    assert "尚未授予岗位" in newcomer.get("/").text
    security = stage.at_browser(SECURITY)
    told = security.after(security.send(page, f"{page}/roles/give", role="reviewer"))
    assert "审核复审" in told
    assert "审核复审" in newcomer.get("/").text
    assert newcomer.get("/review").status_code == 200


def test_the_system_administrator_gives_no_roles_and_the_security_administrator_opens_nothing(
    stage,
):
    page = opened(stage)
    system, security = stage.at_browser(SYSTEM), stage.at_browser(SECURITY)
    refused = system.send_unasked(page, f"{page}/roles/give", role="reviewer")
    assert refused.status_code == 403
    assert security.open("/people/open").status_code == 403
    assert security.send_unasked("/people", f"{page}/disable").status_code == 403


def test_three_administrators_stay_apart(stage):
    security = stage.at_browser(SECURITY)
    officer = f"/people/{stage.world.person('王芳').account_id}"
    refused = security.send(officer, f"{officer}/roles/give", role="audit_administrator")
    assert refused.status_code == 422
    assert "不得互相兼任" in refused.text
    allowed = security.send(officer, f"{officer}/roles/give", role="exchange_operator")
    assert allowed.status_code == 303


def test_nobody_gives_themselves_a_role(stage):
    own = f"/people/{stage.world.person(SECURITY).account_id}"
    security = stage.at_browser(SECURITY)
    assert f"{own}/roles/give" not in security.forms(own)
    refused = security.send_unasked(own, f"{own}/roles/give", role="system_administrator")
    assert refused.status_code == 422
    assert "不能对本人的账号" in refused.text


def test_a_liaison_cannot_become_a_reviewer(stage):
    liaison = f"/people/{stage.world.person('潘婷').account_id}"
    security = stage.at_browser(SECURITY)
    refused = security.send_unasked(liaison, f"{liaison}/roles/give", role="reviewer")
    assert refused.status_code == 422
    assert "不能担任此岗位" in refused.text


def test_a_disabled_account_is_out_at_once_and_can_come_back(stage):
    officer = stage.at_browser("王芳")
    page = f"/people/{stage.world.person('王芳').account_id}"
    system = stage.at_browser(SYSTEM)
    assert officer.open("/").status_code == 200
    system.send(page, f"{page}/disable")
    assert officer.open("/").status_code == 302
    assert signs_in(stage.app, "wangfang", stage.world.password) is None
    system.send(page, f"{page}/enable")
    assert signs_in(stage.app, "wangfang", stage.world.password)


def test_a_role_taken_back_is_gone_at_once(stage):
    page = f"/people/{stage.world.person('赵磊').account_id}"
    reviewer, security = stage.at_browser("赵磊"), stage.at_browser(SECURITY)
    assert reviewer.open("/review").status_code == 200
    security.send(page, f"{page}/roles/end", role="reviewer")
    assert reviewer.open("/review").status_code == 403


MISTAKES = [
    ({"login": "wangfang"}, "已被使用"),
    ({"login": "韩雪"}, "小写字母"),
    ({"password": "short"}, "12"),
    ({"name": ""}, "请输入姓名"),
]


def test_a_mistake_in_a_new_account_is_shown_and_nothing_is_lost(stage):
    browser = stage.at_browser(SYSTEM)
    for wrong, told in MISTAKES:
        answer = browser.send("/people/open", "/people/open", **(NEW | wrong))
        assert answer.status_code == 422
        assert told in answer.text
        assert (NEW | wrong)["login"] in answer.text


def test_another_agencys_person_is_the_same_404_as_nobody(stage):
    stranger = stage.world.person("王处长")
    system = stage.at_browser(SYSTEM)
    foreign = system.open(f"/people/{stranger.account_id}")
    missing = system.open("/people/1")
    assert foreign.status_code == missing.status_code == 404
    assert TOKEN.sub("", foreign.text) == TOKEN.sub("", missing.text)
    own = stage.world.person("王芳").account_id
    assert system.open(f"/people/{own}").status_code == 200


def test_everybody_changes_their_own_password_with_the_old_one(stage):
    for name in ("王芳", "罗琳", "孙丽", "潘婷"):
        person, old, new = stage.world.person(name), stage.world.password, "a new and long password"
        here, elsewhere = stage.at_browser(name), stage.at_browser(name)
        wrong = here.send("/me", "/me/password", old="not the old one", new=new, again=new)
        assert wrong.status_code == 422
        assert "现用密码不正确" in wrong.text
        different = here.send("/me", "/me/password", old=old, new=new, again="another password")
        assert "不一致" in different.text
        told = here.send("/me", "/me/password", old=old, new=new, again=new)
        assert "密码已更改" in here.after(told)
        assert elsewhere.open("/").status_code == 302, "other sessions end"
        assert signs_in(stage.app, person.login, new), name
        assert signs_in(stage.app, person.login, old) is None, name


def test_the_trail_is_read_by_the_audit_administrator_only_and_shows_what_was_altered(stage):
    opened(stage)
    with stage.app.app_context(), acting_for(COUNTY):
        seal_trail()
    audit = stage.at_browser(AUDIT)
    page = audit.read("/audit")
    assert "开立账号" in page
    who = stage.world.person(SYSTEM).account_id
    assert "<td>沙丽</td>" not in audit.read(f"/audit?person={who}")
    assert "没有符合条件的记录" in audit.read("/audit?verb=report.download")
    assert "没有符合条件的记录" in audit.read("/audit?since=2999-01-01")
    assert "链条完整" in audit.send("/audit", "/audit/verify").text
    for name in (SYSTEM, SECURITY, "王芳", "罗琳"):
        assert stage.at_browser(name).open("/audit").status_code == 403


def test_an_altered_row_breaks_the_chain(stage, database):
    opened(stage)
    with stage.app.app_context(), acting_for(COUNTY):
        seal_trail()
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("ALTER TABLE audit NO FORCE ROW LEVEL SECURITY"))
        connection.execute(text("UPDATE audit SET reason = 'x' WHERE verb = 'person.open'"))
        connection.execute(text("ALTER TABLE audit FORCE ROW LEVEL SECURITY"))
    owner.dispose()
    answer = stage.at_browser(AUDIT).send("/audit", "/audit/verify")
    assert "与记录不符" in answer.text
