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

KIND_TITLES = {
    "consent": "撤回查询授权",
    "application": "撤回申请",
    "departure": "死亡、迁出",
}

register(
    {
        "change.place": "{relation}（名单第 {row} 行）：{reason}",
        "change.package_stopped": "包内有不再核对的人员，本包停发；其余人员转入下一批",
        "change_day": "日期不能晚于今天（{today}），请照书面材料填写。",
        "change_day_early": "撤回日期不能早于授权书签署日期（{earliest}），请照书面材料填写。",
    }
)


def place_words(relation: str, row: int, reason: str) -> str:
    """Whom of a household a change concerns, without a name, and why."""
    return say("change.place", relation=title("relation", relation), row=row, reason=reason)
