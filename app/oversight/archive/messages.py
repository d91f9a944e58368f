"""Words of 核对档案: how long, what is missing, why it is held, what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

BASIS_TITLES = {
    "granted": "批准救助",
    "changed": "变更救助",
    "stopped": "停止救助",
    "refused": "不予批准",
    "ended": "终止、撤回",
    "contested": "经异议更正",
}

MISSING_TITLES = {
    "letter": "核对委托书",
    "papers": "查询授权书、身份证扫描件",
    "own_report": "本级核对报告",
    "merged_report": "统一反馈报告",
    "decision": "审批情况反馈",
    "objection": "异议尚未办结",
    "answers": "反馈尚未到齐",
}

HOLD_TITLES = {
    "objection": "异议办理中",
    "tip_off": "举报核查",
    "audit": "审计、检查",
    "litigation": "行政复议、诉讼",
    "other": "其他",
}

PAPER_TITLES = {
    "entrustment": "核对委托书",
    "authorisation": "查询授权书",
    "id_card": "身份证件扫描件",
    "household_register": "户口簿",
    "marriage": "婚姻证明",
    "explanation": "情况说明材料",
    "other": "其他材料",
    "change": "变动证明材料",
    "objection": "异议材料",
    "own": "核对报告",
    "upper": "上级核对报告",
    "merged": "统一反馈报告",
}

COLUMNS = {
    "people": ("姓名", "证件号码", "关系", "加入日期", "离开日期", "授权起止"),
    "results": ("姓名", "数据项", "内容", "信息来源", "申请编号", "核对机构", "截至日期"),
    "requests": ("申请编号", "信息共享单位", "制作日期", "送达日期", "系统印记"),
    "decisions": ("次序", "审批结果", "审批日期", "金额（元）", "起始月份", "登记人", "登记日期"),
    "statements": ("事项", "日期", "登记人", "内容"),
    "events": ("时间", "事项", "经办人", "理由"),
}
"""The columns of each table of a package."""

STATE_LISTS = {
    "": "全部",
    "filed": "在档",
    "held": "暂停销毁",
    "proposed": "拟销毁",
    "destroyed": "已销毁",
}

FAULT_TITLES = {"altered": "内容已改动", "missing": "缺少", "unknown": "不在清单内"}


def years_words(years: int | None) -> str:
    """A term as it is printed on a file."""
    return "永久" if years is None else f"{years} 年"


register(
    {
        "archive.reason_missing": "请写明理由。",
        "archive.destroyed": "该件档案已经销毁，只保留销毁记录。",
        "archive.not_filed": "该件档案已列入销毁清册或已销毁，不能办理。",
        "archive.same_person": "提出、批准、监销应由三名不同的人办理，您已经办理过其中一步。",
        "archive.held_meanwhile": "清册中有 {count} 件已暂停销毁或仍有异议，不能销毁。请不予销毁，重新提出。",
        "notice.archive.proposed": "销毁清册 {number} 有 {count} 件档案，请批准。",
        "notice.archive.confirmed": "销毁清册 {number} 已批准，有 {count} 件档案，请监销。",
        "archive.incomplete": "所选的 {count} 件档案都不齐全。请补齐材料；确实无法补齐的，写明理由后归档。",
        "archive.unchanged": "归档后没有新的材料，不用补充归档。",
        "archive.package_name": "核对档案-{number}.zip",
        "archive.verify.good": "档案包完整，{count} 个文件与清单一致。",
        "archive.verify.bad": "档案包与清单不一致：",
        "archive.verify.line": "  {name}：{fault}",
        "archive.verify.unreadable": "不能打开档案包：密码不对，或者不是完整的 ZIP 文件。",
        "archive.verify.no_manifest": "档案包中没有清单文件 {name}，或者清单不能读。",
    }
)
