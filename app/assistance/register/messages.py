"""What is said about the register: how a load stands, and what cannot be."""

from app.assistance.register import names
from tenants.messages import Fault, RowFault, register, say

__all__ = [
    "ENDINGS",
    "KIND_BADGES",
    "SHOWN",
    "SOURCE_TITLES",
    "STANDINGS",
    "Fault",
    "RowFault",
    "say",
]

STANDINGS = {
    "reading": ("正在读取", "active"),
    "columns": ("待说明栏目", "strong"),
    "waiting": ("待确认", "strong"),
    "applying": ("正在更新名册", "active"),
    "applied": ("已更新名册", "done"),
    "refused": ("未通过检查", "stopped"),
    "void": ("已作废", "stopped"),
}
SOURCE_TITLES = {"decision": "审批决定", "load": "系统导出"}
SHOWN = {"current": "在享", "left": "已退出"}
KIND_BADGES = {
    "added": (names.OUTCOME_TITLES["added"], "active"),
    "left": (names.OUTCOME_TITLES["left"], "stopped"),
    "changed": (names.OUTCOME_TITLES["changed"], "strong"),
}
ENDINGS = {
    "changed": "有了新的内容",
    "stopped": "审批停止",
    "revoked": "审批更正",
    "left": "系统导出中已没有",
}

register(
    {
        "register.no_sheet": "文件里没有表格；请上传系统导出的 xlsx、xls、ods 或 csv 文件。",
        "register.no_rows": "表头下面没有一行救助对象；请核对是否选错了文件，或者栏目对应是否正确。",
        "register.several_sheets": "有 {count} 张工作表都像救助对象名单；请只留一张再上传。",
        "register.hopeless": "第 {row} 行的户编号和证件号码都不能用，不知道是谁，整份不能装入；请在系统中改正后重新导出。",
        "register.households_differ": "户数不符：填报 {told} 户，文件中 {read} 户。请核对导出时的合计，或重新导出。",
        "register.persons_differ": "人数不符：填报 {told} 人，文件中 {read} 人。请核对导出时的合计，或重新导出。",
        "register.amount_differs": "金额不符：填报 {told} 元，文件中 {read} 元。请核对导出时的合计，或说明栏目时金额的算法。",
        "register.no_household": "没有户编号，不知道属于哪一户；请在系统中补上后重新导出。",
        "register.no_name": "没有姓名；请在系统中补上后重新导出。",
        "register.amount_unread": "金额应为数字，最多两位小数，单位是元；这一户先不更新。",
        "register.amounts_vary": "同一户各行的金额不同，不知道哪一个是户的金额；请在系统中改正，或在说明栏目时改选“每人的金额”。",
        "register.no_amount": "这一户没有金额；按月发放的救助项目每户应有金额。",
        "register.person_twice": "这个人在第 {row} 行已经出现；一个人在一个救助项目中只能有一行。",
        "register.formula": "单元格是公式；请用系统导出的原文件。",
        "register.future": "导出时间晚于今天；请按系统导出的时间填写。",
        "register.older": "名册已经按 {on} 导出的文件更新过，比这一份新；请核对导出时间。",
        "register.waiting_one": "这一救助项目已有一份正在装入，请先确认或作废那一份。",
        "register.same_operator": "装入人是您本人，须由另一名交换员确认。",
        "register.not_waiting": "这一份不在待确认状态，可能已由他人办理；请刷新后再看。",
        "register.not_open": "这一份已经更新名册或已经结束，不能作废。",
        "register.no_unit": "请选择本机构的委托单位。",
        "register.once_only": "一次性发放的救助不进名册；请选择按月或长期享受的救助项目。",
        "register.column_missing": "请选择“{column}”在表中的哪一列。",
        "register.column_twice": "“{column}”与“{other}”选了同一列；请改正其中一个。",
        "register.at": "第 {row} 行“{column}”：{fault}",
        "register.row": "第 {row} 行",
        "register.loaded": "文件已收到，正在读取；读完后由另一名交换员确认。",
        "home.register": "救助对象名册：{scheme}，{on} 导出",
    }
)
