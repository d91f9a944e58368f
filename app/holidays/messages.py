"""What is said about notices of holidays."""

from tenants.messages import register

NOTICE_STATES = {
    "waiting": ("待确认", "strong"),
    "confirmed": ("已启用", "done"),
    "void": ("已作废", "stopped"),
}
TERM_TITLES = {
    "request": "信息共享单位反馈期限",
    "inquiry": "外来查询答复期限",
    "case": "案件办理期限",
    "matter": "家庭说明期限",
    "objection": "异议答复期限",
}

WANTED = "带文字的 PDF，或者通知正文的文本文件（.txt）"

register(
    {
        "holiday.no_year": "没有读到年份。请连同标题一起粘贴，例如“关于2027年部分节假日安排的通知”，或者填写年份。",
        "holiday.other_year": "填写的年份是 {year} 年，通知的标题是 {named} 年，请核对。",
        "holiday.no_number": "没有读到文号。请连同文号一起粘贴，例如“国办发明电〔2026〕7号”，或者填写文号。",
        "holiday.nothing": (
            "没有读到放假的日期。请照通知原文粘贴，例如“一、元旦：1月1日（周五）至3日（周日）放假，共3天。”"
        ),
        "holiday.span": "“{words}”：起止日期不合理，请照通知原文核对。",
        "holiday.count": "“{words}”：写明共 {said} 天，按起止日期是 {found} 天，请照通知原文核对。",
        "holiday.no_month": "“{words}”没有写月份，请照通知原文写，例如“2月14日”。",
        "holiday.no_day": "“{words}”不是日历上有的日期，请照通知原文核对。",
        "holiday.weekday": "“{words}”：{day} 是星期{real}，与写明的星期不符，请照通知原文核对。",
        "holiday.outside": "{day} 不在 {year} 年内，请核对年份和日期。",
        "holiday.both": "{day} 既写了放假又写了上班，请照通知原文核对。",
        "holiday.make_up": "{day} 不是周六或者周日，不会是调休上班日，请照通知原文核对。",
        "holiday.festival": "没有读到“{name}”的安排，请粘贴通知的全部条文。",
        "holiday.statutory": "{day} 是法定节假日（国务院令第795号第二条），通知里没有读到，请核对。",
        "holiday.no_text": "请粘贴通知的原文，或者选择通知的文件（带文字的 PDF 或 .txt）。",
        "holiday.scanned": "这个 PDF 是扫描的图片，里面没有文字，读不出日期。请把通知正文粘贴在“通知原文”里。",
        "holiday.pdf_unread": "这个 PDF 已经损坏、加了密码，或者本机读不了 PDF。请把通知正文粘贴在“通知原文”里。",
        "holiday.past": "{year} 年已经过去，请登记今年或者以后年份的通知。",
        "holiday.from_above": "{year} 年的通知已由{name}下发，各级照此办理，不用再登记。",
        "holiday.waits": "{year} 年的通知已经登记，正待另一人确认；登记有误的，先作废，再重新登记。",
        "holiday.same_person": "通知须由登记人以外的另一名交换员确认。",
        "holiday.not_waiting": "该通知已经确认或者作废，请刷新页面后查看。",
        "holiday.seen_before": "查看影响以后有期限发生了变化，没有启用。请再次查看影响后确认。",
        "holiday.too_large": "文件太大，请只保存通知的正文，不超过 8000 个字。",
        "notice.holiday.changed": "{number}已启用，{count} 件未办结事项的期限随之调整。",
    }
)
