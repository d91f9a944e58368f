"""``python -m tests.journeys.guide``: the pictures of docs/guide, of the real pages and papers."""

import sys

from tests.journeys.pictures import FOLDER, Scene, main

GUIDE_FOLDER = FOLDER / "guide"

_LIST = (("核对名单", ""), ("查看", "弓棚镇"))
_TO_SEAL = (("提交委托", ""), ("打印委托书和名单", ""))
_CHECK = (("受理初审", ""), ("初审", "榆"))
_REQUEST = (("数据交换", ""), ("榆树市公安局", ""))

GUIDE = (
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
    Scene("officer-household", "submit", 5, "王芳", (*_CHECK, ("核对材料", "张海波"))),
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
