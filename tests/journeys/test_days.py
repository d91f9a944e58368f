"""Each role's day, from signing in to the work done, by keyboard alone and without a manual.

徐晨 types 姜淑芬's household in and scans its papers; the others take it from there to the merged
report. What other agencies do meanwhile is the month's script.
"""

import io
from functools import partial

import pytest
from PIL import Image

from tests.journeys.hands import Hands
from tests.journeys.portal import Portal
from tests.world.answers import fill_reply, open_disc
from tests.world.households import Household
from tests.world.lists import rows_of

pytestmark = pytest.mark.browser

BANK = "吉林榆树农村商业银行"
OF_HOUSEHOLD = ("household_no", "scheme", "application", "actual_region", "registered_region",
                "authorised_on", "authorisation_expires_on")  # fmt: skip
OF_PERSON = ("relation", "name", "id_number", "phone", "monthly_income", "deposits", "houses",
             "vehicles", "businesses")  # fmt: skip


def test_everybody_gets_through_the_month_by_keyboard(portal: Portal) -> None:
    household = portal.world.household("韩长河")
    at_the_desk(portal, household)
    at_the_department(portal)
    at_the_intake_check(portal, household)
    for day, reviewer in ((6, "赵磊"), (10, "郑伟"), (11, "冯涛")):
        at_the_review(portal, day, reviewer)
    exchange(portal)
    portal.others("report_province", "report_city")
    hear_and_report(portal, household)
    look_after_the_agency(portal)


def at_the_desk(portal: Portal, household: Household) -> None:
    """11-03: from signing in to a prepared household with its scans."""
    portal.november(3)
    rows = [
        {key: str(cell) for key, cell in row.items()} for row in rows_of([household], first=False)
    ]
    with Hands(portal, "徐晨") as xuchen:
        xuchen.main()
        xuchen.write({f"h-{key}": rows[0][key] for key in OF_HOUSEHOLD}, "Enter")
        for place, row in enumerate(rows):
            if place:
                xuchen.press("Alt+n")
            xuchen.write(
                {f"p{place}-{key}": row[key] for key in OF_PERSON if row.get(key)}, "Enter"
            )
        xuchen.follow("检查并登记")
        xuchen.reads("已登记 GP-003 一户", "还缺 4 份")
        for subject in household.subjects:
            for kind in ("查询授权书", "身份证件"):
                xuchen.attach(("扫描.png", scan()), f"上传{subject.name}的{kind}", sends=True)
        xuchen.reads("授权书、身份证件齐全")
        xuchen.main()
        xuchen.reads("登记一户")


def scan() -> bytes:
    """A sheet of paper."""
    buffer = io.BytesIO()
    Image.new("L", (600, 800), 230).save(buffer, "PNG")
    return buffer.getvalue()


def at_the_department(portal: Portal) -> None:
    """11-04: what waits, the letter's number, sent."""
    portal.november(4)
    with Hands(portal, "罗琳") as luolin:
        luolin.follow("提交 ")
        luolin.write({"letter_number": "榆民救委〔2026〕11号"})
        luolin.attach(("委托书.pdf", b"%PDF-1.7 sealed"), "委托书扫描件", sends=False)
        luolin.follow("提交委托")
        luolin.reads("榆委 2026-11-000001", "待受理初审")


def at_the_intake_check(portal: Portal, household: Household) -> None:
    """11-05: the papers, then paper against file, with three keys."""
    portal.november(5)
    with Hands(portal, "王芳") as wangfang:
        wangfang.follow("初审 ")
        wangfang.main()
        wangfang.reads(household.head.name, "第一遍：看材料")
        wangfang.press("a")
        wangfang.go("Enter")
        wangfang.reads("第二遍")
        wangfang.go("Enter")
        wangfang.reads("已办理 1 项")


def at_the_review(portal: Portal, day: int, name: str) -> None:
    """11-06 to 11-11: reviewed, and the letter to the tier above sealed."""
    portal.november(day)
    with Hands(portal, name) as reviewer:
        reviewer.follow("复审 ")
        reviewer.press("a")
        reviewer.main()
        reviewer.reads("已办理 1 项")
        if name != "冯涛":
            reviewer.go("h")
            reviewer.follow("用印 ")
            reviewer.main()
            reviewer.reads("已用印", name)


def exchange(portal: Portal) -> None:
    """11-12 to 11-19: two operators and the liaison of a bank."""
    step(portal, 12, "周建华", f"制作 {BANK}", "待确认")
    step(portal, 12, "吴晓东", "确认 ", "待送达")
    portal.november(13)
    with Hands(portal, "潘婷") as panting:
        panting.follow("签收 ")
        disc = panting.download("下载交换包")
        panting.follow("查看密码")
        opened = open_disc(disc, panting.page.locator(".secret").inner_text())
        panting.follow("返回")
        panting.follow("签收")
        panting.reads("待反馈", "签收人 潘婷")
        number = panting.page.get_by_role("heading", level=1).inner_text()
    portal.others("make_requests", "deliver")
    portal.november(18)
    with Hands(portal, "潘婷") as panting:
        panting.follow("反馈 ")
        panting.attach(("反馈.xlsx", fill_reply(opened)), "反馈文件", sends=False)
        panting.follow("上传反馈文件")
    portal.others("collect_replies")
    step(portal, 19, "周建华", f"接收 {number}", "待第二人接收")
    step(portal, 19, "吴晓东", f"接收 {number}", "已接收")
    portal.others("accept_replies")


def step(portal: Portal, day: int, name: str, work: str, told: str) -> None:
    """From home to the thing, and its main action."""
    portal.november(day)
    with Hands(portal, name) as person:
        person.follow(work)
        person.main()
        person.visitor.again()
        person.reads(told)


def hear_and_report(portal: Portal, household: Household) -> None:
    """11-25 to 11-27: own report, what the household says, sign-off, merging, receipt."""
    all_of_it = partial(work_off, portal)
    all_of_it(25, "刘洋", "出具 ", "本级核对报告")
    with Hands(portal, "罗琳") as luolin:
        luolin.follow("登记说明 ")
        for _ in range(3):
            luolin.follow("登记说明")
            luolin.write({"words": "退休金十月上调，申报时按九月填写。"})
            luolin.follow("登记说明")
            luolin.reads("已说明", "罗琳")
            luolin.follow("待说明的家庭")
    all_of_it(26, "赵磊", "签认 ", "目前没有这一类事项")
    all_of_it(26, "刘洋", "合并 ", "统一反馈")
    all_of_it(27, "罗琳", "签收 ", "没有待签收的核对反馈")


def work_off(portal: Portal, day: int, name: str, work: str, told: str) -> None:
    """All that a list holds: ticked with one key, done with two."""
    portal.november(day)
    with Hands(portal, name) as person:
        person.follow(work)
        person.press("a")
        person.main()
        person.reads(told)


def look_after_the_agency(portal: Portal) -> None:
    """11-27: the head's board; an account is opened, a role given, and both can be read up."""
    with Hands(portal, "韩立新") as head:
        head.main()
        head.reads("超期", "环节", "信息共享单位")
    with Hands(portal, "程功") as chenggong:
        chenggong.main()
        chenggong.write({"name": "方圆", "login": "fangyuan", "password": "a long first password"})
        chenggong.follow("开立账号")
        chenggong.reads("方圆")
    with Hands(portal, "沙丽") as shali:
        shali.follow("人员与岗位")
        shali.follow("查看 方圆")
        shali.write({"role": "受理初审"})
        shali.follow("授予")
        shali.reads("受理初审")
    with Hands(portal, "谭勇") as tanyong:
        tanyong.follow("操作留痕")
        tanyong.reads("授予岗位", "沙丽")
