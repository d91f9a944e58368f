"""Words of 举报: whom it is about, how it came, how it ended, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

CHANNEL_TITLES = {
    "web": "网上",
    "phone": "电话",
    "email": "电子邮件",
    "wechat": "微信",
    "weibo": "微博",
    "visit": "来访",
    "letter": "来信",
}

ABOUT_TITLES = {
    "subject": "申请或者正在享受救助的家庭不如实申报、骗取救助",
    "organisation": "单位、组织不如实提供情况或者出具虚假证明",
    "staff": "核对机构工作人员失职、滥用职权、徇私舞弊",
    "other": "其他情况",
}

ABOUT_SHORT = {
    "subject": "核对对象",
    "organisation": "单位和组织",
    "staff": "工作人员",
    "other": "其他",
}

OUTCOME_TITLES = {
    "": "",
    "true": "属实",
    "partly": "部分属实",
    "untrue": "不属实",
    "unknown": "无法查实",
    "referred": "转有权处理的机关办理",
}

WORD_TITLES = {
    "says": "举报内容",
    "adds": "举报人补充",
    "asks": "请举报人补充",
    "answers": "答复举报人",
    "finds": "办理情况",
}

STEP_TITLES = {
    "accused": "被举报",
    "involved": "办理过所涉案件",
    "handle": "经办",
    "close": "审核办结",
}

PUBLIC_STATES = {
    "registered": "已登记，等待分办",
    "assigned": "正在办理",
    "handled": "已办理，正在审核",
    "closed": "已办结",
}

LIST_TITLES = {"open": "办理中", "closed": "已办结"}
NUMBER_WORD = "举"
FIGURES = "零一二三四五六七八九"

register(
    {
        "tipoff.question": "{first}加{second}等于几",
        "tipoff.answer": "这道题的答案不对，或者页面打开超过两小时。已换一道新题，请重新作答，您填写的内容还在。",
        "tipoff.code": "没有这个受理编号和查询码的举报。请对照登记时记下的编号和 20 位查询码，再填一次。",
        "tipoff.closed": "这件举报已经办结，不能再补充。有新的情况，请另行举报。",
        "tipoff.too_many": "补充已满 {most} 次，不能再补充。请通过核对机构公布的电话说明。",
        "tipoff.handler": "请选择本机构在岗的工作人员。",
        "tipoff.handler_involved": "{name}被举报或者办理过所涉案件，应当回避。请另选一人。",
        "tipoff.handler_now_involved": "经办人{name}被举报或者办理过所涉案件，应当回避。请先改派他人，再登记。",
        "tipoff.no_case": "本机构没有编号为 {number} 的案件。请填写完整的案件编号，例如 双核 2026-11-000012。",
        "tipoff.nothing": "请填写案件编号，或者选择被举报的工作人员。",
        "tipoff.refer": "转办的，请写明转给哪个机关、哪一天、文号或者经手人。",
        "tipoff.day": "日期不能晚于今天（{today}）；请填写收到举报的日期。",
    }
)
