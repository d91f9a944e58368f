"""What 榆树市 keeps and answers beside its cases: a decision that three people see through, the
registers of confidentiality, the figures of the morning, a letter of human resources."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from app.oversight.analysis.telling import count_the_day
from tenants.scope import acting_for
from tenants.settings import Settings
from tests.journeys.portal import Portal, opened
from tests.journeys.visitor import Visitor
from tests.pages.stage import DESK, approved, on_day
from tests.pages.test_integrity import DECISION, FACTS, NAME, NUMBER, scanned
from tests.world.identity_numbers import id_number

pytestmark = pytest.mark.browser

OFFICER, REVIEWER, DIRECTOR, ABOVE = "王芳", "赵磊", "韩立新", "宋建平"
SECURITY, ONE, OTHER = "沙丽", "周建华", "吴晓东"
"""吴晓东 exchanges data and checks households as well: he also enters the decision."""

ASKED = [
    (name, id_number(220182, dt.date(year, 3, 12), 70 + place, male=False))
    for place, (name, year) in enumerate((("郑玉芬", 1951), ("罗桂兰", 1953)))
]
SCAN = b"%PDF-1.4 signed"


@pytest.fixture(autouse=True)
def trust() -> None:
    """Nobody holds a signature against a root here, so the opened world is brought."""


@pytest.fixture
def portal(app: Flask, settings: Settings, chromium_path: Path) -> Iterator[Portal]:
    """五棵树镇's households are checked since the 4th; the county has told 长春市 of its day."""
    stage = approved(app, settings)
    with on_day(30):
        with app.app_context(), acting_for(stage.world.agency("榆树市").id):
            count_the_day()
        stage.work()
    with opened(app, settings, stage.world, chromium_path) as portal:
        portal.november(30)
        yield portal


def test_what_is_kept_and_answered_beside_the_cases(portal: Portal) -> None:
    with Visitor(portal, OTHER) as other:
        with Visitor(portal, DIRECTOR) as director:
            a_decision_is_entered_confirmed_served_and_contested(portal, other, director)
            the_director_reads_steps_and_regions(portal, director)
        a_letter_is_answered_by_two_operators(portal, other)
    the_registers_of_confidentiality_are_kept(portal)


def a_decision_is_entered_confirmed_served_and_contested(
    portal: Portal, officer: Visitor, director: Visitor
) -> None:
    with Visitor(portal, REVIEWER) as reviewer:
        officer.go("诚信登记")
        officer.follow("登记决定")
        officer.page.get_by_role("radio", name="核对对象").check()
        officer.fill("姓名或者名称", NAME)
        officer.page.get_by_label("证件号码", exact=True).fill(NUMBER)
        officer.fill("作出决定的机关", DECISION["authority"])
        officer.fill("决定文号", DECISION["decision_number"])
        officer.fill("决定日期", DECISION["decision_on"])
        officer.fill("决定认定的事实", FACTS)
        officer.press("登记决定")
        officer.reads("没有有权机关的决定，不能登记")
        officer.attach(("决定.pdf", scanned()), "决定书扫描件")
        officer.press("登记决定")
        officer.reads("孙*顺", "由登记人以外的审核复审员")

        reviewer.go("待我办理")
        reviewer.follow("确认", row="确认诚信登记")
        reviewer.press("打开内容")
        reviewer.reads(NAME, NUMBER, FACTS)
        reviewer.press("确认登记")
        reviewer.reads("待送达")
        reviewer.go("诚信登记")
        reviewer.follow("按证件号码查询")
        _look_up(reviewer, "本机构没有这个号码的有效登记")
        officer.again()
        officer.page.get_by_label("方式", exact=True).select_option("当面送达")
        officer.fill("送达情况", "本人签收，回证存档。")
        officer.press("登记送达")
        officer.reads("已生效", "2027-11-30")
        _look_up(reviewer, "孙*顺", "2027-11-30")

        officer.page.get_by_text("当事人申诉…").click()
        officer.fill("申诉的事实和理由", "货车是弟弟的，已提供登记证。")
        officer.press("登记申诉")
        officer.reads("申诉审查中", "还有 15 个工作日")
        _look_up(reviewer, "本机构没有这个号码的有效登记")

        director.go("诚信登记")
        director.follow("查看", row="孙*顺")
        director.press("打开内容")
        director.reads("货车是弟弟的，已提供登记证。")
        director.page.get_by_label("审查结论").select_option("维持登记")
        director.fill("理由和依据", "登记证的日期在决定之后。")
        director.press("作出审查结论")
        director.reads("已生效")
        _look_up(reviewer, "孙*顺")


def _look_up(person: Visitor, *said: str) -> None:
    """What counts today about the number."""
    person.page.get_by_label("证件号码", exact=True).fill(NUMBER)
    person.fill("查询理由", "办理案件时核实")
    person.press("查询")
    person.reads(*said)


def the_director_reads_steps_and_regions(portal: Portal, director: Visitor) -> None:
    """Each figure of a picture stands in the table beneath it, and in the workbook."""
    count = sum(household.desk == DESK for household in portal.world.households)
    director.go("分析")
    director.reads(f"在办 {count} 户，超期 {count} 户", "增 5")
    step = "待信息共享单位反馈"
    figures = [count, count, 0, 0, 0, 0, count]
    assert f"{step}：5 天以内 0 户，6–10 天 0 户，11–20 天 0 户，20 天以上 {count} 户" in _drawn(
        director, "各环节在办户数"
    )
    assert _row(director, step)[1:8] == [str(figure) for figure in figures]
    assert [step, *figures, "信息共享单位未反馈，见下表"] in _workbook(director)
    with Visitor(portal, ABOVE) as above:
        above.go("分析")
        above.follow("各地")
        assert _drawn(above, "各地在办户数") == f"榆树市 {count} 户，其中超期 {count} 户"
        assert _row(above, "双阳区核对中心")[2] == "—", "has told nothing, which is not 0"
        assert _row(above, "榆树市核对中心")[2:5] == [f"{count}", f"{count}", "0"]
        told = ["榆树市核对中心", "县级", count, count, *[0] * 7, "2026-11-30"]
        assert told in _workbook(above)


def _drawn(person: Visitor, title: str) -> str:
    """What a picture says to whoever does not see it."""
    return person.page.get_by_role("img", name=title).locator("desc").text_content() or ""


def _row(person: Visitor, title: str) -> list[str]:
    """The cells of a row as they are read."""
    row = person.page.get_by_role("row").filter(has_text=title).first
    return [cell.strip() for cell in row.get_by_role("cell").all_inner_texts()]


def _workbook(person: Visitor) -> list[list[object]]:
    """The rows of the page's tables as they are taken away."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(person.download("导出 xlsx")))
    return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def a_letter_is_answered_by_two_operators(portal: Portal, other: Visitor) -> None:
    """What is said of somebody without an authorisation is not left to the operators."""
    (name, number), (alone, other_number) = ASKED
    with Visitor(portal, ONE) as one:
        one.go("对外名单")
        one.follow("来函答复")
        one.follow("登记来函")
        one.page.get_by_label("来函单位").select_option("榆树市人力资源和社会保障局")
        one.fill("来函文号", "榆人社函〔2026〕31号")
        one.fill("来函日期", "2026-11-26")
        one.fill("收到日期", "2026-11-27")
        one.fill("用途", "核验遗属待遇领取资格")
        one.tick("婚姻登记")
        for typed in (number[:-1], number):
            one.fill("核查对象", f"{name}\t{typed}\t2026-11-20\n{alone}\t{other_number}\t")
            one.attach(("来函.pdf", SCAN), "来函扫描件")
            one.press("登记")
            one.reads("第 1 行的证件号码有误" if typed != number else "来函已登记")
        assert _row(one, alone)[3:6] == ["没有授权", "婚姻登记", "拒绝"]
        one.reads("2026-12-04")
        one.press("保存并提交复核")
        one.reads("还有 1 项没有结果")
        one.page.get_by_label(f"{name} 婚姻登记 结果").select_option("无记录")
        one.fill(f"{name} 婚姻登记 来源", "全国婚姻登记系统")
        one.press("保存并提交复核")
        one.reads("须由另一名交换员复核")

        other.go("待我办理")
        other.follow("办理", row="来函答复")
        other.page.get_by_text("退回修改").click()
        other.fill("理由", "请补查曾用名。")
        other.press("退回")
        one.again()
        one.reads("请补查曾用名。")
        one.page.get_by_label(f"{name} 婚姻登记 结果").select_option("有记录")
        one.fill(f"{name} 婚姻登记 内容或原因", "婚姻状况：丧偶")
        one.press("保存并提交复核")
        other.again()
        other.press("复核通过")
        other.reads("待送达", "婚姻状况：丧偶")
        assert other.download("下载答复").startswith(b"PK")
        other.fill("送达方式", "加密光盘")
        other.fill("送达日期", "2026-11-30")
        other.press("登记送达")
        other.follow("返回来函答复")
        other.reads("没有待答复的来函")
        assert _row(other, "榆人社函〔2026〕31号")[5:] == ["2", "11-27", "12-04", "11-30", "已答复"]


def the_registers_of_confidentiality_are_kept(portal: Portal) -> None:
    with Visitor(portal, SECURITY) as keeper:
        keeper.go("保密一览")
        keeper.reads("9 人没有有效的承诺书", "还没有登记培训", "0 台，其中 0 台没有加密")
        keeper.follow("全部承诺书")
        keeper.follow("登记", row=OFFICER)
        keeper.fill("有效期至", "2026-12-20")
        keeper.attach(("承诺书.pdf", SCAN), "扫描件")
        keeper.press("登记承诺书")
        assert _row(keeper, OFFICER)[1:5] == ["即将到期", "2026-11-30", "2026-11-30", "2026-12-20"]
        assert keeper.download(f"下载 {OFFICER} 的承诺书") == SCAN

        keeper.go("保密一览")
        keeper.follow("全部培训")
        keeper.follow("登记培训")
        keeper.fill("内容", "个人信息保护和数据安全")
        keeper.fill("授课人", "省民政厅")
        keeper.tick(OFFICER)
        keeper.tick(SECURITY)
        keeper.press("登记培训")
        keeper.follow("查看", row="个人信息保护和数据安全")
        assert _row(keeper, REVIEWER)[1] == "缺席"
        keeper.press("登记补训", row=REVIEWER)
        assert _row(keeper, REVIEWER)[1:3] == ["已补训", "2026-11-30"]

        keeper.go("保密一览")
        keeper.reads("8 人没有有效的承诺书", "还有 6 人没有补训")
        keeper.follow("设备登记")
        keeper.follow("登记设备")
        keeper.fill("编号", "核设-001")
        keeper.page.get_by_label("种类").select_option("笔记本计算机")
        keeper.fill("品牌型号", "联想 M720")
        keeper.fill("存放地点", "三楼机房")
        keeper.page.get_by_label("保管人").select_option(OFFICER)
        keeper.press("登记设备")
        keeper.reads("在用 1 台，1 台没有加密")
        keeper.follow("查看", row="核设-001")
        keeper.page.get_by_text("登记处置…").click()
        for label in ("经办人", "监督人"):
            keeper.page.get_by_label(label).select_option(OFFICER)
        keeper.press("登记处置")
        keeper.reads("两名不同的人员")
        keeper.page.get_by_label("监督人").select_option(REVIEWER)
        keeper.press("登记处置")
        keeper.reads("销毁", REVIEWER)
        keeper.follow("返回设备登记")
        keeper.reads("还没有登记设备", "在用 0 台")
