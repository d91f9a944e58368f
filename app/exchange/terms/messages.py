"""What is said about the term for a reply, and about its extension."""

from tenants.messages import register

GROUND_TITLES = {
    "technical": "技术原因，暂时无法查询",
    "volume": "数量较大，按期不能查完",
    "other": "其他原因",
}
WAY_TITLES = {"portal": "联络员登录提出", "paper": "纸质告知书"}
LETTER = "延期告知书 {number}.pdf"
SCAN = "延期告知书扫描件 {number}"
WANTED_SCAN = "延期告知书的扫描件（PDF 或图片）"
SCAN_NEEDED = "请上传延期告知书的扫描件。"

register(
    {
        "extension_not_awaited": "只有已经签收、尚待反馈的申请才能延期；请返回申请查看它的状态。",
        "extension_no_term": "本申请没有约定反馈期限，不需要延期。",
        "extension_twice": "本申请已经延期一次，反馈期限为 {due}，不能再次延期。",
        "extension_days": "延期应为 1 至 {most} 个工作日，请改正延期的工作日数。",
        "extension_dates": (
            "日期不合理：告知书日期不应晚于送达日期，送达日期应在签收日期（{delivered}）"
            "和今天（{today}）之间；请核对告知书上的日期。"
        ),
        "extension_late": (
            "延期告知书应在反馈期限（{due}）届满前送达，这一份 {arrived} 才送达，"
            "不能延期；反馈仍按逾期处理，请尽快反馈。"
        ),
        "extension_letter": "延期告知书正在生成，请稍后刷新页面再下载。",
        "notice.request.due_soon": "数据交换申请 {number} 即将到反馈期限，请按期反馈；不能按期的，请在期限前告知延期。",
        "notice.request.escalated": "数据交换申请 {number} 超过反馈期限仍未反馈，请督促。",
        "notice.request.extended": "数据交换申请 {number} 已延期 {count} 个工作日，请按新的期限办理。",
    }
)
