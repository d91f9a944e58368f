"""永吉县 agrees that 吉林市's 戴维华 serves as its security administrator, and takes it back."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from app.accounts.models import Account, AccountRole
from app.people.hosting import host_administrator
from app.people.rules import Period
from tenants.database import db
from tenants.messages import Fault
from tenants.scope import acting_for
from tests.pages.desk import Desk, at_work
from tests.pages.stage import TOKEN, on_day
from tests.world.builder import build_world

COUNTY, CITY = 220221, 220200
PASSWORD = "a password of the county"
SECURITY = "文静"
WORDS = ["host-administrator", str(COUNTY), str(CITY), "daiweihua", "tuoguan-dai"]
OPTIONS = {"role": "security_administrator", "consent": "永民函〔2026〕3号", "until": "2026-12-31"}


@pytest.fixture
def world(app):
    return build_world(app, settle=False)


def hosted(app, words=None, **other):
    options = OPTIONS | {"consented-on": "2026-11-02", "password": PASSWORD} | other
    given = [f"--{name}={value}" for name, value in options.items()]
    return app.test_cli_runner().invoke(args=[*(words or WORDS), *given])


def signed_in(app, login="tuoguan-dai"):
    client = app.test_client()
    token = TOKEN.search(client.get("/sign-in").text)
    assert token
    fields = {"agency": COUNTY, "login": login, "password": PASSWORD}
    answer = client.post("/sign-in", data={"csrf_token": token[1], **fields})
    return client if answer.status_code == 302 else None


def test_a_hosted_administrator_serves_the_county_and_sees_no_case(app, world):
    with on_day(3):
        said = hosted(app)
        assert said.exit_code == 0, said.output
        client = signed_in(app)
        assert "永吉县核对中心" in client.get("/people").text
        for path in ("/cases", "/intake", "/board", "/audit", "/exchange"):
            assert client.get(path).status_code == 403, path
        page = Desk(app, world, SECURITY).read("/people/hosting")
        assert "吉林市核对中心" in page
        assert "戴维华 tuoguan-dai 安全管理" in page
        assert "永民函〔2026〕3号" in page


def test_the_county_ends_it_at_once_and_the_city_by_closing_its_own(app, world):
    with on_day(3):
        hosted(app)
        client = signed_in(app)
        with app.app_context(), acting_for(CITY):
            own = db.session.scalars(select(Account).where(Account.login == "daiweihua")).one()
            own.is_active = False
        assert client.get("/people").status_code == 302, "the city keeps the person no longer"
        assert signed_in(app) is None
        with app.app_context(), acting_for(CITY):
            own = db.session.scalars(select(Account).where(Account.login == "daiweihua")).one()
            own.is_active = True
        assert client.get("/people").status_code == 200
        security = Desk(app, world, SECURITY)
        ends = re.search(r'action="(/people/hosting/\d+/end)"', security.source("/people/hosting"))
        assert ends
        assert "已终止 2026-11-03" in security.act(ends[1])
        assert client.get("/people").status_code == 302
        assert signed_in(app) is None
        assert Desk(app, world, "戴维华").client.get("/people").status_code == 200, "at home"


def test_no_business_role_whatever_was_written(app, world):
    with on_day(3):
        hosted(app)
        with app.app_context(), at_work(world, SECURITY):
            who = db.session.scalar(select(Account.id).where(Account.login == "tuoguan-dai"))
        security = Desk(app, world, SECURITY)
        for role in ("director", "reviewer"):
            refused = security.send(f"/people/{who}/roles/give", role=role)
            assert refused.status_code == 422
            assert "托管人员只能担任" in refused.get_data(as_text=True)
        security.act(f"/people/{who}/roles/end", role="security_administrator")
        with app.app_context(), at_work(world, SECURITY):
            first = db.session.scalar(select(AccountRole.valid_from).limit(1))
            db.session.add(AccountRole(account_id=who, role="reviewer", valid_from=first))
        assert signed_in(app).get("/review").status_code == 403


REFUSED = [
    ([*WORDS[:2], "220100", "duanhong", "x-1"], {}, "直接上级"),
    ([*WORDS[:3], "nobody", "x-1"], {}, "没有用户名为“nobody”"),
    ([*WORDS[:4], "shizhan"], {}, "已被使用"),
    (WORDS, {"password": "short"}, "密码至少"),
]


def test_what_nobody_agreed_to_is_refused(app, world):
    assert world
    with on_day(3):
        for words, other, told in REFUSED:
            said = hosted(app, words, **other)
            assert said.exit_code != 0
            assert told in said.output, said.output
        with app.app_context(), acting_for(CITY):
            left = db.session.scalars(select(Account).where(Account.login == "daiweihua")).one()
            left.is_active = False
        assert "没有用户名为“daiweihua”的启用账号" in hosted(app).output
        with app.app_context(), pytest.raises(Fault, match="托管人员只能担任"):
            host_administrator(
                *(COUNTY, CITY, "daiweihua"),
                login="x-1",
                password=PASSWORD,
                role="reviewer",
                consent=("永民函〔2026〕3号", dt.date(2026, 11, 2)),
                during=Period(dt.date(2026, 11, 3)),
            )
        assert hosted(app, role="reviewer").exit_code != 0
        with app.app_context(), acting_for(COUNTY, read_only=True):
            assert (
                db.session.scalar(select(Account).where(Account.hosted_by_agency_id != 0)) is None
            )
