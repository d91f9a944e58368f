"""Words of the letter with which a sharing unit announces that its reply takes longer."""

from tenants.messages import register, say

# The package says through this module, so that its words are always registered.
__all__ = ["say"]

register(
    {
        "print.extension.title": "数据交换延期告知书",
        "print.extension.number": "数据交换申请 {number}",
        "print.extension.to": "{agency}：",
        "print.extension.body": "你单位 {made} 提交的数据交换申请 {number}（共 {people} 人 {items} 项次），"
        "我单位于 {delivered} 签收，反馈期限为 {before}。",
        "print.extension.why": "因{ground}，无法按期反馈，{article}延期 {days} 个工作日，"
        "至 {due} 前反馈。",
        "print.extension.article": "依据{article}，",
        "print.extension.remark": "情况说明：{remark}",
        "print.extension.once": "本次延期只有一次，期限届满仍未反馈的，按逾期处理。",
        "print.extension.made": "本告知书由联络员 {who} 于 {at} 登录核对系统提出，系统核验身份后生成并即时送达，"
        "内容与系统登记一致。校验码：{check}",
        "print.extension.unit": "{unit}\n联络员：{who}",
        "print.extension.ground.technical": "技术原因暂时无法查询",
        "print.extension.ground.volume": "数量较大不能查完",
        "print.extension.ground.other": "其他原因",
    }
)
