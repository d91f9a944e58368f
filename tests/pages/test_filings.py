"""榆树市 and its bank file their people with each other; a change has its day (操作规程 五(三))."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.filing_models import Filing
from app.accounts.service import open_account
from app.exchange.models import Reply
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, TOKEN, Browser, Stage, approved, on_day

MAKER, SECOND, LIAISON = "周建华", "吴晓东", "潘婷"
NEWCOMER, PASSWORD = "何静", "correct horse 1"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def page(stage: Stage) -> str:
    return f"/sharing/{stage.world.unit(BANK).id}"


def county(stage: Stage) -> int:
    return stage.world.agency("榆树市").id


def filing_of(stage: Stage, name: str) -> int:
    """The running filing of somebody with the bank."""
    with stage.app.app_context(), acting_for(county(stage), read_only=True):
        query = select(Filing.id).where(
            Filing.unit_id == stage.world.unit(BANK).id, Filing.name == name
        )
        return db.session.scalars(query.order_by(Filing.id.desc())).first() or 0


def newcomer(stage: Stage) -> int:
    """A second liaison of the bank, whom nobody has filed yet."""
    with stage.app.app_context(), acting_for(county(stage), "registrar"):
        return open_account(
            "hejing",
            NEWCOMER,
            PASSWORD,
            ["liaison"],
            kind="liaison",
            unit_id=stage.world.unit(BANK).id,
            desk_id=0,
            valid_from=dt.date(2026, 11, 1),
        )


def sign_in(stage: Stage, login: str, password: str) -> str:
    """Empty when it opens, else what the page says."""
    browser = Browser(stage.app.test_client())
    token = TOKEN.search(browser.read("/sign-in"))
    assert token
    fields = {"csrf_token": token[1], "agency": county(stage), "login": login}
    answer = browser.client.post("/sign-in", data=fields | {"password": password})
    return "" if answer.status_code == 302 else answer.text


def ended(stage: Stage, name: str) -> None:
    """Somebody was filed until yesterday."""
    with stage.app.app_context(), acting_for(county(stage)):
        db.session.execute(
            update(Filing)
            .where(Filing.unit_id == stage.world.unit(BANK).id, Filing.name == name)
            .values(valid_to=dt.date(2026, 11, 11))
        )


def test_an_operator_who_is_not_filed_neither_makes_nor_confirms_nor_accepts(stage: Stage) -> None:
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    here = f"/exchange/{stage.request_to(BANK)}"
    ended(stage, MAKER)
    assert "您还没有向该信息共享单位备案" in zhou.after(zhou.send(here, f"{here}/make"))
    wu.after(wu.send(here, f"{here}/make"))
    stage.work()
    assert "您还没有向该信息共享单位备案" in zhou.after(zhou.send(here, f"{here}/confirm"))
    with stage.app.app_context(), acting_for(county(stage)):
        reply = Reply(
            state="checked",
            unit_id=stage.world.unit(BANK).id,
            request_id=stage.request_to(BANK),
            part=1,
            file_id=1,
            received_by=1,
            received_on=dt.date(2026, 11, 12),
            received_at=dt.datetime.now(dt.UTC),
        )
        db.session.add(reply)
        db.session.flush()
        reply_id = reply.id
    there = f"/exchange/replies/{reply_id}"
    assert "您还没有向该信息共享单位备案" in zhou.after(zhou.send(there, f"{there}/accept"))
    assert "已办理 1" in wu.after(wu.send(there, f"{there}/accept"))


def test_one_operator_files_and_another_confirms_never_oneself(stage: Stage) -> None:
    ended(stage, MAKER)
    zhou, wu, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    form = f"{here}/filings/new"
    person = f"agency:{stage.world.person(MAKER).actor.account_id}"
    typed = {"person": person, "valid_from": "2026-11-12", "replaces": "0"}
    typed |= {"letter_number": "榆核备〔2026〕5号", "name": ""}
    past = zhou.send(form, form, **typed | {"valid_from": "2026-11-11"})
    assert "备案应当提前" in past.text
    zhou.after(zhou.send(form, form, **typed))
    confirm = f"/sharing/filings/{filing_of(stage, MAKER)}/confirm"
    assert confirm not in zhou.forms(here)
    alone = zhou.send_unasked(here, confirm)
    assert "另一名交换员确认" in alone.text
    wu.after(wu.send(here, confirm))
    request = f"/exchange/{stage.request_to(BANK)}"
    assert "待确认" in zhou.after(zhou.send(request, f"{request}/make"))


def test_the_old_login_ends_on_the_day_the_new_one_begins(stage: Stage) -> None:
    account_id = newcomer(stage)
    assert "不在备案的联络员之列" in sign_in(stage, "hejing", PASSWORD)
    assert "不正确" in sign_in(stage, "hejing", "wrong horse 22")
    zhou, wu, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    old = stage.at_browser(LIAISON)
    form = f"{here}/filings/new"
    zhou.after(
        zhou.send(
            form,
            form,
            person=f"unit:{account_id}",
            valid_from="2026-11-16",
            replaces=str(filing_of(stage, LIAISON)),
            letter_number="无文号",
        )
    )
    wu.after(wu.send(here, f"/sharing/filings/{filing_of(stage, NEWCOMER)}/confirm"))
    assert re.search(r"何静.*?未到起始日", wu.read(here), re.S)
    person = stage.world.person(LIAISON)
    with on_day(15):
        assert sign_in(stage, "hejing", PASSWORD)
        assert old.open("/my-requests").status_code != 302
        assert sign_in(stage, person.login, stage.world.password) == ""
    with on_day(16):
        assert sign_in(stage, "hejing", PASSWORD) == ""
        assert old.open("/my-requests").status_code == 302, "the open session ends as well"
        assert "不在备案" in sign_in(stage, person.login, stage.world.password)


def test_somebody_without_a_login_is_filed_by_name_and_a_filing_ends(stage: Stage) -> None:
    zhou, wu, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    form = f"{here}/filings/new"
    typed = {"person": "unit:0", "valid_from": "2026-11-12", "replaces": "0"}
    typed |= {"letter_number": "无文号", "name": ""}
    nameless = zhou.send(form, form, **typed)
    assert "请填写姓名" in nameless.text
    assert "无账号" in zhou.after(zhou.send(form, form, **typed | {"name": "冯立"}))
    filing = filing_of(stage, "冯立")
    wu.after(wu.send(here, f"/sharing/filings/{filing}/confirm"))
    end = f"/sharing/filings/{filing}/end"
    wu.after(wu.send(end, end, on="2026-11-12", reason="调离岗位"))
    with on_day(13):
        assert re.search(r"冯立.*?已到期", stage.at_browser(MAKER).read(here), re.S)
    assert stage.at_browser("王芳").open(form).status_code == 403


def test_each_side_confirms_the_others_people_by_login(stage: Stage) -> None:
    """潘婷 confirms 周建华, names 何静 from the 16th; 吴晓东 confirms her: both with their days."""
    ended(stage, MAKER)
    account_id = newcomer(stage)
    zhou, wu, here = stage.at_browser(MAKER), stage.at_browser(SECOND), page(stage)
    pan = stage.at_browser(LIAISON)
    form, mine = f"{here}/filings/new", "/my-filings"
    typed = {"valid_from": "2026-11-12", "replaces": "0", "letter_number": "无文号", "name": ""}
    zhou.after(
        zhou.send(form, form, person=f"agency:{stage.world.person(MAKER).account_id}", **typed)
    )
    confirm = f"{mine}/{filing_of(stage, MAKER)}/confirm"
    assert "确认人员备案" in pan.read("/")
    assert "已办理 1 项" in pan.after(pan.send(mine, confirm))
    assert re.search(r"周建华 2026-\d\d-\d\d.*；潘婷 2026-", wu.read(here)), (
        "who and when, of both sides"
    )
    assert "确认人员备案" not in pan.read("/")
    request = f"/exchange/{stage.request_to(BANK)}"
    assert "待确认" in zhou.after(zhou.send(request, f"{request}/make")), "filed, so may act"

    new = f"{mine}/new"
    successor = typed | {"person": str(account_id), "replaces": str(filing_of(stage, LIAISON))}
    early = pan.send(new, new, **successor | {"valid_from": "2026-11-11"})
    assert "备案应当提前" in early.text
    waits = pan.after(pan.send(new, new, **successor | {"valid_from": "2026-11-16"}))
    assert "待核对机构确认" in waits
    hers = filing_of(stage, NEWCOMER)
    assert "由核对机构的交换员确认" in pan.send_unasked(mine, f"{mine}/{hers}/confirm").text
    assert "确认人员备案" in wu.read("/")
    wu.after(wu.send(here, f"/sharing/filings/{hers}/confirm"))
    with on_day(16):
        assert sign_in(stage, "hejing", PASSWORD) == ""
        assert "不在备案" in sign_in(stage, stage.world.person(LIAISON).login, stage.world.password)
    elsewhere = next(p for p in stage.world.people_of("长春市", "liaison"))
    stranger = stage.at_browser(elsewhere.name)
    assert stranger.send_unasked(mine, confirm).status_code == 404
    assert MAKER not in stranger.read(mine)
