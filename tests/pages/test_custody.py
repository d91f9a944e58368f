"""One disc of 榆树市 for the bank: from when it is written to when nothing of it is left."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.exchange.custody.models import CustodyStep
from tenants.calendar import instant
from tenants.database import db
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.pages.stage import BANK, Browser, Stage, approved, on_day
from tests.pages.test_exchange import MAKER, SECOND, confirmed

REGISTER = "/exchange/media"


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(12):
        yield approved(app, settings)


def written(browser: Browser, here: str) -> str:
    """The disc is registered; the address of its page."""
    fields = {"carrier": "disc", "serial": "CD-0417", "on": "2026-11-12"}
    shown = browser.after(browser.send(f"{here}/media/new", f"{here}/media", **fields))
    found = re.search(r'href="(/exchange/media/\d+)"', shown)
    assert found
    return found[1]


def step(browser: Browser, medium: str, name: str, **fields: str) -> str:
    """The page after a step was recorded."""
    sent = {"step": name, "on": "2026-11-12", "witness": "0"} | fields
    return browser.after(browser.send(medium, f"{medium}/steps", **sent))


def refused(browser: Browser, medium: str, name: str, **fields: str) -> str:
    """What is told where a step is not recorded."""
    sent = {"step": name, "on": "2026-11-12", "witness": "0"} | fields
    answer = browser.send(medium, f"{medium}/steps", **sent)
    assert answer.status_code == 422
    return answer.text


def account(stage: Stage, name: str) -> str:
    return str(stage.world.person(name).account_id)


def test_a_disc_goes_out_comes_back_and_is_destroyed_before_two(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    disc = written(zhou, here)
    shown = zhou.read(REGISTER)
    assert "在本机构，待送出" in shown
    assert "CD-0417" in shown

    step(zhou, disc, "password_told", other="潘婷", how="电话")
    receipt = {"on": "2026-11-12", "way": "加密光盘", "signed_by": "潘婷"}
    out = zhou.after(zhou.send(here, f"{here}/receipt", **receipt))
    assert "在信息共享单位" in out
    assert "告知 潘婷，电话" in out, "the way of the password is on the request's timeline"

    step(zhou, disc, "received_back", other="潘婷")
    assert "介质待销毁" in zhou.read("/"), "it waits for the operators until it is destroyed"
    assert "监督人应是另一名数据交换员" in refused(zhou, disc, "destroyed", how="粉碎")
    alone = refused(zhou, disc, "destroyed", how="粉碎", witness=account(stage, MAKER))
    assert "监督人应是另一名数据交换员" in alone
    ended = step(zhou, disc, "destroyed", how="粉碎", witness=account(stage, SECOND))
    assert "已销毁" in ended
    assert "监督人 吴晓东" in ended
    assert f"{disc}/steps" not in ended, "nothing may follow"
    assert "介质待销毁" not in zhou.read("/")
    assert "没有符合条件的介质" in zhou.read(f"{REGISTER}?place=kept")


def test_the_steps_come_in_their_order(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    disc = written(zhou, here)
    told = refused(zhou, disc, "received_back", other="潘婷")
    assert "现在“在本机构，待送出”，不能登记“收回介质”" in told
    assert "日期应在" in refused(zhou, disc, "handed_over", other="潘婷", on="2026-11-11")
    assert "请填写信息共享单位经办人" in refused(zhou, disc, "handed_over")
    assert "请写明情况和依据" in refused(zhou, disc, "lost")
    assert "遗失" in step(zhou, disc, "lost", why="送达途中遗失，已报告负责人并通知联络员。")


def test_nothing_that_is_written_down_holds_the_password(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    disc = written(zhou, here)
    answer = zhou.send(here, f"{here}/password").text
    password = answer.split('class="secret">')[1].split("<")[0]
    for text in (password, password.lower().replace("-", " ")):
        told = refused(zhou, disc, "password_told", other="潘婷", how=f"短信 {text}")
        assert "含有交换包的密码" in told
    printed = zhou.send(here, f"/prints/requests/{here.split('/')[-1]}/delivery-note")
    note = text_of(printed.data)
    assert "CD-0417" in note, "the medium is named on the note"
    assert "加密光盘" in note
    bare = re.sub(r"\W", "", note).upper()
    assert password.replace("-", "") not in bare
    assert stamp(stage, here) in re.sub(r"\s", "", note), "a reply can be traced by its stamp"


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def stamp(stage: Stage, here: str) -> str:
    from app.exchange.service import request_of

    with stage.app.app_context(), acting_for(stage.world.agency("榆树市").id, read_only=True):
        return request_of(int(here.split("/")[-1])).stamp


def test_no_medium_is_registered_before_the_package_is_confirmed(stage: Stage) -> None:
    zhou, here = stage.at_browser(MAKER), f"/exchange/{stage.request_to(BANK)}"
    fields = {"carrier": "disc", "serial": "", "on": "2026-11-12"}
    told = zhou.send(f"{here}/media/new", f"{here}/media", **fields)
    assert told.status_code == 422
    assert "还没有由第二名交换员确认" in told.text


def test_a_receipt_registers_the_medium_that_nobody_registered(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    receipt = {"on": "2026-11-12", "way": "加密U盘", "signed_by": "潘婷"}
    shown = zhou.after(zhou.send(here, f"{here}/receipt", **receipt))
    assert "登记送达签收时一并登记" in shown
    assert "加密U盘" in zhou.read(f"{REGISTER}?place=handed_over")


def test_a_units_own_medium_is_given_back(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    receipt = {"on": "2026-11-12", "way": "加密光盘", "signed_by": "潘婷"}
    zhou.after(zhou.send(here, f"{here}/receipt", **receipt))
    form = f"{here}/media/new?origin=unit"
    fields = {"carrier": "usb", "serial": "", "on": "2026-11-12", "other": "潘婷"}
    shown = zhou.after(zhou.send(form, f"{here}/media", **fields))
    number = re.findall(r'href="(/exchange/media/\d+)"', shown)[-1]
    assert "已退还" in step(zhou, number, "returned", other="潘婷")
    assert "已退还" in zhou.read(f"{REGISTER}?place=returned")


def test_the_database_itself_wants_two_people_and_one_end(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    disc = int(written(zhou, here).split("/")[-1])
    who = int(account(stage, MAKER))
    row = {"medium_id": disc, "unit_id": 1, "step": "destroyed", "account_id": who}
    row |= {"done_on": "2026-11-12", "at": instant()}
    for witness in (None, who):
        with stage.app.app_context(), pytest.raises(IntegrityError):
            attempt(stage, row | {"witness_id": witness})


def attempt(stage: Stage, row: dict) -> None:
    with acting_for(stage.world.agency("榆树市").id):
        db.session.execute(insert(CustodyStep).inline().values(**row))


def test_other_agencies_and_desks_find_no_medium(stage: Stage) -> None:
    zhou, _, here = confirmed(stage)
    disc = written(zhou, here)
    assert zhou.open(disc).status_code == 200
    assert stage.at_browser("秦岚").open(disc).status_code == 404
    assert stage.at_browser("王芳").open(disc).status_code == 403
    with stage.app.app_context(), acting_for(stage.world.agency("长春市").id, read_only=True):
        assert db.session.scalars(select(CustodyStep)).all() == []
