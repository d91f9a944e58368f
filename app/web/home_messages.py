"""Words of the navigation and of the home page that are not written in a template."""

from collections.abc import Mapping

from tenants.messages import register

GROUP_TITLES = {
    "own": None,
    "desk": "核对",
    "look": "查询",
    "unit": "委托",
    "exchange": "数据交换",
    "administration": "管理",
}

PAGE_TITLES = {
    "home": "待我办理",
    "check": "受理初审",
    "additions": "追加与更正",
    "packages": "导入数据包",
    "review": "审核复审",
    "exchange": "数据交换",
    "media": "介质登记簿",
    "store": "数据回流库",
    "connections": "系统交换",
    "matters": "说明与签认",
    "report": "报告出具",
    "objections": "异议",
    "objections_to_tell": "异议告知",
    "objections_lodged": "异议登记",
    "tip_offs": "举报",
    "integrity": "诚信登记",
    "public_contact": "公开信息",
    "letters": "向上级委托",
    "board": "办理情况",
    "analysis": "分析",
    "evaluation": "考评",
    "cases": "全部案件",
    "received": "下级委托",
    "issued": "核对报告",
    "register": "救助对象名册",
    "periodic": "定期核查",
    "expedited": "紧急办理",
    "coverage": "核对能力一览",
    "catalogue": "数据目录",
    "sources": "信息共享单位",
    "holidays": "节假日安排",
    "households": "家庭登记",
    "lists": "核对名单",
    "new_entrustment": "提交委托",
    "returned": "退回补正",
    "entrustments": "我的委托",
    "explanations": "待说明的家庭",
    "feedback": "核对反馈",
    "decisions": "审批情况反馈",
    "decided": "审批情况",
    "archive": "核对档案",
    "requests": "数据交换申请",
    "own_filings": "人员备案",
    "people": "人员与岗位",
    "stand_ins": "岗位代理",
    "hosting": "托管管理",
    "mail": "邮件提醒",
    "units": "单位",
    "trail": "操作留痕",
    "own": "个人设置",
    "notices": "通知",
    "files": "我的文件",
}

KIND_TITLES = {
    "check": "受理初审",
    "addition": "追加与更正初审",
    "review": "审核复审",
    "seal": "委托书用印",
    "make": "制作交换包",
    "confirm": "确认交换包",
    "deliver": "登记送达",
    "overdue": "逾期未反馈",
    "columns": "说明反馈栏目",
    "paper": "录入纸质反馈",
    "accept": "接收反馈",
    "stored": "回流数据待确认",
    "registered": "名册数据待确认",
    "own_item": "数据项待确认",
    "destroy": "介质待销毁",
    "inquiry": "答复外来查询",
    "filing": "确认人员备案",
    "own_filing": "确认人员备案",
    "sign": "说明与签认",
    "match": "受理窗口转来的异议",
    "recheck": "异议复核",
    "settle": "异议处理",
    "tell": "告知异议结果",
    "integrity_confirm": "确认诚信登记",
    "integrity_serve": "诚信登记待送达",
    "integrity_decide": "审查申诉",
    "tip_assign": "分办举报",
    "tip_handle": "办理举报",
    "tip_close": "审核举报",
    "issue": "出具报告",
    "merge": "合并反馈",
    "decide": "超期决定",
    "continue": "登记草稿",
    "submit": "提交委托",
    "returned": "退回补正",
    "explain": "待家庭说明",
    "receive": "签收核对反馈",
    "decision": "反馈审批情况",
    "take": "签收申请",
    "answer": "反馈申请",
}

KIND_VERBS = {
    "check": "初审",
    "addition": "初审",
    "review": "复审",
    "seal": "用印",
    "make": "制作",
    "confirm": "确认",
    "deliver": "送达",
    "overdue": "处理",
    "columns": "说明",
    "paper": "录入",
    "accept": "接收",
    "stored": "确认",
    "registered": "确认",
    "own_item": "确认",
    "destroy": "登记",
    "inquiry": "查看",
    "filing": "确认",
    "own_filing": "确认",
    "sign": "签认",
    "match": "受理",
    "recheck": "复核",
    "settle": "处理",
    "tell": "告知",
    "integrity_confirm": "确认",
    "integrity_serve": "登记送达",
    "integrity_decide": "审查",
    "tip_assign": "分办",
    "tip_handle": "办理",
    "tip_close": "审核",
    "issue": "出具",
    "merge": "合并",
    "decide": "决定",
    "continue": "继续填写",
    "submit": "提交",
    "returned": "补正",
    "explain": "登记说明",
    "receive": "签收",
    "decision": "反馈",
    "take": "签收",
    "answer": "反馈",
}

KIND_UNITS = {
    "check": "户",
    "review": "户",
    "issue": "户",
    "merge": "户",
    "decide": "户",
    "continue": "户",
    "submit": "户",
    "returned": "户",
    "decision": "户",
}
"""What a kind counts in; the others count 件."""

RUNNING_TITLES = {
    "file.make": "正在生成文件（户或行）",
    "register.read": "正在读取救助对象名册的数据（人）",
    "register.apply": "正在更新救助对象名册（人）",
    "list.upload": "正在检查并受理名单（行）",
    "case.route": "正在确定核对事项和核对单位（户）",
    "coverage.reroute": "正在按变更后的核对能力重新确定核对单位",
    "letter.send": "正在发出委托书（封）",
    "package.make": "正在制作交换包（人）",
    "reply.check": "正在检查反馈文件（项次）",
    "store.read": "正在读入回流数据（条）",
    "store.answer": "正在由数据回流库比对（人）",
    "reply.accepted": "正在将反馈记入核对结果（项次）",
    "report.render_own": "正在生成本级报告并签章（份）",
    "report.render_merged": "正在合并报告并签章（份）",
    "report.pass_down": "正在向下级发出报告（份）",
    "archive.destroy": "正在销毁档案（件）",
}

COMING = {
    "check": (
        "委托单位提交委托后列在这里。",
        "委托单位提交委托后列在这里，每月 {intake} 日前受理。",
    ),
    "review": (
        "初审通过的各户和下级机构的委托列在这里。",
        "初审通过的各户和下级机构的委托列在这里。",
    ),
    "seal": (
        "有需要上级核对的事项时，委托书在这里用印。",
        "有需要上级核对的事项时，委托书在这里用印，每月 {exchange} 日前发出。",
    ),
    "make": (
        "审核复审通过后，按信息共享单位汇成批次列在这里。",
        "审核复审通过后，按信息共享单位汇成批次列在这里，每月 {exchange} 日前送出。",
    ),
    "accept": (
        "信息共享单位的反馈检查通过后，由两名交换员接收。",
        "信息共享单位的反馈检查通过后，由两名交换员接收。",
    ),
    "issue": (
        "本级信息共享单位全部反馈后列在这里。",
        "本级信息共享单位全部反馈后列在这里，每月 {report} 日前反馈委托单位。",
    ),
    "merge": (
        "本级和上级报告收齐后列在这里。",
        "本级和上级报告收齐后列在这里，每月 {report} 日前反馈委托单位。",
    ),
    "submit": (
        "受理窗口上传名单后，在这里用印提交。",
        "受理窗口上传名单后，在这里用印提交，每月 {intake} 日前提交的当月办理。",
    ),
    "receive": (
        "核对机构合并反馈后，在这里签收。",
        "核对机构合并反馈后，在这里签收，一般在每月 {report} 日前。",
    ),
    "take": (
        "核对机构送出的数据交换申请列在这里。",
        "核对机构送出的数据交换申请列在这里，每月 {exchange} 日前送达。",
    ),
}
"""Kind → what will stand here and when; the first where the law sets no window."""


def coming_words(kind: str, days: Mapping[str, int]) -> str:
    """The sentence about a kind; ``days`` are the last days of the month's windows, 0 for none."""
    without, within = COMING[kind]
    return within.format(**days) if all(days.values()) else without


SHEET_FILE = "{title}.xlsx"

register(
    {
        "sheet_unknown": "要导出的列表不存在。请回到列表页面，再点“导出 xlsx”。",
        "sheet_empty": "列表中没有可以导出的内容。请调整查询条件后再导出。",
        "sheet_too_many": "符合条件的超过 {most} 条，一个工作表放不下。请按所属月份、状态等缩小范围后再导出。",
        "home.emergency": "（急难）",
        "home.recheck": "（异议复核）",
        "home.all": "全部",
        "shell.standing": "代 {absent} {role}",
        "home.finished": "已经办完，重新打开本页即可看到结果。",
        "home.request": "{unit} {period}批",
        "home.reply": "{number} 第 {part} 份反馈",
        "home.stored": "{item} 截至 {as_of}",
        "home.own_item": "{item} {title}",
        "home.letter": "{period}批 向{parent}委托",
        "home.prepared": "待提交家庭",
        "home.inquiry": "外来查询",
        "home.draft": "尚未登记完的家庭",
        "home.schemes": "{first}等 {count} 项",
    }
)
