"""Words of 待说明 matters: what they are, how they stand, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

LIST_TITLES = {
    "explain": "待家庭说明",
    "sign": "待签认",
    "exclude": "不计入待签认",
    "settled": "已办结",
}

UNIT_LIST_TITLES = {"explain": "待说明", "told": "已说明和已办结"}

register(
    {
        "matter.measure.monthly_income": "月收入",
        "matter.measure.deposits": "存款",
        "matter.measure.houses": "房产",
        "matter.measure.vehicles": "车辆",
        "matter.measure.businesses": "经营主体",
        "matter.unit.houses": "{n} 套",
        "matter.unit.vehicles": "{n} 辆",
        "matter.unit.businesses": "{n} 个",
        "matter.facts.measure": "申报 {declared}，查得 {found}{left_out}",
        "matter.facts.left_out": "，其中 {left_out} 经签认不计入，计 {stands}",
        "matter.facts.over_declared": "比申报多 {more}",
        "matter.facts.over_limit": "超过限额 {limit}",
        "matter.facts.over_limit_each": "超过人均限额 {limit}",
        "matter.facts.conflict": "{person}：{values}",
        "matter.facts.value": "{source} {amount} 元",
        "matter.facts.relation": "婚姻登记显示{person}的配偶（{spouse}{on}）不在申报的家庭成员中",
        "matter.facts.registered": "，{on} 登记",
        "matter.join": "；",
        "matter.title.conflict": "{item}，不同来源不一致",
        "matter.title.relation": "婚姻登记与申报的家庭成员",
        "matter.not_open": "这一事项已经办结或被新的结果取代，不能再登记说明；请刷新页面查看。",
        "matter.told_later": "说明日期不能晚于今天（{today}）；请填写家庭作出说明的日期。",
        "matter.told_before": "说明日期不能早于提出待说明的日期（{opened}）；请填写其后的日期。",
        "matter.finding_unknown": "所选的查得记录不属于这一事项；请在页面所列的记录中选择。",
        "matter.ground_unknown": "请选择不计入的事由。",
        "matter.amount_wrong": "不计入的数额应大于零，且不超过该条记录尚未申请不计入的数额；要全部不计入，请留空。",
        "matter.amount_not_divisible": "这一事项按件计算，不能只将一部分不计入；数额请留空。",
    }
)
