"""本机构增加的数据项: recorded with its basis by 周建华, confirmed by 吴晓东 (第十条)."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.pages.stage import BANK, Stage, on_day
from tests.world.builder import build_world

MAKER, SECOND, OFFICER, ELSEWHERE = "周建华", "吴晓东", "王芳", "秦岚"
LIST, NEW, ITEM = "/sharing/own-items", "/sharing/own-items/new", "/sharing/own-items/1651"
TYPED = {
    "kind": "16",
    "title": "养老金融产品",
    "law_title": "榆政发〔2026〕12号",
    "law_article": "第五条（二）",
    "law_text": "核对个人养老金账户情况。",
    "schemes": ["subsistence"],
    "roles": ["applicant", "member"],
    "fields_typed-0-title": "账户余额",
    "fields_typed-0-type": "money",
    "fields_typed-1-title": "账户状态",
    "fields_typed-1-type": "code",
    "fields_typed-1-codes": "1 正常；2 注销",
}


@pytest.fixture
def stage(app: Flask, settings: Settings) -> Iterator[Stage]:
    with on_day(9):
        yield Stage(app, settings, build_world(app))


def test_one_records_another_confirms_and_it_can_be_asked(stage: Stage) -> None:
    zhou, wu = stage.at_browser(MAKER), stage.at_browser(SECOND)
    assert LIST in zhou.read("/sharing/catalogue")
    scan = {"scan": (BytesIO(b"%PDF-1.4 the document"), "文件.pdf")}
    listed = zhou.after(zhou.send(NEW, NEW, **TYPED, **scan))
    assert "养老金融产品" in listed
    assert "待确认" in listed
    assert f"{ITEM}/confirm" not in zhou.forms(ITEM), "not by the one who recorded it"
    assert "1651 养老金融产品" in wu.read("/"), "it waits for the other operator"
    assert "1651 养老金融产品" not in zhou.read("/")
    assert "养老金融产品" not in zhou.read("/sharing/catalogue")
    assert "另一名交换员" in zhou.send_unasked(ITEM, f"{ITEM}/confirm").text
    shown = wu.after(wu.send(ITEM, f"{ITEM}/confirm"))
    assert "使用中" in shown
    assert "1 正常；2 注销" in shown
    assert "养老金融产品" in zhou.read("/sharing/catalogue")
    assert "账户余额" in zhou.read("/sharing/catalogue?kind=16")
    bank = f"/sharing/{stage.world.unit(BANK).id}"
    assert "1651 养老金融产品" in zhou.read(f"{bank}/capabilities/add")
    taken = wu.send(ITEM, f"{ITEM}/scan")
    assert taken.data == b"%PDF-1.4 the document"
    ended = zhou.after(zhou.send(ITEM, f"{ITEM}/end", reason="文件已废止"))
    assert "已停用" in ended
    assert "养老金融产品" not in zhou.read("/sharing/catalogue")


def test_it_is_this_agencys_alone(stage: Stage) -> None:
    zhou = stage.at_browser(MAKER)
    zhou.after(zhou.send(NEW, NEW, **TYPED))
    assert stage.at_browser(ELSEWHERE).open(ITEM).status_code == 404
    assert stage.at_browser(OFFICER).open(LIST).status_code == 403


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"law_text": ""}, "没有依据的数据项不能核对（第十条）"),
        ({"title": ""}, "请填写数据项名称"),
        ({"schemes": []}, "请选择向哪些救助项目"),
        ({"fields_typed-0-title": "", "fields_typed-1-title": ""}, "至少填写一个字段"),
        ({"fields_typed-1-title": "账户余额"}, "字段“账户余额”填写了两次"),
        ({"fields_typed-1-codes": ""}, "类型为“代码”的要填写代码表"),
        ({"fields_typed-1-codes": "正常、注销"}, "请写成“1 享受；2 停发”的样子"),
        ({"fields_typed-0-type": "yes_no"}, "“是否”字段不能和其他类型"),
        ({"kind": "99"}, ""),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    stage: Stage, changed: dict[str, object], told: str
) -> None:
    zhou = stage.at_browser(MAKER)
    answer = zhou.send(NEW, NEW, **TYPED | changed)
    assert answer.status_code == 422
    assert told in answer.text
    assert "还没有增加数据项" in zhou.read(LIST)
