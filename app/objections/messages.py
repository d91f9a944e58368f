"""Words of 异议: outcomes, ways of telling, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

OUTCOME_TITLES = {
    "": "",
    "upheld": "维持",
    "corrected": "更正",
    "source_correcting": "来源更正中",
    "unanswered": "来源未能复核",
}

WAY_TITLES = {
    "in_person": "当面告知",
    "phone": "电话告知",
    "letter": "书面送达",
    "home_visit": "入户告知",
}

WORD_TITLES = {
    "says": "当事人提出异议",
    "declined": "不予受理",
    "concluded": "复核结果",
    "told": "告知当事人",
    "disputed": "当事人对复核结果仍有异议",
    "settled": "异议处理结果",
    "told_settled": "告知当事人处理结果",
    "source_told": "告知信息来源单位",
}

PAGE_TITLES = {"agency": "异议", "unit": "异议告知", "desk": "异议登记"}
LIST_TITLES = {"open": "办理中", "ended": "已办结"}
UNIT_LIST_TITLES = {"open": "待告知", "ended": "其他"}

NOT_KNOWN_TITLE = "说不清是哪类部门"
OF_ABOVE = "由上级核对"
OUTCOMES_CONTESTED = {1: "有记录", 2: "无记录", 3: "无法查询"}

register(
    {
        "objection.join": "、",
        "notice.objection.lodged": "委托 {number} 有 {count} 户在受理窗口提出异议，请对应到记录并受理。",
        "notice.objection.declined": "委托 {number} 有 {count} 户的异议不予受理，请将理由告知当事人。",
        "objection.unsigned": "请上传当事人签字的异议申请书扫描件，窗口凭书面申请登记。",
        "objection.another_person": "所选记录不是提出异议的当事人的；请选择该人的一条记录。",
        "notice.objection.taken": "委托 {number} 有 {count} 户提出异议，请复核。",
        "notice.objection.disputed": "委托 {number} 有 {count} 户对复核结果仍有异议，请安排异议处理。",
        "notice.objection.concluded": "委托 {number} 有 {count} 户的异议已有结果，请告知当事人并登记。",
        "objection.no_report": "该户没有现行有效的核对反馈，不能登记异议。核对反馈出具后再登记。",
        "objection.late": "提出异议的日期应不晚于 {last}，已超过期限；情况特殊的，请按规定另行处理。",
        "objection.early": "提出异议的日期不能早于核对反馈的出具日期（{issued}）；请填写其后的日期。",
        "objection.day": "日期不能晚于今天（{today}）；请填写实际日期。",
        "objection.replaced": "这条记录已经来源复核并由新的记录替代；请选择现行的记录。",
        "objection.twice": "对这条记录的异议 {number} 正在办理，不能重复登记；补充的材料请归入该件。",
        "objection.no_consent": "该核对对象目前没有有效的查询授权，不能向来源复核。请先在“家庭变动”中登记重新授权。",
        "objection.outcome": "来源的反馈与所选结论不符：与原记录一致的为“维持”，不一致的为“更正”，没有反馈的不能维持或更正。请重新选择。",
        "objection.way": "请选择告知方式。",
        "objection.report_not_yet": "复核后的新版核对反馈尚未出具，{number} 仍是现行报告；待新版出具后再告知当事人。",
    }
)
