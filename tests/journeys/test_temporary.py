"""孙丽 takes an application for 临时救助 and visits, 王芳 looks it up, two bureaus agree, 刘洋 pays."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.world.builder import build_world
from tests.world.identity_numbers import id_number
from tests.world.papers import authorisation

pytestmark = pytest.mark.browser

DAY = dt.date(2026, 12, 10)
NUMBER = id_number(220182, dt.date(1984, 3, 12), 44, male=True)


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    world = build_world(app, settle=False)
    with opened(app, settings, world, chromium_path) as portal:
        portal.today(DAY)
        yield portal


def set_standard(portal: Portal) -> None:
    with Visitor(portal, "宋建平") as director, Visitor(portal, "苗青") as bureau:
        director.go("一次性临时救助")
        director.follow("标准和金额")
        director.press("送人社部门")
        director.reads("救助金额应大于 0")
        director.fill("文号", "长民发〔2026〕18号")
        director.fill("救助金额（元/人）", "2000")
        director.fill("认定标准", "连续三个月无收入来源的未参保失业人员。")
        director.fill("审核确认程序", "受理后十五个工作日内办结。")
        director.press("送人社部门")
        director.reads("待人社部门同意")
        bureau.go("共同认定")
        bureau.follow("标准和金额")
        bureau.page.get_by_label("同意", exact=True).check()
        bureau.press("答复")
        bureau.reads("两部门已同意")
    portal.work()


def test_from_the_desk_to_the_payment(portal: Portal) -> None:
    set_standard(portal)
    with Visitor(portal, "孙丽") as clerk, Visitor(portal, "王芳") as officer:
        clerk.go("一次性临时救助")
        clerk.follow("登记申请")
        clerk.press("登记申请")
        clerk.reads("请填写 18 位公民身份号码", "请选择申请地")
        for label, value in (
            ("姓名", "丁海波"),
            ("公民身份号码", NUMBER),
            ("联系电话", "13943000000"),
            ("现住址", "五棵树镇东街12号"),
            ("最后工作单位", "榆树市永胜砖厂"),
            ("本人陈述", "砖厂关停，三个多月没有收入。"),
            ("开户银行", "农商银行"),
            ("收款账号", "6221880012345678"),
            ("授权期限至", "2027-03-01"),
        ):
            clerk.fill(label, value)
        clerk.page.get_by_label("本县户籍").check()
        clerk.page.get_by_label("经常居住地").check()
        clerk.attach(("授权.jpg", authorisation("丁海波", "2026-12-10")), "查询授权书")
        clerk.press("登记申请")
        clerk.reads("待调查核实", "220182********")
        clerk.fill("调查人", "孙丽、李国强")
        clerk.fill("调查情况", "家中无收入，邻居证实。")
        clerk.page.get_by_label("建议给予救助").check()
        clerk.press("提交调查情况")
        clerk.reads("待核查")

        officer.go("一次性临时救助")
        officer.follow("办理", row="丁海波")
        officer.press("系统核查")
        officer.reads("省内没有发放的登记", "不清楚")
        officer.press("提请共同认定")
        officer.reads("还不清楚，不能提请共同认定")
        for kind in ("连续三个月无收入来源", "失业保险政策无法覆盖", "未纳入低保范围"):
            officer.page.get_by_text("按书面材料或者调查情况").click()
            officer.page.get_by_label("核查事项").select_option(kind)
            officer.page.get_by_label("符合", exact=True).check()
            officer.page.get_by_label("依据", exact=True).select_option("有关单位的书面材料")
            officer.fill("说明", "有关单位书面答复。")
            officer.press("记录核查结果")
        officer.press("提请共同认定")
        officer.reads("待共同认定")
    with Visitor(portal, "封岩") as bureau, Visitor(portal, "韩立新") as head:
        bureau.go("共同认定")
        bureau.follow("认定", row="丁海波")
        bureau.reads("丁海波", "220182********")
        bureau.press("显示完整证件号码")
        bureau.reads(NUMBER)
        bureau.page.get_by_label("同意给予救助").check()
        bureau.press("作出认定")
        portal.work()
        head.go("一次性临时救助")
        head.follow("待共同认定")
        head.follow("办理", row="丁海波")
        head.page.get_by_label("同意给予救助").check()
        head.press("作出认定")
        head.reads("已同意，待列入名单")
    with Visitor(portal, "刘洋") as issuer:
        issuer.go("一次性临时救助")
        issuer.follow("发放名单")
        issuer.press("生成发放名单")
        issuer.reads("榆临发 2026-12-000001", "2,000.00")
        assert issuer.download("打印名单").startswith(b"%PDF-")
        assert issuer.download("下载发放表").startswith(b"PK")
        issuer.page.get_by_text("登记发放凭证").click()
        issuer.fill("凭证号", "银行回单 20261210000123")
        issuer.press("登记发放")
        issuer.reads("已发放", "银行回单 20261210000123")
