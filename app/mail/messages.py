"""What people are told about e-mail."""

from app.mail.rules import ALL, NOTHING, URGENT
from tenants.messages import register, say

__all__ = ["say"]

WANT_TITLES = {
    NOTHING: "不接收邮件",
    URGENT: "只接收催办和逾期提醒",
    ALL: "接收全部未读通知的提醒",
}

STATES = {
    "sent": ("已发送", "done"),
    "waiting": ("等待发送", "active"),
    "again": ("发送未成功，将再试", "active"),
    "given_up": ("发送失败", "strong"),
    "dropped": ("不必再发", "stopped"),
}

FAILURES = {
    "": "",
    "address": "对方邮件服务器不接受这个邮箱地址，请本人核对后重新登记",
    "busy": "对方邮件服务器要求稍后再试",
    "content": "邮件服务器拒收这封邮件，请系统运维人员查看邮件服务器的记录",
    "login": "邮件服务器不接受系统的登录，请系统运维人员核对登录文件",
    "sender": "邮件服务器不接受系统的发件地址，请系统运维人员核对发件人设置",
    "tls": "与邮件服务器的加密连接没有建立，请系统运维人员核对证书和加密方式",
    "unreachable": "连接不上邮件服务器，请系统运维人员核对地址和网络",
}

register(
    {
        "mail.address": "邮箱地址不正确，例如 name@example.gov.cn，一次只填一个。",
        "mail.not_set_up": "本系统没有配置邮件服务，不能登记邮箱；提醒请在“通知”中查看。",
        "mail.switched_off": "本机构已停用邮件提醒；提醒请在“通知”中查看。",
        "mail.too_many_codes": "今天已发送 {most} 次验证码，请明天再试，或核对邮箱地址是否正确。",
        "mail.code": "验证码不正确，请核对邮件中的 6 位数字；还可以再试 {left} 次。",
        "mail.code_over": "验证码已失效，请点“保存”重新发送。",
        "mail.no_code": "没有等待验证的邮箱，请先填写邮箱并点“保存”。",
        "mail.kept": "已保存。",
        "mail.code_sent": "验证码正在发往所填邮箱，收到后请在下面填写。",
        "mail.confirmed": "邮箱已验证，从下一个工作日起按所选内容发送提醒。",
        "mail.ended": "已不再接收邮件，登记的邮箱已删除。",
        "mail.on": "已启用邮件提醒。",
        "mail.off": "已停用邮件提醒，尚未发出的邮件不再发送。",
    }
)
