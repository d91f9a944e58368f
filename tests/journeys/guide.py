"""``python -m tests.journeys.guide``: the pictures of docs/guide, of the real pages and papers."""

import sys

from tests.journeys.pictures import FOLDER, Scene, main
from tests.journeys.visitor import Visitor
from tests.world.lists import register

GUIDE_FOLDER = FOLDER / "guide"

_LIST = (("核对名单", ""), ("查看", "弓棚镇"))
_TO_SEAL = (("提交委托", ""), ("打印委托书和名单", ""))
_CHECK = (("受理初审", ""), ("初审", "榆"))
_LOOK = (*_CHECK, ("核对材料", "姜淑芬"), ("第一遍：看材料", ""))
_REQUEST = (("数据交换", ""), ("榆树市公安局", ""))

_OBJECTION = (("核对名单", ""), ("查看", ""), ("变动", "SL-001"), ("登记异议", ""))

_HOUSEHOLD = {
    "户编号": "GP-2026-12",
    "授权日期": "2026-11-02",
    "授权有效期至": "2027-05-01",
    "与户主关系": "户主",
    "姓名": "鲍桂芝",
    "证件号码": "220182195812019887",
    "联系电话": "15400000999",
    "申报月收入": "650",
    "申报存款": "3000",
}


def _type_household(person: Visitor) -> None:
    person.press("登记一户")
    for label, words in _HOUSEHOLD.items():
        person.fill(label, words)
    person.page.keyboard.press("Tab")
    person.reads("1958-12-01 出生")


def _upload_register(person: Visitor) -> None:
    name, data, _ = register("弓棚镇受理窗口")
    person.attach((name, data), "核对名单")
    person.press("上传并检查")
    person.reads("没有认全表头")


def _contest(person: Visitor) -> None:
    person.page.get_by_label("对哪类部门的信息有异议").select_option("6")
    person.fill("当事人的陈述", "二道区那套房子2024年9月已经卖给别人，不该还算我家的。")


def _open_papers(person: Visitor) -> None:
    person.press("显示扫描件")


def _first_look(person: Visitor) -> None:
    person.press("打开材料")
    person.reads("第一遍：看材料")


def _second_look(person: Visitor) -> None:
    person.page.keyboard.press("a")
    person.press("材料看完，对照电子数据")
    person.reads("第二遍")
    person.press("显示完整号码")


GUIDE = (
    Scene("desk-household", "upload_lists", 3, "徐晨", (("家庭登记", ""),), act=_type_household),
    Scene(
        "desk-columns",
        "upload_lists",
        3,
        "徐晨",
        (("核对名单", ""), ("上传名单", "")),
        act=_upload_register,
    ),
    Scene(
        "desk-papers",
        "upload_lists",
        3,
        "徐晨",
        (*_LIST, ("扫描件", "姜淑芬")),
        act=_open_papers,
    ),
    Scene(
        "department-preview",
        "upload_lists",
        4,
        "罗琳",
        (("提交委托", ""), ("预览由谁核对", "")),
    ),
    Scene("officer-first-look", "submit", 5, "王芳", _LOOK, act=_first_look),
    Scene("officer-second-look", "submit", 5, "王芳", _LOOK, act=_second_look),
    Scene("director-board", "accept_replies", 25, "韩立新", (("办理情况", ""),)),
    Scene(
        "issuer-comparison",
        "report_county",
        25,
        "刘洋",
        (("全部案件", ""), ("", "姜淑芬"), ("申报与核对比对", "")),
    ),
    Scene("department-explain", "report_county", 25, "罗琳", (("待说明的家庭", ""),)),
    Scene("reviewer-matters", "explain", 26, "赵磊", (("说明与签认", ""),)),
    Scene("administrator-stand-ins", "arrange_people", 27, "沙丽", (("岗位代理", ""),)),
    Scene("desk-objection", "late_reply", 31, "许诺", _OBJECTION, act=_contest),
    Scene("liaison-recheck", "contest", 31, "龙海燕", (("数据交换申请", ""), ("反馈", "异议复核"))),
    Scene("desk-list", "upload_lists", 3, "徐晨", _LIST),
    Scene("desk-prints", "upload_lists", 3, "徐晨", (*_LIST, ("打印材料", ""))),
    Scene(
        "consent",
        "upload_lists",
        3,
        "徐晨",
        (*_LIST, ("打印材料", "")),
        paper="打印查询授权书",
    ),
    Scene("desk-scans", "upload_lists", 3, "徐晨", (*_LIST, ("扫描件", ""))),
    Scene("department-prints", "upload_lists", 4, "罗琳", _TO_SEAL),
    Scene("letter", "upload_lists", 4, "罗琳", _TO_SEAL, paper="打印委托书"),
    Scene("department-entrust", "upload_lists", 4, "罗琳", (("提交委托", ""),)),
    Scene("officer-check", "submit", 5, "王芳", _CHECK),
    Scene("reviewer-review", "resubmit", 6, "赵磊", (("审核复审", ""),)),
    Scene("reviewer-letter", "hand_back", 10, "郑伟", (("向上级委托", ""), ("用印", "待用印"))),
    Scene("home", "make_requests", 13, "周建华"),
    Scene("operator-request", "make_requests", 13, "周建华", _REQUEST),
    Scene("delivery-note", "make_requests", 13, "周建华", _REQUEST, paper="打印交接单"),
    Scene("liaison-requests", "make_requests", 13, "潘婷", (("数据交换申请", ""),)),
    Scene("liaison-request", "make_requests", 13, "潘婷", (("数据交换申请", ""), ("签收", ""))),
    Scene(
        "operator-reply",
        "collect_replies",
        18,
        "秦岚",
        (("待我办理", ""), ("接收", "长春市财政局")),
    ),
    Scene("issuer-case", "report_province", 20, "刘洋", (("全部案件", ""), ("", "姜淑芬"))),
    Scene("issuer-desk", "decide_incomplete", 25, "刘洋", (("报告出具", ""),)),
    Scene("department-feedback", "merge", 27, "罗琳", (("核对反馈", ""),)),
    Scene("administrator-people", "merge", 27, "阎军", (("人员与岗位", ""),)),
    Scene("administrator-trail", "merge", 27, "雷鸣", (("操作留痕", ""),)),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], GUIDE, GUIDE_FOLDER))
