"""弓棚镇's list becomes merged reports of three tiers: the whole main job at browsers.

韩长河 and 姜淑芬 (GP-003) have something at every tier, and sources that contradict each other;
田桂芝's household (GP-005) is returned once; 石广林's (GP-101) never passes the list check. Where a
tier has several sharing units, the people here work with one and the month's script with the rest.
"""

import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.report.models import Report
from tenants.database import db
from tenants.scope import acting_for
from tests.journeys.holding import hold
from tests.journeys.papers import shows_code
from tests.journeys.portal import Portal
from tests.journeys.visitor import Visitor
from tests.world.answers import fill_reply, open_disc
from tests.world.households import Household, bad_households
from tests.world.lists import as_workbook, corrected_list, rows_of
from tests.world.month import case_of

pytestmark = pytest.mark.browser

POST_BANK = "中国邮政储蓄银行榆树市支行"
FINANCE = "长春市财政局"
SOCIAL_SECURITY = "吉林省人力资源和社会保障厅"


def test_a_desks_list_becomes_merged_reports_of_three_tiers(portal: Portal, tmp_path: Path) -> None:
    han, tian = portal.world.household("韩长河"), portal.world.household("田桂芝")
    upload(portal, [han, tian])
    entrust(portal)
    check(portal, han, tian)
    correct(portal, tian)
    climb(portal)
    for operators in (("周建华", "吴晓东"), ("秦岚", "薛松"), ("邓超群", "曹颖")):
        make_package(portal, *operators)
    portal.others("make_requests")
    disc = deliver_disc(portal, "周建华", POST_BANK)
    finance = deliver_disc(portal, "秦岚", FINANCE)
    social = sign_online(portal)
    portal.others("deliver")
    portal.november(18)
    answer_online(portal, social)
    load_disc(portal, "周建华", POST_BANK, disc)
    load_disc(portal, "秦岚", FINANCE, finance)
    portal.november(19)
    accept(portal, SOCIAL_SECURITY, "邓超群", "曹颖")
    accept(portal, POST_BANK, "周建华", "吴晓东")
    accept(portal, FINANCE, "秦岚", "薛松")
    portal.others("collect_replies", "accept_replies")
    report(portal)
    hear(portal)
    received = merge_and_receive(portal)
    for household in (han, tian):
        pdf = received[household.head.name]
        hold(portal.world, household, pdf)
        scan(portal, household, pdf, tmp_path)
        verify(portal, pdf, tmp_path)


def upload(portal: Portal, good: list[Household]) -> None:
    """11-03: 徐晨 uploads the list, one household of which cannot be taken in."""
    portal.november(3)
    bad = next(household for household in bad_households() if household.no == "GP-101")
    book = as_workbook(rows_of([*good, bad], first=True))
    with Visitor(portal, "徐晨") as xuchen:
        xuchen.follow("上传核对名单")
        xuchen.attach(("弓棚镇.xlsx", book), "核对名单")
        xuchen.press("上传并检查")
        xuchen.reads("受理 2 户、5 人", "退回 1 户", "“证件号码”：身份证号码校验不符")
        errors = xuchen.download("下载错误文件")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(errors)).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "错误说明"
    told = {str(row[sheet[0].index("姓名")]): str(row[0]) for row in sheet[1:]}
    assert set(told) == {"石广林", "关凤霞"}
    assert "“证件号码”" in told["关凤霞"]


def entrust(portal: Portal) -> None:
    """11-04: 罗琳 submits with the department's letter."""
    portal.november(4)
    with Visitor(portal, "罗琳") as luolin:
        luolin.go("提交委托")
        luolin.fill("委托书文号", "榆民救委〔2026〕11号")
        luolin.fill("委托书日期", "2026-11-04")
        luolin.attach(("委托书.pdf", b"%PDF-1.7 sealed"), "委托书扫描件")
        luolin.press("提交委托")
        luolin.reads("榆委 2026-11-000001", "待受理初审")
        assert luolin.asked == ["提交后名单进入受理初审，不能撤回。确定提交吗？"]


def check(portal: Portal, fine: Household, doubtful: Household) -> None:
    """11-05: 王芳 holds the paper against the list, accepts one, and returns one."""
    portal.november(5)
    with Visitor(portal, "王芳") as wangfang:
        wangfang.go("受理初审")
        wangfang.follow("初审", row="榆民救委〔2026〕11号")
        wangfang.follow("核对材料", row=doubtful.head.name)
        wangfang.reads("号码已遮盖")
        assert doubtful.head.id_number not in wangfang.text
        wangfang.press("显示完整号码")
        wangfang.reads(doubtful.head.id_number)
        wangfang.follow("退回…")
        wangfang.tick("纸质材料与电子数据不一致")
        wangfang.fill("补充说明", doubtful.reason)
        wangfang.press("退回委托单位")
        wangfang.reads(fine.head.name, "第一遍：看材料")
        wangfang.page.keyboard.press("a")
        wangfang.strike("Enter")
        wangfang.reads("第二遍")
        wangfang.strike("Enter")
        wangfang.reads("已办理 1 项", "没有这一状态的户")


def correct(portal: Portal, returned: Household) -> None:
    """11-06: 罗琳 reads why, and the household comes again; 王芳 accepts it."""
    portal.november(6)
    with Visitor(portal, "罗琳") as luolin:
        luolin.go("退回补正")
        luolin.reads(returned.head.name, returned.reason)
        luolin.follow("上传补正名单", row=returned.no)
        luolin.attach(corrected_list(returned), "核对名单")
        luolin.press("上传补正名单")
        luolin.reads("受理 1 户", "待受理初审")
    with Visitor(portal, "王芳") as wangfang:
        wangfang.go("受理初审")
        wangfang.follow("初审", row="榆民救委〔2026〕11号")
        wangfang.reads(returned.reason)
        wangfang.tick("全选本页")
        wangfang.press("初审通过")
        wangfang.reads("已办理 1 项")


def climb(portal: Portal) -> None:
    """11-06 to 11-11: review and seal, from tier to tier, without another intake check."""
    for day, reviewer in ((6, "赵磊"), (10, "郑伟"), (11, "冯涛")):
        portal.november(day)
        with Visitor(portal, reviewer) as person:
            person.go("审核复审")
            person.tick("全选本页")
            person.press("复审通过")
            person.reads("已办理 2 项")
            if reviewer != "冯涛":
                person.go("向上级委托")
                person.follow("用印", row="待用印")
                person.press("用印并送出")
                person.reads("已用印", reviewer)


def unit_of(operator: str) -> str:
    """The sharing unit that an operator works with here."""
    units = {"周建华": POST_BANK, "秦岚": FINANCE, "邓超群": SOCIAL_SECURITY}
    return units[operator]


def make_package(portal: Portal, maker: str, other: str) -> None:
    """11-12: one operator makes a package, another one confirms it."""
    portal.november(12)
    with Visitor(portal, maker) as first:
        first.go("数据交换")
        first.follow(unit_of(maker))
        first.press("制作交换包")
        first.again()
        first.reads("待确认", "制作人是您本人")
    with Visitor(portal, other) as second:
        second.go("数据交换")
        second.follow(unit_of(maker))
        second.reads(maker)
        second.press("确认交换包")
        second.reads("待送达")


def deliver_disc(portal: Portal, operator: str, unit: str) -> dict[str, bytes]:
    """11-13: the disc is written and carried over; the operator records who signed for it."""
    portal.november(13)
    with Visitor(portal, operator) as person:
        person.go("数据交换")
        person.follow(unit)
        disc = person.download("下载交换包")
        person.press("查看密码")
        password = person.page.locator(".secret").inner_text()
        person.follow("返回")
        person.fill("签收人", "于洪波")
        person.press("登记送达签收")
        person.reads("待反馈", "加密光盘，签收人 于洪波", "2026-11-24（签收后 7 个工作日内）")
    return open_disc(disc, password)


def sign_online(portal: Portal) -> dict[str, bytes]:
    """11-13: 方敏 of the province's social security signs in, fetches the package, and signs."""
    portal.november(13)
    with Visitor(portal, "方敏") as fangmin:
        fangmin.go("数据交换申请")
        fangmin.follow("签收")
        disc = fangmin.download("下载交换包")
        fangmin.press("查看密码")
        password = fangmin.page.locator(".secret").inner_text()
        fangmin.follow("返回")
        fangmin.press("签收")
        fangmin.reads("待反馈", "签收人 方敏")
    return open_disc(disc, password)


def answer_online(portal: Portal, disc: dict[str, bytes]) -> None:
    """11-18: 方敏 uploads the template, filled in."""
    with Visitor(portal, "方敏") as fangmin:
        fangmin.go("数据交换申请")
        fangmin.follow("反馈")
        fangmin.attach(("反馈.xlsx", fill_reply(disc)), "反馈文件")
        fangmin.press("上传反馈文件")
        fangmin.again()
        fangmin.reads("检查通过", "相符")


def load_disc(portal: Portal, operator: str, unit: str, disc: dict[str, bytes]) -> None:
    """11-18: a disc came back, the operator loads it."""
    with Visitor(portal, operator) as person:
        person.go("数据交换")
        person.follow(unit)
        person.attach(("反馈.xlsx", fill_reply(disc)), "反馈文件")
        person.press("上传反馈文件")
        person.again()
        person.reads("与所问对账", "相符", "待接收")


def accept(portal: Portal, unit: str, *operators: str) -> None:
    """11-19: two operators accept, one after the other."""
    for operator, told in zip(operators, ("待第二人接收", "已接收"), strict=True):
        with Visitor(portal, operator) as person:
            person.go("数据交换")
            person.follow(unit)
            person.follow("办理", row="第 1 份")
            person.press("作为第一人接收" if told == "待第二人接收" else "作为第二人接收")
            person.reads(told)


def report(portal: Portal) -> None:
    """11-20 to 11-25: a third person issues each tier's own reports, from above."""
    for day, issuer in ((20, "魏国华"), (23, "王志强"), (25, "刘洋")):
        portal.november(day)
        with Visitor(portal, issuer) as person:
            person.go("报告出具")
            person.tick("全选本页")
            person.press("出具本级报告")
            person.arrives("/reports/issued")
            person.reads("本级核对报告", issuer)


def hear(portal: Portal) -> None:
    """11-25: 罗琳 writes down what the households say of each matter; 11-26: 赵磊 signs them off."""
    with Visitor(portal, "罗琳") as luolin:
        luolin.go("待说明的家庭")
        luolin.reads("姜淑芬", "申报 2,980.00 元，查得 3,120.00 元")
        for _ in range(3):
            luolin.follow("登记说明")
            luolin.fill("家庭的说明", "退休金十月上调，申报时按九月填写。")
            luolin.press("登记说明")
            luolin.reads("已说明", "罗琳")
            luolin.go("待说明的家庭")
        luolin.reads("目前没有需要家庭说明的情况")
    portal.november(26)
    with Visitor(portal, "赵磊") as zhaolei:
        zhaolei.go("说明与签认")
        zhaolei.reads("退休金十月上调，申报时按九月填写。")
        zhaolei.tick("全选本页")
        zhaolei.press("签认")
        zhaolei.reads("目前没有这一类事项")


def merge_and_receive(portal: Portal) -> dict[str, bytes]:
    """11-26 and 27: 刘洋 compares and merges; 罗琳 downloads and signs for it."""
    portal.november(26)
    with Visitor(portal, "刘洋") as liuyang:
        liuyang.go("报告出具")
        liuyang.follow("待合并反馈")
        liuyang.tick("全选本页")
        liuyang.press("合并反馈")
        liuyang.arrives("/reports/issued")
        liuyang.reads("统一反馈")
    portal.november(27)
    with Visitor(portal, "罗琳") as luolin:
        luolin.go("核对反馈")
        found = {name: luolin.download("下载", row=name) for name in ("姜淑芬", "田桂芝")}
        luolin.tick("全选本页")
        luolin.press("签收")
        luolin.reads("没有待签收的核对反馈")
        luolin.follow("已签收")
        luolin.reads("2026-11-27")
    return found


def scan(portal: Portal, household: Household, pdf: bytes, scratch: Path) -> None:
    """Anybody scans the code: authentic and current, and nothing about the people."""
    with portal.app.app_context(), acting_for(220182, read_only=True):
        merged = select(Report).where(Report.kind == "merged", Report.case_id == case_of(household))
        issued = db.session.scalars(merged).one()
    path = f"/v/220182/{issued.code}"
    assert shows_code(pdf, f"{portal.settings.hedui_public_url}{path}", scratch)
    with Visitor(portal) as anybody:
        anybody.open(path)
        anybody.reads("真实有效", issued.number, "榆树市核对中心", "2026年11月26日")
        assert not any(subject.name in anybody.text for subject in household.subjects)
        anybody.open(f"{path}x", status=404)
        anybody.reads("没有与此二维码相符的核对报告")


def verify(portal: Portal, pdf: bytes, scratch: Path) -> None:
    """Offline: authentic as downloaded, and not any more when one byte was changed."""
    file = scratch / "反馈.pdf"
    file.write_bytes(pdf)
    told = portal.command("verify-report", str(file))
    assert told.exit_code == 0, told.output
    assert "真实有效" in told.output
    assert told.output.count("[通过]") == 3
    middle = len(pdf) // 2
    file.write_bytes(pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :])
    told = portal.command("verify-report", str(file))
    assert told.exit_code == 1
    assert "未通过核验" in told.output
