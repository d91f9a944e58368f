"""What is said about decisions: how they stand, and what cannot be."""

from app.decisions import names
from tenants.messages import Fault, RowFault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "RowFault", "say"]

_TONES = {
    "granted": "done",
    "refused": "done",
    "stopped": "done",
    "changed": "done",
    "open": "strong",
}
OUTCOMES = {code: (title, _TONES[code]) for code, title in names.OUTCOMES.items()}
"""Outcome → title and the tone of its badge."""

OUTCOME_CHOICES = list(names.OUTCOMES.items())
WAY_TITLES = {"page": "逐户填写", "file": "上传文件", "letter": "下级报告"}
AMOUNT_TITLES = {"monthly": "元/月", "once": "元（一次性）", "none": ""}
FOUND_TITLES = {
    "nothing": "没有查得记录",
    "found": "查得记录，没有需说明的情况",
    "matter": "有经说明、签认的情况",
}
UNIT_LISTS = {"waiting": "待反馈", "open": "未决", "done": "已反馈"}
AGENCY_LISTS = {"overdue": "超期未反馈", **UNIT_LISTS}
WANTED_FILES = "填好的审批情况反馈表（.xlsx、.xls 或 .csv）"

DECIDED_WORDS = {"outcomes": OUTCOMES, "units": AMOUNT_TITLES, "ways": WAY_TITLES}
"""What ``decisions/_decided.html`` wants to be told."""

register(
    {
        "decision.not_reported": "该户还没有核对反馈，不能反馈审批情况；请等核对机构反馈以后再办理。",
        "decision.outcome": "审批结果应为批准、不予批准、停止、变更、未决之一，请改正。",
        "decision.closed": "该户的审批结果已经反馈，不能改为未决；结果有误的，请按正确的结果更正。",
        "decision.open_blank": "未决的不填审批日期、金额和起始月份，请清除，或者改正审批结果。",
        "decision.reason": "未决的应写明原因，{least} 至 {most} 个字，例如“申请人外出，待补充材料”。",
        "decision.reason_unasked": "只有未决的填写未决原因；已经决定的请清除这一格。",
        "decision.no_day": "请填写审批日期，即作出决定的日期，例如 2026-12-03。",
        "decision.day_to_come": "审批日期不能晚于今天（{today}）；请按审批表上的日期填写。",
        "decision.day_before_report": "审批日期早于核对反馈日期（{first}）；核对结果是审批的依据（第六条），请核对日期。",
        "decision.amount_unasked": "这一救助项目或审批结果不填金额，请清除这一格。",
        "decision.no_amount.monthly": "请填写每月金额（元），例如 560.00。",
        "decision.no_amount.once": "请填写救助金额（元），例如 2000.00。",
        "decision.amount_size": "金额应大于零、小于 {most} 元；请检查是否多写了位数，单位是元。",
        "decision.from_unasked": "不予批准和一次性救助不填起始月份，请清除这一格。",
        "decision.no_from": "请填写起始月份，即从哪个月起执行，例如 2026-12。",
        "decision.from_far": "起始月份与审批日期相差超过 {most} 个月；请核对年份和月份。",
        "decision.why": "更正已反馈的审批情况，请写明更正理由，2 至 200 个字。",
        "decision.same": "与已反馈的相同，没有更正。请改正后再提交。",
        "decision.number_unknown": "没有这个案件编号。请用本单位下载的反馈表，不要改动编号。",
        "decision.number_twice": "这个案件编号在第 {row} 行已经出现；一户只填一行，请删去一行。",
        "decision.no_number": "没有案件编号。请用本单位下载的反馈表，一户一行。",
        "decision.on_the_page": "该户的审批情况已经反馈；更正的，请在该户页面写明理由后办理。",
        "decision.date_unread": "日期应写成 2026-12-03 的样子。",
        "decision.amount_unread": "金额应为数字，最多两位小数，单位是元，例如 560.00。",
        "decision.month_unread": "月份应写成 2026-12 的样子。",
        "decision.word_unknown": "审批结果应为{allowed}之一，请从下拉列表中选择。",
        "decision.formula": "单元格是公式。请复制后用“选择性粘贴—数值”改为固定内容。",
        "decision.no_header": "前 {rows} 行中没有找到“{missing}”列。请用本页下载的反馈表，保留表头后再上传。",
        "decision.column_twice": "列“{column}”出现了两次。请删除或改名后再上传。",
        "decision.several_sheets": "有 {count} 张工作表都是审批情况。每个文件只放一张，请删除其余的再上传。",
        "decision.sheet_hidden": "审批情况所在的工作表被隐藏了。请取消隐藏后再上传。",
        "decision.no_rows": "没有填写任何一户的审批结果。请填写后再上传；还不反馈的户整行留空即可。",
        "decision.too_many": "一次最多反馈 {most} 户，请分成几份上传。",
        "decision.taken": "已反馈 {count} 户的审批情况。",
        "decision.same_rows": "{count} 户与已反馈的相同，未重复记录。",
        "notice.decision.due_soon": "上月核对的家庭还有 {count} 户没有反馈审批情况，请按期反馈（操作规程 四）；尚未决定的，反馈未决及其原因。",
        "notice.decision.overdue": "上月及以前核对的家庭有 {count} 户超期没有反馈审批情况（操作规程 四）。",
    }
)
