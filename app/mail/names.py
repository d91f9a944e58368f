"""What an e-mail says: plain text, no name, no household, nothing that was found out."""

FROM_NAME = "{agency}（核对系统）"
LIST_NAME = "核对系统提醒"

DIGEST_SUBJECT = "[核对系统] 您有 {count} 项提醒，请登录查看"
DIGEST_OPENING = "您在{agency}核对系统中有 {count} 项未读提醒，请登录后在“通知”中查看："
REQUEST_LINES = {
    "request.due_soon": "· 数据交换申请 {number}，请于 {due_on} 前反馈。",
    "request.overdue": "· 数据交换申请 {number}，反馈期限 {due_on}，已超过期限。",
    "request.escalated": "· 数据交换申请 {number}，反馈期限 {due_on}，超过期限多日仍未反馈。",
}
DECISION_LINES = {
    "decision.due_soon": "· {number}核对家庭的审批情况尚有未反馈的，请在次月 {by} 日前反馈。",
    "decision.overdue": "· {number}核对家庭的审批情况尚有未反馈的，已超过次月 {by} 日。",
}
MONTH = "{}年{}月"
MORE_LINE = "· 另有 {count} 项，内容请登录后查看。"

CODE_SUBJECT = "[核对系统] 邮箱验证码"
CODE_TEXT = (
    "您在{agency}核对系统中登记了这个邮箱。验证码：{code}，24 小时内有效。\n"
    "请在系统的“邮件提醒”页面填写。如果不是您本人登记，请不必理会，本系统不会再向这里发信。"
)

CLOSING = (
    "登录地址：{url}\n\n"
    "本邮件由系统自动发送，请勿回复。邮件中没有核对对象的任何信息，系统也不会在邮件中索要密码。\n"
    "不再接收的，请登录后在“个人设置”的“邮件提醒”中更改：{own_url}"
)
DAY = "{0.year}年{0.month}月{0.day}日"
