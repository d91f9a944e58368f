"""Names of files, headings of the sheet, and the words that stand in its cells."""

TEMPLATE = "审批情况反馈表.xlsx"
SHEET = "审批情况"
GUIDE_SHEET = "填写说明"

HEADINGS = {
    "number": "案件编号",
    "head": "户主",
    "scheme": "救助项目",
    "outcome": "审批结果",
    "decided_on": "审批日期",
    "amount": "金额（元）",
    "from_period": "起始月份",
    "reason": "未决原因",
}
FILLED_IN = ("outcome", "decided_on", "amount", "from_period", "reason")
NEEDED = ("number", "outcome")

NOTES = {
    "number": "系统已填，不要改动；一户一行",
    "head": "系统已填，姓名已遮盖，仅供核对",
    "scheme": "系统已填，仅供核对",
    "outcome": "批准、不予批准、停止、变更、未决，选一项；还不反馈的整行留空",
    "decided_on": "作出决定的日期，例如 2026-12-03；未决的留空",
    "amount": "批准、变更的填：低保、特困填每月金额，临时救助填总额；其余项目留空",
    "from_period": "从哪个月起执行，例如 2026-12；不予批准、临时救助、未决的留空",
    "reason": "未决的写明原因，2 至 200 个字；其余留空",
}
GUIDE = (
    "核对机构每月接收委托单位反馈上月核对对象的社会救助审批情况，期限见“审批情况反馈”页面。",
    "只填后五列，填好后在该页面上传。有误的户单独指出，不影响其他户。",
)
OUTCOMES = {
    "granted": "批准",
    "refused": "不予批准",
    "stopped": "停止",
    "changed": "变更",
    "open": "未决",
}
ALSO = {
    "granted": ("同意", "已批准", "准予", "通过", "予以批准"),
    "refused": ("不批准", "不予", "不通过", "未批准", "不同意"),
    "stopped": ("已停止", "停发", "终止", "取消"),
    "changed": ("已变更", "调整", "调标"),
    "open": ("待定", "未定", "尚未决定"),
}
YEAR, MONTH = "年", "月"
