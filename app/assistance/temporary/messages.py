"""Words of 一次性临时救助: places, questions, outcomes, grounds, and what can be wrong."""

from tenants.messages import Fault, register, say

# The package says and raises through this module, so that its words are always registered.
__all__ = ["Fault", "say"]

ARTICLE = "粤民发〔2020〕143号 三"
PLACE_TITLES = {"work": "务工地", "residence": "经常居住地"}
CHECK_TITLES = {
    "income": "连续三个月无收入来源",
    "insured": "失业保险政策无法覆盖",
    "subsistence": "未纳入低保范围",
    "elsewhere": "省内其他地方没有发放",
}
OUTCOME_TITLES = {
    "met": ("符合", "done"),
    "not_met": ("不符合", "strong"),
    "unknown": ("不清楚", "active"),
}
SOURCE_TITLES = {
    "store": "数据回流库",
    "register": "本机构救助对象名册",
    "ledger": "全省发放登记",
    "document": "有关单位的书面材料",
    "visit": "乡镇（街道）调查",
}
PAPER_TITLES = {"consent": "查询授权书", "identity": "身份证", "proof": "证明材料"}
PROPOSAL_TITLES = {"grant": "建议给予救助", "refuse": "建议不予救助"}
GROUND_TITLES = {
    "": "",
    "income": "不属于连续三个月无收入来源",
    "insured": "失业保险政策可以覆盖",
    "subsistence": "已纳入低保范围",
    "elsewhere": "已在省内其他地方领取同一救助",
    "other": "不符合当地规定的其他条件",
}
SIDE_TITLES = {"civil": "民政部门", "bureau": "人力资源社会保障部门"}
RULE_STATES = {
    "proposed": ("待人社部门同意", "active"),
    "in_force": ("两部门已同意", "done"),
    "turned_down": ("人社部门不同意", "stopped"),
}
LIST_TITLES = {
    "open": "办理中",
    "decide": "待共同认定",
    "pay": "待发放",
    "over": "已办结",
}
LOOKED_UP = "系统比对"

register(
    {
        "temporary.twice": "本县已有这个人今年的申请，不能重复登记；请与县级核对机构联系。",
        "temporary.once_for_all": "本县已有这个人的申请，不能重复登记；请与县级核对机构联系。",
        "temporary.day": "日期不能晚于今天（{today}）。",
        "temporary.consent_term": "授权期限应在签署之日起 {months} 个月以内，且没有过期。",
        "temporary.consent_over": "查询授权已于 {until} 到期，不能再核查；请乡镇（街道）请申请人重新授权后另行申请。",
        "temporary.unsigned": "请附申请人签字的查询授权书扫描件。",
        "temporary.visit_before": "调查日期不能早于申请日期（{applied_on}）。",
        "temporary.ask_closed": "只能在核查本县的申请时查询全省发放登记。",
        "temporary.asked_often": "同一申请最多查询全省发放登记 {most} 次。认定时系统还会再核对一次。",
        "temporary.asked_today": "本机构今天查询全省发放登记已满 {most} 次，请明天再查。",
        "temporary.unknown": "“{checks}”还不清楚，不能提请共同认定；请先取得材料，记录核查结果。",
        "temporary.no_rule": "本市还没有两部门共同确定的标准和金额，不能提请共同认定。",
        "temporary.no_bureau": "没有人力资源社会保障部门的认定人员；请由系统管理员登记该部门的人员，安全管理员授予“共同认定”岗位。",
        "temporary.not_met": "“{checks}”不符合，不能同意给予救助。",
        "temporary.own_check": "核查由您记录，民政部门的认定应由另一人作出。",
        "temporary.same_person": "您同时有人力资源社会保障部门的账号，民政部门的认定应由另一人作出。",
        "temporary.decided": "本部门已经作出认定，不能更改。",
        "temporary.reason": "不同意的，请选择理由，并写明依据的事实。",
        "temporary.by_ledger": "这一项只能查询全省发放登记，不能手工填写。",
        "temporary.city_sets": "标准、程序和金额由地级以上市民政局、人力资源社会保障局确定，下发后自动生效。",
        "temporary.rule_past": "生效日期不能早于今天（{today}），也不能与已有的版本相同。",
        "temporary.rule_waits": "已有一个版本待人社部门同意，请先等其答复。",
        "temporary.nothing_to_list": "没有待发放的人，不能生成发放名单。",
        "temporary.paid_before": "发放日期不能早于名单日期（{made_on}），也不能晚于今天。",
        "temporary.released_by_self": "退回由您登记，解除占用应由另一人确认。",
        "temporary.look_up.insured_hit": "查得失业保险参保或者领取待遇的记录",
        "temporary.look_up.insured_none": "没有失业保险参保或者领取待遇的记录",
        "temporary.look_up.insured_unable": "数据回流库没有当前有效的社会保险数据，请向人社部门取得书面材料",
        "temporary.look_up.listed": "名册中有这个人，正在享受低保",
        "temporary.look_up.not_listed": "名册中没有这个人",
        "temporary.look_up.elsewhere": "不是本县户籍，本县名册不能说明，请函询户籍地民政部门",
        "temporary.look_up.no_register": "本机构还没有装入低保数据，请取得书面材料",
        "temporary.look_up.taken": "省内已有发放或者正在发放的登记；登记不显示地点",
        "temporary.look_up.free": "省内没有发放的登记",
        "temporary.unmask_why": "共同认定一次性临时救助",
    }
)
