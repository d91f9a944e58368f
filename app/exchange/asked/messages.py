"""Words of what others ask of this agency."""

from tenants.messages import register

REASONS = {
    "no_agreement": "双方没有当日有效的协议，不能提供",
    "no_consent": "查询授权书不在有效期内，或授权范围不含这一数据项",
    "not_held": "本机构的数据回流库没有这一数据项",
    "too_old": "本机构数据回流库这一数据项的数据已过期，不能据以答复",
}
"""Why an answer is refused or cannot be given, as the asker is told."""

STATES = {
    "receiving": ("正在接收", "active"),
    "answering": ("正在查询", "active"),
    "answered": ("已答复，等待对方取走", "active"),
    "taken": ("对方已取走，名单和答复已删除", "done"),
}

register(
    {
        "notice.inquiry.due_soon": "一件外来查询（{count} 人）即将到答复期限，还没有答复，请查看原因。",
        "notice.inquiry.overdue": "一件外来查询（{count} 人）超过答复期限仍未答复，请查看原因，重新答复。",
        "notice.inquiry.escalated": "一件外来查询（{count} 人）超过答复期限多日仍未答复，请督促。",
        "inquiry.not_whole": "对方的名单还没有收齐，收齐后自动答复。",
    }
)
