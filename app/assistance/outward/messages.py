"""What is said of lists that leave: how they stand, their covers, and what cannot be."""

from tenants.messages import Fault, register, say

__all__ = ["GAPS", "STANDINGS", "Fault", "say"]

STANDINGS = {
    "made": ("待确认", "strong"),
    "confirmed": ("待送出", "strong"),
    "sent": ("待对方回执", "active"),
    "acknowledged": ("对方已接收", "done"),
    "differs": ("人数不符，待说明", "strong"),
    "void": ("已作废", "stopped"),
    "overtaken": ("由后一份代替", "stopped"),
    "refused": ("上级未接收", "stopped"),
}
GAPS = {
    "": ("一致", "done"),
    "nothing": ("上级没有", "strong"),
    "behind": ("上级未到最新一日", "strong"),
    "differs": ("人数不符", "strong"),
    "explained": ("已说明", "plain"),
    "late": ("未按日报送", "late"),
}

register(
    {
        "outward.full": "全量名单",
        "outward.against": "差异名单，以 {base} 号名单为基础；其间未确认的名单由本名单代替",
        "outward.consent_needed": "信息核查类，须取得当事人授权",
        "outward.consent_not": "名单推送类，以通知为依据，不另需当事人授权",
        "outward.basis_ours": "本系统默认（本省文件未规定）",
        "outward.then": "、",
        "outward.until": "截至 {day} 终了",
        "outward.round_as_of": "应于 {due} 提供；名册截至 {made}，参保比对日期 {compared}",
        "outward.round_kind": "参保核查名单，取自最近一次参保比对，只列当日授权有效的人",
        "outward.round_counts": "共 {total} 人；另有 {left_out} 人没有当日有效的授权，没有列入",
        "outward.counts": "新增 {added} 人，变更 {changed} 人，退出 {ended} 人；截至当日共 {total} 人",
        "outward.total": "截至当日共 {total} 人",
        "outward.secret": "内部资料 · 含个人信息",
        "outward.use": "本名单由系统依据救助对象名册生成，仅用于上列用途，不得扩大使用范围；接收后请核对人数并回执。",
        "outward.made": "印记由生成机构的密钥对名单内容计算得出，内容有任何改动，印记即不相符。",
        "outward.by_letter": "系统逐级上报",
        **{
            f"outward.cover.{name}": title
            for name, title in {
                "recipient": "接收单位",
                "purpose": "用途",
                "basis": "依据",
                "consent": "当事人授权",
                "schemes": "救助项目",
                "as_of": "数据日期",
                "kind": "名单种类",
                "counts": "人数",
                "stamp": "印记",
            }.items()
        },
        "outward.not_made": "这份名单不在待确认状态，可能已由他人办理；请刷新后再看。",
        "outward.not_confirmed": "这份名单还没有确认或已经送出；请刷新后再看。",
        "outward.same_operator": "确认人是您本人，须由另一名交换员送出。",
        "outward.not_sent": "这份名单还没有送出，或已登记回执；请刷新后再看。",
        "outward.no_agreement": "与接收单位没有当日有效的协议，不能送出；请先登记协议。",
        "outward.day": "日期应在生成之日（{made}）至今天之间。",
        "outward.not_open": "这份名单已经送出或已经结束，不能作废。",
        "outward.no_package": "这份名单由系统逐级上报，没有交换包。",
        "outward.nothing_to_explain": "这里没有待说明的差异，可能已由他人说明；请刷新后再看。",
        "outward.asked": "已开始生成到期的名单，请稍候刷新。",
        "outward.asked_whole": "已要求重新全量报送，下级收到后自动生成。",
        "home.outward": "对外名单 {number}",
    }
)
