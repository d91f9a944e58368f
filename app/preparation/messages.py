"""What people are told about households that are typed in."""

from tenants.messages import register

register(
    {
        "household_no_used": "已有待提交的家庭使用这个户编号。请换一个户编号，或修改原来登记的那一户。",
        "household.prepared": "已登记 {number} 一户。请上传扫描件，或者接着登记下一户。",
        "household.changed": "已修改 {number} 一户。",
        "household.corrected": "已补正 {number} 一户，并重新提交受理初审。",
        "household.draft_discarded": "已删除草稿。",
        "household.discarded": "已删除 {number} 一户，记录保留。",
        "household.copied": "已复制 {people} 人和申报的内容，请逐项核对。授权仍有效的沿用原授权，最早 {until} 到期；"
        "其余的人请填写新签署的授权日期。",
        "household.copied_unsigned": "已复制 {people} 人和申报的内容，请逐项核对。原授权已到期或已撤回，请重新签署并填写日期。",
        "household.not_found": "{place}没有这个证件号码的申请。请核对号码，或点“登记一户”填写。",
        "household.desk": "本窗口",
        "household.department": "本部门",
        "household.facts": "{sex} · {born} 出生 · {age} 岁",
        "household.facts_region": "号码登记地 {region}",
        "household.female": "女",
        "household.male": "男",
        "household.saved": "已自动保存 {at}",
        "household.entrusted": "已提交委托 {number}，等待受理初审。",
        "household_gone": "这一户已提交或已删除，不能再修改。",
    }
)

DISCARD_REASONS = {
    "withdrawn": "申请人撤回申请",
    "entered_twice": "重复登记",
    "not_eligible": "不符合申请条件",
    "wrong_household": "登记有误，另行登记",
}
"""Why a household is taken out before it is submitted: code → words."""
