"""Words of the changes of a household."""

from app.intake.wording import title
from tenants.messages import register, say

CONSENT_REASONS = {
    "own_will": "本人不再同意查询",
    "left_household": "不再共同生活，不再参加本次核对",
    "scope": "不同意授权书所列查询范围",
    "other": "其他原因，见撤回书",
}
"""Reasons as the history shows them; what a person wrote beside them is kept sealed."""

APPLICATION_REASONS = {
    "own_will": "家庭自愿撤回申请",
    "improved": "家庭经济状况改善，不再需要救助",
    "moved": "全户迁出本行政区域",
    "twice": "重复提交",
    "other": "其他原因，见撤回申请书",
}

DEPARTURE_REASONS = {"died": "死亡", "left": "迁出，不再共同生活"}

JOINING_REASONS = {
    "birth": "出生",
    "marriage": "结婚",
    "moved_in": "迁入，共同生活",
    "forgotten": "申请时漏报",
}

CORRECTION_REASONS = {
    "typed": "录入错误，与证件不一致",
    "renewed": "证件号码或姓名依法变更",
    "other": "其他原因，见书面材料",
}

ADDITION_TITLES = {
    "member": "追加成员",
    "number": "更正证件号码",
    "name": "更正姓名",
    "consent": "重新授权",
}

CONSENT_ANEW = "重新签署查询授权书"

RETURN_REASONS = {
    "authorisation": "授权书缺签名、指印或已失效",
    "paper": "缺少证明材料（出生医学证明、结婚证、户口簿等）",
    "differs": "登记内容与证件、材料不一致",
    "other": "其他原因",
}

LEFT_TITLES = {"died": "已死亡", "left": "已迁出", "corrected": "原号码有误"}

KIND_TITLES = {
    "consent": "撤回查询授权",
    "application": "撤回申请",
    "departure": "死亡、迁出",
}

register(
    {
        "change.place": "{relation}（名单第 {row} 行）：{reason}",
        "change.package_stopped": "包内有不再核对的人员，本包停发；其余人员转入下一批",
        "addition.look": "受理初审核对证件与登记内容",
        "addition_too_late": (
            "该户不在核对之中（已反馈、已退回或已终止），不能追加或更正。"
            "已反馈的，家庭成员变化请作为新的申请提交；已退回的，请在补正名单时一并更正。"
        ),
        "addition_faulty": "登记内容不符合名单要求，请逐项改正后再提交。",
        "addition_outdated": "登记内容已不符合名单要求（如授权书已失效），请退回委托单位重新登记。",
        "addition_head": "户主的登记信息不符合名单要求，请先更正户主的登记信息。",
        "nothing_corrected": "姓名和证件号码与原登记相同，没有需要更正的内容。",
        "change_day": "日期不能晚于今天（{today}），请照书面材料填写。",
        "change_day_early": "撤回日期不能早于授权书签署日期（{earliest}），请照书面材料填写。",
    }
)


def place_words(relation: str, row: int, reason: str) -> str:
    """Whom of a household a change concerns, without a name, and why."""
    return say("change.place", relation=title("relation", relation), row=row, reason=reason)
