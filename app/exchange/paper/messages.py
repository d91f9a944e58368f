"""Words of typing in a paper reply."""

from tenants.messages import register

TITLE = "纸质反馈"
SCAN = "纸质反馈扫描件{suffix}"
LOOK_TITLES = {1: "第一遍录入", 2: "第二遍录入", 3: "对照原件核定"}

register(
    {
        "paper.open_already": "这次申请已有一份纸质反馈正在录入；请先录完或作废那一份。",
        "paper.too_many": "这次申请有 {count} 人，超过 {most} 人的请对方交电子文件，不录入纸质反馈。",
        "paper.all_answered": "这次申请的各项都已反馈，没有需要录入的。",
        "paper.scan": "扫描件应为 PDF、JPG 或 PNG 文件，请选择盖章反馈的扫描件。",
        "paper.stamp": "抄录的校验码与本次申请不符，请对照盖章的反馈逐组核对；仍不符的，这不是本次申请的反馈。",
        "paper.as_of": "数据截至日期不能晚于今天（{today}）。",
        "paper.not_yours": "这一遍不由您录入；两遍录入须由两名不同的交换员完成，互相看不到。",
        "paper.ended": "这份纸质反馈已经录完或作废，不能再改。",
        "paper.not_done": "还有 {count} 人没有录入；没有反馈的人也请打开后点“保存，下一人”。",
        "paper.not_different": "第 {line} 行的两遍录入一致，或者不在这份反馈中，不用核定。",
        "paper.unsettled": "还有 {count} 行没有核定，请对照纸质原件逐行选定。",
        "paper.why": "请写明核定的理由，例如“原件第 2 页余额为 1,234.50 元”，2 至 500 个字。",
        "paper.nothing": "两遍都没有录入任何结果；请核对原件，或作废这份录入。",
    }
)
