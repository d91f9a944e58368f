"""What is said about periodic checks: why a household is left out, where one may be looked at."""

from tenants.messages import Fault, register, say

__all__ = ["DIRECTIONS", "KINDS", "LEFT_OUT", "MEASURES", "TENDENCIES", "Fault", "say"]

LEFT_OUT = {
    "no_case": "本系统没有核对过这一户，须逐户登记",
    "under_way": "正在核对中",
    "consent": "授权不够到本次反馈，须重新签署后逐户登记",
    "faults": "登记的内容有误，须逐户登记改正",
}
DIRECTIONS = {
    "over": ("超过限额，可能不再符合", "strong"),
    "help": ("查得减少，可能可以获得更多救助", "active"),
    "same": ("没有需要关注的变化", "done"),
}
TENDENCIES = {"more": "增加", "less": "减少", "same": "—"}
KINDS = {"new": "新增", "gone": "不再有", "changed": "变更"}
MEASURES = {
    "monthly_income": "月收入（元/人）",
    "deposits": "存款（元/人）",
    "houses": "房屋（处）",
    "vehicles": "车辆（辆）",
    "businesses": "经营主体（个）",
}

register(
    {
        "periodic.nobody": "没有可以纳入定期核查的家庭；请看每户后面的原因，或放宽条件。",
        "periodic.too_many": "一次最多纳入 {most} 户，现有 {count} 户；请按乡镇（街道）分几次。",
        "periodic.made": "已将 {count} 户纳入 {period} 的待提交名单，请核对后提交委托。",
        "periodic.left_out": "{count} 户没有纳入：{reason}。",
        "periodic.number": "定期{period}-{number:04d}",
    }
)
