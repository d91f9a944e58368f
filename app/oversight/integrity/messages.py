"""Words of 诚信登记: whom it is about, how a notice was served, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

ABOUT_TITLES = {"person": "核对对象", "organisation": "单位、组织", "staff": "核对机构工作人员"}

ARTICLE_TITLES = {
    "person": "吉民发〔2017〕58号 第十三条",
    "organisation": "吉民发〔2017〕58号 第十四条",
    "staff": "吉民发〔2017〕58号 第十五条",
}

WORD_TITLES = {
    "served": "送达当事人",
    "appealed": "当事人申诉",
    "upheld": "申诉审查：维持",
    "withdrawn": "撤销登记",
    "told": "告知当事人审查结果",
}

WAY_TITLES = {
    "in_person": "当面送达",
    "post": "邮寄送达",
    "home_visit": "上门送达",
    "announcement": "公告送达",
}

NOTICE_WAY_TITLES = {"hand": "专人送达", "post": "机要、邮寄", "platform": "政务信息资源共享平台"}

DISPATCH_TITLES = {"disclosed": "告知登记", "withdrawn": "告知撤销"}
OUTCOME_TITLES = {"uphold": "维持登记", "withdraw": "撤销登记"}
LIST_TITLES = {"open": "办理中", "shown": "有效", "ended": "已结束"}
SCAN = "决定书.pdf"

register(
    {
        "integrity.decision_day": "作出决定的日期不能晚于今天（{today}）；请照决定书填写。",
        "integrity.day": "日期不能晚于今天（{today}）；请填写实际日期。",
        "integrity.served_early": "送达日期不能早于登记日期（{entered}）；请填写其后的日期。",
        "integrity.appeal_early": "申诉日期不能早于送达日期（{served}）；请填写其后的日期。",
        "integrity.scan": "请附决定书的扫描件（PDF）。没有有权机关的决定，不能登记。",
        "integrity.credit_code": "统一社会信用代码应为 18 位，请照登记证书填写。",
        "integrity.twice": "这份决定已经登记（{number}），不能重复登记。",
        "integrity.own_decision": "“作出决定的机关”不能是本核对机构：登记只凭有权机关的决定，核对机构不作处罚。请填写作出决定的机关。",
        "integrity.way": "请选择送达方式。",
        "integrity.not_in_force": "这条登记目前不在有效期内（或者正在申诉审查、已撤销），不能告知其他部门。",
        "integrity.not_withdrawn": "这条登记没有撤销，不需要发撤销通知。",
        "integrity.told_already": "已经向{recipient}发过这一通知，不能重复发出。",
        "integrity.not_told": "没有向{recipient}告知过登记，不需要发撤销通知。",
    }
)
