"""What people are told about delegations."""

from app.cases.messages import STATE_TITLES
from tenants.messages import register

ALL = "全部"
_LETTER_TONES = {"prepared": "strong", "sent": "active", "answered": "done", "recalled": "stopped"}
_LETTER_TONES["stopped"] = "stopped"
_CASE_TONES = {
    "prepared": "plain",
    "discarded": "stopped",
    "submitted": "plain",
    "returned": "stopped",
    "accepted": "strong",
    "checking": "active",
    "terminated": "stopped",
    "reported": "done",
    "closed": "done",
    "recalled": "stopped",
    "withdrawn": "stopped",
}
WAY_TITLES = {"media": "介质", "system": "系统", "store": "回流库"}
WITH_GAPS = "有缺口"
LETTER_STATES = {c: (t, _LETTER_TONES[c]) for c, t in STATE_TITLES["letter"].items()}
CASE_STATES = {c: (t, _CASE_TONES[c]) for c, t in STATE_TITLES["case"].items()}
"""State → title and the tone of its badge."""


register(
    {
        "emptied": "其中的事项已全部撤回、转出或者不再核对，无可查询对象",
        "letter_empty": "该委托书没有待送上级核对的家庭，无需用印。",
        "letter_former_parent": (
            "{name}已不是本机构的上级（区划变更），未送出的家庭将转入送现上级的委托书，请稍后刷新页面。"
        ),
        "letter_answered": "上级已对该委托书作出答复，不能撤回。",
        "letter_supplements": (
            "追加委托的人员已并入上级在办的家庭，不能单独撤回；不再核对的，请登记撤回授权、死亡或迁出。"
        ),
        "expedite.below": "下级委托的家庭由最初受理的核对机构允许紧急办理，不能在本级登记。",
        "expedite.scheme": "只有急难型临时救助可以紧急办理；其他救助项目按月办理。",
        "expedite.twice": "该家庭已经允许紧急办理，不用重复登记。",
        "expedite.state": "该家庭已经办结或者尚未提交，不能再允许紧急办理。",
        "expedite.aid": "实施救助的日期应在今天（{today}）前后 {days} 天以内，请核对。",
        "notice.case.hastened": "有 {count} 户已允许紧急办理，核对报告在救助后补送。",
        "notice.case.expedited": "有 {count} 户急难型家庭允许紧急办理，请即时办理。",
        "employer.unknown": "所选单位不是可以按人核对的所在单位，请重新选择。",
        "employer.nothing": "所选人员的在编信息已经提出核对或者不需要核对，请刷新页面后查看。",
        "employer.asked": "{unit}，{people} 人",
        "rerouted": "{item}：由{before}改为{after}",
        "rerouted.and": "、",
        "rerouted.between": "；",
        "rerouted.parent": "上级核对机构",
        "rerouted.nobody": "各级均不能核对",
        "rerouted.nothing": "不再另行查询",
        "not_from_below": "该家庭不是下级核对机构委托的，不能退回下级核对。",
        "nothing_to_hand_back": (
            "所选数据项均已有结果、已制作交换包或未列入核对，没有可退回下级核对的事项。"
        ),
    }
)
